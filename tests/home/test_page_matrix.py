"""Every page type: made in the editing area by who does it, approved, read by those who may."""

import pytest
from django.apps import apps
from wagtail.models import get_page_models

from tests.home.editing import approve, create
from tests.home.page_types import NOT_MADE_BY_EDITORS, OWN, PUBLIC, ROWS, STAFF

# Wagtail leads people without the right back with a message; people without the editing area to the login.
REFUSED = (302, 403, 404)


def test_every_page_type_has_a_row():
    own_apps = {config.label for config in apps.get_app_configs() if "site-packages" not in config.path}
    types = {model.__name__ for model in get_page_models() if model._meta.app_label in own_apps}
    assert types == {row.name for row in ROWS} | set(NOT_MADE_BY_EDITORS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_created_submitted_approved_and_read(row, world, person, client_for):
    traeger = row.traeger(world)
    editor, approver = person("redaktion", traeger), person("freigabe", traeger)

    page = create(client_for(editor, traeger), row.model, row.parent(world), row.form_data())
    assert not page.live
    path = page.get_url_parts()[2]

    def hidden_from_visitors(site) -> bool:
        return client_for(None, site).get(path).status_code == 404

    assert hidden_from_visitors(traeger)

    approve(client_for(approver, traeger), page)
    page.refresh_from_db()
    assert page.live
    assert page.last_published_at

    own = client_for(person("lesen", traeger), traeger).get(path)
    assert own.status_code == 200
    text = own.content.decode()
    for expected in (page.title, page.summary, *row.shows):
        assert expected in text

    visitor = client_for(None, traeger).get(path)
    foreigner = client_for(person("lesen", world.traeger_b), traeger).get(path)
    if row.readers == PUBLIC:
        assert (visitor.status_code, foreigner.status_code) == (200, 200)
    else:
        assert hidden_from_visitors(traeger)
        assert foreigner.status_code == {OWN: 404, STAFF: 200}[row.readers]

    for other in (world.traeger_a, world.traeger_b, world.coordination, world.knowledge):
        if other != traeger:
            assert client_for(editor, other).get(path).status_code == 404
            assert hidden_from_visitors(other)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_is_not_made_by_others(row, world, person, client_for):
    """Who only reads, and the head of another Träger, get no form and make nothing."""
    traeger, parent = row.traeger(world), row.parent(world)
    address = f"/admin/pages/add/{row.model._meta.app_label}/{row.model._meta.model_name}/{parent.pk}/"
    children = parent.get_children().count()
    for outsider in (person("lesen", traeger), person("leitung", world.traeger_b)):
        client = client_for(outsider, traeger)
        for response in (
            client.get(address),
            client.post(address, row.form_data() | {"action-publish": "1"}),
        ):
            assert response.status_code in REFUSED
    assert parent.get_children().count() == children
