"""Addresses of the teams in the editing area."""

from django.urls import path

from sites.team.views import EndView, InviteAgainView, PersonView, RevokeView, TeamsView, TeamView

urlpatterns = [
    path("", TeamsView.as_view(), name="portal_teams"),
    path("<int:traeger_pk>/", TeamView.as_view(), name="portal_team"),
    path("<int:traeger_pk>/personen/<int:pk>/", PersonView.as_view(), name="portal_team_person"),
    path("<int:traeger_pk>/personen/<int:pk>/beenden/", EndView.as_view(), name="portal_team_end"),
    path(
        "<int:traeger_pk>/einladungen/<uuid:pk>/zuruecknehmen/",
        RevokeView.as_view(),
        name="portal_invitation_revoke",
    ),
    path(
        "<int:traeger_pk>/einladungen/<uuid:pk>/noch-einmal/",
        InviteAgainView.as_view(),
        name="portal_invitation_again",
    ),
]
