"""What people are told about a job."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sites.jobs import service_lock
from sites.jobs.operations import OPERATIONS
from sites.models import Job

# So long the service may take to begin before people are told that it may not be there.
BEGIN = timedelta(seconds=5)


def number(count: int) -> str:
    return number_format(count, force_grouping=True)


def lasting(time: timedelta) -> str:
    """A length of time in words, as precise as it matters."""
    seconds = max(int(time.total_seconds()), 0)
    if seconds < 60:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    minutes = seconds // 60
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


@dataclass(frozen=True)
class Progress:
    """How far a job is, in words and, where pages are counted, as a share (`value` of `job.total`)."""

    job: Job

    @property
    def value(self) -> int | None:
        return min(self.job.done, self.job.total) if OPERATIONS[self.job.kind].by_page else None

    @property
    def text(self) -> str:
        figures = {"total": number(self.job.total), "done": number(self.value or 0)}
        if self.job.state == Job.State.WAITING:
            return _("Waits for its turn: %(total)s pages.") % figures
        figures["time"] = lasting(timezone.now() - self.job.started_at)
        if self.value is None:
            text = _("%(total)s pages are being changed at once, for %(time)s so far.")
        elif self.value < self.job.total:
            text = _("%(done)s of %(total)s pages, for %(time)s so far.")
        else:
            text = _("All %(total)s pages are prepared; the changes are being stored, for %(time)s so far.")
        return text % figures

    @property
    def took(self) -> str:
        return lasting(self.job.finished_at - self.job.started_at) if self.job.started_at else ""

    @property
    def service_is_missing(self) -> bool:
        """Nobody is there to perform the job, or to go on with it."""
        since = self.job.started_at or self.job.created_at
        return self.job.is_unfinished and timezone.now() - since > BEGIN and not service_lock.is_there()

    @property
    def messages(self) -> list[tuple[str, str]]:
        """(level, HTML); as the editing area made it when the background service asked it."""
        return [(level, mark_safe(html)) for level, html in self.job.messages]  # noqa: S308 - see above
