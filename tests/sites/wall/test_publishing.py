"""Who may publish does so past the guards, at once, later and by approval; who only edits does not."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from home.models import ContentPage
from sites.roles import FREIGABE, LEITUNG, REDAKTION
from sites.wall.middleware import refused
from tests.factories import ContentPageFactory
from tests.sites.granting import grant
from tests.web_role import web_process

NEW = "Neu"


def edit(page, user, **fields):
    page.title = NEW
    for name, value in fields.items():
        setattr(page, name, value)
    return page.save_revision(user=user)


def publish(page, user):
    edit(page, user).publish(user=user)


def unpublish(page, user):
    page.unpublish(user=user)


def publish_later(page, user):
    edit(page, user, go_live_at=timezone.now() + timedelta(days=1)).publish(user=user)


def end_later(page, user):
    edit(page, user, expire_at=timezone.now() + timedelta(days=1)).publish(user=user)


def approve(page, user):
    page.current_workflow_state.current_task_state.approve(user=user)


def reject(page, user):
    page.current_workflow_state.current_task_state.reject(user=user)


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
    author = person(REDAKTION, traeger_a)
    edit(page, author)
    page.get_workflow().start(page, author)
    return page


def stored(page) -> ContentPage:
    return ContentPage.objects.get(pk=page.pk)


@pytest.mark.parametrize("who", ["role", "publish"])
@pytest.mark.parametrize("action", PUBLISHING)
def test_who_may_publish_does(action, who, page, people):
    user, works_for = people[who]
    with web_process(user, works_for):
        action(stored(page), user)
    found = stored(page)
    assert (found.live, found.title == NEW) == PUBLISHING[action]


@pytest.mark.parametrize("action", PUBLISHING)
def test_who_only_edits_does_not(action, page, people):
    user, works_for = people["change"]
    before = stored(page)
    with web_process(user, works_for), pytest.raises(Exception, match=r".") as caught, transaction.atomic():
        action(stored(page), user)
    assert refused(caught.value) or refused(caught.value.__context__)
    found = stored(page)
    assert (found.live, found.title) == (before.live, before.title)


@pytest.mark.parametrize("who", ["role", "publish", "change"])
@pytest.mark.parametrize("action", [edit, reject])
def test_everybody_who_edits_leaves_a_draft(action, who, page, people):
    user, works_for = people[who]
    with web_process(user, works_for):
        action(stored(page), user)
    found = stored(page)
    assert (found.live, found.title) == (True, "Alt")


@pytest.mark.parametrize("who", ["role", "publish"])
def test_what_is_scheduled_is_published_in_time(who, page, people):
    user, works_for = people[who]
    with web_process(user, works_for):
        publish_later(stored(page), user)
    page.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=timezone.now())
    call_command("publish_scheduled")
    assert stored(page).title == NEW
