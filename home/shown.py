"""What is read of the database for what page types say that they show; `PortalPage` has how they say it."""

from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Manager, Model, QuerySet
from django.utils.functional import Promise


@dataclass(frozen=True)
class SearchKind:
    """How the search calls pages of a type. `key` stands in addresses, `label` beside a hit, `plural` in the
    filter, in which smaller positions come first."""

    key: str
    label: str | Promise
    plural: str | Promise
    position: int


def is_joined(model: type[Model], name: str) -> bool:
    """Tell whether `name` is a foreign key of `model`, which one query can bring along."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return field.many_to_one or field.one_to_one


def is_prefetched(model: type[Model], name: str) -> bool:
    """Tell whether `name` is a relation to many rows, or leads through one ("attachments__document")."""
    field = model._meta.get_field(name.partition("__")[0])
    return bool(field.one_to_many or field.many_to_many)


def with_shown(pages: QuerySet, names: tuple[str, ...]) -> QuerySet:
    """Let a queryset of pages of one type bring along the relations among `names`, in constant queries."""
    joined = [name for name in names if is_joined(pages.model, name)]
    prefetched = [name for name in names if is_prefetched(pages.model, name)]
    if joined:
        pages = pages.select_related(*joined)
    return pages.prefetch_related(*prefetched)


def not_shown(model: type[Model], names: tuple[str, ...]) -> list[str]:
    """Return the fields of `model` (without those of its base table) that are not among `names`."""
    return [
        field.name for field in model._meta.local_fields if not field.primary_key and field.name not in names
    ]


def shown_values(page: Model, names: tuple[str, ...]) -> tuple[list, list]:
    """Return what `names` of a page hold: single values as people read them, and words of the vocabulary.

    What is empty or hidden from the reader is left out.
    """
    values, terms = [], []
    for name in names:
        value = getattr(page, name, None)
        if isinstance(value, Manager):
            terms += value.all()
        elif value not in (None, ""):
            choice = getattr(page, f"get_{name}_display", None)
            values.append(choice() if choice else value)
    return values, terms
