"""Whether a draft is being saved is known for each request, and not written into blocks that all share.

A draft may leave required parts of a block empty. Wagtail switches their check off on the blocks
themselves, which live as long as the process, and on again when the draft is saved; the editor saves by
itself every few seconds. Whoever publishes at that moment publishes what is not complete, and another draft
is refused. Two drafts at once can switch a check off for good. Wagtail 8.0; not reported yet (see
docs/decisions/0011-upstream-faults.md).
"""

from contextvars import ContextVar
from copy import copy
from functools import wraps

from wagtail.blocks import Block, FieldBlock

PATCHED = {
    "wagtail.blocks.base:Block.clean_deferred": "2838a3667757",
    "wagtail.blocks.base:Block.defer_required_validation": "2d4d78c99633",
    "wagtail.blocks.field_block:FieldBlock.clean": "2a71377eef9b",
    "wagtail.blocks.field_block:FieldBlock.defer_required_validation": "e3306136a0eb",
    "wagtail.blocks.list_block:ListBlock.defer_required_validation": "71cb5444bd64",
    "wagtail.blocks.stream_block:StreamBlock.defer_required_validation": "e0fe1043a377",
    "wagtail.blocks.struct_block:BaseStructBlock.defer_required_validation": "41b206232376",
    "wagtail.contrib.typed_table_block.blocks:BaseTypedTableBlock.defer_required_validation": "4daa0e64c1c7",
}

_deferring: ContextVar[bool] = ContextVar("portal_deferring", default=False)


def clean_deferred(self, value):
    """Return the value cleaned as in a draft."""
    token = _deferring.set(True)
    try:
        return self.clean(value)
    finally:
        _deferring.reset(token)


def clean_field(self, value):
    """Return the value cleaned by the form field of the block, in a draft by one that may be empty."""
    field = self.field
    if _deferring.get():
        field = copy(field)
        field.required = getattr(self.meta, "required_on_save", False)
    return self.value_from_form(field.clean(self.value_for_form(value)))


def apply() -> None:
    # Blocks set it when they are made; for them it is always what holds for the request.
    Block.is_deferred_validation = property(lambda self: _deferring.get(), lambda self, value: None)
    Block.clean_deferred = clean_deferred
    FieldBlock.clean = wraps(FieldBlock.clean)(clean_field)
