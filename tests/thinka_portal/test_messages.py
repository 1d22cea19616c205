"""The German texts of the interface: complete, correct, and no nuisance to those of other packages."""

import re
from pathlib import Path

import django
import polib
import pytest
from django.apps import apps
from django.conf import settings

CATALOGUE = polib.pofile(
    str(Path(settings.BASE_DIR) / "locale/de/LC_MESSAGES/django.po"),
    encoding="utf-8",
    check_for_duplicates=True,
)
# %(name)s and %s of Python, {name} and {} of str.format.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
HTML_TAG = re.compile(r"<[^>]*>")


def german(entry) -> list[str]:
    """Return the translation of `entry`, or all its forms."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def wrong_placeholders(entry) -> bool:
    """Whether a form of the translation has other placeholders than the English text."""
    english = placeholders(entry.msgid_plural or entry.msgid)
    return any(placeholders(text) != english for text in german(entry))


def left_in_english(entry) -> bool:
    """Whether a text of more than three words is the same in both languages."""
    words = re.findall(r"\w+", PLACEHOLDER.sub("", entry.msgid))
    return len(words) > 3 and entry.msgid in german(entry)


def other_packages():
    """Yield the German translations of Django and of all installed apps."""
    folders = [Path(django.__file__).parent / "conf", *(Path(app.path) for app in apps.get_app_configs())]
    for folder in folders:
        file = folder / "locale/de/LC_MESSAGES/django.mo"
        if file.exists():
            yield from polib.mofile(str(file))


def test_catalogue_is_complete():
    assert not [entry.msgid for entry in CATALOGUE if not entry.translated()]
    assert not CATALOGUE.obsolete_entries()


def test_header():
    assert CATALOGUE.metadata["Language"] == "de"
    assert CATALOGUE.metadata["Plural-Forms"] == "nplurals=2; plural=(n != 1);"
    assert CATALOGUE.metadata["Content-Type"] == "text/plain; charset=UTF-8"
    assert "@" not in "".join(CATALOGUE.metadata.values()), "no personal data"


def test_placeholders_are_the_same_in_both_languages():
    assert not [entry.msgid for entry in CATALOGUE if wrong_placeholders(entry)]


def test_nothing_is_left_in_english():
    assert not [entry.msgid for entry in CATALOGUE if left_in_english(entry)]


def test_quotes_are_typographic():
    """Straight quotes belong to HTML only."""
    texts = [HTML_TAG.sub("", text) for entry in CATALOGUE for text in german(entry)]
    assert not [text for text in texts if '"' in text or "'" in text]
    assert not [text for text in texts if text.count("„") != text.count("“")]


def test_other_packages_keep_their_words():
    """The project's texts win over those of Django and Wagtail with the same msgid, in their pages too.

    Where the German word must differ, the text needs a context: pgettext_lazy, {% translate … context … %}.
    """
    ours = {(entry.msgctxt, entry.msgid): entry for entry in CATALOGUE}
    changed = []
    for theirs in other_packages():
        own = ours.get((theirs.msgctxt or None, theirs.msgid))
        # Some packages write the same word with a small letter.
        if own and theirs.msgstr and own.msgstr.casefold() != theirs.msgstr.casefold():
            changed.append((theirs.msgid, theirs.msgstr, own.msgstr))
    assert not changed


@pytest.mark.parametrize(
    ("english", "translation", "wrong"),
    [
        ("Copy of %(title)s", "Kopie von %(title)s", False),
        ("Copy of %(title)s", "Kopie von %(titel)s", True),
        ("Copy of %(title)s", "Kopie", True),
        ("%s of %s", "%s", True),
        ("{name} is ready", "{name} ist bereit", False),
        ("{name} is ready", "{nahme} ist bereit", True),
    ],
)
def test_wrong_placeholders_are_seen(english, translation, wrong):
    assert wrong_placeholders(polib.POEntry(msgid=english, msgstr=translation)) is wrong


def test_english_leftovers_are_seen():
    assert left_in_english(polib.POEntry(msgid="Check the spelling now.", msgstr="Check the spelling now."))
    assert not left_in_english(polib.POEntry(msgid="%(hours)s (%(note)s)", msgstr="%(hours)s (%(note)s)"))
