"""Who edits a page and doesn't see all that it shows takes nothing away from it."""

import json

import pytest
from django.urls import reverse

from home.models import AnlaufstelleIndexPage, ContentPage
from knowledge.models import PartnerIndexPage
from sites.access.roles import LEITUNG
from tests.factories import (
    AnlaufstellePageFactory,
    ContentPageFactory,
    ImageFactory,
    PartnerPageFactory,
)
from tests.factories.bodies import full_body
from tests.home.block_forms import whole_form
from tests.sites.grants.granting import grant
from tests.world import list_page

NOTE = "Steht hier, ist für Sie aber nicht sichtbar"


@pytest.fixture
def page(traeger_a, knowledge) -> ContentPage:
    """A page with every kind of block and a picture; a guest sees nothing of what it shows."""
    start = traeger_a.site.root_page
    office = AnlaufstellePageFactory(parent=list_page(traeger_a, AnlaufstelleIndexPage))
    partner = PartnerPageFactory(parent=list_page(knowledge, PartnerIndexPage))
    body = full_body(traeger_a, ContentPageFactory(parent=start), office, [partner])
    picture = ImageFactory(traeger=traeger_a)
    made = ContentPageFactory(parent=start, body=body, picture=picture, picture_alt="Ein Rechteck")
    made.save_revision()
    return made


@pytest.fixture
def client(page, coordination, person, client_for):
    guest = person(LEITUNG, coordination)
    grant(guest, page.page_ptr, "publish")
    return client_for(guest, coordination)


@pytest.fixture
def url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.fixture
def sent(page, client) -> dict:
    """What the guest's browser sends: the placeholders have the ids of what they stand for."""
    return whole_form(client, page)


def stored() -> ContentPage:
    return ContentPage.objects.exclude(body=[]).get(picture__isnull=False)


def chosen(page: ContentPage) -> list[tuple[str, object]]:
    """The ids of everything that was chosen in the blocks of the page, in their order."""
    names = ("image", "document", "file", "poster", "page", "office")

    def ids(value, name=""):
        if isinstance(value, dict):
            return [found for key, part in value.items() for found in ids(part, key)]
        if isinstance(value, list):
            return [found for part in value for found in ids(part, name)]
        return [(name, value)] if name in names else []

    return sorted(ids(page.body.get_prep_value()), key=str)


def test_there_is_something_hidden(page, client, url):
    assert len([pk for _name, pk in chosen(page) if pk]) == 7
    text = client.get(url).content.decode()
    assert json.dumps(NOTE)[1:-1] in text or NOTE in text
    assert page.picture.title not in text


@pytest.mark.parametrize("action", ["action-publish", "action-submit", ""])
def test_saving_takes_nothing_away(action, page, client, url, sent):
    before = chosen(page)
    answer = client.post(url, sent | {"title": "Neuer Titel"} | ({action: "1"} if action else {}))
    assert answer.status_code == 302, answer.context["form"].errors
    newest = stored().get_latest_revision_as_object()
    assert newest.title == "Neuer Titel"
    assert chosen(newest) == before
    assert newest.picture_id == page.picture_id
    assert (stored().title == "Neuer Titel") == (action == "action-publish")


def test_a_block_with_it_can_be_taken_out(page, client, url, sent):
    number = next(n for n, block in enumerate(page.body) if block.block_type == "download")
    answer = client.post(url, sent | {f"body-{number}-deleted": "1", "action-publish": "1"})
    assert answer.status_code == 302
    assert "document" not in dict(chosen(stored()))
    assert len(chosen(stored())) == len(chosen(page)) - 1


def test_another_hidden_thing_can_not_be_put_in(page, traeger_a, client, url, sent):
    foreign = ImageFactory(traeger=traeger_a)
    number = next(n for n, block in enumerate(page.body) if block.block_type == "picture")
    name = f"body-{number}-value-image-image"
    assert sent[name] != str(foreign.pk)
    answer = client.post(url, sent | {name: str(foreign.pk), "action-publish": "1"})
    assert answer.status_code == 200
    assert chosen(stored()) == chosen(page)
    # A draft may have gaps; the foreign picture is in none.
    client.post(url, sent | {name: str(foreign.pk)})
    assert ("image", foreign.pk) not in chosen(stored().get_latest_revision_as_object())


def test_the_preview_shows_what_readers_see(page, client, sent):
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(preview, sent).json()["is_valid"]
    text = client.get(preview, {"mode": ""}).content.decode()
    assert "Das Merkblatt" in text
    assert "Am Freitag ist geschlossen" in text


def test_people_of_the_traeger_see_it_as_ever(page, traeger_a, person, client_for, url):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    assert NOTE not in client.get(url).content.decode()
    assert client.post(url, whole_form(client, page)).url == url
