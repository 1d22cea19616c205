"""No line breaks and control characters in titles, names and other texts of a single line."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, models, transaction
from django.test import RequestFactory
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.ical import CalendarEvent, calendar
from home.models import EventIndexPage, EventPage, Topic
from home.recurrence import Recurrence
from sites.access.roles import FREIGABE, LEITUNG, REDAKTION
from sites.fields.characters import one_line, several_lines
from sites.media.serving import serve_file
from sites.models import MediaTag
from tests.factories import DocumentFactory, ImageFactory
from tests.home.editing import create
from tests.world import list_page

BAD = "Fest\r\nBcc: x@beispiel.test\0\x1b\x7f\x85\u2028!"
GOOD = "Fest Bcc: x@beispiel.test !"
MIGRATION = import_module("sites.migrations.0015_single_lines")


@given(st.text())
def test_texts(text):
    assert one_line(one_line(text)) == one_line(text)
    assert "\n" not in one_line(text)
    for cleaned in (one_line(text), several_lines(text)):
        assert "\0" not in cleaned
        cleaned.encode()
    assert len(one_line(text)) <= len(text)


def test_what_people_write_stays():
    for text in ("Grüße, Anna & Bob", "Кошелёк", "مرحبا\u200f", "a\u00a0b", "👩‍👩‍👧", "\ufeffx"):
        assert one_line(text) == several_lines(text) == text
    assert several_lines("a\r\n\tb") == "a\r\n\tb"


def test_every_field_of_every_model():
    found = 0
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField):
                found += 1
                assert field.get_prep_value(BAD) == GOOD, field
            elif isinstance(field, models.TextField) and field.get_internal_type() == "TextField":
                assert "\0" not in str(field.get_prep_value(BAD)), field
    assert found > 100


def event(title: str) -> dict:
    heading, text = ("heading", f"Was\r\n{title}"), ("text", rich_text("<p>x</p>"))
    return nested_form_data(
        {
            "title": title,
            "seo_title": title,
            "slug": "fest",
            "place": title,
            "body": streamfield([heading, text]),
            "start": "2027-05-04 15:00",
            "end": "2027-05-04 16:00",
            "frequency": "none",
            "registration": "none",
        }
    )


def test_a_page_whose_title_was_pasted_with_line_breaks(
    traeger_a, person, client_for, django_capture_on_commit_callbacks
):
    approver = person(FREIGABE, traeger_a)
    client = client_for(person(REDAKTION, traeger_a), traeger_a)
    with django_capture_on_commit_callbacks(execute=True):
        page = create(client, EventPage, list_page(traeger_a, EventIndexPage), event(BAD))
    assert [message.to for message in mail.outbox] == [[approver.email]]
    assert GOOD in mail.outbox[0].subject
    draft = page.get_latest_revision_as_object()
    assert (page.title, page.draft_title, draft.title, draft.seo_title, draft.place) == (GOOD,) * 5
    assert draft.body[0].value == f"Was {GOOD}"
    page.get_latest_revision().publish()
    answer = client_for(None, traeger_a).get(page.get_url_parts()[2] + "kalender/")
    assert answer.status_code == 200
    assert f"SUMMARY:{GOOD}".encode() in answer.content


def test_a_revision_from_before_is_published_with_a_clean_title(traeger_a):
    page = traeger_a.site.root_page.specific
    revision = page.save_revision()
    # JSON in the database has no zero bytes.
    revision.content["title"] = BAD.replace("\0", "")
    revision.save()
    revision.publish()
    assert Page.objects.get(pk=page.pk).title == GOOD


@pytest.fixture
def rows(traeger_a, person) -> dict:
    """Return a row of each model with a name, and the fields of one line that it has."""
    redirect = Redirect.objects.create(old_path="/alt", redirect_link="/neu")
    return {
        traeger_a.site.root_page: ("title", "draft_title", "seo_title"),
        Topic.objects.create(name="Wort", slug="wort", locale=traeger_a.site.root_page.locale): ("name",),
        ImageFactory(traeger=traeger_a): ("title", "description", "credit"),
        DocumentFactory(traeger=traeger_a): ("title",),
        traeger_a.collection.add_child(name="Sammlung"): ("name",),
        person(LEITUNG, traeger_a): ("first_name", "last_name", "role_title"),
        Group.objects.create(name="Gruppe"): ("name",),
        MediaTag.objects.create(name="Wort", traeger=traeger_a): ("name",),
        traeger_a: ("short_name",),
        traeger_a.site: ("site_name",),
        redirect: ("old_path",),
    }


def test_however_it_is_stored(rows):
    for row, names in rows.items():
        for name in names:
            setattr(row, name, BAD)
        row.save()
        type(row).objects.filter(pk=row.pk).update(**dict.fromkeys(names, BAD))
        stored = type(row).objects.filter(pk=row.pk).values_list(*names).get()
        assert set(stored) == {GOOD}, row


def test_the_database_refuses_them(rows):
    for row, names in rows.items():
        table = row._meta.get_field(names[0]).model._meta.db_table
        if table not in MIGRATION.ONE_LINE:
            continue
        key = row._meta.pk.column if table == row._meta.db_table else "id"
        for name in set(names) & set(MIGRATION.ONE_LINE[table]):
            statement = f"UPDATE {table} SET {name} = %s WHERE {key} = %s"  # noqa: S608
            with pytest.raises(IntegrityError, match="thinka_one_line"), transaction.atomic():
                connection.cursor().execute(statement, ["a\nb", row.pk])


def test_the_migration_heals_what_is_there(rows, traeger_a):
    other = Redirect.objects.create(old_path="/a b", redirect_link="/anders")
    topic = Topic.objects.get(name="Wort")
    redirect = Redirect.objects.get(old_path="/alt")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in MIGRATION.ONE_LINE:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT thinka_one_line")
        cursor.execute(
            "UPDATE wagtailcore_page SET title = E'A\\r\\nB\\u001b' WHERE id = %s",
            [traeger_a.site.root_page.pk],
        )
        cursor.execute("UPDATE home_topic SET name = E'Wort\\u0085' WHERE id = %s", [topic.pk])
        cursor.execute(
            "UPDATE wagtailredirects_redirect SET old_path = E'/a\\nb' WHERE id = %s", [redirect.pk]
        )
        cursor.execute("UPDATE wagtailredirects_redirect SET site_id = NULL")
        cursor.execute(MIGRATION.HEAL)
        for table, columns in MIGRATION.ONE_LINE.items():
            for statement in [MIGRATION._constraint(table, columns).sql]:
                cursor.execute(statement)
    assert Page.objects.get(pk=traeger_a.site.root_page.pk).title == "A B"
    topic.refresh_from_db()
    assert topic.name in ("Wort", "Wort ")
    redirect.refresh_from_db()
    other.refresh_from_db()
    assert other.old_path == "/a b"
    assert redirect.old_path.startswith("/a b")


# Where texts leave the portal: none fails, whatever the database has.


def test_a_calendar_file_with_line_breaks():
    start = datetime(2027, 5, 4, 13, tzinfo=UTC)
    made = calendar(
        [
            CalendarEvent(
                uid="1@x",
                title=BAD,
                location=BAD,
                description=BAD,
                changed=start,
                recurrence=Recurrence(start, start),
            )
        ],
        name=BAD,
    )
    assert f"SUMMARY:{GOOD}".encode() in made
    assert b"\r\nBcc" not in made
    assert b"\0" not in made


@pytest.mark.django_db
def test_a_mail_with_line_breaks():
    EmailMessage(BAD, "Text", to=["a@beispiel.test"]).send()
    assert mail.outbox[0].subject == GOOD


def test_a_download_with_line_breaks(traeger_a):
    document = DocumentFactory(traeger=traeger_a)
    answer = serve_file(RequestFactory().get("/"), document.file, f"{BAD}.pdf", public=False)
    assert GOOD in answer["Content-Disposition"]
    answer.close()


def test_forms_of_the_editing_area(traeger_a, person, client_for):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    picture, document = ImageFactory(traeger=traeger_a), DocumentFactory(traeger=traeger_a)
    values = {
        "title": BAD,
        "description": BAD,
        "credit": BAD,
        "tags": '"Ein\r\nWort"',
        "collection": traeger_a.collection_id,
    }
    assert client.post(reverse("wagtailimages:edit", args=[picture.pk]), values).status_code == 302
    assert client.post(reverse("wagtaildocs:edit", args=[document.pk]), values).status_code == 302
    assert (
        client.post(
            reverse("wagtailadmin_collections:add"), {"name": BAD, "parent": traeger_a.collection_id}
        ).status_code
        == 302
    )
    picture.refresh_from_db()
    document.refresh_from_db()
    assert (picture.title, picture.description, picture.credit, document.title) == (GOOD,) * 4
    assert [tag.name for tag in picture.tags.all()] == ["Ein Wort"]
    assert Collection.objects.filter(name=GOOD).exists()
