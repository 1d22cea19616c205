"""The tags of a Träger are written by who writes its files."""

import pytest
from django.db import DatabaseError, transaction
from psycopg.errors import InsufficientPrivilege

from sites.access.roles import LESEN, REDAKTION
from sites.models import MediaTag
from tests.web_role import web_process


def refused(change) -> bool:
    """Tell whether RLS refuses `change`, by an error or by finding nothing to change."""
    try:
        with transaction.atomic():
            return change() == 0
    except DatabaseError as error:
        return isinstance(error.__cause__, InsufficientPrivilege)


@pytest.mark.parametrize(("role", "may"), [(LESEN, False), (REDAKTION, True)])
def test_tags_are_written_by_who_writes_files(role, may, person, traeger_a):
    tag = MediaTag.objects.create(traeger=traeger_a, name="Da", slug="da")
    user = person(role, traeger_a)
    changes = (
        lambda: MediaTag.objects.create(traeger_id=traeger_a.pk, name="Neu", slug="neu"),
        lambda: MediaTag.objects.filter(pk=tag.pk).update(name="Anders"),
        lambda: MediaTag.objects.filter(pk=tag.pk).delete()[0],
    )
    with web_process(user, traeger_a):
        assert [refused(change) for change in changes] == [not may] * 3
