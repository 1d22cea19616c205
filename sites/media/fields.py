"""The form field for a picture: Wagtail's, with checks that come before it unpacks the picture."""

from django.forms import FileField, ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.fields import WagtailImageField

from sites.media.converting import TRIED_SIDE, try_conversions
from sites.media.metadata import without_metadata
from sites.media.types import extension_of

TOO_LARGE = _(
    "This file is too big (%(file_size)s). At most %(max_filesize)s are possible. Please make it smaller and "
    "upload it again."
)
_NO_PICTURE = _("This is no picture for websites. Please save it as jpg, png or webp and upload it again.")
# By Wagtail's names, where it has one for it.
ERRORS = {
    "invalid_image": _NO_PICTURE,
    "invalid_image_extension": _NO_PICTURE,
    "invalid_image_known_format": _(
        "This picture is called .%(extension)s but is of the type %(image_format)s. Please give it the right "
        "ending and upload it again."
    ),
    "file_too_large": TOO_LARGE,
    "file_too_many_pixels": _(
        "This picture has too many pixels. Please make it smaller, 4000 pixels wide at most, and upload it "
        "again."
    ),
    "damaged": _(
        "This picture is damaged. Please open it in a picture program, save it anew and upload it again."
    ),
    "not_convertible": _(
        "The portal can't make smaller copies of this picture for pages. Please open it in a picture "
        "program, save it as jpg and upload it again."
    ),
}
_SAME = {"jpg": "jpeg"}


def picture_type(head: bytes) -> str:
    """Return the type that the first bytes of a file show: gif, jpeg, png or webp; empty for others."""
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    beginnings = {b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png", b"GIF87a": "gif", b"GIF89a": "gif"}
    return next((kind for beginning, kind in beginnings.items() if head.startswith(beginning)), "")


class PictureField(WagtailImageField):
    """Returns a picture without personal data, of the type that its name says, whole and not too large."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.error_messages |= ERRORS

    def _refuse(self, code: str, **params) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)

    def to_python(self, data):
        file = FileField.to_python(self, data)
        if file is None:
            return None
        self.check_image_file_size(file)
        self._check_type(file)
        try:
            file = without_metadata(file)
            self._look_into(file)
        except Image.DecompressionBombError as error:
            raise self._refuse("file_too_many_pixels") from error
        except ValidationError:
            raise
        except MemoryError as error:
            raise self._refuse("file_too_many_pixels") from error
        except Exception as error:  # Pillow fails in many ways over nonsense
            raise self._refuse("damaged") from error
        file.seek(0)
        return super().to_python(file)

    def _check_type(self, file) -> None:
        extension = extension_of(file.name)
        if extension not in self.allowed_image_extensions:
            raise self._refuse("invalid_image_extension")
        file.seek(0)
        found = picture_type(file.read(16))
        if not found:
            raise self._refuse("invalid_image")
        if found != _SAME.get(extension, extension):
            raise self._refuse("invalid_image_known_format", extension=extension, image_format=found)

    def _look_into(self, file) -> None:
        """Count the pixels before they are unpacked, then unpack them: half a picture fails here.

        What can be unpacked is made into every size that pages ask for.
        """
        with Image.open(file) as picture:
            width, height = picture.size
            # Of a picture that moves only the beginning is ever unpacked.
            if width * height > self.max_image_pixels:
                raise self._refuse("file_too_many_pixels")
            picture.draft("RGB", (TRIED_SIDE, TRIED_SIDE))
            picture.load()
            try:
                try_conversions(picture, (width, height))
            except Exception as error:
                raise self._refuse("not_convertible") from error
