"""What a page says, as texts that can be compared."""

from django.db.models import Manager
from django.utils.text import capfirst
from django.utils.translation import override

from home.opening_hours.text import span_text
from sites.fields.languages import LanguagesField, language_names

# Rows of the opening hours are told as one text, under this name.
HOURS = "intervals"
# Blocks that name people: who is taken off a page does not stay in its history.
_ABOUT_PEOPLE = ("contact",)


def told(page) -> list[tuple[str, str]]:
    """Return (name, text) of all that `page` says and that is compared, without what is empty.

    In the language of the page, whatever the language of who publishes it.
    """
    with override(page.locale.language_code):
        said = ((name, _text(page, name)) for name in page.compared_fields)
        return [(name, text) for name, text in said if text]


def label_of(model, name: str) -> str:
    """Return what people call the part `name` of a page, in the language of the interface."""
    if name in model.compared_labels:
        return capfirst(model.compared_labels[name])
    return capfirst(model._meta.get_field(name).verbose_name)


def _text(page, name: str) -> str:
    value = getattr(page, name)
    if name == HOURS:
        return _lines(_hours(row) for row in sorted(value.all(), key=lambda row: (row.weekday, row.opens)))
    if isinstance(value, Manager):
        return _rows(list(value.all()))
    if isinstance(page._meta.get_field(name), LanguagesField):
        return ", ".join(language_names(value))
    if hasattr(value, "stream_block"):
        return _lines(_block(block) for block in value if block.block_type not in _ABOUT_PEOPLE)
    return str(value or "").strip()


def _rows(rows: list) -> str:
    """Rows of a page say what they say one a line; words of the vocabulary in one line."""
    if all(not hasattr(row, "compared") for row in rows):
        return ", ".join(str(row) for row in rows)
    return _lines(row.compared() for row in rows)


def _hours(row) -> str:
    note = f" ({row.note})" if row.note else ""
    return f"{row.get_weekday_display()}: {span_text(row.as_interval())}{note}"


def _block(bound) -> str:
    return " ".join(each.strip() for each in bound.block.get_searchable_content(bound.value) if each.strip())


def _lines(texts) -> str:
    return "\n".join(text for text in texts if text)
