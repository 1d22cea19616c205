"""Who keeps the vocabulary: the roles of the knowledge base, because all Träger share its words."""

from sites.access.roles import FREIGABE, LEITUNG
from sites.models import Traeger

_TERMS = ("topic", "targetgroup", "sozialraum", "formofsupport")


def _may(*actions: str) -> tuple[tuple[str, str], ...]:
    return tuple(("home", f"{action}_{term}") for term in _TERMS for action in actions)


# A word has no draft: what is saved is in use. So the vocabulary needs a role that publishes.
EXTRA_PERMISSIONS = {
    (Traeger.Kind.KNOWLEDGE, FREIGABE): _may("add", "change"),
    (Traeger.Kind.KNOWLEDGE, LEITUNG): _may("add", "change", "delete"),
}
