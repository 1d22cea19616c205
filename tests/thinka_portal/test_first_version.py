"""A filled database of the first version comes to today's with `migrate`; see data/README.md."""

import lzma
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from psycopg import sql
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from home.models import AnlaufstellePage, EventPage, NewsPage, Topic
from knowledge.models import MethodPage
from sites.models import Traeger, User
from sites.rls.identity import ADMIN, SITE
from sites.rls.install import installed, wrong_readers
from tests.conftest import using_database
from tests.sites.rls.test_migrations import guarded, seen, tags, without_asking

pytestmark = pytest.mark.long

DUMP = Path(__file__).parent / "data" / "first_version.sql.xz"
MODELS = {
    "wagtailcore_page": Page,
    "thinka_sites_portalimage": get_image_model(),
    "thinka_sites_portaldocument": get_document_model(),
}


@pytest.fixture(scope="module")
def migrated(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        name = f"{connection.settings_dict['NAME']}_first"
        quoted = sql.Identifier(name)
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(quoted))
            cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(quoted))
        with using_database(name):
            parameters = connection.get_connection_params()
            options = {
                key: parameters[key]
                for key in ("dbname", "host", "port", "user", "password")
                if parameters.get(key)
            }
            with psycopg.connect(**options) as raw:
                raw.execute(lzma.decompress(DUMP.read_bytes()))
            call_command("migrate", verbosity=0)
            yield
            connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE {}").format(quoted))


def titles(person: str | None, traeger: str) -> set[str]:
    """What a web process finds for a person at a Träger, by title.

    `person`: the e-mail address of somebody in the editing area; None: a visitor of the site.
    """
    user = User.objects.get(email=person) if person else None
    where = Traeger.objects.select_related("site").get(slug=traeger)
    found = seen(user, where, ADMIN if user else SITE)
    return {
        title
        for table, ids in found.items()
        for title in MODELS[table].objects.filter(pk__in=ids).values_list("title", flat=True)
    }


def test_what_was_stored_is_there(migrated):
    assert set(Traeger.objects.values_list("slug", flat=True)) == {
        *("beispiel-portal", "wissen", "beispiel-nord", "beispiel-sued"),
    }
    north = Traeger.objects.get(slug="beispiel-nord")
    news = NewsPage.objects.descendant_of(north.folder).values_list("title", "live", "summary")
    sentence = "Ein Satz, der sagt, worum es geht."
    assert set(news) >= {("Öffentlich Nord", True, sentence), ("Entwurf Nord", False, sentence)}
    assert EventPage.objects.get(title="Sommerfest").frequency == "weekly"
    assert AnlaufstellePage.objects.get(title="Anlaufstelle Rieth").intervals.count() == 5
    assert MethodPage.objects.filter(title="Zuhören", live=True).exists()
    assert Topic.objects.filter(name="Wohnen").exists()
    assert User.objects.get(email="verwaltung@beispiel.test").is_superuser
    editor = User.objects.get(email="redaktion-beispiel-nord@beispiel.test")
    assert editor.groups.get() == north.group("redaktion")
    assert editor.traeger.get() == north


def test_what_today_s_rules_refuse_was_mended(migrated):
    assert str(NewsPage.objects.get(title="Vor langer Zeit").date) == "1900-01-01"
    assert NewsPage.objects.get(slug="zwei-zeilen").title == "Zwei Zeilen"
    assert tags() == {
        (traeger, "Sommerfest", f"{kind} {name}")
        for traeger, name in (("beispiel-nord", "Nord"), ("beispiel-sued", "Süd"))
        for kind in ("Bild", "Dokument")
    }
    assert {image.file_name for image in get_image_model().objects.all()} != {""}


def test_rls_keeps_the_traeger_apart(migrated):
    assert installed()
    assert wrong_readers() == []
    assert all(guarded().values())
    assert set(without_asking().values()) == {0}
    of_north = {f"{kind} Nord" for kind in ("Intern", "Entwurf", "Bild", "Dokument")}
    of_south = {f"{kind} Süd" for kind in ("Intern", "Entwurf", "Bild", "Dokument")}
    by_north = titles("redaktion-beispiel-nord@beispiel.test", "beispiel-nord")
    by_south = titles("redaktion-beispiel-sued@beispiel.test", "beispiel-sued")
    assert by_north >= of_north
    assert by_south >= of_south
    assert not by_north & of_south
    assert not by_south & of_north
    visitor = titles(None, "beispiel-nord")
    assert "Öffentlich Nord" in visitor
    assert not visitor & {"Intern Nord", "Entwurf Nord", "Intern Süd", "Entwurf Süd"}


def test_nothing_is_left_to_migrate(migrated):
    call_command("migrate", check_unapplied=True, verbosity=0)
