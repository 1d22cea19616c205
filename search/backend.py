"""The search of the editing area, as Wagtail's lists and choosers ask for it: in all that a person works on.

Drafts and what was saved a moment ago are found, so it asks the rows themselves and no index. The words of
the question are those that `search.text` makes of it. The texts are in the one spelling that the function
`search_words` of the database makes: of pages it is stored with the row, files and terms are few. Policies
hold as for any other query.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Func, IntegerField, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan
from django.utils.translation import get_language
from modelsearch.backends.database import fallback
from modelsearch.backends.database.fallback import MATCH_ALL, MATCH_NONE
from modelsearch.index import AutocompleteField, RelatedFields
from modelsearch.query import Phrase, PlainText
from wagtail.models import Page

from search.text import tokens
from sites.rls.lookups import Words

# A shorter piece says nothing about the word in which it is: it must be the beginning.
SHORTEST_INSIDE = 4
# Further words would make the answer no better.
MOST_WORDS = 8


@dataclass(frozen=True)
class Asked:
    """A word of a question. One of `forms` is enough, and so are all `parts` of a compound."""

    forms: frozenset[str]
    parts: frozenset[str]


def asked(text: str) -> list[Asked]:
    """Return the words of `text`, the last of which may still be being typed."""
    found = []
    for token in tokens(text, get_language() or settings.LANGUAGE_CODE)[:MOST_WORDS]:
        stem, *parts = [term for term, _weight in token.terms] or [token.word]
        forms = {token.word}
        typed = text[token.start : token.end]
        # Written apart in the texts, too: Müller-Straße.
        if not typed.isalnum():
            forms.add(typed)
        if len(stem) >= SHORTEST_INSIDE:
            forms.add(stem)
        found.append(Asked(frozenset(forms), frozenset(parts) if len(parts) > 1 else frozenset()))
    return found


def _spelled(text: str, trim: str) -> Func:
    """The one spelling of `text`, without the spaces around it ("btrim") or behind it ("rtrim")."""
    return Func(Func(Value(text), function="search_words"), function=trim, output_field=TextField())


def place(words, text: str, inside: bool = False) -> Func:
    """Where in `words` (an expression) a word begins with `text`, from 1; 0: nowhere.

    `inside`: also in the middle of a word.
    """
    spelled = _spelled(text, "btrim" if inside else "rtrim")
    return Func(words, spelled, function="strpos", output_field=IntegerField())


class QueryCompiler(fallback.DatabaseSearchQueryCompiler):
    """Makes conditions for a queryset of a question."""

    def get_fields_names(self) -> Iterator[str]:
        model = self.queryset.model
        yield from self.fields or [field.field_name for field in model.get_autocomplete_search_fields()]

    @property
    def words(self):
        """What is searched of each row, as an expression."""
        return words_of(self.queryset.model, self.fields_names)

    def build_database_filter(self, query, boost=1.0):
        if isinstance(query, PlainText | Phrase):
            conditions = [self._word(word) for word in asked(query.query_string)]
            if not conditions:
                return MATCH_NONE
            return self.OPERATORS[getattr(query, "operator", "and")](conditions)
        return super().build_database_filter(query, boost)

    def _word(self, word: Asked) -> Q:
        found = _contains(self.words, word)
        # Tags of files.
        for relation, names in _related(self.queryset.model) if self.fields is None else ():
            name = words_of(relation.get_field(self.queryset.model).related_model, names, relation.field_name)
            tagged = self.queryset.model._default_manager.filter(_contains(name, word))
            found |= Q(pk__in=tagged.values("pk"))
        return found


def _contains(words, word: Asked) -> Q:
    found = Q()
    for form in sorted(word.forms):
        found |= Q(GreaterThan(place(words, form, inside=len(form) >= SHORTEST_INSIDE), 0))
    if word.parts:
        parts = Q()
        for part in sorted(word.parts):
            parts &= Q(GreaterThan(place(words, part), 0))
        found |= parts
    return found


def words_of(model: type[Model], names: list[str], through: str = ""):
    """Return the words of the fields `names` of `model`, an expression; `through`: the relation to them."""
    if issubclass(model, Page):
        return Words(F("path"))
    fields = [F(f"{through}__{name}" if through else name) for name in names]
    text = Func(Value(" "), *fields, function="concat_ws", output_field=TextField())
    return Func(text, function="search_words", output_field=TextField())


def _related(model) -> Iterator[tuple[RelatedFields, list[str]]]:
    for relation in model.get_search_fields():
        if isinstance(relation, RelatedFields):
            names = [each.field_name for each in relation.fields if isinstance(each, AutocompleteField)]
            if names:
                yield relation, names


class Results(fallback.DatabaseSearchResults):
    """The rows that were found, in slices."""

    def get_queryset(self) -> QuerySet:
        compiler = self.query_compiler
        found = compiler.build_database_filter(compiler.query)
        queryset = compiler.queryset
        if found == MATCH_NONE:
            queryset = queryset.none()
        elif found != MATCH_ALL:
            queryset = queryset.filter(found)
        if compiler.order_by_relevance:
            queryset = queryset.order_by(*self._relevance())
        elif not queryset.query.order_by:
            # One order, or pages of results would overlap.
            queryset = queryset.order_by("-pk")
        return queryset[self.start : self.stop]

    def _do_search(self) -> list:
        # Not by a cursor on the server: it would make all hits for the few that are shown.
        return list(self.get_queryset())

    def _relevance(self) -> list:
        """First where the first word stands early, as the beginning of one; then the shorter, the newer."""
        query, words = self.query_compiler.query, self.query_compiler.words
        first = asked(query.query_string)[:1] if isinstance(query, PlainText | Phrase) else []
        places = [
            Func(place(words, form), Value(0), function="nullif").asc(nulls_last=True)
            for word in first
            for form in sorted(word.forms, key=len, reverse=True)[:1]
        ]
        return [*places, Length(words), "-pk"]


class SearchBackend(fallback.DatabaseSearchBackend):
    """What `WAGTAILSEARCH_BACKENDS` names. It keeps nothing: nothing is written when a row changes."""

    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = QueryCompiler
    results_class = Results
