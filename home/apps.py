from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Pages of the Träger")

    def ready(self):
        from home import checks, receivers  # noqa: F401 - register themselves
