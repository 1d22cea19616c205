"""400 for forms of blocks that no browser sends.

Blocks read how many parts they have, and in which order, from the form, and trust it: a count that is no
number, a part that lacks something or the same place twice is an error 500; a count below nought empties
the body, and a part of an unknown kind is dropped, both without a word. Here all of that is answered with
400, and nothing is saved. Wagtail 8.0; not reported yet (see docs/decisions/0011-upstream-faults.md).
"""

from functools import wraps

from django.core.exceptions import BadRequest
from wagtail.blocks import ListBlock, StreamBlock
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock

PATCHED = {
    "wagtail.blocks.stream_block:BaseStreamBlock.value_from_datadict": "3f6c998a949e",
    "wagtail.blocks.list_block:ListBlock.value_from_datadict": "2c06978c31b5",
    "wagtail.contrib.typed_table_block.blocks:BaseTypedTableBlock.value_from_datadict": "abed8b290fcd",
}


def _check_counts(data, *names: str) -> None:
    """Raise ValueError for a count that is none."""
    if any(int(data[name]) < 0 for name in names):
        raise ValueError("A count below nought.")


def _check_kinds(block: StreamBlock, data, prefix: str) -> None:
    """Raise KeyError for a part of an unknown kind that is not to be deleted."""
    for number in range(int(data[f"{prefix}-count"])):
        if not data[f"{prefix}-{number}-deleted"]:
            block.child_blocks[data[f"{prefix}-{number}-type"]]


def _checked(stock, *counts: str):
    @wraps(stock)
    def value_from_datadict(self, data, files, prefix):
        try:
            _check_counts(data, *(f"{prefix}-{count}" for count in counts))
            if isinstance(self, StreamBlock):
                _check_kinds(self, data, prefix)
            return stock(self, data, files, prefix)
        except (KeyError, TypeError, ValueError) as error:
            raise BadRequest(f"The form of the block {prefix} can't be read.") from error

    return value_from_datadict


def apply() -> None:
    for block, *counts in (
        (StreamBlock, "count"),
        (ListBlock, "count"),
        (BaseTypedTableBlock, "column-count", "row-count"),
    ):
        block.value_from_datadict = _checked(block.value_from_datadict, *counts)
