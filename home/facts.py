"""What is true of a page in one language is true in all: opening hours, addresses, dates, prices.

Each page type says once which of its fields and rows are facts, and which each language has for itself:

- `shared_fields` are the same in all languages. Pages and words of the vocabulary that they name are named in
  the language of the page, where there is a version in it.
- `shared_texts` are facts in words, such as a price. They may be translated, by wagtail-localize; that holds
  as long as the source says the same. Otherwise the words of the source stand there.
- `own_fields` are what each language says for itself.

A system check finds fields that are in none of the three.

The page in the source language has the facts. Whenever it is stored, all versions at the same Träger get them
in the same transaction (`share`). Whenever another version is stored, published from an old draft or shown in
a preview, it takes the facts from there again (`settle`); its form does not offer them. So lists, queries,
the search, feeds and calendar files read each page by itself and need no second one.
"""

from collections import Counter
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.db.models import Field, Q
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, TranslatableMixin
from wagtail.tasks import update_reference_index_task
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import StringValue

from sites.access.paths import folder_path


def is_source(page) -> bool:
    """Tell whether `page` is in the language in which pages are written first."""
    # A page without one is new, and nobody has translated it.
    return page.locale_id is None or page.locale.language_code == settings.LANGUAGE_CODE


def source_of(page):
    """Return the page whose facts `page` shows: the one that it translates. None where it translates none.

    Where who asks may not see that page (a guest on one language), what is stored of `page` stands in for it:
    it has the facts already.
    """
    if is_source(page) or not page.path:
        return None
    shown = (page.alias_of_id and getattr(page, "alias_of", None)) or page
    versions = type(page).objects.filter(
        translation_key=shown.translation_key, path__startswith=folder_path(page)
    )
    source = versions.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if source is None and page.pk and _has_hidden_source(page):
        return type(page).objects.filter(pk=page.pk).first()
    return source


def _has_hidden_source(page) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_has_source(%s)", [page.pk])
        return cursor.fetchone()[0]


def settle(page) -> None:
    """Give `page`, which is about to be shown or stored, the facts of its source."""
    if (source := source_of(page)) is not None:
        take_facts(page, source)


def wait_for_others() -> None:
    """Wait for others that store pages, as storing one does anyway (see triggers.sql).

    Until the end of the transaction nobody changes the facts that are looked up from now on.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('portal.readers'))")


def share(page) -> None:
    """Give the facts of `page`, which was just stored, to its other languages."""
    if not is_source(page):
        return
    versions = followers(page)
    source = type(page).objects.get(pk=page.pk) if versions else None
    for version in versions:
        if changed := take_facts(version, source):
            _store(version, changed)


def followers(source) -> list:
    """Return the other languages of `source` at the same Träger, and the aliases of all languages."""
    key = source.translation_key
    versions = type(source).objects.filter(path__startswith=folder_path(source)).exclude(pk=source.pk)
    versions = versions.filter(Q(translation_key=key) | Q(alias_of__translation_key=key))
    return list(versions.select_related("locale", "alias_of"))


def share_what_points_to(page) -> None:
    """Let events and offers in the language of `page` name it or not: it was published or withdrawn."""
    source = source_of(page)
    if source is None:
        return
    for relation in type(page)._meta.related_objects:
        field, model = relation.field, relation.related_model
        if field.name in getattr(model, "shared_fields", ()) and not relation.many_to_many:
            for pointing in model.objects.filter(**{field.name: source}, path__startswith=folder_path(page)):
                share(pointing)


def take_facts(page, source) -> list[str]:
    """Give `page` the facts of `source`, without storing it. Returns the names of what changed."""
    words = {} if page.pk == source.pk else _translated(page, source)
    return [name for name in (*page.shared_fields, *page.shared_texts) if _take(page, source, name, words)]


def _take(page, source, name: str, words: dict[str, str]) -> bool:
    field = page._meta.get_field(name)
    if field.one_to_many:
        return _take_rows(page, source, name)
    if field.many_to_many:
        terms = [_in_language(term, page.locale) for term in getattr(source, name).all()]
        if {term.pk for term in terms} == {term.pk for term in getattr(page, name).all()}:
            return False
        setattr(page, name, terms)
        return True
    value = words.get(name, getattr(source, field.attname))
    if field.is_relation and value and issubclass(field.related_model, TranslatableMixin):
        # What is hidden from who asks stays as it is.
        named = getattr(source, name, None)
        value = _in_language(named, page.locale).pk if named else value
    if getattr(page, field.attname) == value:
        return False
    setattr(page, field.attname, value)
    return True


def _in_language(thing, locale):
    """Return `thing` (a page or a word) in the language `locale` where readers find it there, else itself."""
    if thing.locale_id == locale.pk:
        return thing
    found = type(thing).objects.filter(translation_key=thing.translation_key, locale=locale)
    if isinstance(thing, Page):
        found = found.filter(live=True, path__startswith=folder_path(thing))
    return found.first() or thing


def _take_rows(page, source, name: str) -> bool:
    """Replace rows that are part of a page. Those that say the same stay: nothing is stored anew for them."""
    relation = page._meta.get_field(name)
    model, owner = relation.related_model, relation.field
    fields = [each for each in model._meta.concrete_fields if not each.primary_key and each is not owner]
    columns = [field.attname for field in fields]

    def said(row) -> list:
        return [getattr(row, column) for column in columns]

    def in_language(row) -> list:
        named = ((field, getattr(row, field.name, None)) for field in fields if _names_a_word(field))
        words = {field.attname: _in_language(word, page.locale).pk for field, word in named if word}
        return [words.get(column, value) for column, value in zip(columns, said(row), strict=True)]

    rows = [in_language(row) for row in getattr(source, name).all()]
    # Lists of languages can't be counted.
    if sorted(rows, key=repr) == sorted((said(row) for row in getattr(page, name).all()), key=repr):
        return False
    setattr(page, name, [model(**dict(zip(columns, row, strict=True))) for row in rows])
    return True


def _names_a_word(field) -> bool:
    return field.is_relation and issubclass(field.related_model, TranslatableMixin)


def _translated(page, source) -> dict[str, str]:
    """Return the `shared_texts` for which there is a translation of exactly what the source says now."""
    if not page.shared_texts:
        return {}
    said = {name: StringValue.from_plaintext(getattr(source, name)).data for name in page.shared_texts}
    known = StringTranslation.objects.filter(
        locale=page.locale_id,
        context__object_id=page.translation_key,
        context__path__in=said,
        translation_of__data__in=said.values(),
        has_error=False,
    ).values_list("context__path", "translation_of__data", "data")
    return {name: StringValue(data).render_text() for name, text, data in known if said[name] == text}


def _store(page, changed: list[str]) -> None:
    """Store the fields and relations `changed` of `page` as they are in it.

    Only these: somebody else may be publishing the words of the page.
    """
    fields = [page._meta.get_field(name) for name in changed]
    columns = {field.attname: getattr(page, field.attname) for field in fields if _is_column(field)}
    if columns:
        type(page).objects.filter(pk=page.pk).update(**columns)
    for field in fields:
        if not _is_column(field):
            getattr(page, field.name).commit()
    update_reference_index_task.enqueue(page._meta.app_label, page._meta.model_name, str(page.pk))


def _is_column(field) -> bool:
    return isinstance(field, Field) and not field.many_to_many


def undeclared(model: type[Page]) -> Iterator[tuple[str, str]]:
    """Yield (name, what is wrong) for each field and relation of a page type that is not in one place."""
    declared = Counter((*model.shared_fields, *model.shared_texts, *model.own_fields))
    there = set(_said_by(model))
    for name in sorted(there | declared.keys()):
        if name not in there:
            yield name, "is no field of this type"
        elif declared[name] != 1:
            yield name, "must be in exactly one of shared_fields, shared_texts and own_fields"


def _said_by(model: type[Page]) -> Iterator[str]:
    """Yield the names of the fields and parts of a page type that Wagtail's own pages don't have."""
    wagtails = {field.name for field in Page._meta.get_fields(include_hidden=True)}
    for field in model._meta.get_fields():
        part = field.one_to_many and field.name in {r.name for r in get_all_child_relations(model)}
        if field.name not in wagtails and (part or field.concrete) and not _is_link_to_page(field):
            yield field.name


def _is_link_to_page(field) -> bool:
    return bool(field.one_to_one and field.remote_field and getattr(field.remote_field, "parent_link", False))
