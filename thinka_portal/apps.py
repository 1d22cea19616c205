from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "thinka_portal"
    verbose_name = "ThINKA-Portal"
