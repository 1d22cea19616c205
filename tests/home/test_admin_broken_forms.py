"""Forms of pages that no browser sends: answered with 400 or with the form, and nothing is lost."""

import json
import os
import re
from contextlib import suppress
from random import Random

import pytest
from django.core.exceptions import BadRequest, ValidationError
from django.http import QueryDict
from django.urls import reverse
from wagtail.models import Page, Revision, get_page_models

from home.blocks.stream import BodyBlock
from home.models.base import PortalPage
from sites.access.roles import FREIGABE
from sites.models import Traeger
from tests import full_site
from tests.home.block_forms import block_form, whole_form
from tests.home.editing import complaints

pytestmark = [pytest.mark.usefixtures("full_portal"), pytest.mark.xdist_group("full")]
NAMES = sorted(model.__name__ for model in get_page_models() if issubclass(model, PortalPage))

GARBAGE = [
    *(
        "",
        "abc",
        "-1",
        "99999999999999999999",
        "9" * 5000,
        "\0",
        "a\r\nb\x1b\x85",
        "[1]",
        "null",
        "1.5",
        "\ufffd",
    ),
]
LINE = {"text": "ab", "type": "unstyled", "depth": 0, "key": "k", "inlineStyleRanges": [], "entityRanges": []}
LINK = {"offset": 0, "length": 1, "key": 0}


def text_of(entities=None, **more) -> str:
    return json.dumps({"blocks": [LINE | more], "entityMap": {} if entities is None else entities})


BROKEN_TEXTS = [
    *("", "{", "7", '"x"', "[]", '{"blocks": 1}', '{"blocks": [null], "entityMap": {}}'),
    text_of(text=None),
    text_of(type=[]),
    text_of(inlineStyleRanges=1),
    text_of(entityRanges={"a": 1}),
    text_of(entityRanges=[LINK]),
    text_of({"0": {"type": "LINK"}}, entityRanges=[LINK]),
    text_of({"0": {"type": ["LINK"], "mutability": "MUTABLE", "data": {}}}, entityRanges=[LINK]),
    text_of([], entityRanges=[LINK]),
    "[" * 100_000,
    '{"blocks":' * 5000,
]
ODD_TEXTS = [
    '{"blocks": [{}]}',
    '{"blocks": []}',
    json.dumps({"blocks": [LINE]}),
    text_of(type="nonsense", depth=99),
    text_of({"0": {"type": "NONSENSE", "mutability": "MUTABLE", "data": {}}}, entityRanges=[LINK]),
    text_of(inlineStyleRanges=[{"offset": -5, "length": 99, "style": "NONSENSE"}]),
    text_of(text="a\0b\x1b\ud800c"),
]


def shape(name: str) -> str:
    return re.sub(r"\d+", "N", name)


def changes(values: dict, known: set) -> list[tuple[str, dict]]:
    """Return what is sent in place of `values`: each kind of field left out, and with nonsense in it."""
    found = []
    for name, sent in values.items():
        if shape(name) in known or name == "csrfmiddlewaretoken":
            continue
        known.add(shape(name))
        found.append((f"{name} missing", {key: value for key, value in values.items() if key != name}))
        nonsense = BROKEN_TEXTS + ODD_TEXTS if '"blocks"' in str(sent) else GARBAGE
        found += [(f"{name}={text[:60]!r}", {**values, name: text}) for text in nonsense]
    return found


def page_with_every_block() -> Page:
    return Page.objects.get(title=full_site.EVERY_BLOCK).specific


def url_of(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.fixture
def editor_of(person, client_for):
    def make(page):
        traeger = Traeger.objects.for_page(page)
        return client_for(person(FREIGABE, traeger), traeger)

    return make


def querydict(values: dict) -> QueryDict:
    found = QueryDict(mutable=True)
    found.update(values)
    return found


def read(values: dict):
    """Return the body that a form makes, None where it is refused."""
    block = BodyBlock()
    try:
        value = block.value_from_datadict(querydict(values), {}, "body")
    except BadRequest:
        return None
    with suppress(ValidationError):
        block.clean(value)
    return value


@pytest.fixture
def body(db) -> dict:
    return block_form(BodyBlock(), page_with_every_block().body, "body")


def test_the_form_of_a_body_is_what_the_page_has(body):
    assert read(body).get_prep_value()
    assert [each.block_type for each in read(body)] == [
        each.block_type for each in page_with_every_block().body
    ]


def test_no_field_of_any_block_makes_it_fail(body):
    found = changes(body, set())
    assert len(found) > 500
    whole = len(read(body))
    for what, values in found:
        made = read(values)
        # "Deleted" is anything but nothing.
        assert made is None or len(made) == whole or "deleted=" in what, what


EMPTYING = {
    "no count": {"body-count": None},
    "no number": {"body-count": "abc"},
    "below nought": {"body-count": "-1"},
    "too many": {"body-count": "99999999"},
    "enormous": {"body-count": "9" * 5000},
    "the same place twice": {"body-0-order": "1"},
    "no place": {"body-0-order": None},
    "an unknown kind": {"body-0-type": "nonsense"},
    "no kind": {"body-0-type": None},
    "no text": {"body-0-value": ""},
}


@pytest.mark.parametrize("name", EMPTYING)
def test_a_body_is_never_emptied_by_a_broken_form(name, editor_of):
    page = page_with_every_block()
    client = editor_of(page)
    values = {
        key: value for key, value in (whole_form(client, page) | EMPTYING[name]).items() if value is not None
    }
    before = Revision.objects.count()
    answer = client.post(url_of(page), values | {"action-publish": "1"})
    after = page_with_every_block()
    assert len(after.body) == len(page.body)
    assert answer.status_code in (200, 302, 400)
    assert answer.status_code == 302 or Revision.objects.count() == before


def place_of_text(values: dict) -> str:
    return next(name for name, value in values.items() if '"blocks"' in str(value))


def test_broken_texts_are_refused(body):
    for text in BROKEN_TEXTS:
        assert read(body | {place_of_text(body): text}) is None, text[:80]


def test_odd_texts_become_texts_that_can_be_stored(body):
    for text in ODD_TEXTS:
        stored = json.dumps(read(body | {place_of_text(body): text}).get_prep_value(), ensure_ascii=False)
        assert not re.search(r"[\0-\x08\x0e-\x1f\ud800-\udfff]|\\u00[01]", stored), text


@pytest.mark.parametrize(("text", "status"), [(BROKEN_TEXTS[1], 400), (ODD_TEXTS[-1], 302)])
def test_a_page_with_such_a_text(text, status, editor_of):
    page = page_with_every_block()
    client = editor_of(page)
    values = whole_form(client, page)
    assert client.post(url_of(page), values | {place_of_text(values): text}).status_code == status
    changed = page_with_every_block().latest_revision_id != page.latest_revision_id
    assert changed == (status == 302)


def assert_none_fails(client, page, found) -> None:
    for what, values in found:
        answer = client.post(url_of(page), values)
        assert answer.status_code in (200, 302, 400, 404), what


@pytest.mark.parametrize("name", NAMES)
def test_broken_forms_of_every_type(name, editor_of):
    page = full_site.pages()[name]
    client = editor_of(page)
    values = whole_form(client, page)
    answer = client.post(url_of(page), values)
    assert answer.status_code == 302, complaints(answer)
    assert_none_fails(client, page, Random(name).sample(changes(values, set()), 3))  # noqa: S311


@pytest.mark.long
def test_every_field_of_every_type(editor_of):
    """Some thousand requests with `make thorough`, which take long; else a few of them, always the same."""
    known = set()
    for page in (page_with_every_block(), *full_site.pages().values()):
        client = editor_of(page)
        found = changes(whole_form(client, page), known)
        if os.environ.get("THOROUGH") != "1":
            found = Random(page.title).sample(found, min(len(found), 8))  # noqa: S311
        assert_none_fails(client, page, found)
