"""What stands in a page and is hidden from who edits it stays there.

Row-level security hides from a guest the pictures, documents and pages that a page of another Träger shows.
Wagtail's choosers in StreamFields take what they can't find for nothing: the next draft has lost it. Inside
of `standing` they hold a placeholder with its id, and take that id back from the form; any other id that the
person doesn't see is refused as ever. Wagtail 8.0; not reported: upstream hides nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

from django.templatetags.static import static
from django.utils.translation import gettext as _
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks import ChooserBlock

PATCHED = {
    "wagtail.blocks.field_block:ChooserBlock.bulk_to_python": "3204b32b24da",
    "wagtail.blocks.field_block:ChooserBlock.value_from_form": "0d1d65e40d27",
    "wagtail.blocks.field_block:ChooserBlock.clean": "97c7b6bef139",
    "wagtail.blocks.field_block:ChooserBlock.extract_references": "5969913cabf3",
    "wagtail.admin.widgets.chooser:BaseChooser.get_value_data": "982c639a24d5",
    "wagtail.images.blocks:ImageBlock._image_to_struct_value": "ae41e34a7611",
}

# (model, id as text) of what stands in the page that is being edited.
Standing = set[tuple[type, str]]
_standing: ContextVar[Standing | None] = ContextVar("standing", default=None)


@contextmanager
def standing(known: Standing) -> Iterator[Standing]:
    """In the block, choosers keep what is hidden and in `known`; what they read of it is added there."""
    token = _standing.set(known)
    try:
        yield known
    finally:
        _standing.reset(token)


def is_unseen(value: object) -> bool:
    """Tell whether the value of a chooser is only a placeholder."""
    return getattr(value, "portal_unseen", False)


def _placeholder(block: ChooserBlock, pk):
    value = block.model_class(pk=block.model_class._meta.pk.to_python(pk))
    value.portal_unseen = True
    return value


def _shown(chooser: BaseChooser, value) -> dict:
    """What the form shows of a placeholder; each chooser takes of it what it knows."""
    text = _("Stands here, but isn't visible to you")
    picture = {"url": static("no-picture.svg"), "width": 165, "height": 110}
    return {
        "id": value.pk,
        "edit_url": None,
        "parent_id": None,
        chooser.display_title_key: text,
        "preview": picture,
        "default_alt_text": "",
    }


def apply() -> None:
    bulk_to_python, value_from_form = ChooserBlock.bulk_to_python, ChooserBlock.value_from_form
    clean, extract_references = ChooserBlock.clean, ChooserBlock.extract_references
    get_value_data = BaseChooser.get_value_data

    @wraps(bulk_to_python)
    def several(self, values):
        found, known = bulk_to_python(self, values), _standing.get()
        if known is None:
            return found
        hidden = {pk for pk, value in zip(values, found, strict=True) if pk is not None and value is None}
        known |= {(self.model_class, str(pk)) for pk in hidden}
        return [
            _placeholder(self, pk) if pk in hidden else value for pk, value in zip(values, found, strict=True)
        ]

    @wraps(value_from_form)
    def from_form(self, value):
        found = value_from_form(self, value)
        if found is None and value and (self.model_class, str(value)) in (_standing.get() or ()):
            return _placeholder(self, value)
        return found

    @wraps(clean)
    def cleaned(self, value):
        return value if is_unseen(value) else clean(self, value)

    @wraps(extract_references)
    def references(self, value):
        # Nobody is told that a page is missing which they only don't see.
        return iter(()) if is_unseen(value) else extract_references(self, value)

    @wraps(get_value_data)
    def value_data(self, value):
        return _shown(self, value) if is_unseen(value) else get_value_data(self, value)

    ChooserBlock.bulk_to_python, ChooserBlock.value_from_form = several, from_form
    ChooserBlock.clean, ChooserBlock.extract_references = cleaned, references
    BaseChooser.get_value_data = value_data
