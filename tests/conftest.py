"""What tests of all apps share: the world, people in it, and browsers that ask for one of its sites."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis import settings as hypothesis_settings

from sites.models import Traeger, User
from sites.rls.install import let_in
from tests import indexing, templates  # noqa: F401 - indexing takes the place of the service
from tests.mailing import QUEUE
from tests.templates import using_database

# How long an example takes says something about the machine, not about the portal.
hypothesis_settings.register_profile("portal", hypothesis_settings(deadline=None))
hypothesis_settings.load_profile("portal")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long and stands alone, so that no process is left with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("early") is None)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_modify_db_settings, django_db_keepdb: bool, django_db_blocker
) -> Iterator[None]:
    """A test database of this process, with the world in it: a copy of the template.

    pytest-django's own fixture makes no test database where only browser tests run, because none of them is
    marked as using one; they would then work in the real one.
    """
    real, name = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    with django_db_blocker.unblock():
        _use_for_good(name)
        templates.copy(name)
        let_in(settings.PORTAL_WEB_ROLE)
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            _use_for_good(real)
            templates.drop(name)


def _use_for_good(name: str) -> None:
    connection.close()
    connection.close_pool()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name


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
def cloned_database(suffix: str, build, blocker, shared: bool = False) -> Iterator[tuple[str, object]]:
    """A copy of the world in a database of its own, filled by `build`: its name and what `build` returned.

    `shared`: filled once for all processes of the run, each of which has its copy.
    """
    from tests import world

    def fill():
        # What is allowed in a database is not copied with it.
        let_in(settings.PORTAL_WEB_ROLE)
        return build(world.load())

    with blocker.unblock():
        name = f"{connection.settings_dict['NAME']}_{suffix}"
        built = templates.copy(name, suffix, fill) if shared else templates.copy(name)
        with using_database(name):
            if shared:
                let_in(settings.PORTAL_WEB_ROLE)
            else:
                built = fill()
    yield name, built
    with blocker.unblock():
        templates.drop(name)


@pytest.fixture(scope="session")
def full_database(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The name of a second database with several pages of each type; see `tests.full_site`."""
    with django_db_blocker.unblock():
        name = f"{connection.settings_dict['NAME']}_full"
        templates.copy(name, "full")
        with using_database(name):
            let_in(settings.PORTAL_WEB_ROLE)
    yield name
    with django_db_blocker.unblock():
        templates.drop(name)


@pytest.fixture(scope="module")
def full_portal(full_database) -> Iterator[None]:
    """All tests of a module use the database with the filled sites."""
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
