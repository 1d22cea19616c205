"""Several people at once on pooled connections: nobody gets what another one asked for."""

import io
import random
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.wsgi import get_wsgi_application
from django.db import connection

from home.models import InternalPage
from sites.models import Traeger
from tests.factories import InternalPageFactory, UserFactory
from tests.world import KNOWLEDGE, A, B
from thinka_portal.database import database_settings, forget
from thinka_portal.postgres import DatabaseError

pytestmark = pytest.mark.xdist_group("full")

CONNECTIONS = 2
THREADS = 4


@pytest.fixture
def pool(people, settings):
    """Web processes as in production: their role, few shared connections, no transaction of a test."""
    try:
        web = database_settings(web=True)
    except DatabaseError as error:
        pytest.skip(f"No login for web processes here: {error}")
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("tests.")]
    used = connection.settings_dict
    before = {name: used[name] for name in ("USER", "PASSWORD", "HOST", "PORT")}
    connection.close()
    used |= {name: web[name] for name in before}
    used["OPTIONS"]["pool"] = {
        "min_size": CONNECTIONS,
        "max_size": CONNECTIONS,
        "timeout": 60,
        "reset": forget,
    }
    yield
    connection.close()
    connection.close_pool()
    del used["OPTIONS"]["pool"]
    used |= before


@pytest.fixture
def people(full_portal, django_db_blocker):
    """Who asks: session, host and address, and the word that only they may get."""
    with django_db_blocker.unblock():
        made = []
        for slug, word in ((A, "Nordgeheimnis"), (B, "Südgeheimnis")):
            traeger = Traeger.objects.get(slug=slug)
            page = InternalPageFactory(parent=traeger.site.root_page, title=word, slug=word[:4].lower())
            user = UserFactory(role="redaktion", traeger=traeger)
            made.append((session(user), traeger.site.hostname, f"/{page.slug}/", word))
            # Of all addresses in the editing area the quickest that tells a title.
            made.append((session(user), traeger.site.hostname, f"/admin/api/main/pages/{page.pk}/", word))
        visitor = Traeger.objects.get(slug=KNOWLEDGE).site.hostname
        made.append(("", visitor, "/", None))
        made.append(("", made[0][1], made[0][2], None))
        yield made
        InternalPage.objects.filter(title__endswith="geheimnis").delete()


def session(user) -> str:
    """Return the key of a session in which `user` is logged in."""
    store = import_module(django_settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "sites.auth.PortalBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return store.session_key


def ask(application, key: str, host: str, path: str) -> tuple[int, str]:
    """Ask as a web server does, to the end of the answer."""
    found = {}
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": "",
        "SERVER_NAME": host,
        "SERVER_PORT": "8000",
        "HTTP_HOST": f"{host}:8000",
        "HTTP_COOKIE": f"{django_settings.SESSION_COOKIE_NAME}={key}" if key else "",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    response = application(environ, lambda status, _headers: found.update(status=int(status[:3])))
    try:
        body = b"".join(response).decode()
    finally:
        response.close()
    return found["status"], body


@pytest.mark.parametrize("requests", [200, pytest.param(2_000, marks=pytest.mark.long)])
def test_nobody_gets_what_another_one_asked_for(requests, people, pool, django_db_blocker):
    words = {word for *_where, word in people if word}
    random.seed(0)
    wanted = [random.choice(people) for _number in range(requests)]  # noqa: S311
    with django_db_blocker.unblock():
        application = get_wsgi_application()

        def one(asked):
            *where, own = asked
            status, body = ask(application, *where)
            wrong = [word for word in words if word in body and word != own]
            missing = own is not None and (status != 200 or own not in body)
            return [(where[1:], status, wrong)] if wrong or missing or status >= 500 else []

        with ThreadPoolExecutor(THREADS) as threads:
            failures = [failure for result in threads.map(one, wanted) for failure in result]
        assert failures == []
        # What lies in the pool has forgotten the last one who asked.
        raw = connection.pool.getconn()
        told = raw.execute("SELECT coalesce(current_setting('portal.reads', true), '')").fetchone()
        connection.pool.putconn(raw)
        assert told == ("",)
