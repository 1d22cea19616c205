"""Filters of listing pages: which there are, which choices they offer, how they narrow the entries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Case,
    Count,
    Expression,
    F,
    Func,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, ExtractYear, Lower
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sites.fields.collation import Unaccent
from sites.fields.languages import language_names

# What is chosen: the values of each filter by its name.
Asked = dict[str, list[str]]


@dataclass(frozen=True)
class Filter:
    """One filter over the entries' model, as expressions for the database.

    `value` stands in addresses, `text` is what people read; `position` and then `text` give the order, below
    the choice whose value is `above`, if any.
    `given(entries)` leaves out entries without a value, `chosen(values)` is the condition that narrows.
    """

    label: str
    value: Expression
    text: Expression
    position: Expression
    given: Callable[[QuerySet], QuerySet]
    chosen: Callable[[list[str]], Q]
    above: Expression = field(default_factory=lambda: Value(""))
    # Where the database has a code, what people read for it; it then gives the order, too.
    said: Callable[[str], str] | None = None

    def choices(self, name: str, entries: QuerySet, fitting: QuerySet | None = None) -> QuerySet:
        """Return (name, value, text, position, sorting key, above, number) of the choices in `entries`.

        The number is of the entries that are among `fitting`, too.
        """
        among = None if fitting is None else Q(pk__in=fitting.order_by().values("pk"))
        return (
            self.given(entries.order_by().prefetch_related(None))
            .annotate(
                choice_of=Value(name, output_field=TextField()),
                choice_value=Cast(self.value, TextField()),
                choice_text=Cast(self.text, TextField()),
                choice_position=self.position,
                choice_key=Lower(Unaccent(Cast(self.text, TextField()))),
                choice_above=Cast(self.above, TextField()),
            )
            .values_list(
                *("choice_of", "choice_value", "choice_text", "choice_position", "choice_key", "choice_above")
            )
            .annotate(choice_count=Count("pk", filter=among, distinct=True))
        )

    def narrow(self, entries: QuerySet, values: list[str]) -> QuerySet:
        """Narrow `entries` to those with one of `values`."""
        # As a subquery: a join would give an entry with two of the values twice.
        fitting = entries.model._default_manager.filter(self.chosen(values)).order_by().values("pk")
        return entries.filter(pk__in=fitting)


class _Each(Func):
    """Each element of an array, as a row of its own."""

    function = "unnest"
    set_returning = True


class _List(Func):
    """An array of its expressions."""

    function = "ARRAY"
    template = "%(function)s[%(expressions)s]"


def _own_and_parents(relation: str, own: Expression, parents: Expression) -> Expression:
    """A row for the term of an entry, and one for what this belongs to."""
    without = Q(**{f"{relation}__parent__isnull": True})
    kind = ArrayField(TextField())
    return _Each(
        Case(When(without, then=_List(own)), default=_List(own, parents), output_field=kind),
        output_field=TextField(),
    )


def _with_parent(relation: str, name: str) -> Expression:
    own, parents = (Cast(F(f"{path}__{name}"), TextField()) for path in (relation, f"{relation}__parent"))
    return _own_and_parents(relation, own, parents)


def _above(relation: str) -> Expression:
    own = Coalesce(F(f"{relation}__parent__slug"), Value(""), output_field=TextField())
    return _own_and_parents(relation, own, Value("", output_field=TextField()))


def term_filter(label, relation: str, *, none_is_all: bool = False) -> Filter:
    """Make a filter over a vocabulary relation (many-to-many or foreign key) of the entries' model.

    A term that others belong to stands for these, too. `none_is_all`: an entry without any term counts as
    having every one.
    """

    def chosen(values):
        condition = Q(**{f"{relation}__slug__in": values}) | Q(**{f"{relation}__parent__slug__in": values})
        return condition | Q(**{f"{relation}__isnull": True}) if none_is_all else condition

    return Filter(
        label,
        value=_with_parent(relation, "slug"),
        text=_with_parent(relation, "name"),
        position=Cast(_with_parent(relation, "sort_order"), IntegerField()),
        above=_above(relation),
        # Those without any come along as a choice without a value.
        given=lambda entries: entries if none_is_all else entries.filter(**{f"{relation}__isnull": False}),
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
    "language": Filter(
        pgettext_lazy("filter", "Language"),
        value=_Each(F("languages")),
        text=_Each(F("languages")),
        position=Value(0),
        given=lambda entries: entries,
        chosen=lambda values: Q(languages__overlap=values),
        said=lambda code: " ".join(language_names([code])),
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


def choices_of(entries: QuerySet, names, asked: Asked | None = None) -> dict[str, list[tuple]]:
    """Return (value, text, number, level) of what occurs in `entries`, in order, by `names`; one query.

    `level`: 1 for what stands below another choice, else 0. `asked`: what is chosen in each filter. The
    numbers are then of what the other filters let through.
    """
    found = {name: [] for name in names}
    if not found:
        return found
    first, *others = (
        FILTERS[name].choices(name, entries, _narrowed(entries, asked, without=name) if asked else None)
        for name in names
    )
    for name, value, text, position, key, above, count in first.union(*others):
        if said := FILTERS[name].said:
            text = said(value)
            key = text.lower()
        found[name].append((position, key, value, text, above, count))
    return {name: _in_order(rows) for name, rows in found.items()}


def _in_order(rows: list[tuple]) -> list[tuple]:
    everywhere = sum(count for *_rest, value, _text, _above, count in rows if value is None)
    named = [row for row in rows if row[2] is not None]
    places = {value: (position, key, value) for position, key, value, *_rest in named}

    def order(row: tuple) -> tuple:
        place, above = row[:3], row[4]
        return (places.get(above, place), above in places, place)

    return [
        (value, text, count + everywhere, int(above in places))
        for _position, _key, value, text, above, count in sorted(named, key=order)
    ]


def _narrowed(entries: QuerySet, asked: Asked, without: str = "") -> QuerySet:
    for name, values in asked.items():
        if name != without:
            entries = FILTERS[name].narrow(entries, values)
    return entries


@dataclass
class Option:
    """One choice of a filter as the template shows it; `toggle_url` adds or removes it.

    `count`: how many entries it leaves, together with what is chosen in the other filters;
    `level`: 1 for what belongs to the option above it.
    """

    value: str
    label: str
    checked: bool
    toggle_url: str
    count: int
    level: int = 0


@dataclass
class FilterState:
    """A filter with its options for one request."""

    name: str
    label: str
    options: Sequence[Option] = field(default_factory=list)
    # Addresses without this filter, and without all the others.
    url_without: str = "?"
    url_alone: str = "?"

    @property
    def checked(self) -> list[Option]:
        return [option for option in self.options if option.checked]

    @property
    def words(self) -> str:
        """What is chosen, in one line."""
        return ", ".join(option.label for option in self.checked)


def _without(query: QueryDict, names) -> str:
    changed = query.copy()
    for each in (*names, "page"):
        changed.pop(each, None)
    return "?" + changed.urlencode()


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
    choices = choices_of(entries, names)
    asked = {
        name: sorted(chosen)
        for name, rows in choices.items()
        if (chosen := set(query.getlist(name)) & {value for value, *_rest in rows})
    }
    if asked:
        choices = choices_of(entries, names, asked)
    states = []
    for name, rows in choices.items():
        chosen = asked.get(name, ())
        options = [
            Option(value, label, value in chosen, _toggled(query, name, value), count, level)
            for value, label, count, level in rows
        ]
        # One choice is no choice, unless it is in use and must be removable.
        if len(options) > 1 or chosen:
            others = [each for each in choices if each != name]
            urls = _without(query, [name]), _without(query, others)
            states.append(FilterState(name, FILTERS[name].label, options, *urls))
    return _narrowed(entries, asked), states


def ways_out(entries: QuerySet, states: list[FilterState]) -> dict[str, list[tuple[FilterState, int]]]:
    """Return, where the filters together leave nothing, which one to give up, and what there is then.

    Under "without" the filters that are in the way, with the number of entries without each; where giving up
    one is not enough, under "alone" the number with each of them alone.
    """
    chosen = [state for state in states if state.checked]
    asked = {state.name: [option.value for option in state.checked] for state in chosen}
    without = [(state, _narrowed(entries, asked, without=state.name).count()) for state in chosen]
    without = [(state, count) for state, count in without if count]
    alone = [
        (state, _narrowed(entries, {state.name: asked[state.name]}).count())
        for state in chosen
        if not without
    ]
    return {"without": without, "alone": alone}
