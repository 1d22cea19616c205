"""The background service makes the vectors, after words were indexed and when nothing else waits."""

import logging
import time

from django.conf import settings

from search.meaning import model, storage
from search.meaning.passages import read_as
from search.models import Change, Passage
from sites.jobs import queue

log = logging.getLogger(__name__)

# How long it works at a stretch, in seconds: mails and changed pages wait no longer for it.
TURN = 1.0
# Passages that are read at once.
AT_ONCE = 8


def fill() -> None:
    """Make vectors of passages that have none, or one of another model, for a moment."""
    if not settings.SEARCH_SEMANTIC or not storage.ready() or model.trouble():
        return
    end = time.monotonic() + TURN
    while waiting := waiting_passages()[:AT_ONCE]:
        for passage in waiting:
            if time.monotonic() > end or queue.lag() or Change.objects.exists():
                return
            _fill(passage)


def waiting_passages() -> list[Passage]:
    """Return some of the passages without a vector of this model, the longest waiting ones first."""
    # By the index, also where no row is left: asked for what is unequal, PostgreSQL would read the table.
    name, order = model.name(), ("model", "pk")
    older = Passage.objects.filter(model__lt=name).order_by(*order).defer("vector")[:AT_ONCE]
    return list(older) or list(
        Passage.objects.filter(model__gt=name).order_by(*order).defer("vector")[:AT_ONCE]
    )


def _fill(passage: Passage) -> None:
    vector = None
    try:
        [vector] = model.passages([read_as(passage)])
    except Exception:
        # It is found by its words, and is not tried again.
        log.exception("There is no vector of passage %s of the entry %s.", passage.number, passage.entry_id)
    # Gone where its entry was made anew meanwhile.
    Passage.objects.filter(pk=passage.pk).update(vector=list(vector) if vector else None, model=model.name())
