"""The texts of the demo as data: nothing invented that could be taken for real, nothing half done."""

import re
import wave
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from home.icons import ICON_CHOICES, ILLUSTRATION_CHOICES
from search import synonyms
from thinka_portal.demo import dates, markup
from thinka_portal.demo.data import CONTENT_DIR, SITE_FILES, knowledge_pages, pictures, read, site_pages
from thinka_portal.demo.media import FILES_DIR, IMAGES_DIR
from thinka_portal.demo.people import accounts

FILES = sorted(path.stem for path in CONTENT_DIR.glob("*.toml"))
TRAEGER = ("mitmenschen", "caritas", "kontakt-in-krisen")
# Berlin's numbers that the Bundesnetzagentur gives to nobody; Erfurt has none.
FOR_STORIES = re.compile(r"\+49 30 23125\d{3}")
CITY_NUMBERS = {"+49 361 655-6103", "+49 361 655-6109"}


def strings(value) -> Iterator[str]:
    """Every string in a nested structure."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from strings(list(value.values()))
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


@pytest.mark.parametrize("name", FILES)
def test_texts_are_finished(name):
    for text in strings(read(name)):
        assert text.strip(), f"an empty text in {name}"
        assert not re.search(r"lorem|ipsum|todo|fixme|xxx", text, re.IGNORECASE), text


@pytest.mark.parametrize("name", FILES)
def test_no_invented_contact_data(name):
    for text in strings(read(name)):
        numbers = set(re.findall(r"\+49[\d /-]+\d", text)) - CITY_NUMBERS
        assert all(FOR_STORIES.fullmatch(number) for number in numbers), numbers
        for address in re.findall(r"[\w.-]+@([\w.-]+)", text):
            assert address.endswith(".example")
        for host in re.findall(r"https?://([\w.-]+)", text):
            assert host.endswith(".example.org")


def test_only_the_four_real_partners_have_names_of_their_own():
    partners = read("partners")["partners"]

    assert sum(entry.get("real", False) for entry in partners) == 4
    for entry in partners:
        assert entry.get("real") or entry["title"].startswith("Beispiel-")
        # Of the real ones only name and kind are known.
        assert not entry.get("real") or not {"text", "website", "phone", "sozialraeume"} & entry.keys()


def test_enough_to_fill_the_lists():
    assert len(read("methods")["methods"]) >= 25
    assert len(read("partners")["partners"]) >= 40
    for name in TRAEGER:
        types = [page["type"] for page in site_pages(name)]
        assert types.count("offer") >= 5
        assert types.count("event") >= 5
        assert types.count("news") >= 3


@pytest.mark.parametrize("name", TRAEGER)
def test_each_kind_of_event_is_there(name):
    events = [page for page in site_pages(name) if page["type"] == "event"]

    assert {"weekly", "fortnightly", "monthly_by_weekday"} <= {page.get("frequency") for page in events}
    assert any(page["start"]["week"] < 0 and "frequency" not in page for page in events), "a past event"
    assert any(page.get("skip_weeks") for page in events), "a cancelled date"


def test_methods_are_worth_reading():
    for entry in read("methods")["methods"]:
        sections = [entry[name] for name in ("purpose", "when_to_use", "materials", "risks", "text")]
        steps = [text for step in entry["steps"] for text in step.values()]
        assert len(entry["summary"]) <= 250
        assert 200 <= len(" ".join([*sections, *steps]).split()) <= 450, entry["title"]
        assert len(entry["steps"]) >= 5


def test_pictures_and_drawings_exist():
    known = {key for key, _label in ILLUSTRATION_CHOICES}
    for name in SITE_FILES:
        traeger = read(name)["traeger"]
        colour = traeger.get("picture_colour", name)
        assert (IMAGES_DIR / pictures()[traeger["logo"]]["file"]).exists()
        used = {traeger["social_image"]}
        for page in site_pages(name):
            assert page.get("illustration", "haeuser") in known
            used |= {page["picture"]} if "picture" in page else set()
            for block in page.get("body", []):
                used |= set(block.get("images", [])) | ({block["image"]} if "image" in block else set())
        for key in used:
            assert pictures()[key]["alt"].strip()
            assert (IMAGES_DIR / f"{key}-{colour}.webp").exists()


def test_vocabulary_is_used_as_it_is_written():
    data = read("vocabulary")
    names = {field: {entry["name"] for entry in data[field]} for field in data}
    icons = {key for key, _label in ICON_CHOICES}

    assert {entry["icon"] for entry in data["topics"]} <= icons
    for name in SITE_FILES:
        for page in site_pages(name):
            for field in names:
                assert set(page.get(field, [])) <= names[field], page["title"]


def test_keys_of_a_site_are_unique():
    for name in SITE_FILES:
        keys = [page["key"] for page in site_pages(name)]
        assert len(keys) == len(set(keys))
    assert len(knowledge_pages()) >= 65


def test_accounts_use_a_reserved_domain():
    emails = [entry["email"] for entry in accounts()]

    assert len(emails) == len(set(emails)) == 4 + 3 * 4
    assert all(email.endswith(".example") for email in emails)


@pytest.mark.parametrize("entry", read("documents")["documents"], ids=lambda entry: entry["key"])
def test_each_document_is_a_pdf_file_with_its_title(entry):
    content = (FILES_DIR / f"{entry['key']}.pdf").read_bytes()

    assert content.startswith(b"%PDF-1.4")
    assert content.endswith(b"%%EOF\n")
    assert entry["title"].encode("utf-16-be").hex().upper().encode() in content


def test_the_sound_is_a_short_wave_file():
    with wave.open(str(FILES_DIR / "gong.wav")) as sound:
        assert 1 < sound.getnframes() / sound.getframerate() < 5
        assert any(sound.readframes(sound.getnframes()))


def test_every_file_is_used():
    keys = {entry["key"] for entry in (*read("documents")["documents"], *read("media")["sounds"])}
    assert {path.stem for path in FILES_DIR.iterdir()} == keys


def test_markup():
    text = "Eins & zwei\nzweite Zeile\n\n- **wichtig**\n- [dort](page:x/y)\n\n1. erst\n2. dann"

    assert markup.rich_text(text, {"x/y": 7}.__getitem__) == (
        "<p>Eins &amp; zwei<br/>zweite Zeile</p>"
        '<ul><li><b>wichtig</b></li><li><a linktype="page" id="7">dort</a></li></ul>'
        "<ol><li>erst</li><li>dann</li></ol>"
    )
    assert markup.sections("vorn\n## Titel\nhinten") == [("", "vorn"), ("Titel", "hinten")]


@pytest.mark.parametrize("days", range(0, 400, 13))
def test_dates_follow_the_day_of_loading(days):
    today = date(2026, 1, 1) + timedelta(days=days)

    assert today - dates.day_in_week(today, -1, "sunday") <= timedelta(days=7)
    assert dates.day_in_week(today, -1, "sunday") < today < dates.day_in_week(today, 1, "monday")
    first, last = dates.next_period(today, "12-24", "01-01")
    assert last >= today
    assert first <= last <= today + timedelta(days=375)


@pytest.mark.parametrize("entry", read("synonyms")["synonyms"], ids=lambda entry: entry["words"])
def test_synonyms_are_different_words_for_the_search(entry):
    words = {synonyms.key(word, "de") for word in synonyms.listed(entry["words"])}
    assert () not in words
    assert len(words) == len(synonyms.listed(entry["words"]))
    assert len(words) > 1
