"""Addresses in the editing area that are answered before Wagtail's."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from sites.accounts.password_reset import AskForPasswordView, NewPasswordView
from sites.accounts.views import AdminLoginView, PortalAccountView
from sites.admin.privacy_views import CollectionPrivacyView, PrivacyView
from sites.admin.reports import SiteHistoryView
from sites.admin.translating import convert_by_role
from sites.media.tag_views import suggest_tags

# The names are for `sites.admin.addresses`; links use Wagtail's, which lead here as well.
urlpatterns = [
    path(
        "pages/<int:page_id>/privacy/",
        require_admin_access(PrivacyView.as_view()),
        name="wagtailadmin_page_privacy",
    ),
    path("reports/site-history/", require_admin_access(SiteHistoryView.as_view())),
    path("reports/site-history/results/", require_admin_access(SiteHistoryView.as_view(results_only=True))),
    path(
        "collections/<int:collection_id>/privacy/",
        require_admin_access(CollectionPrivacyView.as_view()),
        name="wagtailadmin_collection_privacy",
    ),
    path(
        "localize/page/<int:page_id>/convert_to_alias/",
        require_admin_access(convert_by_role),
        name="wagtailadmin_page_convert_to_alias",
    ),
    path("login/", AdminLoginView.as_view()),
    path("account/", require_admin_access(PortalAccountView.as_view())),
    path("password_reset/", AskForPasswordView.as_view()),
    path("password_reset/confirm/<uidb64>/<token>/", NewPasswordView.as_view()),
    path("tag-autocomplete/", require_admin_access(suggest_tags)),
    path("tag-autocomplete/<slug:app_name>/<slug:model_name>/", require_admin_access(suggest_tags)),
]
