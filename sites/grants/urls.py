"""Addresses of the grants in the editing area."""

from django.urls import path

from sites.grants.views import EndGrantView, GrantsView

urlpatterns = [
    path("<slug:kind>/<int:pk>/", GrantsView.as_view(), name="portal_grants"),
    path(
        "<slug:kind>/<int:pk>/beenden/<slug:field>/<int:grant_pk>/",
        EndGrantView.as_view(),
        name="portal_grant_end",
    ),
]
