"""No control characters in fields of texts.

Django refuses zero bytes in forms only, and takes line breaks in every `CharField`: a title with one makes
the calendar file and the mail to the approvers fail, and a zero byte in a look-up is an error of the
database. Here both kinds of `CharField`, that of models and that of forms, take such characters out before
they look at a value; so does the `TextField` of models, which keeps line breaks and tabs. Those of models
do so whenever they hand a value to the database, also in look-ups and updates, and when a model is checked
or made from a revision. Django 5.2; as intended there, nothing to report.
"""

from django import forms
from django.db import models

from sites.fields.characters import one_line, several_lines

PATCHED = {
    "django.db.models:CharField.to_python": "1bd5528c714e",
    "django.db.models:CharField.get_prep_value": "6d31653d6fa8",
    "django.db.models:TextField.to_python": "1bd5528c714e",
    "django.db.models:TextField.get_prep_value": "6d31653d6fa8",
    "django.forms:CharField.to_python": "d0f3d1e6c69d",
}
# Hidden fields may hold several lines, and a password is what it is.
SINGLE_LINE_INPUTS = ("email", "search", "tel", "text", "url")


def _of_models(stock, cleaned):
    def to_python(self, value):
        value = stock(self, value)
        return cleaned(value) if isinstance(value, str) else value

    return to_python


def _of_forms(stock):
    def to_python(self, value):
        if isinstance(value, str) and getattr(self.widget, "input_type", "") in SINGLE_LINE_INPUTS:
            value = one_line(value)
        return stock(self, value)

    return to_python


def apply() -> None:
    models.CharField.to_python = _of_models(models.CharField.to_python, one_line)
    models.TextField.to_python = _of_models(models.TextField.to_python, several_lines)
    forms.CharField.to_python = _of_forms(forms.CharField.to_python)
