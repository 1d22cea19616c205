"""What a guest may write about the granted page, and what not, row by row."""

import pytest

from tests.leaks.guests import may_be_written

OPENED = frozenset({7})
PAGE = {
    "id": 7,
    "path": "00010002",
    "depth": 2,
    "owner_id": 3,
    "locale_id": 1,
    "translation_key": "a",
    "content_type_id": 5,
    "alias_of_id": None,
    "title": "Alt",
}
TYPES = {1, 5}
VERSION = {"object_id": "7", "base_content_type_id": 1, "content_type_id": 5}
ROWS = {
    "a new title": (("wagtailcore_page", "UPDATE", PAGE, PAGE | {"title": "Neu"}), True),
    "another place": (("wagtailcore_page", "UPDATE", PAGE, PAGE | {"path": "00010003"}), False),
    "another owner": (("wagtailcore_page", "UPDATE", PAGE, PAGE | {"owner_id": None}), False),
    "another page": (
        ("wagtailcore_page", "UPDATE", PAGE | {"id": 8}, PAGE | {"id": 8, "title": "Neu"}),
        False,
    ),
    "gone": (("wagtailcore_page", "DELETE", PAGE, None), False),
    "a version": (("wagtailcore_revision", "INSERT", None, VERSION), True),
    "a version of another page": (
        ("wagtailcore_revision", "INSERT", None, VERSION | {"object_id": "8"}),
        False,
    ),
    "a version of something else with its number": (
        ("wagtailcore_revision", "INSERT", None, VERSION | {"base_content_type_id": 6}),
        False,
    ),
    "a version less": (("wagtailcore_revision", "DELETE", VERSION, None), False),
    "a restriction": (("wagtailcore_pageviewrestriction", "INSERT", None, {"page_id": 7}), False),
    "a grant": (("thinka_sites_pageusergrant", "INSERT", None, {"content_object_id": 7}), False),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_row(name):
    entry, allowed = ROWS[name]
    assert may_be_written([entry], OPENED, TYPES) == [allowed]
    assert may_be_written([entry], frozenset(), TYPES) == [False]


ENTRY = {"id": 1, "page_id": None, "document_id": 4, "path": "00010002", "readers": ["public", "u:1"]}
SHOWN = {"object_id": "7", "base_content_type_id": 1, "content_type_id": 5, "to_object_id": "4"}
FEWER = ENTRY | {"readers": ["u:1"]}


@pytest.mark.parametrize(
    ("shown", "new", "allowed"),
    [
        (SHOWN, FEWER, True),
        (SHOWN, ENTRY | {"readers": ["public", "u:1", "u:2"]}, False),
        (SHOWN, FEWER | {"path": "00010003"}, False),
        (SHOWN | {"object_id": "8"}, FEWER, False),
        (SHOWN | {"to_object_id": "5"}, FEWER, False),
    ],
)
def test_fewer_find_a_document_that_is_left_out(shown, new, allowed):
    gone = ("wagtailcore_referenceindex", "DELETE", shown, None)
    change = ("search_entry", "UPDATE", ENTRY, new)
    assert may_be_written([gone, change], OPENED, TYPES)[1] == allowed
    assert not may_be_written([("wagtailcore_referenceindex", "INSERT", None, shown), change], OPENED, TYPES)[
        1
    ]


def test_a_task_belongs_to_the_page_that_is_submitted():
    state = ("wagtailcore_workflowstate", "INSERT", None, VERSION | {"id": 4})
    tasks = [("wagtailcore_taskstate", "INSERT", None, {"workflow_state_id": pk}) for pk in (4, 5)]
    assert may_be_written([state, *tasks], OPENED, TYPES) == [True, True, False]
