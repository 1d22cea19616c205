from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitesConfig(AppConfig):
    name = "sites"
    label = "thinka_sites"
    verbose_name = _("Träger and people")

    def ready(self):
        from sites import checks, receivers  # noqa: F401 - both register themselves
