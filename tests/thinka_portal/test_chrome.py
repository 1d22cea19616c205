"""What stands around the content: name, menu, breadcrumbs, languages, footer."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Locale

from home.models import NewsIndexPage
from sites.models import Branding
from tests.factories import ContentPageFactory, InternalPageFactory, NewsPageFactory
from tests.world import list_page


def soup(client, path: str = "/") -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def texts(found) -> list[str]:
    return [" ".join(tag.get_text(" ").split()) for tag in found]


def translate(page, locale, title: str):
    copy = page.copy_for_translation(locale)
    copy.title, copy.slug = title, title.lower().replace(" ", "-")
    copy.save_revision().publish()
    return copy


@pytest.fixture
def start(traeger_a):
    return traeger_a.site.root_page.specific


@pytest.fixture
def english(start):
    locale, _created = Locale.objects.get_or_create(language_code="en")
    translate(start, locale, "Example North")
    return locale


def test_the_menu_has_what_everybody_may_read(start, traeger_a, person, client_for):
    InternalPageFactory(parent=start, title="Nur für uns", show_in_menus=True)
    ContentPageFactory(parent=start, title="Nicht im Menü")
    menu = ".tp-nav--wide li a"
    visitor = texts(soup(client_for(None, traeger_a)).select(menu))
    assert visitor[:4] == ["Standorte", "Angebote", "Termine", "Aktuelles"]
    assert "Nur für uns" not in visitor
    assert "Nicht im Menü" not in visitor
    colleague = client_for(person("lesen", traeger_a), traeger_a)
    assert "Nur für uns" in texts(soup(colleague).select(menu))


def test_the_menu_marks_where_one_is(traeger_a, client_for):
    news = NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage))
    marked = soup(client_for(None, traeger_a), news.get_url_parts()[2]).select(".tp-nav--wide [aria-current]")
    assert texts(marked) == ["Aktuelles"]


def test_breadcrumbs_lead_from_the_start_page_to_the_page(traeger_a, client_for):
    news = NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage), title="Neuer Treffpunkt")
    crumbs = soup(client_for(None, traeger_a), news.get_url_parts()[2]).select(".tp-crumbs li")
    assert texts(crumbs)[-2:] == ["Aktuelles", "Neuer Treffpunkt"]
    assert [link["href"] for crumb in crumbs for link in crumb.select("a")] == ["/", "/aktuelles/"]


def test_the_footer_has_address_funding_and_legal_pages(traeger_a, client_for):
    Branding.objects.filter(site=traeger_a.site).update(
        street="Beispielstraße 1",
        postcode="99084",
        city="Erfurt",
        phone="+49 361 000",
        funding_notice="Gefördert vom Beispiel-Ministerium.",
    )
    footer = soup(client_for(None, traeger_a)).footer
    text = " ".join(footer.get_text(" ").split())
    for part in ("Beispielstraße 1", "99084 Erfurt", "+49 361 000", "Gefördert vom Beispiel-Ministerium."):
        assert part in text
    links = [link["href"] for link in footer.select("a")]
    assert {"/impressum/", "/datenschutz/", "/barrierefreiheit/"} <= set(links)


class TestTelephone:
    """A number is on every page: in the footer, and on a phone in the menu."""

    @pytest.fixture
    def numbers(self, traeger_a, client_for):
        def numbers(path: str = "/") -> tuple[list[str], list[str], str]:
            """Return the numbers of the footer and of the menu on phones, and the words of the footer."""
            response = client_for(None, traeger_a).get(path)
            page = BeautifulSoup(response.content, "html.parser")
            found = [texts(page.select(f"{part} a[href^=tel]")) for part in (".tp-foot", ".tp-menu")]
            return *found, texts([page.footer])[0]

        return numbers

    @pytest.fixture
    def _portal_number(self, coordination):
        Branding.objects.filter(site=coordination.site).update(
            phone="+49 361 000-1", answered_by="Beispiel-Amt"
        )

    @pytest.mark.usefixtures("_portal_number")
    @pytest.mark.parametrize("path", ["/", "/angebote/", "/suche/", "/gibt-es-nicht/", "/anmelden/"])
    def test_a_site_without_a_number_has_the_one_of_the_portal(self, path, numbers):
        footer, menu, text = numbers(path)
        assert (footer, menu) == (["+49 361 000-1"], ["+49 361 000-1"])
        assert "Fragen zum Projekt Beispiel-Amt" in text

    @pytest.mark.usefixtures("_portal_number")
    def test_the_own_number_goes_first(self, traeger_a, numbers):
        Branding.objects.filter(site=traeger_a.site).update(phone="+49 361 000-2")
        footer, menu, text = numbers()
        assert (footer, menu) == (["+49 361 000-2"], ["+49 361 000-2"])
        assert "Beispiel-Amt" not in text

    def test_the_number_of_others_never_stands_without_their_name(self, coordination, numbers):
        Branding.objects.filter(site=coordination.site).update(phone="+49 361 000-1")
        _footer, _menu, text = numbers()
        assert f"Fragen zum Projekt {coordination.name}" in text

    def test_no_number_is_made_up(self, numbers):
        assert numbers()[:2] == ([], [])


def test_a_site_in_one_language_has_no_bar_of_languages(traeger_a, client_for):
    assert not soup(client_for(None, traeger_a)).select(".tp-bar, [hreflang]")


@pytest.mark.usefixtures("english")
def test_the_switcher_leads_to_the_translation_or_the_start_page(start, traeger_a, client_for, english):
    page = ContentPageFactory(parent=start, title="Über uns", slug="ueber-uns")
    other = ContentPageFactory(parent=start, title="Nur auf Deutsch", slug="nur-auf-deutsch")
    translate(page, english, "About us")
    client = client_for(None, traeger_a)

    def target(path: str) -> str:
        return soup(client, path).select_one(".tp-bar a[hreflang=en]")["href"]

    assert target("/ueber-uns/") == "/en/about-us/"
    assert target(f"/{other.slug}/") == "/en/"
    back = soup(client, "/en/about-us/")
    assert back.html["lang"] == "en"
    assert back.select_one(".tp-bar a[hreflang=de]")["href"] == "/ueber-uns/"
    assert back.select_one(".tp-bar [aria-current]")["hreflang"] == "en"


@pytest.mark.usefixtures("english")
def test_legal_pages_stay_in_german_without_a_translation(traeger_a, client_for):
    links = [link["href"] for link in soup(client_for(None, traeger_a), "/en/").footer.select("a")]
    assert "/impressum/" in links


@pytest.mark.usefixtures("english")
def test_a_language_without_a_start_page_does_not_exist_there(traeger_a, traeger_b, client_for):
    assert client_for(None, traeger_a).get("/en/").status_code == 200
    for path in ("/en/", "/en/angebote/", "/uk/"):
        assert client_for(None, traeger_b).get(path).status_code == 404
    assert client_for(None, traeger_a).get("/uk/").status_code == 404


@pytest.mark.usefixtures("english")
def test_a_page_answers_in_its_own_language_only(traeger_a, client_for):
    client = client_for(None, traeger_a)
    assert client.get("/en/angebote/").status_code == 404
    assert client.get("/en/", headers={"accept-language": "de"}).headers["content-language"] == "en"
    assert client.get("/", headers={"accept-language": "en"}).headers["content-language"] == "de"
