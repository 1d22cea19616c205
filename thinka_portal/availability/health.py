"""`/_health/live` and `/_health/ready`: for programs that watch the portal.

Everybody learns whether all is well. What is wrong is told to this machine and to whoever has the token.
"""

import os
import secrets
from datetime import timedelta
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponseNotAllowed, JsonResponse

from search.engine import state
from search.meaning.state import trouble
from sites.jobs import signs
from sites.jobs.lags import LAGS
from thinka_portal.availability.gate import gate

# A sign of life is given every ten seconds.
SILENCE = timedelta(minutes=1)
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP", "HTTP_VIA")


def live(request):
    """200 as long as the process answers at all."""
    return _answer(request, {})


def ready(request):
    """200 where everything works, else 503; with `?only=web` the background service does not count."""
    return _answer(request, checks(worker=request.GET.get("only") != "web"))


def checks(worker: bool = True) -> dict[str, dict]:
    """Return what was looked at: whether it is `ok`, and details."""
    if settings.PORTAL_WEB_PROCESS and (closed := gate.closed()):
        found = {"database": {"ok": True}} if closed.part == "rls" else {}
        return found | {closed.part: {"ok": False, "why": closed.why}}
    found = {"database": {"ok": True}, "rls": {"ok": True}}
    if worker:
        try:
            found |= _worker() | _search() | _engine()
        except DatabaseError as error:
            found["database"] = {"ok": False, "why": str(error)}
    return found


def _worker() -> dict[str, dict]:
    sign = signs.last()
    if sign is None:
        return {"worker": {"ok": False, "why": "It has never given a sign of life."}}
    found = {"worker": {"ok": sign.ago <= SILENCE, "last_sign_seconds": round(sign.ago.total_seconds())}}
    for name, lag in LAGS.items():
        waits = timedelta(seconds=sign.lags.get(name, 0))
        found[name] = {"ok": waits <= lag.limit, "lag_seconds": round(waits.total_seconds())}
    return found


def _search() -> dict[str, dict]:
    """Tell whether the search finds by meaning, which it goes on without."""
    why = trouble()
    return {
        "search_semantic": {"ok": False, "why": why} if why else {"ok": True, "on": settings.SEARCH_SEMANTIC}
    }


def _engine() -> dict[str, dict]:
    """Tell of the engine beside PostgreSQL, where there is one: whether it can be reached, and answers."""
    if not state.configured():
        return {}
    if why := state.trouble():
        return {"elasticsearch": {"ok": False, "why": why}}
    return {"elasticsearch": {"ok": True, "index": "answers" if state.answers() else "is being built"}}


def _answer(request, found: dict[str, dict]):
    if request.method not in ("GET", "HEAD"):
        response = HttpResponseNotAllowed(["GET", "HEAD"])
    else:
        fine = all(check["ok"] for check in found.values())
        body = {"status": "ok" if fine else "failing"}
        if found and _may_know(request):
            body["checks"] = found
        response = JsonResponse(body, status=200 if fine else 503)
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _may_know(request) -> bool:
    """Tell whether the request comes from this machine itself, or has the token."""
    token = os.environ.get("PORTAL_HEALTH_TOKEN", "")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and secrets.compare_digest(given.encode(), token.encode()):
        return True
    # A web server in front is on this machine, too; who it asks for is somewhere else.
    if any(name in request.META for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False  # a socket in the file system: only a web server asks there


ANSWERS = {"/_health/live": live, "/_health/ready": ready}
