"""In forms of pages, what stands there and is hidden from who edits stays: a guest takes nothing away."""

from django.db.models import ForeignKey, Model
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from wagtail.blocks import BlockField
from wagtail.blocks.base import BlockWidget
from wagtail.fields import StreamField

from sites.access.readers import exists
from sites.wagtail_patches.unseen_choices import Standing, standing


class KeepingWidget(BlockWidget):
    """The widget of a stream in which things in `known` stand that the person doesn't see."""

    def __init__(self, block_def, known: Standing):
        super().__init__(block_def)
        self.known = known

    def value_from_datadict(self, data, files, name):
        with standing(self.known):
            return super().value_from_datadict(data, files, name)


def keep_unseen(form) -> None:
    """Let the page form `form` keep what it can't show: streams hold it, other fields are left out."""
    for formset in getattr(form, "formsets", {}).values():
        for row in formset.forms:
            keep_unseen(row)
    for name, field in list(form.fields.items()):
        if isinstance(field, BlockField):
            _keep_in_stream(form, name, field)
        elif isinstance(field, ModelChoiceField) and not isinstance(field, ModelMultipleChoiceField):
            chosen = form.initial.get(name)
            if chosen and not _sees(field.queryset.model, chosen):
                del form.fields[name]


def without_errors_of_unseen(page, errors: dict) -> dict:
    """Return `errors` of fields without those that say that something is not there which is only hidden."""
    return {name: found for name, found in errors.items() if not _names_unseen(page, name)}


def _names_unseen(page, name: str) -> bool:
    field = next((each for each in page._meta.concrete_fields if each.name == name), None)
    value = getattr(page, field.attname) if isinstance(field, ForeignKey) else None
    return value is not None and not _sees(field.related_model, value) and exists(field.related_model, value)


def _sees(model: type[Model], pk) -> bool:
    return model._base_manager.filter(pk=pk).exists()


def _keep_in_stream(form, name: str, field: BlockField) -> None:
    raw = list(form.instance._meta.get_field(name).value_from_object(form.instance).raw_data)
    with standing(set()) as known:
        shown = field.block.to_python(raw)
        # Reads every chooser, also the nested ones.
        field.block.get_form_state(shown)
    if known:
        form.instance.holds_unseen = True
        form.initial[name] = shown
        field.widget = KeepingWidget(field.block, known)


def without_unseen(page) -> None:
    """Take out of the streams of `page`, which is shown to who edits it, what this person doesn't see."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            value = field.value_from_object(page)
            setattr(page, field.name, field.to_python(field.get_prep_value(value)))
