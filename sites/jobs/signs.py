"""Signs of life of the background service: when it last worked, and what was waiting then.

The lock of `presence` tells whether its connection is open, also where the process hangs.
"""

import time
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import DurationField, ExpressionWrapper, F
from django.db.models.functions import Now

from sites.jobs import lags
from sites.models import SignOfLife

NAME = "jobs"
SECONDS = 10

_next = 0.0


@dataclass(frozen=True)
class Sign:
    """`ago`: by the clock of the database; `lags`: seconds, by queue."""

    ago: timedelta
    lags: dict[str, float]


def give() -> None:
    """Give a sign of life, unless the last one is younger than SECONDS. Only the owner of the tables may."""
    global _next
    if time.monotonic() >= _next:
        SignOfLife.objects.update_or_create(name=NAME, defaults={"at": Now(), "lags": lags.seconds()})
        _next = time.monotonic() + SECONDS


def last() -> Sign | None:
    ago = ExpressionWrapper(Now() - F("at"), DurationField())
    row = SignOfLife.objects.filter(name=NAME).annotate(ago=ago).first()
    return Sign(row.ago, row.lags) if row else None
