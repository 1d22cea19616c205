"""Languages that people speak, as a fixed list, and a field that holds some of it.

Codes are those of CLDR (BCP 47), so that each language has one name for all: what nobody types, nobody
mistypes. Names come from the catalogue of the interface; `ALIASES` are other names that people look for.
"""

from collections.abc import Iterable

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import pgettext_lazy

# The most frequent ones at the offices first, then by their German name.
LANGUAGES = (
    ("de", pgettext_lazy("language", "German")),
    ("de-simple", pgettext_lazy("language", "Easy German (Leichte Sprache)")),
    ("gsg", pgettext_lazy("language", "German Sign Language")),
    ("ar", pgettext_lazy("language", "Arabic")),
    ("uk", pgettext_lazy("language", "Ukrainian")),
    ("ru", pgettext_lazy("language", "Russian")),
    ("en", pgettext_lazy("language", "English")),
    ("fa", pgettext_lazy("language", "Persian")),
    ("sq", pgettext_lazy("language", "Albanian")),
    ("am", pgettext_lazy("language", "Amharic")),
    ("hy", pgettext_lazy("language", "Armenian")),
    ("az", pgettext_lazy("language", "Azerbaijani")),
    ("bs", pgettext_lazy("language", "Bosnian")),
    ("bg", pgettext_lazy("language", "Bulgarian")),
    ("zh", pgettext_lazy("language", "Chinese")),
    ("prs", pgettext_lazy("language", "Dari")),
    ("fr", pgettext_lazy("language", "French")),
    ("ka", pgettext_lazy("language", "Georgian")),
    ("el", pgettext_lazy("language", "Greek")),
    ("hi", pgettext_lazy("language", "Hindi")),
    ("it", pgettext_lazy("language", "Italian")),
    ("hr", pgettext_lazy("language", "Croatian")),
    ("ku", pgettext_lazy("language", "Kurdish (Kurmanji)")),
    ("ckb", pgettext_lazy("language", "Kurdish (Sorani)")),
    ("mk", pgettext_lazy("language", "Macedonian")),
    ("ps", pgettext_lazy("language", "Pashto")),
    ("pl", pgettext_lazy("language", "Polish")),
    ("pt", pgettext_lazy("language", "Portuguese")),
    ("rom", pgettext_lazy("language", "Romani")),
    ("ro", pgettext_lazy("language", "Romanian")),
    ("sr", pgettext_lazy("language", "Serbian")),
    ("so", pgettext_lazy("language", "Somali")),
    ("es", pgettext_lazy("language", "Spanish")),
    ("ti", pgettext_lazy("language", "Tigrinya")),
    ("cs", pgettext_lazy("language", "Czech")),
    ("tr", pgettext_lazy("language", "Turkish")),
    ("hu", pgettext_lazy("language", "Hungarian")),
    ("ur", pgettext_lazy("language", "Urdu")),
    ("vi", pgettext_lazy("language", "Vietnamese")),
)
NAMES = dict(LANGUAGES)
# Other names that people look for, and what those who speak it call it where they may look for that.
ALIASES = {
    "ar": "العربية",
    "de-simple": "Einfache Sprache",
    "en": "English",
    "fa": "Farsi فارسی",
    "gsg": "DGS Gebärdensprache",
    "ku": "Kurdisch Kurdî",
    "ckb": "Kurdisch کوردی",
    "ps": "Paschtu Paschtunisch",
    "ru": "русский",
    "tr": "Türkçe",
    "uk": "українська",
}


def language_names(codes: Iterable[str]) -> list[str]:
    """Return the names of languages in the language of the request, in the order of the list.

    A code that is no longer in the list stands for itself, at the end.
    """
    chosen = set(codes)
    return [str(name) for code, name in LANGUAGES if code in chosen] + sorted(chosen - NAMES.keys())


def languages_line(codes: Iterable[str], note: str) -> str:
    """Return the names of languages, and a note on them, in one line."""
    return "; ".join(filter(None, [", ".join(language_names(codes)), note]))


def language_words(codes: Iterable[str]) -> list[str]:
    """Return by what else than their names languages are looked for."""
    return [ALIASES[code] for code in codes if code in ALIASES]


class LanguagesField(ArrayField):
    """Codes of languages, ticked in a form. Migrations write it as an array of texts."""

    def __init__(self, verbose_name=None, **kwargs):
        kwargs.pop("base_field", None)
        kwargs.pop("size", None)
        base = models.CharField(max_length=20)
        super().__init__(base, verbose_name=verbose_name, **{"default": list, "blank": True, **kwargs})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.contrib.postgres.fields.ArrayField", args, kwargs

    def formfield(self, **kwargs):
        defaults = {
            "label": self.verbose_name,
            "help_text": self.help_text,
            "required": False,
            "choices": LANGUAGES,
            "widget": forms.CheckboxSelectMultiple,
        }
        return forms.MultipleChoiceField(**defaults | kwargs)
