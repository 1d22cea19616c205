"""Keeps sizes and cuts of pictures on the right side: in the public folder only what everybody may see.

They are made when a page needs them. So nothing is moved: what lies on the wrong side is deleted, and is made
on the right one, with another address, when it is needed again. Which pictures are to be looked at, the
database notes, see `sites/rls/rendition_visibility.sql`.
"""

import logging

from django.db import connection, transaction

from sites.media.storage import PortalStorage

logger = logging.getLogger(__name__)


def is_public(kind: str, file_id: int) -> bool:
    """Tell whether everybody may see the picture or document (`kind`: "image", "document") with this id."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_public_file(%s, %s)", [kind, file_id])
        return cursor.fetchone()[0]


def purge_misplaced(pictures=()) -> int:
    """Delete the renditions that lie on the wrong side; return how many.

    Those of pictures that the database has marked, and of `pictures` (ids).
    To be called after the transaction that changed who may see them, never in it: only then the renditions
    that others made meanwhile are found. Where a file can't be deleted the others still are; raises OSError.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, file FROM portal_take_misplaced(%s)", [list(pictures)])
        wrong = cursor.fetchall()
    gone, failure = [], None
    for pk, name in wrong:
        try:
            PortalStorage().delete(name)
        except OSError as error:
            logger.exception("The file of rendition %s can't be deleted.", pk)
            failure = error
        else:
            gone.append(pk)
    if gone:
        with connection.cursor() as cursor:
            cursor.execute("SELECT portal_purge_misplaced(%s)", [gone])
    if failure:
        raise failure
    return len(gone)


def purge_misplaced_soon(pictures=()) -> None:
    """Call `purge_misplaced` when the transaction is through, at once where there is none."""
    transaction.on_commit(lambda: purge_misplaced(pictures))
