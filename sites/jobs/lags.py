"""For how long what is to be done in the background has been waiting, by queue."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from sites.jobs import publishing, queue
from sites.jobs.runner import LONGEST
from sites.models import Job


@dataclass(frozen=True)
class Lag:
    """`since`: when the oldest began to wait, None where nothing does. `limit`: longer is a failure."""

    since: Callable[[], datetime | None]
    limit: timedelta


def _oldest_job() -> datetime | None:
    return Job.objects.filter(state=Job.State.WAITING).aggregate(since=Min("created_at"))["since"]


def _oldest_task() -> datetime | None:
    waiting = queue.lag()
    return timezone.now() - timedelta(seconds=waiting) if waiting else None


LAGS = {
    # No job waits longer for another one than that one may take.
    "jobs": Lag(_oldest_job, LONGEST),
    "queue": Lag(_oldest_task, timedelta(minutes=10)),
    "publishing": Lag(publishing.oldest_due, timedelta(minutes=10)),
}


def seconds() -> dict[str, float]:
    """Return how long the oldest of each queue has been waiting; asked as the owner, who sees all rows."""
    now = timezone.now()
    waiting = {name: lag.since() for name, lag in LAGS.items()}
    return {name: (now - since).total_seconds() if since else 0 for name, since in waiting.items()}
