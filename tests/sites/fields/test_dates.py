"""The bounds of dates in the database, what the migration mends, and that everything works afterwards."""

from datetime import date, datetime
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from home.models import EventIndexPage, EventPage, NewsIndexPage, NewsPage
from sites.access.roles import LEITUNG
from sites.fields import dates
from tests.factories import EventPageFactory, NewsPageFactory
from tests.world import list_page

migration = import_module("sites.migrations.0014_date_bounds")
home_migration = import_module("home.migrations.0002_date_bounds")

OUTSIDE = ["0001-01-01", "9999-12-28", "1899-12-30", "2100-01-02", "0001-01-01 BC", "infinity", "-infinity"]
# Without bounds, each with its reason.
FREE = {
    "django_session": "how long a session lasts: set and read by Django alone",
    "django_tasks_database_dbtaskresult": "set by django-tasks alone, which calls the year 9999 “at once”",
    "django_migrations": "set by Django alone",
    "wagtailimages_image": "unused: the portal has models of its own",
    "wagtaildocs_document": "unused: the portal has models of its own",
}


def columns() -> list[tuple[str, str]]:
    """Return (table, column) of all dates and moments in the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns JOIN pg_class c"
            " ON c.oid = to_regclass(quote_ident(table_name)) AND c.relkind = 'r'"
            " WHERE table_schema = 'public'"
            " AND data_type IN ('date', 'timestamp with time zone', 'timestamp without time zone')"
        )
        return cursor.fetchall()


def bounded() -> set[tuple[str, str]]:
    """Return (table, column) of what a CHECK constraint of bounds is about."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, attname FROM pg_constraint JOIN pg_attribute"
            " ON attrelid = conrelid AND attnum = ANY (conkey)"
            " WHERE contype = 'c' AND pg_get_constraintdef(pg_constraint.oid) ~ '2100|2099'"
        )
        return set(cursor.fetchall())


def test_every_date_in_the_database_has_bounds(db):
    assert {each for each in columns() if each[0] not in FREE} - bounded() == set()


def set_raw(table: str, column: str, value: str, pk: int) -> None:
    key = "page_ptr_id" if table.startswith("home_") else "id"
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE {key} = %s', [value, pk])  # noqa: S608


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("home_newspage", "date"),
        ("home_newspage", "reviewed_on"),
        ("wagtailcore_page", "go_live_at"),
        ("wagtailcore_page", "expire_at"),
        ("wagtailcore_page", "last_published_at"),
    ],
)
def test_the_database_refuses_what_lies_outside(traeger_a, table, column):
    # What is live may have no such time for other reasons.
    page = NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage), draft=True)
    for value in OUTSIDE:
        with pytest.raises(IntegrityError, match=r"bounds|check"), transaction.atomic():
            set_raw(table, column, value, page.pk)
    for value in ("1900-01-01 00:00+01", "2099-12-31 23:59+01"):
        set_raw(table, column, value, page.pk)


def _without_bounds(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", [table]
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')


def test_the_migration_mends_what_is_stored_and_everything_works_again(traeger_a, person, client_for):
    events, news = list_page(traeger_a, EventIndexPage), list_page(traeger_a, NewsIndexPage)
    broken = {value: NewsPageFactory(parent=news) for value in OUTSIDE}
    event = EventPageFactory(parent=events, frequency="daily")
    revision = event.save_revision()
    revision.content |= {
        "start": "0001-01-01T14:00:00Z",
        "go_live_at": "9999-12-31T23:30:00Z",
        "title": "0001-01-01",
    }
    revision.content["exclusions"] = [{"pk": None, "page": event.pk, "date": "9999-12-28"}]
    revision.save()
    tables = ("home_newspage", "home_eventpage", "wagtailcore_page", "wagtailcore_revision")
    with connection.cursor() as cursor:
        # What was made above is checked now; then as when a migration begins.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        # While migrations run there is no wall.
        cursor.execute("ALTER TABLE wagtailcore_page DISABLE TRIGGER portal_guard_time")
    for table in tables:
        _without_bounds(table)
    for value, page in broken.items():
        set_raw("home_newspage", "date", value, page.pk)
        set_raw("wagtailcore_page", "go_live_at", value, page.pk)
        set_raw("wagtailcore_page", "last_published_at", value, page.pk)
        set_raw("wagtailcore_revision", "approved_go_live_at", value, page.latest_revision_id)
    set_raw("home_eventpage", "start", "0001-01-01 14:00 BC", event.pk)

    with connection.cursor() as cursor, connection.schema_editor() as editor:
        for table in tables[2:]:
            cursor.execute(migration._bound(table, migration.OTHERS[table]))
        cursor.execute(migration.HEAL_VERSIONS)
        home_migration.heal(apps, editor)

    edges = {
        value: dates.EARLIEST if value < "1900" or "BC" in value or value[0] == "-" else dates.LATEST
        for value in OUTSIDE
    }
    for value, page in broken.items():
        assert NewsPage.objects.get(pk=page.pk).date == edges[value], value
    assert EventPage.objects.get(pk=event.pk).start == dates.FIRST_MOMENT
    draft = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object()
    assert (draft.start.year, draft.go_live_at.year, draft.title) == (1900, 2099, "0001-01-01")
    assert [row.date for row in draft.exclusions.all()] == [date(2099, 12, 30)]

    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    pages = [news, events, event, *broken.values()]
    for address in (
        *("/aktuelles/", "/aktuelles/feed/", "/termine/", "/termine/feed/", "/"),
        reverse("wagtailadmin_explore", args=[news.pk]),
        reverse("wagtailadmin_explore", args=[events.pk]),
        reverse("wagtailadmin_choose_page_child", args=[news.pk]),
        reverse("wagtailadmin_choose_page_search") + "?q=Neuigkeit",
        *(reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in pages),
        *(reverse("wagtailadmin_pages:history", args=[page.pk]) for page in pages),
    ):
        assert client.get(address).status_code == 200, address
    for command in ("search_index", "fixtree", "publish_scheduled"):
        call_command(command, **({"interactive": False} if command == "fixtree" else {}), verbosity=0)


def test_models_refuse_what_lies_outside(traeger_a):
    page = NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage))
    for field, value in (
        ("date", date(1, 1, 1)),
        ("reviewed_on", date(9999, 12, 28)),
        ("go_live_at", datetime(9999, 12, 31, 23, tzinfo=ZoneInfo("UTC"))),
        ("expire_at", datetime(1, 1, 1, tzinfo=ZoneInfo("Asia/Tokyo"))),
    ):
        changed = NewsPage.objects.get(pk=page.pk)
        setattr(changed, field, value)
        with pytest.raises(ValidationError, match=r"1900|bounds"):
            changed.save()


def test_all_fields_of_our_models_tell_people():
    fields = [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, dates.PortalDateField | dates.PortalDateTimeField)
    ]
    assert len(fields) > 20
    assert all(dates.within_bounds in field.validators for field in fields)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)))  # noqa: DTZ001 - times on the clock
def test_every_time_on_the_clock_is_a_moment_or_skipped(wall):
    berlin = wall.replace(tzinfo=ZoneInfo("Europe/Berlin"))
    if berlin.utcoffset() < berlin.replace(fold=1).utcoffset():
        with pytest.raises(ValidationError, match="skip"):
            dates.from_clock(wall)
    else:
        assert dates.from_clock(wall).astimezone(berlin.tzinfo).replace(tzinfo=None) == wall
