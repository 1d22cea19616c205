"""Addresses in the editing area that are answered before Wagtail's."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from sites.admin_views import PrivacyView
from sites.media.tag_views import suggest_tags

urlpatterns = [
    path("pages/<int:page_id>/privacy/", require_admin_access(PrivacyView.as_view())),
    path("tag-autocomplete/", require_admin_access(suggest_tags)),
    path("tag-autocomplete/<slug:app_name>/<slug:model_name>/", require_admin_access(suggest_tags)),
]
