"""The web role with the principals of a normal editor, in the wrong hands."""

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import DatabaseError, connection, transaction
from wagtail.models import Comment, PageViewRestriction

from home.models import NewsIndexPage
from sites.models import Job, MediaTag, PageUserGrant
from sites.roles import LEITUNG, REDAKTION
from tests.checksums import state
from tests.factories import DocumentFactory, ImageFactory, NewsPageFactory
from tests.sites.wall.hostile import ESCALATIONS, READS, WRITES
from tests.web_role import web_process
from tests.world import list_page
from thinka_portal.database import database_settings
from thinka_portal.postgres import DatabaseError as DatabaseUrlError


@pytest.fixture
def ids(traeger_a, traeger_b, person):
    """What the tries name: things of Träger A, and of the editor of Träger B."""
    victim, me = person(LEITUNG, traeger_a), person(REDAKTION, traeger_b)
    colleague = person(REDAKTION, traeger_b)
    foreign = NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage), title="Geheim", internal=True)
    foreign.save_revision(user=victim, log_action=True)
    Comment.objects.create(page=foreign, user=victim, text="Geheim", contentpath="title")
    mine = NewsPageFactory(parent=list_page(traeger_b, NewsIndexPage), internal=True)
    mine.save_revision(user=me)
    image = ImageFactory(traeger=traeger_a)
    image.get_rendition("width-20")
    MediaTag.objects.create(traeger=traeger_a, name="Geheim")
    permission = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    PageUserGrant.grants.create(user=colleague, content_object=foreign.page_ptr, permission=permission)
    for who in (victim, colleague, me):
        Job.objects.create(user=who, kind="delete", title="Geheim", total=1, fingerprint=str(who.pk))
    return {
        "user": me,
        "foreign_page": foreign.pk,
        "foreign_home": traeger_a.site.root_page_id,
        "foreign_path": traeger_a.folder.path,
        "foreign_user": victim.pk,
        "foreign_email": victim.email,
        "foreign_group": traeger_a.group(LEITUNG).pk,
        "foreign_collection": traeger_a.collection_id,
        "foreign_image": image.pk,
        "foreign_document": DocumentFactory(traeger=traeger_a).pk,
        "foreign_traeger": traeger_a.pk,
        "foreign_site": traeger_a.site_id,
        "me": me.pk,
        "my_page": mine.pk,
        "my_pages": ", ".join(
            str(pk)
            for pk in PageViewRestriction.objects.filter(
                page__path__startswith=traeger_b.folder.path
            ).values_list("page_id", flat=True)
        ),
        "my_path": mine.path,
        "my_colleague": colleague.pk,
        "my_people": f"{me.pk}, {colleague.pk}",
        "my_group": traeger_b.group(REDAKTION).pk,
        "my_heads": traeger_b.group(LEITUNG).pk,
        "my_collection": traeger_b.collection_id,
        "my_image": ImageFactory(traeger=traeger_b).pk,
        "permission": permission.pk,
    }


def run(sql: str, ids, traeger) -> list | None:
    """Run one try as the web process. Returns its rows, None where the database refused."""
    with web_process(ids["user"], traeger), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(sql.format(**ids))
                return cursor.fetchall() if cursor.description else []
        except DatabaseError as error:
            answer = str(error)
    if "does not exist" in answer or "syntax error" in answer:
        pytest.fail(f"The try itself is wrong: {answer}")
    return None


@pytest.mark.parametrize("name", READS)
def test_reading(name, ids, traeger_b):
    assert run(READS[name], ids, traeger_b) == []


def test_the_tries_would_find_something(ids):
    """The owner, whom nothing binds, gets a row from nearly every query: so the ids are right."""
    with connection.cursor() as cursor:
        empty = []
        for name, sql in READS.items():
            if "fails" in name:
                continue
            cursor.execute(sql.format(**ids))
            if not cursor.fetchall():
                empty.append(name)
    assert set(empty) <= {"who follows", "state of a workflow", "references", "redirects"}, empty


@pytest.mark.parametrize("name", WRITES)
def test_writing(name, ids, traeger_b):
    before = state()
    run(WRITES[name], ids, traeger_b)
    assert state() == before


@pytest.fixture(scope="module")
def web_login(django_db_setup, django_db_blocker):
    """A connection that has logged in as the web role, as in production: it never was anybody else."""
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
        try:
            web = database_settings(web=True)
        except DatabaseUrlError as error:
            pytest.skip(f"No login for web processes here: {error}")
    with psycopg.connect(
        host=web["HOST"],
        port=web["PORT"] or None,
        user=web["USER"],
        password=web["PASSWORD"],
        dbname=name,
        autocommit=True,
    ) as login:
        yield login


@pytest.mark.parametrize("name", ESCALATIONS)
def test_escalating(name, web_login):
    with pytest.raises(psycopg.Error) as refusal:
        web_login.execute(ESCALATIONS[name])
    assert "syntax error" not in str(refusal.value)
    assert "does not exist" not in str(refusal.value)


def test_going_back_leads_to_nothing_stronger(web_login):
    web_login.execute("RESET ROLE")
    web_login.execute("RESET SESSION AUTHORIZATION")
    name, powers = web_login.execute(
        "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles"
        " WHERE rolname = current_user"
    ).fetchone()
    assert (name, powers) == (settings.PORTAL_WEB_ROLE, False)
    assert web_login.execute("SELECT count(*) FROM wagtailcore_page").fetchone() == (0,)


def test_there_are_enough_tries():
    assert len(READS) + len(WRITES) + len(ESCALATIONS) >= 60


def test_nobody_is_told(traeger_a, django_assert_num_queries):
    """A web process that has told the database nothing sees nothing."""
    from tests.web_role import step_down, step_up

    step_down()
    try:
        with connection.cursor() as cursor:
            for table in ("wagtailcore_page", "thinka_sites_user", "thinka_sites_portalimage", "auth_group"):
                cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
                assert cursor.fetchone() == (0,)
    finally:
        step_up()


def test_what_the_wall_cannot_prevent(ids, traeger_b):
    """Whoever can run any SQL as the web role can also say that they are somebody else: see the handbook."""
    with web_process(ids["user"], traeger_b), connection.cursor() as cursor:
        cursor.execute("SELECT portal_enter(%s, 'admin', 'x', 80)", [ids["foreign_user"]])
        cursor.execute("SELECT title FROM wagtailcore_page WHERE id = %s", [ids["foreign_page"]])
        assert cursor.fetchone() == ("Geheim",)
