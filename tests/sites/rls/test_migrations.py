"""RLS goes before migrations and comes back after them, forward and backward, around what is stored.

Left out are the ways back beyond `BACK`: with `home` and the first migrations of `thinka_sites` go all
Träger and the contents of all pages, so that nothing is left to keep apart; and before the first one not even
Wagtail's tables exist, because they refer to the table of people.
"""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from psycopg import sql
from wagtail.models import Page

from home.models import NewsIndexPage
from sites.access.roles import LEITUNG, REDAKTION
from sites.models import DocumentTag, ImageTag, MediaTag, User
from sites.rls.derived import table_policies
from sites.rls.identity import ADMIN
from sites.rls.install import installed, wrong_readers
from tests.conftest import cloned_database, using_database
from tests.factories import DocumentFactory, ImageFactory, NewsPageFactory, UserFactory
from tests.sites.grants.granting import grant
from tests.web_role import web_process
from tests.world import list_page, load

pytestmark = pytest.mark.early

# One after the other: an app down to nothing, then one that changes tables, moves rows and drops the readers.
BACK = (("knowledge", "zero"), ("thinka_sites", "0005"))
EMAIL = "redaktion-sued@beispiel.test"
VISIBLE = ("wagtailcore_page", "thinka_sites_portalimage", "thinka_sites_portaldocument")


def fill(world) -> None:
    """Store restricted pages, tagged files and grants of two Träger; the person asked for works at B."""
    person = UserFactory(role=REDAKTION, traeger=world.traeger_b, email=EMAIL)
    for traeger in (world.traeger_a, world.traeger_b):
        news = list_page(traeger, NewsIndexPage)
        NewsPageFactory(parent=news, title="Intern", internal=True)
        NewsPageFactory(parent=news, title="Öffentlich")
        tag = MediaTag.objects.create(traeger=traeger, name="Sommerfest", slug="sommerfest")
        ImageFactory(traeger=traeger).tags.add(tag)
        DocumentFactory(traeger=traeger).tags.add(tag)
    granted = NewsPageFactory(
        parent=list_page(world.traeger_a, NewsIndexPage), title="Freigegeben", internal=True
    )
    grant(person, granted.page_ptr, "change")
    grant(world.traeger_b.group(LEITUNG), ImageFactory(traeger=world.traeger_a), "view")


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """All that follows happens in a database of its own, which is committed to and then dropped."""
    with (
        cloned_database("migrated", fill, django_db_blocker) as (name, _none),
        django_db_blocker.unblock(),
        using_database(name),
    ):
        yield
        connection.close()


def seen(person, traeger, area: str = ADMIN) -> dict[str, set[int]]:
    """What a web process gets for `person` (None: a visitor) on the site of `traeger`."""
    with transaction.atomic(), web_process(person, traeger, area), connection.cursor() as cursor:
        found = {}
        for table in VISIBLE:
            cursor.execute(sql.SQL("SELECT id FROM {}").format(sql.Identifier(table)))
            found[table] = {number for (number,) in cursor.fetchall()}
        return found


def without_asking() -> dict[str, int]:
    """How many rows of each table a web process gets that says nothing about who is asking."""
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(settings.PORTAL_WEB_ROLE)))
        found = {}
        for table in VISIBLE:
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            found[table] = cursor.fetchone()[0]
        return found


def guarded() -> dict[str, set[str]]:
    """The commands that policies are about, by table, where row-level security is on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, array_agg(polname::text) FILTER (WHERE polname IS NOT NULL)"
            " FROM pg_class c LEFT JOIN pg_policy ON polrelid = c.oid"
            " WHERE relkind = 'r' AND relrowsecurity AND relnamespace = 'public'::regnamespace"
            " GROUP BY relname"
        )
        return {table: set(names or ()) for table, names in cursor.fetchall()}


def additions() -> set[tuple[str, str]]:
    """What RLS adds to tables of others: columns, and the index beside them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name IN ('readers', 'words', 'renditions_stale')"
            " UNION SELECT tablename, indexname FROM pg_indexes"
            " WHERE schemaname = 'public' AND indexname ^@ 'portal_'"
        )
        return set(cursor.fetchall())


def tags() -> set[tuple[str, str, str]]:
    """(Träger, tag, file) of every tagged file."""
    return {
        (item.tag.traeger.slug, item.tag.name, item.content_object.title)
        for model in (ImageTag, DocumentTag)
        for item in model.objects.select_related("tag__traeger", "content_object")
    }


def test_the_wall_stands_again_after_migrations_backward_and_forward(filled):
    portal = load()
    person = User.objects.get(email=EMAIL)
    asked = [(person, portal.traeger_b), (None, portal.traeger_a), (None, portal.traeger_b)]
    before = [seen(*each) for each in asked]
    foreign = set(Page.objects.descendant_of(portal.traeger_a.folder).values_list("pk", flat=True))
    granted = Page.objects.get(title="Freigegeben").pk
    assert granted in before[0]["wagtailcore_page"]
    assert foreign - before[0]["wagtailcore_page"]
    walled_before, tags_before, additions_before = guarded(), tags(), additions()
    assert walled_before.keys() == table_policies().keys()
    assert len(tags_before) == 4

    for app, target in BACK:
        call_command("migrate", app, target, verbosity=0)
        # Without its tables RLS can't stand: nobody gets anything, however they ask.
        assert not installed()
        assert set().union(*guarded().values()) == set()
        assert guarded().keys() == table_policies().keys() & set(connection.introspection.table_names())
        assert set(without_asking().values()) == {0}

    assert additions_before
    assert additions() == set()

    call_command("migrate", verbosity=0)
    assert installed()
    assert additions() == additions_before
    assert guarded() == walled_before
    assert wrong_readers() == []
    assert tags() == tags_before
    assert [seen(*each) for each in asked] == before
    assert set(without_asking().values()) == {0}
