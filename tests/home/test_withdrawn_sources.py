"""A translation is published with its source or after it: every way says so, and nobody reads it before."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, PageViewRestriction, TaskState
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.models import Translation, TranslationSource

from home.models import NewsIndexPage, NewsPage
from sites.access.roles import FREIGABE, LESEN, REDAKTION
from sites.access.sources import MESSAGE
from tests.factories import InternalPageFactory, NewsPageFactory, UserFactory
from tests.home.editing import complaints, form_values
from tests.home.test_facts import english, translated  # noqa: F401 - a fixture
from tests.passing import let_pass
from tests.sites.grants.granting import grant
from tests.web_role import web_process
from tests.wording import said
from tests.world import list_page

pytestmark = pytest.mark.django_db

REFUSED = said(str(MESSAGE))
SENT = nested_form_data({"title": "Summer party", "body": streamfield([])})


@pytest.fixture
def source(traeger_a):
    return NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage), title="Sommerfest")


@pytest.fixture
def version(source, english):  # noqa: F811
    """The page in English; both are withdrawn."""
    version = translated(source, english)
    stored(source).unpublish()
    return stored(version)


@pytest.fixture
def approver(person, traeger_a, client_for):
    return client_for(person(FREIGABE, traeger_a), traeger_a)


def stored(page) -> NewsPage:
    return NewsPage.objects.get(pk=page.pk)


def edit_address(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def send(client, page, **buttons):
    url = edit_address(page)
    return client.post(url, form_values(client, url) | SENT | buttons)


def at(**later) -> str:
    return f"{timezone.localtime() + timedelta(**later):%Y-%m-%d %H:%M}"


def said_next(client) -> str:
    return client.get("/admin/").content.decode()


def reads(client_for, traeger, page) -> int:
    return client_for(None, traeger).get(page.get_url()).status_code


def readers(page) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT readers FROM wagtailcore_page WHERE id = %s", [page.pk])
        return set(cursor.fetchone()[0])


# The forms


def test_the_form_refuses_to_publish_and_keeps_a_draft(version, approver):
    answer = send(approver, version, **{"action-publish": "1"})
    assert answer.status_code == 200
    assert REFUSED in answer.content.decode()
    assert complaints(answer).keys() == {"__all__"}
    assert not stored(version).live
    assert send(approver, version).status_code == 302


def test_with_its_source_it_is_published(source, version, approver):
    stored(source).save_revision().publish()
    assert not stored(version).live
    assert send(approver, version, **{"action-publish": "1"}).status_code == 302
    assert stored(version).live


def test_a_guest_who_does_not_see_the_source_is_told_so(source, version, traeger_b, person, client_for):
    guest = person(FREIGABE, traeger_b)
    grant(guest, version, "publish")
    client = client_for(guest, traeger_b)
    with web_process(guest, traeger_b):
        assert not Page.objects.filter(pk=source.pk).exists()
    answer = send(client, version, **{"action-publish": "1"})
    assert REFUSED in answer.content.decode()


def test_it_is_planned_for_no_time_before_its_source(source, version, approver):
    later = {"action-publish": "1", "go_live_at": at(days=2)}
    assert REFUSED in send(approver, version, **later).content.decode()
    assert send(approver, source, **{"action-publish": "1", "go_live_at": at(days=1)}).status_code == 302
    assert send(approver, version, **later).status_code == 302
    assert stored(version).scheduled_revision
    sooner = later | {"go_live_at": at(hours=1)}
    stored(version).revisions.update(approved_go_live_at=None)
    assert REFUSED in send(approver, version, **sooner).content.decode()


@pytest.mark.parametrize("where", ["list", "dialogue", "editor"])
def test_it_is_not_approved(where, version, approver, person, traeger_a):
    version.get_workflow().start(version, person(REDAKTION, traeger_a))
    if where == "editor":
        answer = send(approver, version, **{"action-workflow-action": "1", "workflow-action-name": "approve"})
        assert REFUSED in answer.content.decode()
    else:
        waiting = TaskState.objects.get(workflow_state__object_id=str(version.pk))
        url = reverse("wagtailadmin_pages:workflow_action", args=[version.pk, "approve", waiting.pk])
        by_script = {"X-Requested-With": "XMLHttpRequest"} if where == "dialogue" else {}
        answer = approver.post(url, {"comment": ""}, headers=by_script)
        assert answer.status_code == (200 if by_script else 302)
        assert REFUSED in said_next(approver)
    assert not stored(version).live
    assert stored(version).workflow_in_progress


def bulk(client, pages, **fields):
    ticked = "&".join(f"id={page.pk}" for page in pages)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{url}?{ticked}&next=/admin/", fields)


@pytest.mark.parametrize("below", [False, True])
def test_a_tick_in_a_list_does_not_publish_it(below, version, approver):
    if below:
        bulk(approver, [version.get_parent()], include_descendants="on")
    else:
        bulk(approver, [version])
    found = said_next(approver)
    assert REFUSED in found
    assert "Sommerfest" in found
    assert not stored(version).live


def test_what_is_ticked_together_is_published_together(source, version, approver):
    bulk(approver, [version, source])
    assert [stored(page).live for page in (source, version)] == [True, True]


@pytest.fixture
def synced(source, version, english):  # noqa: F811
    """The version is kept by the translation editor."""
    found, _created = TranslationSource.update_or_create_from_instance(stored(source))
    return Translation.objects.create(source=found, target_locale=english)


def test_the_translation_editor_refuses(synced, version, approver):
    url = edit_address(version)
    assert approver.post(url, {"action": "publish"}).status_code == 302
    assert REFUSED in said_next(approver)
    assert not stored(version).live


def test_bringing_up_to_date_publishes_nothing(synced, version, client_for, traeger_a):
    client = client_for(UserFactory(admin=True), traeger_a)
    url = reverse("wagtail_localize:update_translations", args=[synced.source_id])
    answer = client.post(url, {"publish_translations": "on"})
    assert REFUSED in answer.content.decode()
    assert not stored(version).live
    assert client.post(url, {}).status_code == 302


# At its time


@pytest.fixture
def planned(source, version, approver):
    """Both are to appear; the translation an hour later."""
    for page, hours in ((source, 24), (version, 25)):
        later = {"action-publish": "1", "go_live_at": at(hours=hours)}
        assert send(approver, page, **later).status_code == 302
    return source, version


def test_its_time_is_over_when_the_source_was_taken_out_of_its_schedule(planned):
    source, version = planned
    stored(source).revisions.update(approved_go_live_at=None)
    let_pass(timedelta(hours=26), version)
    call_command("publish_scheduled")
    found = stored(version)
    assert (found.live, found.scheduled_revision) == (False, None)
    entry = PageLogEntry.objects.filter(page=version.pk).latest("pk")
    assert said("Not published at its time, because the German version was not published") in str(
        entry.formatter.format_message(entry)
    ).replace("'", "&#x27;")


def test_both_appear_at_one_time(planned):
    for page in planned:
        let_pass(timedelta(hours=26), page)
    call_command("publish_scheduled")
    assert [stored(page).live for page in planned] == [True, True]


# Past the forms


def test_what_is_published_past_the_forms_is_read_with_its_source(source, version, client_for, traeger_a):
    stored(version).save_revision().publish()
    assert stored(version).live
    assert not readers(version) & {"public", "staff", "shared"}
    assert reads(client_for, traeger_a, version) == 404
    stored(source).save_revision().publish()
    assert "public" in readers(version)
    assert reads(client_for, traeger_a, version) == 200


def test_what_is_above_the_source_counts_as_well(source, english, client_for, traeger_a):  # noqa: F811
    version = translated(source, english)
    assert reads(client_for, traeger_a, version) == 200
    # Past the receiver that withdraws the translation of the list, too.
    Page.objects.filter(pk=source.get_parent().pk).update(live=False)
    assert not readers(version) & {"public", "staff", "shared"}


def test_at_another_traeger_it_stands_for_itself(source, english, traeger_b):  # noqa: F811
    version = translated(source, english)
    version.move(list_page(traeger_b, NewsIndexPage), pos="last-child")
    stored(source).unpublish()
    assert "public" in readers(version)


# Who reads it


@pytest.mark.parametrize("publish", [{}, {"publish_translations": "on"}])
def test_its_own_restriction_stays_when_it_is_brought_up_to_date(
    publish,
    source,
    version,
    synced,
    client_for,
    traeger_a,
    django_capture_on_commit_callbacks,
):
    stored(source).save_revision().publish()
    own = PageViewRestriction.objects.create(page=version, restriction_type=PageViewRestriction.GROUPS)
    own.groups.add(traeger_a.group(LESEN))
    client = client_for(UserFactory(admin=True), traeger_a)
    url = reverse("wagtail_localize:update_translations", args=[synced.source_id])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, publish).status_code == 302
    assert [each.pk for each in version.view_restrictions.all()] == [own.pk]
    assert stored(version).live == bool(publish)
    assert "public" not in readers(version)


def marked_as_public(client, page) -> bool:
    """Tell what the list in the editing area says of a page."""
    html = client.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).content
    row = next(
        row
        for row in BeautifulSoup(html, "html.parser").select("tbody tr")
        if row.select_one(f"a[href^='{edit_address(page)}']")
    )
    return not row.select_one(".privacy-indicator")


def test_it_follows_the_restriction_of_its_source_without_a_copy(source, version, synced, approver):
    stored(source).save_revision().publish()
    kept = PageViewRestriction.objects.create(page=source, restriction_type=PageViewRestriction.LOGIN)
    stored(version).save_revision().publish()
    synced.save_target(publish=False)
    assert not version.view_restrictions.exists()
    assert readers(version) & {"public", "staff"} == {"staff"}
    assert [marked_as_public(approver, page) for page in (source, version)] == [False, False]
    kept.delete()
    assert "public" in readers(version)
    assert [marked_as_public(approver, page) for page in (source, version)] == [True, True]


def test_an_internal_page_is_opened_in_all_languages(traeger_a, english):  # noqa: F811
    source = InternalPageFactory(parent=traeger_a.site.root_page)
    version = translated(source, english)
    narrow = {f"g:{traeger_a.group(LESEN).pk}", "public", "staff"}
    assert readers(version) & narrow == readers(source) & narrow == {f"g:{traeger_a.group(LESEN).pk}"}
    source.view_restrictions.update(restriction_type=PageViewRestriction.LOGIN)
    assert {"staff"} == readers(version) & {"staff", "public"} == readers(source) & {"staff", "public"}
