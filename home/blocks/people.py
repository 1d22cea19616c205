"""Blocks about people and contact."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.media import picture_with_alternative
from home.blocks.searchable import joined
from sites.fields.phone import LENGTH, tidy, validate_phone


class PhoneBlock(blocks.CharBlock):
    """What `PhoneField` is in a model; never required. Migrations write it as text."""

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=LENGTH, validators=[validate_phone], **kwargs)

    def clean(self, value):
        return tidy(super().clean(value))

    def deconstruct(self):
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.CharBlock", args, {"required": False, "max_length": LENGTH, **kwargs}


class PersonBlock(blocks.StructBlock):
    """A card of somebody who works here."""

    name = blocks.CharBlock(label=_("Name"), max_length=120)
    function = blocks.CharBlock(label=_("Function"), max_length=150, required=False)
    photo = picture_with_alternative(label=_("Photo"), required=False)
    text = blocks.TextBlock(label=_("In short"), max_length=300, required=False)
    phone = PhoneBlock(label=_("Telephone"))
    email = blocks.EmailBlock(label=_("E-mail address"), required=False)

    def get_searchable_content(self, value):
        return joined(super().get_searchable_content(value))

    class Meta:
        label = _("Person")
        icon = "user"
        template = "home/blocks/person.html"


class ContactBlock(blocks.StructBlock):
    """How to reach somebody."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), max_length=300, required=False)
    phone = PhoneBlock(label=_("Telephone"))
    email = blocks.EmailBlock(label=_("E-mail address"), required=False)
    address = blocks.TextBlock(label=_("Address"), max_length=200, required=False)

    class Meta:
        label = _("Contact")
        icon = "mail"
        template = "home/blocks/contact.html"
