"""A job is of a kind that the background service knows: of another one it could not even say what became."""

import pytest
from django.db import IntegrityError, transaction

from sites.access.roles import REDAKTION
from sites.models import Job
from tests.web_role import web_process


def test_a_job_is_of_a_kind_that_there_is(person, traeger_a):
    user = person(REDAKTION, traeger_a)
    with web_process(user, traeger_a), pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(user=user, kind="anything", title="X", total=1, scheme="http", host="x", path="/")
