"""Pictures that can't be shown: the file is gone or broken, or no size of it can be stored.

Pages show the place of such a picture. What went wrong is logged once, and tried again only after a while: it
may take long, and a page may ask with every visit.
"""

import logging
from contextlib import suppress

from django.core.cache import cache
from wagtail.images.models import SourceImageIOError

from sites.media.converting import PortalFilter

logger = logging.getLogger(__name__)

SECONDS = 300


class LostSizeError(SourceImageIOError):
    """The database knows a size of a picture whose file is gone."""


def _key(picture, spec: str, kind: str) -> str:
    # With the hash: a new file is tried at once.
    return f"thinka_sites.media.{kind}.{picture.pk}.{picture.file_hash}.{spec}"


def check(picture, spec: str) -> None:
    """Raise SourceImageIOError where this size of `picture` could not be made a short while ago."""
    if cache.get(_key(picture, spec, "failed")):
        raise SourceImageIOError("It could not be made a short while ago.")


def place_of(picture, spec: str, error: OSError):
    """Return an unsaved rendition without a file: as large as the size that `spec` asks for; logs `error`."""
    # The file of a lost size may be deleted at this moment; then it is made anew with the next page.
    kind = "lost" if isinstance(error, LostSizeError) else "failed"
    if cache.add(_key(picture, spec, kind), True, SECONDS):
        logger.warning("Picture %s can't be shown as %s: %s", picture.pk, spec, error)
    width, height = picture.width, picture.height
    # An old row may have no size.
    with suppress(ValueError, ZeroDivisionError):
        width, height = PortalFilter(spec).get_transform(picture).size
    place = picture.get_rendition_model()(image=picture, filter_spec=spec)
    place.width, place.height = width, height
    return place
