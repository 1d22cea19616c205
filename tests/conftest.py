"""What tests of all apps share: the world, people in it, and browsers that ask for one of its sites."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from hypothesis import settings as hypothesis_settings

from sites.models import Traeger, User
from sites.rls.install import let_in
from tests.mailing import QUEUE

# How long an example takes says something about the machine, not about the portal.
hypothesis_settings.register_profile("portal", hypothesis_settings(deadline=None))
hypothesis_settings.load_profile("portal")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment,
    django_db_modify_db_settings,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_blocker,
) -> Iterator[None]:
    """The test database with the world in it, also where an earlier run left something else.

    pytest-django's own fixture makes no test database where only browser tests run, because none of them is
    marked as using one; the world would then replace what is in the real one.
    """
    from tests import world

    with django_db_blocker.unblock():
        keep = django_db_keepdb and not django_db_createdb
        made = setup_databases(verbosity=0, interactive=False, aliases=["default"], keepdb=keep)
        world.build()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def _mails_take_their_way(django_test_environment) -> None:
    """Django's test environment would put each mail into the outbox at once; see `tests.mailing`."""
    settings.EMAIL_BACKEND = "sites.mail.backend.QueueBackend"


@pytest.fixture
def paused_queue() -> Iterator[None]:
    """What is left for the background service stays there."""
    QUEUE.paused = True
    yield
    QUEUE.paused = QUEUE.waiting = False


@contextmanager
def using_database(database: str) -> Iterator[None]:
    """Let Django use another database of the same server."""

    def switch(name: str) -> None:
        connection.close()
        connection.close_pool()
        connection.settings_dict["NAME"] = name
        cache.clear()

    before = connection.settings_dict["NAME"]
    switch(database)
    try:
        yield
    finally:
        switch(before)


def _end_other_sessions() -> None:
    """End what threads of earlier tests left open: PostgreSQL copies only a database that nobody uses.

    Its own workers (autovacuum) it sends away by itself; nobody else may.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_type = 'client backend'"
            " AND pid <> pg_backend_pid()"
        )


@contextmanager
def cloned_database(suffix: str, build, blocker) -> Iterator[tuple[str, object]]:
    """A copy of the world in a database of its own, filled by `build`: its name and what `build` returned."""
    from tests import world

    with blocker.unblock():
        if not world.exists():
            world.build()
        _end_other_sessions()
        connection.close()
        connection.close_pool()
        connection.creation.clone_test_db(suffix, verbosity=0, autoclobber=True)
        name = connection.creation.get_test_db_clone_settings(suffix)["NAME"]
        with using_database(name):
            # What is allowed in a database is not copied with it.
            let_in(settings.PORTAL_WEB_ROLE)
            built = build(world.load())
    yield name, built
    with blocker.unblock():
        connection.creation.destroy_test_db(suffix=suffix, verbosity=0)


@pytest.fixture(scope="session")
def full_database(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The name of a second database with several pages of each type, too slow to be made for each test."""
    from tests import full_site

    with cloned_database("full", full_site.build, django_db_blocker) as (name, _built):
        yield name


@pytest.fixture(scope="module")
def full_portal(full_database) -> Iterator[None]:
    """All tests of a module use the database with the filled sites; see `tests.full_site`."""
    with using_database(full_database):
        yield


@pytest.fixture(autouse=True)
def _empty_cache():
    """Wagtail caches the addresses of the sites; a test that is rolled back leaves them wrong."""
    cache.clear()


@pytest.fixture
def world(db):
    """Two Träger, the coordination office and the knowledge base; see `tests.world.World`."""
    from tests import world

    if not world.exists():
        world.build()
    return world.load()


@pytest.fixture
def committed_world(django_db_setup, django_db_blocker):
    """The world without a transaction around the test, which takes away again whatever it makes in it."""
    from tests import world

    with django_db_blocker.unblock():
        # Another test may have flushed the database: then the content types have other ids than before.
        ContentType.objects.clear_cache()
        if not world.exists():
            world.build()
        yield world.load()
        connection.close()


@pytest.fixture
def traeger_a(world) -> Traeger:
    return world.traeger_a


@pytest.fixture
def traeger_b(world) -> Traeger:
    return world.traeger_b


@pytest.fixture
def coordination(world) -> Traeger:
    return world.coordination


@pytest.fixture
def knowledge(world) -> Traeger:
    return world.knowledge


@pytest.fixture
def empty_portal(db) -> None:
    """A portal without any Träger, page or person, as after the first migration."""
    from tests import world

    world.clear()


@pytest.fixture
def person(db):
    """`person("redaktion", traeger_a)` → a new user with that role there."""
    from tests.factories import UserFactory

    def make(role: str, traeger: Traeger, **fields) -> User:
        return UserFactory(role=role, traeger=traeger, **fields)

    return make


@pytest.fixture
def client_for(db):
    """`client_for(user, traeger_a)` → a client that is logged in and asks for this Träger's site.

    `user` None: a visitor. Instead of a Träger: a site or a host name.
    """

    def make(user: User | None, where) -> Client:
        site = getattr(where, "site", where)
        host = site if isinstance(site, str) else f"{site.hostname}:{site.port}"
        client = Client(headers={"host": host})
        if user:
            client.force_login(user, backend="sites.accounts.backend.PortalBackend")
        return client

    return make
