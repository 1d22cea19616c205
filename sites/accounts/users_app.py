"""Wagtail's app for users, with our forms."""

from wagtail.users.apps import WagtailUsersAppConfig


class PortalUsersConfig(WagtailUsersAppConfig):
    user_viewset = "sites.admin.viewsets.PersonViewSet"
