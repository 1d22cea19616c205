"""Who may publish does so past the guards, at once, later and by approval; who only edits does not."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from home.models import ContentPage
from sites.access.roles import FREIGABE, LEITUNG, REDAKTION
from sites.rls.middleware import refused
from tests.factories import ContentPageFactory
from tests.sites.grants.granting import grant
from tests.web_role import web_process

NEW = "Neu"


# Without a person, so that Wagtail asks nobody's permissions: only RLS decides.


def edit(page, **fields):
    page.title = NEW
    for name, value in fields.items():
        setattr(page, name, value)
    return page.save_revision()


def publish(page):
    edit(page).publish()


def unpublish(page):
    page.unpublish()


def publish_later(page):
    edit(page, go_live_at=timezone.now() + timedelta(days=1)).publish()


def end_later(page):
    edit(page, expire_at=timezone.now() + timedelta(days=1)).publish()


def approve(page):
    page.current_workflow_state.current_task_state.approve()


def reject(page):
    page.current_workflow_state.current_task_state.reject()


# What is done → whether the page is published then, and whether that shows its new title.
PUBLISHING = {
    publish: (True, True),
    unpublish: (False, False),
    publish_later: (True, False),
    end_later: (True, True),
    approve: (True, True),
}


@pytest.fixture
def people(traeger_a, traeger_b, person):
    """Whoever publishes by role, or by a grant, and who only edits: with the Träger in which they work."""
    return {
        "role": (person(FREIGABE, traeger_a), traeger_a),
        "publish": (person(LEITUNG, traeger_b), traeger_b),
        "change": (person(LEITUNG, traeger_b), traeger_b),
    }


@pytest.fixture
def page(traeger_a, people, person):
    """A published page whose newer draft waits for approval."""
    page = ContentPageFactory(parent=traeger_a.site.root_page, title="Alt")
    for level in ("publish", "change"):
        grant(people[level][0], page, level)
    edit(page)
    page.get_workflow().start(page, person(REDAKTION, traeger_a))
    return page


def stored(page) -> ContentPage:
    return ContentPage.objects.get(pk=page.pk)


@pytest.mark.parametrize("who", ["role", "publish"])
@pytest.mark.parametrize("action", PUBLISHING)
def test_who_may_publish_does(action, who, page, people):
    user, works_for = people[who]
    with web_process(user, works_for):
        action(stored(page))
    found = stored(page)
    assert (found.live, found.title == NEW) == PUBLISHING[action]


@pytest.mark.parametrize("action", PUBLISHING)
def test_who_only_edits_does_not(action, page, people):
    user, works_for = people["change"]
    before = stored(page)
    with web_process(user, works_for), pytest.raises(DatabaseError) as caught, transaction.atomic():
        action(stored(page))
    assert refused(caught.value)
    found = stored(page)
    assert (found.live, found.title) == (before.live, before.title)


@pytest.mark.parametrize("who", ["role", "publish", "change"])
@pytest.mark.parametrize("action", [edit, reject])
def test_everybody_who_edits_leaves_a_draft(action, who, page, people):
    user, works_for = people[who]
    with web_process(user, works_for):
        action(stored(page))
    found = stored(page)
    assert (found.live, found.title) == (True, "Alt")


@pytest.mark.parametrize("who", ["role", "publish"])
def test_what_is_scheduled_is_published_in_time(who, page, people):
    user, works_for = people[who]
    with web_process(user, works_for):
        publish_later(stored(page))
    # The time has come.
    revision = page.revisions.exclude(approved_go_live_at=None).get()
    revision.approved_go_live_at = timezone.now()
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    call_command("publish_scheduled")
    assert stored(page).title == NEW
