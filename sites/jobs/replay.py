"""Repeating a noted request as the person who sent it: all middleware, checks and hooks apply.

RLS binds the process that does this, like every web process; it is `sites.jobs.replay_process`.
"""

import io
from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.signals import request_started
from django.db import connection, transaction
from django.db.models.signals import post_save
from django.http import Http404
from django.urls import reverse
from django.utils.html import conditional_escape
from wagtail.models import PageLogEntry

from sites.jobs.enqueue import Replay
from sites.jobs.operations import OPERATIONS


@dataclass(frozen=True)
class Request:
    """What was noted. `session`: the key of a session in which the person is logged in."""

    kind: str
    scheme: str
    host: str
    path: str
    data: str
    session: str

    def environ(self) -> dict:
        """What a web server would tell about the request."""
        path, _, query = self.path.partition("?")
        body = self.data.encode()
        name, _, port = self.host.partition(":")
        return {
            "REQUEST_METHOD": "POST",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "SERVER_NAME": name,
            "SERVER_PORT": port or ("443" if self.scheme == "https" else "80"),
            "HTTP_HOST": self.host,
            "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={self.session}",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": self.scheme,
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
        }


@dataclass(frozen=True)
class Outcome:
    """How it went. `allowed`: all checks were passed; `messages`: (level, HTML) for the person."""

    done: bool
    allowed: bool
    messages: list[tuple[str, str]] = field(default_factory=list)
    next_url: str = ""

    def as_dict(self) -> dict:
        return asdict(self)


def replay(request: Request, tell: Callable[[dict], None]) -> Outcome:
    """Repeat `request`. Calls `tell` with {"transaction": number} and {"done": number of pages}."""
    handler = _Handler(OPERATIONS[request.kind], tell)
    django_request = WSGIRequest(request.environ())
    # Checked when the person sent it.
    django_request._dont_enforce_csrf_checks = True
    django_request.replay = Replay(request.kind)
    request_started.send(sender=_Handler, environ=django_request.META)
    response = handler.get_response(django_request)
    try:
        return handler.outcome(django_request, response)
    finally:
        response.close()


class _Handler(WSGIHandler):
    """Answers one request, whose view it watches."""

    def __init__(self, operation, tell):
        self.operation, self.tell = operation, tell
        super().__init__()

    def make_view_atomic(self, view):
        """Wrap the view where Django wraps it when every request is a transaction."""

        def watched(request, *args, **kwargs):
            if request.resolver_match.view_name not in self.operation.views:
                raise Http404
            with self._transaction(), _counting(self.tell) if self.operation.by_page else nullcontext():
                response = view(request, *args, **kwargs)
                if self.operation.whole and not self.outcome(request, response).done:
                    transaction.set_rollback(True)
            return response

        return watched

    @contextmanager
    def _transaction(self):
        if not self.operation.whole:
            yield
            return
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_current_xact_id()::text")
                self.tell({"transaction": int(cursor.fetchone()[0])})
            yield

    @staticmethod
    def outcome(request, response) -> Outcome:
        """Judge an answer: the work was begun, and nothing says that it failed."""
        told = [(message.level_tag, conditional_escape(message.message)) for message in get_messages(request)]
        allowed = request.replay.reached
        good = response.status_code in (200, 302) and not any(level == "error" for level, _html in told)
        # A form that is shown again is no answer to what was asked for; a dialogue answers in JSON.
        form_again = response.status_code == 200 and "json" not in response.get("Content-Type", "")
        next_url = response.headers.get("Location") or _edit_url(request)
        return Outcome(allowed and good and not form_again, allowed, told, next_url)


def _edit_url(request) -> str:
    """Where to go on after a dialogue: the page that it was about."""
    page_id = request.resolver_match.kwargs.get("page_id") if request.resolver_match else None
    return reverse("wagtailadmin_pages:edit", args=[page_id]) if page_id else ""


@contextmanager
def _counting(tell):
    """Tell how many pages have been written to the history."""
    pages = set()

    def count(instance, **_signal):
        pages.add(instance.page_id)
        tell({"done": len(pages)})

    post_save.connect(count, sender=PageLogEntry)
    try:
        yield
    finally:
        post_save.disconnect(count, sender=PageLogEntry)
