"""A grant ends at its moment: time passes, nothing is written, and the next request is refused.

PostgreSQL's clock stands still within a transaction, so all this is committed and taken away afterwards.
"""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from home.models import InternalPage
from sites.access.creation import INTERNAL_COLLECTION
from sites.access.roles import REDAKTION
from sites.models import PortalDocument, PortalImage, User
from tests.factories import DocumentFactory, ImageFactory, InternalPageFactory, UserFactory
from tests.sites.grants.granting import MODELS, grant, wait_for

# Which rows there are, and which transaction wrote each.
WRITTEN = """
SELECT 'page', id::text, readers::text, xmin::text FROM wagtailcore_page
UNION ALL SELECT 'collection', id::text, readers::text, xmin::text FROM wagtailcore_collection
UNION ALL SELECT 'entry', id::text, readers::text, xmin::text FROM search_entry
"""
GRANTED = "UNION ALL SELECT '{table}', id::text, expires_at::text, xmin::text FROM {table}"
GRANTS = [model for models in MODELS.values() for model in models]


def written() -> set[tuple]:
    """What grants and readers are in the database, with the transactions that wrote them."""
    with connection.cursor() as cursor:
        tables = (model._meta.db_table for model in GRANTS)
        cursor.execute(WRITTEN + "\n".join(GRANTED.format(table=table) for table in tables))
        return set(cursor.fetchall())


def browser(user, site) -> Client:
    client = Client(headers={"host": f"{site.hostname}:{site.port}"})
    client.force_login(user, backend="sites.accounts.backend.PortalBackend")
    return client


@pytest.fixture
def granted(committed_world):
    """The guest on both hosts, and what the grants open: an address on the site, one in the editing area."""
    traeger = committed_world.traeger_a
    start = traeger.site.root_page
    internal = traeger.collection.get_children().get(name=INTERNAL_COLLECTION)
    guest = UserFactory(role=REDAKTION, traeger=committed_world.coordination)
    opened = {}
    for holder, name in ((guest, "person"), (committed_world.coordination.group(REDAKTION), "group")):
        page = InternalPageFactory(parent=start, slug=f"einzeln-{name}")
        tree = InternalPageFactory(parent=start, slug=f"ast-{name}")
        leaf = InternalPageFactory(parent=tree)
        document, image = DocumentFactory(collection=internal), ImageFactory(collection=internal)
        for obj, fields in ((page, {}), (tree, {"subtree": True}), (document, {}), (image, {})):
            grant(holder, obj, "change", expires_at=timezone.now() + dt.timedelta(days=1), **fields)
        opened |= {
            f"page to a {name}": (page.url, f"/admin/pages/{page.pk}/edit/"),
            f"tree to a {name}": (tree.url, f"/admin/pages/{tree.pk}/"),
            f"page below to a {name}": (leaf.url, f"/admin/pages/{leaf.pk}/edit/"),
            f"document to a {name}": (document.url, f"/admin/documents/edit/{document.pk}/"),
            f"picture to a {name}": (image.get_rendition("max-10x10").url, f"/admin/images/{image.pk}/"),
        }
    clients = (browser(guest, traeger.site), browser(guest, committed_world.coordination.site))
    yield clients, opened
    for client in clients:
        client.logout()
    for page in Page.objects.child_of(start).type(InternalPage):
        page.delete()
    for model in (PortalDocument, PortalImage):
        for file in model.objects.filter(collection=internal):
            file.delete()
    User.objects.get(pk=guest.pk).delete()


def answers(clients, opened) -> dict[str, tuple[int, ...]]:
    """Ask for everything; the status of each answer."""
    found = {}
    for name, addresses in opened.items():
        responses = [client.get(url) for client, url in zip(clients, addresses, strict=True)]
        # The web role lasts until a streamed answer is read.
        assert all(response.getvalue() for response in responses)
        found[name] = tuple(response.status_code for response in responses)
    return found


def test_a_grant_ends_at_its_moment_without_anything_being_written(granted):
    clients, opened = granted
    allowed, refused = dict.fromkeys(opened, (200, 200)), dict.fromkeys(opened, (404, 404))
    begin = timezone.now()
    assert answers(clients, opened) == allowed
    time_left, late = timezone.now() - begin, True
    while late:
        ends = timezone.now() + time_left + dt.timedelta(seconds=1)
        for model in GRANTS:
            model.grants.update(expires_at=ends)
        before = written()
        found = answers(clients, opened)
        # A busy machine needed longer than before: once more, with more time.
        late, time_left = timezone.now() >= ends, 2 * time_left
    assert found == allowed
    wait_for(ends)
    assert answers(clients, opened) == refused
    assert written() == before
