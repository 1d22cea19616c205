"""Dates in forms: within the bounds that the database knows, and in the night when the clocks change.

Django takes a date of the year 1 or 9999 from every form (pages, filters of reports and listings), and then
fails to convert or to store it: 500. A time that the clocks skip or show twice it refuses with a sentence for
developers, and the second of two equal times can't be entered at all. Here all date fields of all forms
refuse what `sites.fields.dates` doesn't know; a time that comes twice is taken for the first one, and the
fields of the editing area let the person choose the second, without JavaScript once the form is shown again.
Django 5.2, Wagtail 8.0; not reported yet (see docs/decisions/0011-upstream-faults.md).
"""

from datetime import UTC, datetime

from django import forms
from django.forms import fields
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.admin.widgets import AdminDateTimeInput

from sites.fields.dates import from_clock, is_twice, within_bounds

PATCHED = {
    "django.forms.fields:DateField.to_python": "0df1a801c90d",
    "django.forms.fields:DateTimeField.to_python": "fcaace00e182",
    "django.forms.utils:from_current_timezone": "4c12bb78bf99",
    "wagtail.admin.widgets.datetime:AdminDateTimeInput": "f0ef5067e1b2",
}

# What a widget adds to the text of a time that comes twice where the second one is meant.
SECOND = " (2)"

_date_to_python = fields.DateField.to_python
_moment_to_python = fields.DateTimeField.to_python
_media = AdminDateTimeInput.media
_script = forms.Media(js=["admin/clock-change.js"])


def date_to_python(self, value):
    """Return the date; raise ValidationError where the portal knows none like it."""
    found = _date_to_python(self, value)
    if found is not None:
        within_bounds(found)
    return found


def from_current_timezone(value: datetime | None) -> datetime | None:
    """Return the moment for a naive time on the clock; raise ValidationError where none is known."""
    if value is None:
        return None
    if timezone.is_naive(value):
        return from_clock(value)
    within_bounds(value)
    return value


def moment_to_python(self, value):
    """Return the moment; of a time that comes twice the first, or the second where the widget says so."""
    text, second = _split(value)
    found = _moment_to_python(self, text)
    if found and second:
        wall = timezone.make_naive(found)
        if is_twice(wall):
            return wall.replace(tzinfo=timezone.get_current_timezone(), fold=1).astimezone(UTC)
    return found


def _split(value):
    """Return what was entered, and whether the second of two equal times is meant."""
    if isinstance(value, str) and value.endswith(SECOND):
        return value.removesuffix(SECOND), True
    return value, False


def _wall(value) -> datetime | None:
    """Return the time on the clock for what a field shows or was sent, None where it is none."""
    if not isinstance(value, str):
        return value if isinstance(value, datetime) and timezone.is_naive(value) else None
    try:
        found = parse_datetime(value.strip())
    except ValueError:
        return None
    for pattern in () if found else fields.DateTimeField.input_formats:
        try:
            found = datetime.strptime(value.strip(), pattern)  # noqa: DTZ007 - naive is what is meant
            break
        except ValueError:
            continue
    return found if found and timezone.is_naive(found) else None


def _comes_twice(value) -> bool:
    wall = _wall(value)
    return wall is not None and is_twice(wall)


def value_from_datadict(self, data, files, name):
    """Return what was entered, with a note where the second of two equal times was chosen."""
    text = forms.DateTimeInput.value_from_datadict(self, data, files, name)
    chosen = data.get(f"{name}_second_time") == "1"
    return f"{text}{SECOND}" if chosen and _comes_twice(text) else text


def render(self, name, value, attrs=None, renderer=None):
    """Return the field, with a choice below it that is in sight where its time comes twice."""
    text, second = _split(value)
    field = forms.DateTimeInput.render(self, name, text, attrs, renderer)
    context = {
        "name": f"{name}_second_time",
        "field_id": (attrs or {}).get("id", ""),
        "form": self.build_attrs(self.attrs, attrs).get("form"),
        "comes_twice": _comes_twice(text),
        "second": second or bool(getattr(_wall(text), "fold", 0)),
    }
    return field + render_to_string("sites/second_time.html", context)


def media(self):
    return _media.fget(self) + _script


def apply() -> None:
    fields.DateField.to_python = date_to_python
    fields.DateTimeField.to_python = moment_to_python
    fields.from_current_timezone = from_current_timezone
    AdminDateTimeInput.value_from_datadict = value_from_datadict
    AdminDateTimeInput.render = render
    AdminDateTimeInput.media = property(media)
