"""Filters of listing pages: which there are, which choices they offer, how they narrow the entries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db.models import Expression, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, ExtractYear, Lower
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sites.fields.collation import Unaccent


@dataclass(frozen=True)
class Filter:
    """One filter over the entries' model, as expressions for the database.

    `value` stands in addresses, `text` is what people read; `position` and then `text` give the order.
    `given(entries)` leaves out entries without a value, `chosen(values)` is the condition that narrows.
    """

    label: str
    value: Expression
    text: Expression
    position: Expression
    given: Callable[[QuerySet], QuerySet]
    chosen: Callable[[list[str]], Q]

    def choices(self, name: str, entries: QuerySet) -> QuerySet:
        """Return (name, value, text, position, sorting key) of the choices that occur in `entries`."""
        return (
            self.given(entries.order_by().prefetch_related(None))
            .annotate(
                choice_of=Value(name, output_field=TextField()),
                choice_value=Cast(self.value, TextField()),
                choice_text=Cast(self.text, TextField()),
                choice_position=self.position,
                choice_key=Lower(Unaccent(Cast(self.text, TextField()))),
            )
            .values_list("choice_of", "choice_value", "choice_text", "choice_position", "choice_key")
            .distinct()
        )

    def narrow(self, entries: QuerySet, values: list[str]) -> QuerySet:
        """Narrow `entries` to those with one of `values`."""
        # As a subquery: a join would give an entry with two of the values twice.
        fitting = entries.model._default_manager.filter(self.chosen(values)).order_by().values("pk")
        return entries.filter(pk__in=fitting)


def term_filter(label, relation: str, *, none_is_all: bool = False) -> Filter:
    """Make a filter over a vocabulary relation (many-to-many or foreign key) of the entries' model.

    `none_is_all`: an entry without any term counts as having every one.
    """

    def chosen(values):
        condition = Q(**{f"{relation}__slug__in": values})
        return condition | Q(**{f"{relation}__isnull": True}) if none_is_all else condition

    return Filter(
        label,
        value=F(f"{relation}__slug"),
        text=F(f"{relation}__name"),
        position=F(f"{relation}__sort_order"),
        given=lambda entries: entries.filter(**{f"{relation}__isnull": False}),
        chosen=chosen,
    )


def _years(values) -> Q:
    return Q(date__year__in=[int(value) for value in values])


FILTERS = {
    "topic": term_filter(_("Topic"), "topics"),
    "target_group": term_filter(_("Target group"), "target_groups"),
    "form_of_support": term_filter(_("Form of support"), "forms_of_support"),
    # A method or partner without a Sozialraum is there for all of them.
    "sozialraum": term_filter(_("Sozialraum"), "sozialraeume", none_is_all=True),
    "kind": Filter(
        _("Kind"),
        value=F("kind"),
        text=F("kind"),
        position=Value(0),
        given=lambda entries: entries.exclude(kind=""),
        chosen=lambda values: Q(kind__in=values),
    ),
    "year": Filter(
        _("Year"),
        value=ExtractYear("date"),
        text=ExtractYear("date"),
        # The newest first.
        position=-ExtractYear("date"),
        given=lambda entries: entries,
        chosen=_years,
    ),
}


def choices_of(entries: QuerySet, names) -> dict[str, list[tuple[str, str]]]:
    """Return the (value, text) pairs that occur in `entries`, in order, for each of `names`; one query."""
    found = {name: [] for name in names}
    if not found:
        return found
    first, *others = (FILTERS[name].choices(name, entries) for name in names)
    for name, value, text, position, key in first.union(*others):
        found[name].append((position, key, text, value))
    return {name: [(value, text) for *_order, text, value in sorted(rows)] for name, rows in found.items()}


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
    options: Sequence[Option] = field(default_factory=list)

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
    for name, choices in choices_of(entries, names).items():
        known = FILTERS[name]
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
