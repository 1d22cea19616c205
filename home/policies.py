"""The vocabulary: shared by all Träger, shown to everybody, kept by the roles of the knowledge base."""

from sites.access.roles import FREIGABE, LEITUNG
from sites.models import Traeger

_TERMS = ("topic", "targetgroup", "sozialraum", "formofsupport")

SHARED_MODELS = dict.fromkeys(
    _TERMS, "words that all Träger share, shown to everybody; the roles of the knowledge base keep them"
)


def _may(*actions: str) -> tuple[tuple[str, str], ...]:
    return tuple(("home", f"{action}_{term}") for term in _TERMS for action in actions)


# A word has no draft: what is saved is in use. So the vocabulary needs a role that publishes.
EXTRA_PERMISSIONS = {
    (Traeger.Kind.KNOWLEDGE, FREIGABE): _may("add", "change"),
    (Traeger.Kind.KNOWLEDGE, LEITUNG): _may("add", "change", "delete"),
}
