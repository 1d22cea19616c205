"""What a browser sends for the blocks of a page."""

from functools import singledispatch

from django.urls import reverse
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock

from tests.home.editing import form_values

KEPT = {"deleted": "", "id": ""}


def _part(number: int, prefix: str, **more) -> dict:
    found = {"order": str(number), **KEPT, **more}
    return {f"{prefix}-{number}-{name}": value for name, value in found.items()}


@singledispatch
def block_form(block, value, prefix: str) -> dict[str, str]:
    """Return the fields of the form for `value` of `block`, whose names begin with `prefix`."""
    sent = block.field.widget.format_value(block.value_for_form(value))
    return {prefix: getattr(sent, "pk", sent) or ""}


@block_form.register
def _(block: blocks.RichTextBlock, value, prefix):
    return {prefix: block.field.widget.format_value(value.source)}


@block_form.register
def _(block: blocks.ChooserBlock, value, prefix):
    return {prefix: str(value.pk) if value else ""}


@block_form.register
def _(block: blocks.BooleanBlock, value, prefix):
    return {prefix: "on"} if value else {}


@block_form.register
def _(block: blocks.ChoiceBlock, value, prefix):
    return {prefix: value}


@block_form.register
def _(block: blocks.StructBlock, value, prefix):
    found = {}
    for name, child in block.child_blocks.items():
        found |= block_form(child, value[name], f"{prefix}-{name}")
    return found


@block_form.register
def _(block: ImageBlock, value, prefix):
    values = {
        "image": value,
        "decorative": bool(value) and value.decorative,
        "alt_text": value.contextual_alt_text if value else "",
    }
    return block_form.dispatch(blocks.StructBlock)(block, values, prefix)


@block_form.register
def _(block: blocks.ListBlock, value, prefix):
    found = {f"{prefix}-count": str(len(value))}
    for number, each in enumerate(value):
        found |= _part(number, prefix) | block_form(block.child_block, each, f"{prefix}-{number}-value")
    return found


@block_form.register
def _(block: blocks.StreamBlock, value, prefix):
    found = {f"{prefix}-count": str(len(value))}
    for number, each in enumerate(value):
        found |= _part(number, prefix, type=each.block_type)
        found |= block_form(each.block, each.value, f"{prefix}-{number}-value")
    return found


@block_form.register
def _(block: TypedTableBlock, value, prefix):
    found = {f"{prefix}-caption": value.caption or ""}
    found |= {
        f"{prefix}-column-count": str(len(value.columns)),
        f"{prefix}-row-count": str(len(value.row_data)),
    }
    for number, column in enumerate(value.columns):
        found |= _part(number, f"{prefix}-column", type=column["block"].name, heading=column["heading"])
    for number, row in enumerate(value.row_data):
        found |= _part(number, f"{prefix}-row")
        for place, (column, cell) in enumerate(zip(value.columns, row["values"], strict=True)):
            found |= block_form(column["block"], cell, f"{prefix}-cell-{number}-{place}")
    return found


def whole_form(client, page) -> dict:
    """Return what a browser sends for `page` as it is."""
    values = form_values(client, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    for field in page._meta.fields:
        if isinstance(field, StreamField):
            values |= block_form(field.stream_block, getattr(page, field.name), field.name)
    return values
