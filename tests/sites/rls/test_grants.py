"""A grant is of a level that there is, and given in one's own name."""

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from home.models import NewsIndexPage
from sites.access.roles import LEITUNG, LESEN
from sites.models import PageUserGrant
from tests.factories import ImageFactory, NewsPageFactory
from tests.sites.grants.granting import grant
from tests.web_role import web_process
from tests.world import list_page


def refused(change) -> bool:
    """Tell whether RLS refuses `change`, by an error or by finding nothing to change."""
    try:
        with transaction.atomic():
            return change() == 0
    except DatabaseError as error:
        return isinstance(error.__cause__, InsufficientPrivilege)


@pytest.fixture
def page(traeger_a):
    return NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage))


@pytest.fixture
def head(person, traeger_a):
    return person(LEITUNG, traeger_a)


@pytest.fixture
def colleague(person, traeger_a):
    return person(LESEN, traeger_a)


def grant_past_guardian(holder, page, permission, giver) -> int:
    """Insert a grant without what guardian checks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO thinka_sites_pageusergrant"
            " (user_id, content_object_id, permission_id, granted_by_id, subtree, reason, granted_at)"
            " VALUES (%s, %s, %s, %s, false, '', now())",
            [holder.pk, page.pk, permission.pk, giver.pk],
        )
        return cursor.rowcount


@pytest.mark.parametrize("codename", ["view_page", "change_page", "publish_page"])
def test_a_grant_has_one_of_the_levels(codename, head, colleague, page, traeger_a):
    with web_process(head, traeger_a):
        given = grant(colleague, page, codename.removesuffix("_page"), granted_by=head)
        assert PageUserGrant.objects.filter(pk=given.pk).update(reason="Vertretung") == 1


@pytest.mark.parametrize("codename", ["delete_page", "add_page", "lock_page", "change_portalimage"])
def test_a_grant_has_no_other_level(codename, head, colleague, page, traeger_a):
    wrong = Permission.objects.get(codename=codename)
    with web_process(head, traeger_a):
        given = grant(colleague, page, "view", granted_by=head)
        assert refused(lambda: grant_past_guardian(colleague, page, wrong, head))
        assert refused(lambda: PageUserGrant.objects.filter(pk=given.pk).update(permission=wrong))


def test_a_grant_on_a_file_has_its_levels(head, colleague, traeger_a):
    image = ImageFactory(traeger=traeger_a)
    publish = Permission.objects.get(codename="publish_page")
    with web_process(head, traeger_a):
        given = grant(colleague, image, "change", granted_by=head)
        model = type(given)
        assert refused(lambda: model.objects.filter(pk=given.pk).update(permission=publish))


def test_a_grant_is_not_given_in_anothers_name(head, person, colleague, page, traeger_a):
    other = person(LEITUNG, traeger_a)
    given = grant(colleague, page, "view", granted_by=other)
    with web_process(head, traeger_a):
        mine = grant(colleague, page, "change", granted_by=head)
        assert refused(lambda: PageUserGrant.objects.filter(pk=mine.pk).update(granted_by=other))
        # Prolonging it is giving it again.
        assert PageUserGrant.objects.filter(pk=given.pk).update(subtree=True, granted_by=head) == 1
