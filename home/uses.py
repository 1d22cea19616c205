"""What uses the words of the vocabulary: the relations to them from pages and from parts of pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.db.models import Field, ForeignKey, ManyToManyField, Model, QuerySet
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from home.models.vocabulary import Term


@dataclass(frozen=True)
class Use:
    """A relation to a word. `rows`: where it is stored, with `owner` (a page) and `word` as fields of theirs.

    `page_type`: of the pages; `path`: where it stands in a draft.
    """

    rows: type[Model]
    owner: Field
    word: Field
    page_type: type[Page]
    path: tuple[str, ...]
    many: bool

    @property
    def pairs(self) -> QuerySet:
        """(id of a word, id of a page), as far as the database shows them."""
        return self.rows._default_manager.order_by().values_list(self.word.attname, self.owner.attname)


@cache
def uses(model: type[Term]) -> tuple[Use, ...]:
    """Return everything that can name a word of the vocabulary `model`."""
    return tuple(_uses(model))


def _uses(model: type[Term]) -> Iterator[Use]:
    for relation in model._meta.get_fields(include_hidden=True):
        field = getattr(relation, "field", None)
        if field is None or relation.concrete or field.model is model or field.model._meta.auto_created:
            continue
        source = field.model
        if isinstance(field, ManyToManyField):
            through = field.remote_field.through
            owner = through._meta.get_field(field.m2m_field_name())
            word = through._meta.get_field(field.m2m_reverse_field_name())
            yield Use(through, owner, word, source, (field.name,), many=True)
        elif isinstance(field, ForeignKey) and issubclass(source, Page):
            yield Use(source, source._meta.pk, field, source, (field.name,), many=False)
        elif isinstance(field, ForeignKey):
            owner = next(each for each in source._meta.local_fields if isinstance(each, ParentalKey))
            path = (owner.remote_field.related_name, field.name)
            yield Use(source, owner, field, owner.related_model, path, many=False)


def pages_by_word(model: type[Term], words: Iterable[int]) -> dict[int, set[int]]:
    """Return by the ids `words` the ids of the pages that name each and that who asks may see; one query."""
    found: dict[int, set[int]] = {pk: set() for pk in words}
    first, *others = (use.pairs.filter(**{f"{use.word.name}__in": list(found)}) for use in uses(model))
    for word, page in first.union(*others):
        found[word].add(page)
    return found
