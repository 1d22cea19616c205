from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitesConfig(AppConfig):
    name = "sites"
    label = "thinka_sites"
    verbose_name = _("Träger and people")

    def ready(self):
        from wagtail.permissions import register_permission_policy

        from sites import checks, receivers  # noqa: F401 - both register themselves
        from sites.models import Traeger
        from sites.policies import TraegerPolicy

        register_permission_policy(Traeger, TraegerPolicy(Traeger))
