"""Noting a person's request instead of performing it, where very many pages are affected."""

from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.shortcuts import redirect

from sites.jobs.operations import OPERATIONS
from sites.models import Job

# The service wakes up when something is noted.
CHANNEL = "portal_jobs"
TITLE_LENGTH = Job._meta.get_field("title").max_length


@dataclass
class Replay:
    """Marks a request that the background service repeats: as `request.replay`.

    `reached`: all checks were passed, so the work itself was begun.
    """

    kind: str
    reached: bool = False


def enqueue(request, kind: str, page: str, total: int, address: str = "") -> Job | None:
    """Note the request for the background service where it affects more pages than a person can wait for.

    Call it after all checks, right before the work. `page`: on what, in words; `total`: how many pages;
    `address`: what is asked for later, where that is not the request's own. Returns the job, None where the
    work is to be done now.
    """
    replay = getattr(request, "replay", None)
    if replay:
        if replay.kind != kind:
            raise PermissionDenied("This is another operation than the one that was noted.")
        replay.reached = True
        return None
    if total <= settings.PORTAL_JOB_PAGES:
        return None
    return note(
        Job(
            user=request.user,
            kind=kind,
            title=(OPERATIONS[kind].title % {"page": page})[:TITLE_LENGTH],
            total=total,
            scheme=request.scheme,
            host=request.get_host(),
            path=address or request.get_full_path(),
            data=_data(request),
        )
    )


def _data(request) -> str:
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    return data.urlencode()


def note(job: Job) -> Job:
    """Store a job; where the same request is waiting or running already, return that one instead."""
    job.auth_hash = job.user.get_session_auth_hash()
    job.fingerprint = sha256("\n".join((job.host, job.path, job.data)).encode()).hexdigest()
    Job.objects.bulk_create([job], ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    # The newest: an unfinished one, unless the service was as quick as that.
    return Job.objects.filter(user=job.user, fingerprint=job.fingerprint).latest("pk")


def again(job: Job) -> Job:
    """Note the same request once more."""
    same = ("user_id", "kind", "title", "total", "scheme", "host", "path", "data")
    return note(Job(**{name: getattr(job, name) for name in same}))


def lead_to(job: Job):
    """The answer to a request that was enqueued."""
    return redirect("portal_job", job.pk)
