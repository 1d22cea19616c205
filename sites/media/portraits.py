"""Profile pictures in the editing area: uploads like all others, with the same rules."""

from io import BytesIO

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile, ImageFieldFile
from PIL import Image
from wagtail.admin.forms.account import AvatarPreferencesForm

from sites.media.converting import convertible, format_name
from sites.media.fields import PictureField
from sites.media.metadata import DamagedPictureError, without_metadata

# The longest side of what is stored, in pixels; as Wagtail has it.
SIDE = 400


class PortraitForm(AvatarPreferencesForm):
    """Takes a profile picture that keeps the rules for pictures, and makes it small."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["avatar"] = PictureField(label=self.fields["avatar"].label, required=False)

    def clean_avatar(self):
        """Return the small picture. Wagtail's way fails where little is left of the shorter side."""
        file = self.cleaned_data.get("avatar")
        if not file or isinstance(file, FieldFile):
            return self._original_avatar
        with Image.open(file) as picture:
            kind = format_name(picture)
            small = convertible(picture)
        small.thumbnail((SIDE, SIDE))
        stream = BytesIO()
        small.save(stream, kind)
        return ContentFile(stream.getvalue(), name=file.name)


class PortraitFile(ImageFieldFile):
    """The file of a profile picture in the editing area: without personal data."""

    def save(self, name, content, save=True):
        try:
            content = without_metadata(content)
        except DamagedPictureError as error:
            # Answered with "bad request": it came on another way than through the form, which refuses it.
            raise SuspiciousFileOperation("A damaged picture.") from error
        super().save(name, content, save)

    save.alters_data = True
