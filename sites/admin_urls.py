"""Addresses in the editing area that are answered before Wagtail's."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from sites.admin_views import PrivacyView

urlpatterns = [
    path("pages/<int:page_id>/privacy/", require_admin_access(PrivacyView.as_view())),
]
