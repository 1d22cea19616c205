"""Reading what waits, beside the other work of the background service; as the owner of the database."""

import logging
import time
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from search.attachments.limits import ENDINGS
from search.attachments.models import Attachment
from search.attachments.process import Reading
from search.attachments.unreadable import MISSING
from search.models import Change
from sites.media.types import extension_of
from sites.models import PortalDocument

log = logging.getLogger(__name__)

# How files are read. What was read in another way is read anew: count on when `reader` finds more.
VERSION = 1
# Other work of the service waits no longer for this one, in seconds.
TURN = 1.0


def waiting() -> QuerySet[Attachment]:
    """Return those that wait to be read."""
    return Attachment.objects.filter(state=Attachment.State.WAITING)


class Queue:
    """Reads one file at a time. What is going on goes on while the service does something else."""

    def __init__(self) -> None:
        self._current: tuple[Attachment, Reading] | None = None

    def read_waiting(self, seconds: float = TURN) -> None:
        """Read what waits, for no longer than `seconds`."""
        until = time.monotonic() + seconds
        while self._current or self._begin():
            if self._current is None:
                continue
            attachment, reading = self._current
            answer = reading.answer(max(0.0, until - time.monotonic()))
            if answer is None:
                return
            self._current = None
            store(attachment, answer)

    def _begin(self) -> bool:
        """Begin with what has waited longest. Returns whether there was anything."""
        attachment = waiting().order_by("noted_at", "pk").first()
        if attachment is None:
            return False
        document = PortalDocument(file=attachment.file)
        ending = extension_of(attachment.file)
        if ending not in ENDINGS:
            store(attachment, {})
            return True
        try:
            with document.file.open("rb") as file:
                self._current = attachment, Reading(file, ending)
        except OSError:
            store(attachment, {"reason": MISSING})
        return True


def store(attachment: Attachment, answer: dict[str, Any]) -> None:
    """Keep the answer of `reader.read`, unless there is another file by now; empty: no kind with a text."""
    if "reason" in answer:
        state = Attachment.State.UNREADABLE
        log.warning("Document %s can't be read: %s.", attachment.document_id, answer["reason"])
    elif not answer:
        state = Attachment.State.OTHER
    else:
        state = Attachment.State.WITHOUT_TEXT if answer["empty"] else Attachment.State.READ
    with transaction.atomic():
        stored = (
            waiting()
            .filter(pk=attachment.pk, file=attachment.file)
            .update(
                state=state,
                reason=answer.get("reason", ""),
                text=answer.get("text", ""),
                pages=answer.get("pages"),
                shortened=not answer.get("whole", True),
                version=VERSION,
            )
        )
        if stored:
            Change.objects.create(model=PortalDocument._meta.label_lower, object_id=attachment.document_id)


def note_outdated() -> None:
    """Let documents be read anew that an older version read; nothing while others wait."""
    if not waiting().exists():
        Attachment.objects.exclude(version=VERSION).update(
            state=Attachment.State.WAITING, noted_at=timezone.now()
        )


def oldest() -> datetime | None:
    """Return since when the document waits that has waited longest."""
    return waiting().aggregate(since=Min("noted_at"))["since"]


# There is one service, with one queue.
QUEUE = Queue()
