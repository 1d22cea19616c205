"""What the interface says, and what in it is no German: English words, and wordings that were left over."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype
from django.apps import apps
from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation

OWN = Path(settings.BASE_DIR) / "locale/de/LC_MESSAGES/django.po"
DOMAINS = ("django", "djangojs")
WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{3,}(?:['’][a-z]+)?")
NO_WORDS = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|<[^>]*>|&\w+;|https?:\S+|\b\w+\.\w+\b")
# Words that are in English texts, too, with the reason why they may stand in German ones.
SAME = {
    "names and marks": (
        "english admin administrator wagtail javascript app api csv html json utc xlsx kb mb url urls"
    ),
    "months": "april august september november",
    "German words that look English": "such will still alias block details format optional permanent version",
    "used in German, too": (
        "alt avatar button cache code computer desktop dialog editor frontend home layout login maximum meta "
        "filters min minimum moderation offline option reports revision server sitemaps standard status "
        "system tab tablet tags token tokens update upgrade upload import inline"
    ),
}
# Wordings of Wagtail that nobody says, that are for developers, or that say "du".
LEFTOVERS = re.compile(
    r"-Objekt|\bNone\b|\bTrue\b|\bFalse\b|domain\.com|\[my-slug\]|Schnipsel|\bLocales?\b"
    r"|\b(?:[Dd]u|[Dd]ein\w*|[Dd]ich|Wähle|Klicke|Gib|Beachte|Lösche|Sortiere|[Ff]üge|Lade|Bearbeite)\b"
)

# Attributes that are read out or shown, and elements whose text is neither.
SAID = ("title", "aria-label", "placeholder", "alt", "label")
UNSEEN = {"script", "style", "svg", "code"}


def other_packages() -> list[Path]:
    """Return the folders of the apps that the editing area comes from."""
    return [Path(app.path) for app in apps.get_app_configs() if app.name.startswith("wagtail")]


def english_entries(domain: str) -> Iterator[polib.POEntry]:
    """Yield the texts of those apps."""
    for folder in other_packages():
        file = folder / f"locale/en/LC_MESSAGES/{domain}.po"
        if file.exists():
            yield from polib.pofile(str(file))


def german_texts(domain: str) -> Iterator[str]:
    """Yield what is shown for them in German; the English text where there is none."""
    folders = None if domain == "django" else [str(folder / "locale") for folder in other_packages()]
    catalogue = DjangoTranslation("de", domain=domain, localedirs=folders)._catalog
    for entry in english_entries(domain):
        key = f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid
        for form in ((key, 0), (key, 1)) if entry.msgid_plural else (key,):
            yield catalogue.get(form) or entry.msgid


def words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(NO_WORDS.sub(" ", text))}


@cache
def english_words() -> frozenset[str]:
    """Return the words of English texts that are in no German text of ours."""
    own = polib.pofile(str(OWN), encoding="utf-8")
    english, german = set(), {word for line in SAME.values() for word in line.split()}
    for entries in (own, *(english_entries(domain) for domain in DOMAINS)):
        for entry in entries:
            english |= words(f"{entry.msgid} {entry.msgid_plural}")
    for entry in own:
        german |= words(" ".join((entry.msgstr, *entry.msgstr_plural.values())))
    return frozenset(english - german)


def not_german(text: str) -> list[str]:
    """Return what in `text` is no German: words, and pieces that were left over."""
    return sorted(words(text) & english_words()) + LEFTOVERS.findall(text)


def texts_of(soup: BeautifulSoup) -> Iterator[str]:
    """Yield what a person gets to see or to hear of a page, also later by a script.

    Without what says of itself that it is in another language.
    """
    for tag in soup.find_all(attrs={"lang": True}):
        if tag.name != "html" and tag["lang"] != "de":
            tag.decompose()
    for tag in soup.find_all(True):
        if tag.name == "script" and tag.get("type") == "application/json":
            yield from _in_data(tag.string)
        for name, value in tag.attrs.items():
            if name.startswith("data-") or (tag.name == "input" and tag.get("type") == "hidden"):
                yield from _in_data(value)
            elif name in SAID or (
                name == "value" and tag.get("type") in ("submit", "button") and tag.name == "input"
            ):
                yield value
    for piece in soup.find_all(string=True):
        if not isinstance(piece, (Comment, Doctype)) and not UNSEEN & {tag.name for tag in piece.parents}:
            yield str(piece)


def _in_data(text: str) -> Iterator[str]:
    """Yield the texts in JSON that a script reads; other values are no texts."""
    if text.lstrip().startswith(("{", "[")):
        try:
            yield from _in_values(json.loads(text))
        except ValueError:
            return


def _in_values(data) -> Iterator[str]:
    if isinstance(data, dict):
        data = [value for name, value in data.items() if name not in ("CSRF_TOKEN", "entityMap", "classname")]
    if isinstance(data, list):
        for value in data:
            yield from _in_values(value)
    elif isinstance(data, str):
        if "<" in data:
            yield from texts_of(BeautifulSoup(data, "html.parser"))
        elif data.lstrip().startswith(("{", "[")):
            yield from _in_data(data)
        # What only scripts know, a name or a list of classes, begins with a small letter.
        elif data[:1].isupper() and not data.isupper():
            yield data
