"""A draft may be incomplete while somebody publishes: the one is saved, the other is checked."""

from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.base import BlockField


class Pause(blocks.CharBlock):
    """A block that lets something happen while it is being checked."""

    happening = None

    def clean(self, value):
        if happening := self.happening:
            self.happening = None
            other = Thread(target=happening)
            other.start()
            other.join()
        return super().clean(value)


class Person(blocks.StructBlock):
    pause = Pause(required=False)
    name = blocks.CharBlock()
    note = blocks.CharBlock(required_on_save=True)


class People(blocks.StreamBlock):
    person = Person()
    people = blocks.ListBlock(Person(), min_num=1)


COMPLETE = [("person", {"pause": "", "name": "Beispiel", "note": "da"})]
INCOMPLETE = [("person", {"pause": "", "name": "", "note": "da"})]


@pytest.fixture
def block():
    return People()


def accepted(block, value, draft: bool) -> bool:
    field = BlockField(block)
    field.is_deferred_validation = draft
    try:
        field.clean(block.normalize(value))
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("draft", [True, False], ids=["draft first", "published first"])
@pytest.mark.parametrize("other_draft", [True, False], ids=["draft", "published"])
def test_what_is_checked_at_the_same_moment_changes_nothing(draft, other_draft, block):
    found = []
    pause = block.child_blocks["person"].child_blocks["pause"]
    pause.happening = lambda: found.append(accepted(block, INCOMPLETE, other_draft))
    assert accepted(block, INCOMPLETE, draft) is draft
    assert found == [other_draft]
    # And nothing of it stays.
    assert not accepted(block, INCOMPLETE, draft=False)
    assert accepted(block, INCOMPLETE, draft=True)
    assert block.child_blocks["person"].child_blocks["name"].required


@pytest.mark.parametrize(
    ("value", "in_draft", "published"),
    [
        (COMPLETE, True, True),
        (INCOMPLETE, True, False),
        ([], True, False),
        ([("person", {"pause": "", "name": "Beispiel", "note": ""})], False, False),
        ([("people", [])], True, False),
    ],
)
def test_a_draft_may_leave_out_what_a_published_page_may_not(value, in_draft, published, block):
    assert accepted(block, value, draft=True) is in_draft
    assert accepted(block, value, draft=False) is published


def test_an_error_ends_the_draft(block):
    def fail():
        raise RuntimeError

    pause = block.child_blocks["person"].child_blocks["pause"]
    pause.value_for_form = lambda value: fail()
    with pytest.raises(RuntimeError):
        accepted(block, INCOMPLETE, draft=True)
    del pause.value_for_form
    assert not accepted(block, INCOMPLETE, draft=False)
