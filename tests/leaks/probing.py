"""Asks for one address as one person, and says what came out that should not."""

import io
import json
import re
import traceback
import zipfile
from dataclasses import dataclass, field
from unittest.mock import patch
from urllib.parse import unquote_plus, urlencode

from django.contrib.messages import get_messages
from django.core import mail
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, TestCase
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from sites.rls.middleware import IdentityMiddleware
from tests import web_role
from tests.leaks.bodies import ALLOWED_WRITES
from tests.leaks.plan import KNOWN, Plan
from tests.leaks.rows import Owner

PROCESS_EXCEPTION = IdentityMiddleware.process_exception


@dataclass(frozen=True)
class Probe:
    """One request.

    `in_admin`: even what is public elsewhere must not show; `picture`: an answer that is a picture would be
    one of the foreign Träger; `about`: the kinds of the objects that the address names; `line`: the line of
    the tables of queries and bodies that is sent.
    """

    route: str
    method: str
    host: str
    path: str
    query: str = ""
    body: tuple[tuple[str, object], ...] = ()
    in_admin: bool = True
    picture: bool = False
    about: str = ""
    line: str = ""

    @property
    def address(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    def words(self) -> str:
        """Return everything that the request itself says; an echo of it tells nothing new."""
        return unquote_plus(f"{self.host} {self.address} {urlencode(self.body, doseq=True)}").lower()


@dataclass
class Outcome:
    """What one request brought to light: the answer's status, and what is wrong about it."""

    status: int
    fields: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    error: str = ""


class Prober:
    """Sends probes, each in a transaction that is rolled back, and searches the answers for markers."""

    def __init__(self, plan: Plan):
        self.marks = plan.marks
        self.owner = Owner(plan.foreign_rows, plan.foreign.traeger.folder.path)
        # Pages that are open to somebody by a grant.
        self.opened = {who: frozenset(objects["page"]) for who, objects in plan.opened.items()}
        # The lines of ALLOWED_WRITES that were needed.
        self.allowed: set[tuple[str, str, str]] = set()
        self.clients: dict[str, Client] = {}
        self.cookies: dict[str, str] = {}
        for name, person in plan.people.items():
            client = Client(raise_request_exception=False)
            if person:
                client.force_login(person, backend="sites.accounts.backend.PortalBackend")
            self.clients[name] = client
            self.cookies[name] = client.cookies.output()

    def ask(self, who: str, probe: Probe) -> Outcome:
        """Send `probe` as the person `who`; nothing of it stays in the database."""
        client = self.clients[who]
        client.cookies.clear()
        client.cookies.load(self.cookies[who].replace("Set-Cookie: ", ""))
        mail.outbox = []
        deleted: list[str] = []
        try:
            # The database forgets everything; files would stay deleted.
            with (
                transaction.atomic(),
                patch.object(FileSystemStorage, "delete", _noting(deleted)),
                # Nobody looks at the contexts of the templates, which Django would copy.
                patch("django.test.client.store_rendered_templates", _no_copies),
                patch.object(IdentityMiddleware, "process_exception", _as_if_alone(PROCESS_EXCEPTION)),
            ):
                with TestCase.captureOnCommitCallbacks(execute=True):
                    response = self._send(client, probe)
                    body = _content(response)
                outcome = self._judge(who, probe, response, body)
                outcome.written += [
                    f"DELETE file {mark.label}" for mark in self.marks.found_in(" ".join(deleted))
                ]
                transaction.set_rollback(True)
        except Exception as problem:
            # What the request had put off until the end of its transaction went wrong.
            return Outcome(500, error=_error(problem))
        return outcome

    @staticmethod
    def _send(client: Client, probe: Probe) -> HttpResponse:
        headers = {"host": probe.host}
        if probe.method == "GET":
            return client.get(probe.address, headers=headers)
        body = {name: _upload(value) for name, value in probe.body}
        if probe.method == "POST":
            return client.post(probe.address, body, headers=headers)
        if probe.method == "PATCH":
            return client.patch(probe.address, json.dumps(body), "application/json", headers=headers)
        data = encode_multipart(BOUNDARY, body)
        return client.generic(probe.method, probe.address, data, MULTIPART_CONTENT, headers=headers)

    def _judge(self, who: str, probe: Probe, response, body: str) -> Outcome:
        outcome = Outcome(response.status_code)
        said = [f"{name}: {value}" for name, value in response.headers.items()]
        said += [response.reason_phrase, response.cookies.output(), body]
        # Kept for the next page in a form that no marker would be recognised in.
        said += [str(message) for message in get_messages(response.wsgi_request)]
        for message in mail.outbox:
            said += [f"{message.recipients()} {message.subject} {message.body}"]
            said += [str(content) for content, _type in getattr(message, "alternatives", ())]
        # Another object's marker is no echo, also where it is in the same field.
        for mark in self.marks.found_in("\n".join(said)) - self.marks.found_in(probe.words()):
            known = re.fullmatch(KNOWN.get(who, ""), mark.label)
            if not known and (mark.secret or probe.in_admin):
                outcome.fields.append(mark.label)
        if probe.picture and response.headers.get("Content-Type", "").startswith("image/"):
            outcome.fields.append("PortalImage.file (picture)")
        if response.status_code >= 500:
            exception = getattr(response, "exc_info", None)
            outcome.error = _error(exception[1]) if exception else body[:300]
        if not connection.needs_rollback:
            written = [str(row) for row in self.owner.written(self.opened.get(who, frozenset()))]
            outcome.written = [row for row in written if not self._is_allowed(probe.route, row)]
        return outcome

    def _is_allowed(self, route: str, row: str) -> bool:
        for line in ALLOWED_WRITES:
            name, what, _why = line
            if re.fullmatch(name, route) and re.fullmatch(what, row):
                self.allowed.add(line)
                return True
        return False


def _as_if_alone(stock):
    """Without the transaction around each probe, errors are met after what they happened in was undone."""

    def process_exception(middleware, request, exception):
        web_role.go_on_after_a_failure()
        return stock(middleware, request, exception)

    return process_exception


def _no_copies(*args, **kwargs) -> None:
    pass


def _noting(deleted: list[str]):
    return lambda storage, name: deleted.append(name)


def _error(problem: BaseException) -> str:
    """Return the kind of the error, its message and where it happened."""
    place = traceback.extract_tb(problem.__traceback__)[-1]
    return f"{type(problem).__name__}: {problem} ({place.filename}:{place.lineno})"


def _pixel() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (20, 20), "#0b6570").save(data, "PNG")
    return data.getvalue()


def _upload(value):
    """`@name` stands for a file with what the lines below say; everything else is sent as it is."""
    if not (isinstance(value, str) and value.startswith("@")):
        return value
    name, _newline, text = value[1:].partition("\n")
    return SimpleUploadedFile(name, _pixel() if name.endswith(".png") else text.encode() or b"Fremd")


def _content(response) -> str:
    """Return the whole text of an answer, also of streams and spreadsheets."""
    data = b"".join(response.streaming_content) if response.streaming else response.content
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b"\n".join(archive.read(name) for name in archive.namelist())
    return data.decode("utf-8", "replace")
