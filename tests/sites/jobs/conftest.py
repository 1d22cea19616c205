import pytest

from sites.access.roles import LEITUNG, REDAKTION
from tests.sites.jobs import section as sections


@pytest.fixture(autouse=True)
def few_pages_are_many(settings):
    settings.PORTAL_JOB_PAGES = sections.BELOW


@pytest.fixture
def head(person, traeger_a):
    return person(LEITUNG, traeger_a)


@pytest.fixture
def guest(person, traeger_b):
    return person(REDAKTION, traeger_b)


@pytest.fixture
def section(traeger_a, guest):
    return sections.make(traeger_a, guest)
