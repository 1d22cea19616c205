"""Search entries of many pages at once, the same as the search makes for each page."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from modelsearch.backends import get_search_backend
from modelsearch.backends.database.postgres.weights import get_weight
from modelsearch.index import AutocompleteField, SearchField
from wagtail.models import Page

CONFIG = settings.WAGTAILSEARCH_BACKENDS["default"]["SEARCH_CONFIG"]
# What the search splits words by where it completes them; PostgreSQL's name for "as they are".
AUTOCOMPLETE_CONFIG = "simple"


def store_entries(model: type[Page], pages: Iterable[Page]) -> None:
    """Store the entries of `pages`, which are all of the type `model` and have none yet."""
    kinds = (SearchField, AutocompleteField)
    fields = [field for field in model.get_search_fields() if isinstance(field, kinds)]
    vectors = ", ".join(_vector(fields, belongs) for belongs in (_is_title, _completes, _is_body))
    with connection.cursor() as cursor:
        columns = ", ".join(f"t{number} text" for number in range(len(fields)))
        cursor.execute(f"CREATE TEMPORARY TABLE entry_text (id text, {columns})")
        with cursor.copy("COPY entry_text FROM STDIN") as copy:
            for page in pages:
                copy.write_row([str(page.pk), *(_words(field.get_value(page)) for field in fields)])
        cursor.execute(
            f"""
            INSERT INTO wagtailsearch_indexentry
              (content_type_id, object_id, title_norm, title, autocomplete, body, title_text, body_text)
            SELECT %s, id, 1, {vectors}, {_text(fields, _is_title)}, {_text(fields, _is_body)}
            FROM entry_text
            """,  # noqa: S608 - names of columns made above
            [ContentType.objects.get_for_model(model).pk],
        )
        cursor.execute("DROP TABLE entry_text")


def _words(value) -> str:
    return (", ".join(value) if isinstance(value, list) else str(value or "")).strip()


def finish(page: Page) -> None:
    """Weigh the titles of all entries, which the search does when it stores one, here that of `page`."""
    get_search_backend().add(page)


def _is_title(field) -> bool:
    return isinstance(field, SearchField) and field.field_name == "title"


def _is_body(field) -> bool:
    return isinstance(field, SearchField) and field.field_name != "title"


def _completes(field) -> bool:
    return isinstance(field, AutocompleteField)


def _vector(fields, belongs) -> str:
    config = AUTOCOMPLETE_CONFIG if belongs is _completes else CONFIG
    weights = [
        (number, "D" if _completes(field) else get_weight(field.boost))
        for number, field in enumerate(fields)
        if belongs(field)
    ]
    return " || ".join(f"setweight(to_tsvector('{config}', t{n}), '{weight}')" for n, weight in weights)


def _text(fields, belongs) -> str:
    names = ", ".join(f"nullif(t{number}, '')" for number, field in enumerate(fields) if belongs(field))
    return f"concat_ws(' ', {names})"
