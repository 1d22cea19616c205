"""Gives random names to files that were stored under the names with which they were uploaded.

A file gets its new name beside the old one, then its row does, then the old name goes. So a crash leaves each
row with a file, and at most a second name for a file, which goes with the next call.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from wagtail.users.models import UserProfile

from sites.media.storage import DOCUMENTS, ORIGINALS, PortalStorage, is_random
from sites.models import PortalDocument, PortalImage, PortalRendition

PORTRAITS = "avatar_images"
_NAMED = (
    (PortalImage, "file", ORIGINALS),
    (PortalDocument, "file", DOCUMENTS),
    (UserProfile, "avatar", PORTRAITS),
)


def rename_all() -> int:
    """Rename all files that have other names, return how many; delete such sizes, which are made anew."""
    renamed = sum(
        _rename(model, column, pk, name)
        for model, column, _folder in _NAMED
        for pk, name in list(_names(model, column))
        if not is_random(name)
    )
    _forget_second_names()
    _forget_sizes()
    return renamed


def _names(model, column: str) -> Iterator[tuple[int, str]]:
    return (
        model.objects.exclude(**{column: ""}).exclude(**{column: None}).values_list("pk", column).iterator()
    )


def _rename(model, column: str, pk: int, name: str) -> bool:
    storage = PortalStorage()
    new = storage.get_available_name(name)
    try:
        os.link(storage.path(name), storage.path(new))
    except FileNotFoundError:
        # It may come back with a backup, under this name.
        return False
    done = model.objects.filter(pk=pk, **{column: name}).update(**{column: new})
    storage.delete(name if done else new)
    return bool(done)


def _forget_second_names() -> None:
    """Delete names that no row has of files that have another one."""
    for model, column, folder in _NAMED:
        known = {name for _pk, name in _names(model, column)}
        for path in Path(settings.PRIVATE_MEDIA_ROOT, folder).rglob("*"):
            name = path.relative_to(settings.PRIVATE_MEDIA_ROOT).as_posix()
            if name not in known and path.is_file() and path.stat().st_nlink > 1:
                path.unlink()


def _forget_sizes() -> None:
    for made in PortalRendition.objects.iterator():
        if not is_random(made.file.name):
            with suppress(OSError):
                made.file.storage.delete(made.file.name)
            made.delete()
