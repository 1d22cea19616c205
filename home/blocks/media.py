"""Blocks with pictures, sound, film and files. Own files only: nothing is loaded from third parties."""

from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from home.blocks.text import INLINE_FEATURES, RichTextBlock
from sites.wagtail_patches.unseen_choices import is_unseen

AUDIO = {".mp3": "audio/mpeg", ".oga": "audio/ogg", ".ogg": "audio/ogg", ".wav": "audio/wav"}
VIDEO = {".mp4": "video/mp4", ".webm": "video/webm"}


def picture_with_alternative(**options) -> ImageBlock:
    """Return Wagtail's block for a picture and its text alternative, without the English label in it."""
    block = ImageBlock(**options)
    block.child_blocks["image"].label = _("Picture")
    return block


class PictureBlock(blocks.StructBlock):
    """A picture. ImageBlock asks for a text alternative or to say that the picture is decorative."""

    image = picture_with_alternative(label=_("Picture"))
    caption = blocks.CharBlock(label=pgettext_lazy("picture", "Caption"), max_length=200, required=False)

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "home/blocks/picture.html"


class GalleryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    pictures = blocks.ListBlock(PictureBlock(), label=_("Pictures"), min_num=2, max_num=24)

    class Meta:
        label = _("Gallery")
        icon = "image"
        template = "home/blocks/gallery.html"


class MediaValue(blocks.StructValue):
    """Tells the template what kind of player is needed."""

    @property
    def suffix(self) -> str:
        file = self.get("file")
        return PurePosixPath(file.file.name).suffix.lower() if file else ""

    @property
    def is_video(self) -> bool:
        return self.suffix in VIDEO

    @property
    def mime_type(self) -> str:
        return (AUDIO | VIDEO).get(self.suffix, "")


class MediaBlock(blocks.StructBlock):
    """Sound or film with a transcript."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    file = DocumentChooserBlock(label=_("Sound or film"), help_text=_("mp3, ogg, wav, mp4 or webm."))
    captions = DocumentChooserBlock(
        label=_("Subtitles"), required=False, help_text=_("A vtt file; films with speech need one.")
    )
    poster = ImageChooserBlock(label=_("Still picture"), required=False)
    transcript = RichTextBlock(
        label=_("Transcript"),
        features=INLINE_FEATURES,
        help_text=_("What is said and to be heard, for people who cannot hear it."),
    )

    def clean(self, value):
        value = super().clean(value)
        errors = {}
        # What stands there and is hidden from who edits the page was looked at when it was chosen.
        if not value.mime_type and not is_unseen(value.get("file")):
            errors["file"] = ValidationError(_("Choose a file of the kind mp3, ogg, wav, mp4 or webm."))
        captions = value.get("captions")
        if (
            captions
            and not is_unseen(captions)
            and PurePosixPath(captions.file.name).suffix.lower() != ".vtt"
        ):
            errors["captions"] = ValidationError(_("Choose a subtitle file of the kind vtt."))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return value

    class Meta:
        label = _("Video or audio")
        icon = "media"
        template = "home/blocks/media.html"
        value_class = MediaValue


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Text of the link"),
        max_length=150,
        required=False,
        help_text=_("Without one, the document's title."),
    )

    class Meta:
        label = _("Download")
        icon = "download"
        template = "home/blocks/download.html"
