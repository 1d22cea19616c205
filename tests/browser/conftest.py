"""A real Chromium that visits a real server with the filled sites."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.staticfiles import finders
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Site

from sites.accounts.sessions import SessionStore
from sites.models import Traeger, User
from tests import full_site
from tests.browser.watching import Watch, policy_violation
from tests.conftest import using_database
from tests.factories import UserFactory
from tests.world import World, load

# No sandbox: CI runs as root. The rest keeps Chromium from calling anybody.
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PHONE, DESKTOP = {"width": 375, "height": 800}, {"width": 1280, "height": 900}
TIMEOUT = 20_000  # milliseconds; the machine may be busy


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the system: CHROMIUM says where, else it is looked for. Skipped without one."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        reason = "No Chromium on this machine. Install the package chromium, or set CHROMIUM to its path."
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    # Playwright runs an event loop in this thread; Django would refuse every query next to it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Portal:
    """The running portal. `pages`: one page of each type, by the name of its type."""

    world: World
    pages: dict[str, object]
    port: int

    def url(self, traeger: Traeger, path: str = "/") -> str:
        return f"http://{traeger.site.hostname}:{self.port}{path}"

    def url_of(self, page) -> str:
        _site_id, root_url, path = page.get_url_parts()
        return root_url + path


@pytest.fixture(scope="package")
def portal(browser, full_database, django_db_blocker) -> Iterator[Portal]:
    """Serves the database with the filled sites; what these tests change stays there."""
    assert finders.find("portal.css"), "The style sheets are not built: run python -m thinka_portal.frontend"
    with django_db_blocker.unblock(), using_database(full_database):
        server = LiveServer("localhost")
        ports = dict(Site.objects.values_list("pk", "port"))
        Site.objects.update(port=server.thread.port)
        cache.clear()
        try:
            yield Portal(load(), full_site.pages(), server.thread.port)
        finally:
            server.stop()
            for pk, port in ports.items():
                Site.objects.filter(pk=pk).update(port=port)


@pytest.fixture
def visit(browser) -> Iterator[Callable[..., Page]]:
    """`visit(user, viewport=…, javascript=False, color_scheme="dark")` → a window of its own.

    A test fails that makes one of its pages do what the content security policy forbids.
    """
    contexts: list[BrowserContext] = []
    refused: list[str] = []

    def make(user: User | None = None, viewport=DESKTOP, javascript=True, **options) -> Page:
        context = browser.new_context(
            viewport=viewport, java_script_enabled=javascript, locale="de-DE", **options
        )
        context.set_default_timeout(TIMEOUT)
        context.on("console", lambda message: refused.extend(policy_violation(message)))
        contexts.append(context)
        if user:
            context.add_cookies(login_cookies(user))
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    assert not refused, "\n".join(sorted(set(refused)))


def login_cookies(user: User) -> list[dict]:
    """Return cookies that log `user` in on every site."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    hosts = Site.objects.values_list("hostname", flat=True)
    return [
        {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "domain": host, "path": "/"}
        for host in hosts
    ]


@pytest.fixture(scope="package")
def reader(portal) -> User:
    """Somebody who may read the internal pages and the knowledge base."""
    return UserFactory(role="lesen", traeger=portal.world.traeger_a)


@pytest.fixture
def watch() -> Callable:
    """`with watch(window):` fails on errors in the console and on requests to other hosts."""

    @contextmanager
    def watching(window: Page, expect_status: int = 200) -> Iterator[Watch]:
        watched = Watch(window, expect_status)
        yield watched
        watched.check()

    return watching
