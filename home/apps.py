from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Pages of the Träger")

    def ready(self):
        from home import checks, receivers  # noqa: F401 - register themselves
        from home.lifecycle.notices import forget
        from home.lifecycle.reminders import remind
        from sites.jobs import queue

        queue.REGULAR |= {remind: 3600, forget: 3600}
