"""What hits can be narrowed down by. An entry holds them as "name:value"; addresses have them as parameters.

Not among what an entry holds are the Träger, which follows from its place in the tree, and whether it is
checked in time, which follows from the day.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.models import Sozialraum, TargetGroup, Topic
from home.models.vocabulary import Term
from search.kinds import DOCUMENT, kind_of

KIND, LANGUAGE, TRAEGER, CHECKED = "kind", "language", "traeger", "checked"
# The value of what is there for all of them: a method without a Sozialraum.
EVERY = "*"


@dataclass(frozen=True)
class Vocabulary:
    """A facet whose values are words of the vocabulary: `relations` lead to them from a page."""

    name: str
    label: Promise
    model: type[Term]
    relations: tuple[str, ...]
    none_is_all: bool = False

    def values(self, page: Page) -> list[str]:
        """Return the values of `page`, also what its words belong to; its translations have the same."""
        own = [name for name in self.relations if hasattr(type(page), name)]
        terms = [term for name in own for term in _terms(page, name)]
        slugs = sorted({each.slug for term in terms for each in (term, term.parent) if each})
        return slugs or ([EVERY] if own and self.none_is_all else [])


VOCABULARIES = (
    Vocabulary("topic", _("Topic"), Topic, ("topics",)),
    Vocabulary("target_group", _("Target group"), TargetGroup, ("target_groups",)),
    Vocabulary("sozialraum", _("Sozialraum"), Sozialraum, ("sozialraeume", "sozialraum"), none_is_all=True),
)
# Whether somebody has made sure in time that an entry is still true, in the order in which that is shown.
STATES = {"yes": _("checked in time"), "overdue": _("check overdue")}
# In the order in which they are shown.
NAMES = (KIND, *(each.name for each in VOCABULARIES), LANGUAGE, TRAEGER, CHECKED)
LABELS = {
    KIND: _("Kind"),
    LANGUAGE: _("Languages spoken"),
    TRAEGER: _("Träger"),
    CHECKED: _("Checked"),
    **{each.name: each.label for each in VOCABULARIES},
}


def facets_of(page: Page) -> list[str]:
    """Return what the entry of `page` holds."""
    return [
        f"{KIND}:{kind_of(page.content_type_id).key}",
        *(f"{each.name}:{value}" for each in VOCABULARIES for value in each.values(page)),
        *(f"{LANGUAGE}:{code}" for code in getattr(page, "languages", ())),
    ]


def facets_of_documents() -> list[str]:
    """Return what the entries of documents hold."""
    return [f"{KIND}:{DOCUMENT.key}"]


def _terms(page: Page, name: str) -> Iterable[Term]:
    value = getattr(page, name)
    if value is None:
        return []
    return value.all() if hasattr(value, "all") else [value]
