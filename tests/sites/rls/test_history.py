"""What the history of a page tells to a guest."""

import pytest
from django.db import connection

from home.models import NewsIndexPage
from sites.access.roles import LESEN, REDAKTION
from tests.factories import NewsPageFactory
from tests.sites.grants.granting import grant
from tests.web_role import web_process
from tests.world import list_page


@pytest.fixture
def page(traeger_a):
    return NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage))


def test_a_guest_sees_nothing_of_grants_in_the_history(page, person, traeger_a, traeger_b):
    guest = person(LESEN, traeger_b)
    grant(guest, page, "change")
    with connection.cursor() as cursor:
        for action in ("portal.grant.give", "portal.grant.end", "wagtail.edit"):
            cursor.execute(
                "INSERT INTO wagtailcore_pagelogentry"
                " (page_id, label, action, data, timestamp, content_changed, deleted)"
                " VALUES (%s, 'X', %s, '{}', now(), false, false)",
                [page.pk, action],
            )
    seen = {}
    for user in (guest, person(REDAKTION, traeger_a)):
        with web_process(user, traeger_a), connection.cursor() as cursor:
            cursor.execute(
                "SELECT action FROM wagtailcore_pagelogentry WHERE page_id = %s AND label = 'X'", [page.pk]
            )
            seen[user.pk] = {action for (action,) in cursor.fetchall()}
    assert seen.pop(guest.pk) == {"wagtail.edit"}
    assert [len(actions) for actions in seen.values()] == [3]
