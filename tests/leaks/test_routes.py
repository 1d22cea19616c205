"""The tables of the matrix fit the addresses: each is explained, and no line is about one that is gone."""

import re

import pytest
from wagtail.models import get_page_models

from sites.admin.addresses import ADMINISTRATORS_ONLY
from tests.leaks.bodies import ALLOWED_WRITES, BODIES, METHODS, POSTED
from tests.leaks.matrix import BY_SITE, ON_ALL_HOSTS, PREVIEWS, SEVERAL_VIEWS
from tests.leaks.queries import QUERIES
from tests.leaks.routes import MEANINGS, UNPROBED, all_routes, meaning, page_routes

ROUTES = all_routes()
NAMES = {str(route) for route in ROUTES}
PATTERNS = [
    *(pytest.param(name, id=f"body-{name}") for name, _bodies in BODIES),
    *(pytest.param(name, id=f"query-{name}") for name, _queries in QUERIES),
    *(pytest.param(name, id=f"posted-{name}") for name in POSTED),
    *(pytest.param(name, id=f"method-{name}") for name, _methods in METHODS),
    *(pytest.param(name, id=f"write-{name}") for name, _row, _why in ALLOWED_WRITES),
    *(pytest.param(name, id=f"kind-{name}") for name in (*ON_ALL_HOSTS, *BY_SITE, *PREVIEWS, *SEVERAL_VIEWS)),
]


def test_every_argument_is_explained():
    unknown = [
        f"{route}: {argument}"
        for route in ROUTES
        if str(route) not in UNPROBED
        for argument in route.arguments
        if meaning(route, argument) is None
    ]
    assert not unknown, "Say in tests/leaks/routes.py what these stand for."


def test_the_addresses_for_watching_programs_are_probed():
    assert {"_health/live", "_health/ready"} <= NAMES - set(UNPROBED)


def test_unprobed_routes_exist():
    assert set(UNPROBED) <= NAMES


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_pattern_is_about_an_address(pattern):
    assert any(re.fullmatch(pattern, name) for name in NAMES)


@pytest.mark.parametrize(("name", "argument", "_kind"), MEANINGS)
def test_every_meaning_is_needed(name, argument, _kind):
    assert any(
        re.fullmatch(name, route.name) and re.fullmatch(argument, each)
        for route in ROUTES
        for each in route.arguments
    )


def test_closed_addresses_are_probed_too():
    closed = [name for name in NAMES if re.fullmatch(ADMINISTRATORS_ONLY, name)]
    assert len(closed) > len(UNPROBED)


def test_the_routes_of_page_types_have_no_arguments():
    """`tests.leaks.objects.addresses` could not fill them in: let it do so before this is changed."""
    with_arguments = [str(r) for model in get_page_models() for r in page_routes(model) if r.arguments]
    assert not with_arguments
