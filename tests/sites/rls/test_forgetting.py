"""However a request ends, its connection has forgotten who was asking before another request can use it."""

import re
from contextlib import contextmanager

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction

from home.models import InternalPage
from sites.access.creation import INTERNAL_COLLECTION
from sites.media import serving
from sites.models import PortalDocument, User
from tests.factories import DocumentFactory, InternalPageFactory, UserFactory
from tests.sites.rls.web_requests import ask, begin
from tests.web_role import web_settings
from tests.world import load

pytestmark = pytest.mark.xdist_group("full")

WORD = "Nordgeheimnis"
# The length of the seal before what is told.
SEAL = 64
PAGE, EDITING_AREA, DOCUMENT, FOREIGN = "page", "editing area", "document", "page of another Träger"


@pytest.fixture(params=["pool", "persistent"])
def kept(request, case, settings):
    """A web process as in production, but with a single connection, so that each request uses the same.

    It lies in the portal's pool, or is kept by Django (`?pool=off` and CONN_MAX_AGE).
    """
    web = web_settings()
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("tests.")]
    used = connection.settings_dict
    before = {name: used[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "CONN_MAX_AGE")}
    connection.close()
    used |= {name: web[name] for name in before if name in web}
    if request.param == "pool":
        used["OPTIONS"]["pool"] = web["OPTIONS"]["pool"] | {"min_size": 1, "max_size": 1}
    else:
        used["CONN_MAX_AGE"] = None
    yield
    connection.close()
    connection.close_pool()
    used["OPTIONS"].pop("pool", None)
    used |= before


class Case:
    """A person of Träger A, what they ask for (site and path), and the next one who asks for the same."""

    def __init__(self, world):
        self.site, other = world.traeger_a.site, world.traeger_b.site
        internal = world.traeger_a.collection.get_children().get(name=INTERNAL_COLLECTION)
        self.page = InternalPageFactory(parent=self.site.root_page, title=WORD)
        self.foreign = InternalPageFactory(parent=other.root_page)
        # Of several parts, so that it can be read by half.
        data = WORD.encode() + bytes(3 * serving.CHUNK)
        self.document = DocumentFactory(collection=internal, file__data=data)
        self.user = UserFactory(role="redaktion", traeger=world.traeger_a)
        self.next = UserFactory(role="redaktion", traeger=world.traeger_b)
        self.addresses = {
            PAGE: (self.site, f"/{self.page.slug}/"),
            EDITING_AREA: (self.site, f"/admin/pages/{self.page.pk}/edit/"),
            DOCUMENT: (self.site, f"/dokumente/{self.document.pk}/{self.document.filename}"),
            FOREIGN: (other, f"/{self.foreign.slug}/"),
        }

    def remove(self) -> None:
        for page in InternalPage.objects.filter(pk__in=[self.page.pk, self.foreign.pk]):
            page.delete()
        PortalDocument.objects.get(pk=self.document.pk).delete()
        User.objects.filter(pk__in=[self.user.pk, self.next.pk]).delete()


@pytest.fixture
def case(full_portal, django_db_blocker):
    with django_db_blocker.unblock():
        case = Case(load())
        yield case
        case.remove()


@contextmanager
def lying():
    """The connection as it lies there for the next request."""
    if connection.pool is None:
        connection.ensure_connection()
        yield connection.connection
        return
    taken = connection.pool.getconn()
    try:
        yield taken
    finally:
        connection.pool.putconn(taken)


def known(used) -> dict[str, str]:
    """All that the database was told on this connection about who is asking, and has not forgotten."""
    tells = used.execute("SELECT prosrc FROM pg_proc WHERE proname = 'portal_set_identity'").fetchone()[0]
    names = sorted(set(re.findall(r"portal_tell\('(\w+)'", tells)))
    query = "SELECT name, current_setting('portal.' || name, true) FROM unnest(%s::text[]) name"
    return {name: value[SEAL:] for name, value in used.execute(query, [names]) if value}


def whole(body) -> None:
    assert b"".join(body)


def half(body) -> None:
    assert next(iter(body)).startswith(WORD.encode())


def unread(body) -> None:
    pass


def broken_off(body) -> None:
    with pytest.raises(OSError, match="disk"):
        b"".join(body)


def disk_fails(part):
    yield WORD.encode()
    raise OSError("disk")


def view_fails(page, request, *args, **kwargs):
    raise RuntimeError(page.title)


def view_fails_while_writing(page, request, *args, **kwargs):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def view_leaves_a_transaction(page, request, *args, **kwargs):
    transaction.set_autocommit(False)
    raise RuntimeError(User.objects.get(pk=request.user.pk).email)


VIEW, FILE = (InternalPage, "serve"), (serving._FilePart, "__iter__")

# What is asked for and answered, how the answer is read, and what is broken.
REQUESTS = {
    "a page": (PAGE, 200, whole, None),
    "the editing area": (EDITING_AREA, 200, whole, None),
    "a page that is not there": (FOREIGN, 404, whole, None),
    "a page whose answer nobody reads": (PAGE, 200, unread, None),
    "a view that fails": (PAGE, 500, whole, (*VIEW, view_fails)),
    "a view that fails while it writes": (PAGE, 500, whole, (*VIEW, view_fails_while_writing)),
    "a file": (DOCUMENT, 200, whole, None),
    "a file that is half read": (DOCUMENT, 200, half, None),
    "a file that nobody reads": (DOCUMENT, 200, unread, None),
    "a file that breaks off": (DOCUMENT, 200, broken_off, (*FILE, disk_fails)),
}


@pytest.fixture
def requested(case, kept, monkeypatch):
    """`requested(PAGE, 200, whole)` asks as the person and reads the answer; returns the connection used.

    `read` None: the answer is never closed. `broken`: what is set on which object meanwhile.
    """

    def make(what: str, status: int, read, broken=None):
        with monkeypatch.context() as patch:
            if broken:
                patch.setattr(*broken)
            answer, body = begin(get_wsgi_application(), case.user, *case.addresses[what])
            assert answer == status
            used = connection.connection
            # As long as the answer is under way, it may still read the database.
            assert known(used)["person"] == str(case.user.pk)
            if read:
                read(body)
                body.close()
        return used

    return make


def next_ones_see_nothing(case) -> None:
    for user in (case.next, None):
        for what in (PAGE, DOCUMENT):
            status, text = ask(get_wsgi_application(), user, *case.addresses[what])
            assert status == 404
            assert WORD not in text


@pytest.mark.parametrize("name", REQUESTS)
def test_it_is_forgotten_who_was_asking(name, case, requested):
    used = requested(*REQUESTS[name])
    with lying() as left:
        assert left is used, "the next request would not use the same connection"
        assert known(left) == {}
    next_ones_see_nothing(case)
    with lying() as left:
        assert left is used


def test_a_transaction_that_a_view_left_open_brings_nobody_back(case, requested):
    """What is told within a transaction goes with it, and so would what is forgotten."""
    requested(PAGE, 500, whole, (*VIEW, view_leaves_a_transaction))
    with lying() as left:
        assert known(left) == {}
    next_ones_see_nothing(case)


@pytest.mark.parametrize("what", [PAGE, DOCUMENT])
def test_a_request_that_never_ends_is_forgotten_by_the_next_one(what, case, requested):
    """A server that broke off tells nobody that the request is over."""
    used = requested(what, 200, None)
    next_ones_see_nothing(case)
    with lying() as left:
        assert left is used
        assert known(left) == {}


@pytest.mark.parametrize("kept", ["pool"], indirect=True)
def test_what_goes_back_to_the_pool_has_forgotten_without_the_end_of_the_request(case, requested):
    used = requested(DOCUMENT, 200, None)
    connection.close()
    with lying() as left:
        assert left is used
        assert known(left) == {}
