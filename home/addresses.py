"""Addresses of the portal itself: nobody could reach a page right below a start page that had one of them."""

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext_lazy as _

RESERVED = frozenset(
    {
        *("_util", "abmelden", "admin", "anmelden", "darstellung", "dokumente", "einladung"),
        *("geprueft", "interne-dateien", "mein-start", "stimmt-nicht", "suche", "wegweiser"),
        # What the web server answers, see docs/operators/media.md.
        *("geschuetzt", "media", "static"),
        *dict(settings.LANGUAGES),
    }
)
MESSAGE = _("The portal itself needs this address. Choose another one.")


def is_reserved(slug: str, parent) -> bool:
    """Tell whether a page below `parent` can't have the address `slug`."""
    return slug in RESERVED and issubclass(parent.specific_class, apps.get_model("home.HomePage"))
