"""Wagtail's search app without its index: nothing is written when something is saved. See `backend`."""

from wagtail.search.apps import WagtailSearchAppConfig


class WithoutIndexConfig(WagtailSearchAppConfig):
    """Stands for "wagtail.search" in INSTALLED_APPS."""

    default = False

    def ready(self):
        # Wagtail's own would let each save and each deletion write its index.
        pass
