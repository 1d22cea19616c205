"""Performing one job: a process repeats the request, and what it tells is stored."""

import json
import logging
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sites.accounts.idle import RENEWED
from sites.jobs.operations import OPERATIONS
from sites.models import Job

log = logging.getLogger(__name__)

# How long the process may take to begin; its session works no longer than that for a new request.
START = timedelta(minutes=5)
# Nobody else's operation waits longer for this one.
LONGEST = timedelta(hours=2)
# How often a look is taken at whether the service is to stop, in seconds.
LOOK = 0.5


class TooLongError(Exception):
    """The process has not ended within `LONGEST`."""


def run_job(job: Job, stop: threading.Event, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Perform a running job to its end, or break it off when `stop` is set or it takes far too long.

    Calls `meanwhile` about twice a second. A job whose process is gone without an answer stays running, see
    `service.recover_orphans`; where the reason is known, with it as its error.
    """
    if not job.user.is_active:
        finish(job, Job.State.FAILED, error=_("The account is switched off."))
        return
    if job.auth_hash != job.user.get_session_auth_hash():
        finish(
            job, Job.State.FAILED, error=_("The password was changed in the meantime. Nothing was changed.")
        )
        return
    with _session(job.user) as session, _process(job, session) as process:
        try:
            ended = False
            for news in _news(process, stop, meanwhile):
                if "messages" in news:
                    store_outcome(job, news)
                    ended = True
                else:
                    Job.objects.filter(pk=job.pk).update(**news)
            if not ended and not stop.is_set():
                log.error("The process of job %s has ended without an answer; the next one goes on.", job.pk)
        except TooLongError:
            Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(error=took_too_long(job))


def store_outcome(job: Job, outcome: dict) -> None:
    """Store how a job went; `outcome` is that of `sites.jobs.replay`, as a dictionary."""
    if outcome["done"]:
        told = {"messages": outcome["messages"], "next_url": outcome["next_url"]}
        finish(job, Job.State.DONE, done=job.total, **told)
    else:
        error = went_wrong(job) if outcome["allowed"] else refused()
        finish(job, Job.State.FAILED, messages=outcome["messages"], error=error)


def finish(job: Job, state: Job.State, **values) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, finished_at=timezone.now(), **values)


def _nothing_changed(job: Job) -> str:
    if OPERATIONS[job.kind].whole:
        return _("Nothing was changed.")
    return _("A part of the pages may have been changed already. Please look at them.")


def refused() -> str:
    return _(
        "This is not possible any more: what you may do has changed, or the pages have. Nothing was changed."
    )


def went_wrong(job: Job) -> str:
    return _("Something went wrong.") + " " + _nothing_changed(job)


def broken_off(job: Job) -> str:
    return _("The background service was interrupted.") + " " + _nothing_changed(job)


def took_too_long(job: Job) -> str:
    hours = LONGEST // timedelta(hours=1)
    text = ngettext(
        "This was broken off because it took longer than %(hours)d hour.",
        "This was broken off because it took longer than %(hours)d hours.",
        hours,
    )
    return text % {"hours": hours} + " " + _nothing_changed(job)


@contextmanager
def _session(user) -> Iterator[str]:
    """Log `user` in for the one request. Yields the key of the session."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    # It ends then, whatever is done with it.
    store[RENEWED] = int(time.time())
    store.set_expiry(START)
    store.save()
    try:
        yield store.session_key
    finally:
        store.delete()


class _Process:
    """The process and the open file from which it is read."""

    def __init__(self, process: subprocess.Popen, answers: int):
        self.process, self.answers = process, answers


def _environment() -> dict[str, str]:
    """Return the environment of the process: without the owner's address, as web processes have it.

    On the embedded server there is no address, but one user for each role.
    """
    kept = dict(os.environ)
    if kept.get("WEB_DATABASE_URL"):
        kept.pop("DATABASE_URL", None)
    return kept


@contextmanager
def _process(job: Job, session: str) -> Iterator[_Process]:
    """Start the process that repeats the request of `job`; at the end of the block it is gone."""
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "sites.jobs.replay_process"),
            *("--database", connection.settings_dict["NAME"], "--answers", str(writing)),
        ],
        stdin=subprocess.PIPE,
        pass_fds=[writing],
        cwd=settings.BASE_DIR,
        env=_environment(),
    )
    os.close(writing)
    try:
        names = ("kind", "scheme", "host", "path", "data")
        request = {name: getattr(job, name) for name in names} | {"session": session}
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        yield _Process(process, reading)
    finally:
        # Without its standard input it ends; what it has not committed is undone.
        process.stdin.close()
        process.wait()
        os.close(reading)


def _news(process: _Process, stop: threading.Event, meanwhile: Callable[[], None]) -> Iterator[dict]:
    """Yield what the process tells, line by line, until it has ended or has to. Raises TooLongError."""
    begin, rest = time.monotonic(), b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.answers, selectors.EVENT_READ)
        while not stop.is_set() and time.monotonic() - begin < LONGEST.total_seconds():
            meanwhile()
            if not selector.select(LOOK):
                continue
            chunk = os.read(process.answers, 65536)
            if not chunk:
                return
            *lines, rest = (rest + chunk).split(b"\n")
            yield from (json.loads(line) for line in lines)
    if not stop.is_set():
        raise TooLongError


@contextmanager
def in_language_of(user) -> Iterator[None]:
    """Speak as the editing area does to `user`."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        yield
