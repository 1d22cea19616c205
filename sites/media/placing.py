"""Keeps sizes and cuts of pictures on the right side: in the public folder only what everybody may see.

They are made when a page needs them. So nothing is moved: what lies on the wrong side is deleted, and is made
on the right one, with another address, when it is needed again.
"""

import logging

from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection

from sites.media.storage import PUBLIC_FOLDER
from sites.media.tagging import retag

logger = logging.getLogger(__name__)


def restricted_collections():
    """Return the queryset of collections that are restricted, themselves or through one above."""
    return Collection.objects.exclude(path__read_by=["public"]).order_by()


def is_public(collection_id: int) -> bool:
    """Tell whether everybody may see the files of the collection with this id."""
    return Collection.objects.filter(pk=collection_id, path__read_by=["public"]).exists()


def settle(pictures=None) -> int:
    """Delete the renditions that lie on the wrong side; return how many. `pictures`: only of these (ids).

    To be called after the transaction that changed who may see them, never in it: only then the renditions
    that others made meanwhile are found. Where a file can't be deleted the others still are; raises OSError.
    """
    from sites.models import PortalRendition

    restricted = Q(image__collection__in=restricted_collections())
    public = Q(file__startswith=PUBLIC_FOLDER)
    wrong = PortalRendition.objects.filter(public & restricted | ~public & ~restricted)
    if pictures is not None:
        wrong = wrong.filter(image__in=pictures)
    done, failure = 0, None
    for rendition in wrong.select_related("image"):
        try:
            rendition.file.storage.delete(rendition.file.name)
        except OSError as error:
            logger.exception("The file of rendition %s can't be deleted.", rendition.pk)
            failure = error
            continue
        rendition.delete()
        done += 1
    if failure:
        raise failure
    return done


def settle_soon(pictures=None) -> None:
    """Call `settle` when the transaction is through, at once where there is none."""
    transaction.on_commit(lambda: settle(pictures))


def files_moved(model, ids: list[int]) -> None:
    """Follow up that pictures or documents (`model`) with these ids came to another collection."""
    retag(model.objects.filter(pk__in=ids))
    if hasattr(model, "renditions"):
        settle_soon(ids)
