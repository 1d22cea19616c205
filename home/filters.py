"""Filters of listing pages: which there are, which choices they offer, how they narrow the entries."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import F
from django.db.models.functions import ExtractYear
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sites.collation import german


@dataclass(frozen=True)
class Filter:
    """One filter. `choices(entries)` gives (value, label) pairs that occur; `narrow(entries, values)` a queryset."""

    label: str
    choices: Callable
    narrow: Callable


def term_filter(label, relation: str) -> Filter:
    """Make a filter over a vocabulary relation (many-to-many or foreign key) of the entries' model."""

    def choices(entries):
        return (
            entries.order_by(f"{relation}__sort_order", german(f"{relation}__name"))
            .exclude(**{f"{relation}__isnull": True})
            .values_list(f"{relation}__slug", f"{relation}__name")
            .distinct()
        )

    def narrow(entries, values):
        return entries.filter(**{f"{relation}__slug__in": values}).distinct()

    return Filter(label, choices, narrow)


def _years(entries):
    years = entries.order_by().annotate(year=ExtractYear("date")).values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in sorted(years, reverse=True)]


FILTERS = {
    "topic": term_filter(_("Topic"), "topics"),
    "target_group": term_filter(_("Target group"), "target_groups"),
    "form_of_support": term_filter(_("Form of support"), "forms_of_support"),
    "sozialraum": term_filter(_("Sozialraum"), "sozialraeume"),
    "kind": Filter(
        _("Kind"),
        lambda entries: (
            entries.exclude(kind="")
            .order_by("kind")
            .annotate(label=F("kind"))
            .values_list("kind", "label")
            .distinct()
        ),
        lambda entries, values: entries.filter(kind__in=values),
    ),
    "year": Filter(
        _("Year"),
        _years,
        lambda entries, values: entries.filter(
            date__year__in=[v for v in values if v.isascii() and v.isdigit() and len(v) == 4]
        ),
    ),
}


@dataclass
class Option:
    """One choice of a filter as the template shows it; `toggle_url` adds or removes it."""

    value: str
    label: str
    checked: bool
    toggle_url: str


@dataclass
class FilterState:
    """A filter with its options for one request."""

    name: str
    label: str
    options: list[Option] = field(default_factory=list)

    @property
    def checked(self) -> list[Option]:
        return [option for option in self.options if option.checked]


def _toggled(query: QueryDict, name: str, value: str) -> str:
    changed = query.copy()
    changed.pop("page", None)
    values = changed.getlist(name)
    changed.setlist(name, [v for v in values if v != value] if value in values else [*values, value])
    return "?" + changed.urlencode()


def apply_filters(entries, names, query: QueryDict):
    """Return (narrowed entries, list of FilterState) for the filters `names` and the request's query.

    Unknown values narrow nothing: an old link must not end on an empty page.
    """
    states = []
    narrowed = entries
    for name in names:
        known = FILTERS[name]
        choices = list(known.choices(entries))
        asked = set(query.getlist(name)) & {value for value, _label in choices}
        if asked:
            narrowed = known.narrow(narrowed, sorted(asked))
        options = [
            Option(value, label, value in asked, _toggled(query, name, value)) for value, label in choices
        ]
        # One choice is no choice, unless it is in use and must be removable.
        if len(options) > 1 or asked:
            states.append(FilterState(name, known.label, options))
    return narrowed, states
