"""What people do with an office: see whether it is open, call, find the way; and the list of all offices."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Locale
from wagtail_localize.fields import TranslatableField, get_translatable_fields

from home.models import AnlaufstelleIndexPage, OfferIndexPage, OfferPage
from sites.models import Branding
from tests.factories import AnlaufstellePageFactory, OfferPageFactory, TopicFactory
from tests.world import list_page

PORTAL_NUMBER, ANSWERED_BY = "+49 361 000-1", "Beispiel-Amt"


@pytest.fixture
def get(traeger_a, client_for):
    def get(path: str = "/", traeger=traeger_a) -> BeautifulSoup:
        response = client_for(None, traeger).get(path)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return get


@pytest.fixture
def offices(traeger_a):
    return list_page(traeger_a, AnlaufstelleIndexPage)


@pytest.fixture
def _portal_number(coordination):
    Branding.objects.filter(site=coordination.site).update(phone=PORTAL_NUMBER, answered_by=ANSWERED_BY)


def words(tag) -> str:
    return " ".join(tag.get_text(" ").split())


def actions(soup) -> list[tuple[str, str]]:
    """Return the first part of the address and the words of the buttons at the top of an office's page."""
    return [(link["href"].split(":")[0], words(link)) for link in soup.select("main .tp-actions a")]


@pytest.mark.usefixtures("_portal_number")
def test_an_office_is_called_at_its_own_number_and_found_on_a_map(offices, get):
    office = AnlaufstellePageFactory(parent=offices, phone="+49 361 000-2")
    soup = get(office.get_url_parts()[2])
    assert actions(soup) == [("tel", "+49 361 000-2"), ("https", "Weg zeigen (öffnet OpenStreetMap)")]
    route = soup.select_one("main .tp-actions a[href^=https]")
    assert route["href"].endswith("query=Beispielstra%C3%9Fe+1%2C+99084+Erfurt")
    assert "noreferrer" in route["rel"]
    assert ANSWERED_BY not in words(soup.main)


@pytest.mark.usefixtures("_portal_number")
def test_without_a_number_of_its_own_the_page_says_whom_one_reaches(offices, get):
    soup = get(AnlaufstellePageFactory(parent=offices).get_url_parts()[2])
    assert actions(soup)[0] == ("tel", PORTAL_NUMBER)
    assert f"Am Telefon erreichen Sie: {ANSWERED_BY}" in words(soup.main)


def test_without_any_number_the_way_remains(offices, get):
    soup = get(AnlaufstellePageFactory(parent=offices).get_url_parts()[2])
    assert [kind for kind, _words in actions(soup)] == ["https"]


def test_how_to_get_to_an_office(offices, get):
    office = AnlaufstellePageFactory(parent=offices, directions="Haltestelle Beispielplatz\n\nBitte klingeln")
    items = get(office.get_url_parts()[2]).select_one("#anfahrt").find_next("ul").select("li")
    assert [words(item) for item in items] == [
        "Beispielstraße 1, 99084 Erfurt",
        "Haltestelle Beispielplatz",
        "Bitte klingeln",
    ]


@pytest.mark.parametrize("path", ["/", "/standorte/"])
def test_a_single_office_has_its_hours_beside_it(path, offices, get):
    AnlaufstellePageFactory(parent=offices)
    assert len(get(path).select(".tp-card .tp-hours")) == 1
    AnlaufstellePageFactory(parent=offices)
    assert not get(path).select(".tp-card .tp-hours")


def test_who_cannot_name_a_topic_is_led_to_the_offices(traeger_a, offices, get):
    OfferPageFactory(parent=list_page(traeger_a, OfferIndexPage), topics=[TopicFactory(name="Wohnen")])
    assert [words(tile.b) for tile in get().select(".tp-topic")] == ["Wohnen"]
    AnlaufstellePageFactory(parent=offices)
    tile = get().select(".tp-topic")[-1]
    assert words(tile.b) == "Ich weiß es nicht genau"
    assert tile["href"] == "/standorte/"


class TestAllOffices:
    """The list of the coordination office."""

    @pytest.fixture
    def everywhere(self, coordination):
        page = list_page(coordination, AnlaufstelleIndexPage)
        page.of_all = True
        page.save_revision().publish()
        return page

    @pytest.fixture
    def cards(self, everywhere, get, coordination):
        def cards(page=everywhere) -> list[str]:
            return [
                words(card) for card in get(page.get_url_parts()[2], coordination).select("main .tp-card")
            ]

        return cards

    def test_it_shows_whose_each_is_and_its_state_of_today(self, offices, traeger_b, cards):
        AnlaufstellePageFactory(parent=offices, title="Büro Nord")
        AnlaufstellePageFactory(parent=list_page(traeger_b, AnlaufstelleIndexPage), title="Büro Süd")
        north, south = cards()
        assert "Büro Nord" in north
        assert "Beispiel Nord" in north
        assert "Beispiel Süd" in south
        assert all("eöffnet" in card or "eschlossen" in card for card in (north, south))

    def test_its_links_lead_to_the_sites_of_the_traeger(
        self, offices, everywhere, get, coordination, traeger_a
    ):
        AnlaufstellePageFactory(parent=offices)
        link = get(everywhere.get_url_parts()[2], coordination).select_one("main .tp-card h3 a")
        assert traeger_a.site.hostname in link["href"]

    def test_drafts_and_internal_ones_stay_hidden(self, offices, cards):
        AnlaufstellePageFactory(parent=offices, draft=True)
        AnlaufstellePageFactory(parent=offices, internal=True)
        assert cards() == []

    def test_another_language_has_the_translation_or_else_the_german_page(
        self, offices, coordination, traeger_a, everywhere, cards
    ):
        english, _created = Locale.objects.get_or_create(language_code="en")
        translated = AnlaufstellePageFactory(parent=offices, title="Büro Nord")
        AnlaufstellePageFactory(parent=offices, title="Büro Ost")
        starts = (coordination.site.root_page.specific, traeger_a.site.root_page.specific)
        for page, title in (*((start, "Start") for start in starts), (offices, "Offices")):
            self._translate(page, english, title)
        self._translate(translated, english, "North office")
        shown = cards(self._translate(everywhere, english, "All offices"))
        assert [title for title in ("Büro Ost", "North office") if any(title in card for card in shown)] == [
            "Büro Ost",
            "North office",
        ]
        assert len(shown) == 2
        assert len(cards()) == 2

    def _translate(self, page, locale, title: str):
        copy = page.copy_for_translation(locale)
        copy.title = title
        copy.save_revision().publish()
        return copy

    def test_the_list_of_a_traeger_has_its_own_only(self, offices, traeger_b, get):
        AnlaufstellePageFactory(parent=list_page(traeger_b, AnlaufstelleIndexPage))
        AnlaufstellePageFactory(parent=offices, title="Büro Nord")
        shown = get("/standorte/").select("main .tp-card")
        assert [words(card.h3) for card in shown] == ["Büro Nord"]
        assert "Beispiel Nord" not in words(shown[0])


def test_a_start_page_without_offices_begins_with_the_search(offices, get):
    form = get().select_one(".tp-hero search form")
    assert (form["method"], form["action"]) == ("get", "/suche/")
    assert form.select_one("input[type=search]")["name"] == "q"
    AnlaufstellePageFactory(parent=offices)
    assert not get().select(".tp-hero search")


def test_what_to_bring_along_is_translated():
    fields = {field.field_name: field for field in get_translatable_fields(OfferPage)}
    assert isinstance(fields["bring"], TranslatableField)
