"""No page stands beside an empty half: without a picture it has a drawing."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from wagtail.models import Locale, get_page_models

from home.icons import ILLUSTRATION_CHOICES
from home.models import NewsIndexPage
from home.models.base import PortalPage
from tests.factories import ContentPageFactory, ImageFactory, NewsPageFactory
from tests.world import list_page

DRAWINGS = {name for name, _label in ILLUSTRATION_CHOICES}
TYPES = [model for model in get_page_models() if issubclass(model, PortalPage)]


@pytest.fixture
def start(traeger_a):
    return traeger_a.site.root_page


@pytest.fixture
def shown(traeger_a, client_for):
    def shown(page) -> tuple[int, int]:
        """Return how many drawings and pictures stand beside the text."""
        response = client_for(None, traeger_a).get(page.get_url_parts()[2])
        aside = BeautifulSoup(response.content, "html.parser").select_one(".tp-aside")
        return len(aside.select("svg.tp-illu")), len(aside.select("img.tp-illu"))

    return shown


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_the_drawings_of_a_type_exist(model):
    assert model.default_drawings
    assert set(model.default_drawings) <= DRAWINGS


def test_a_page_without_a_picture_has_a_drawing(start, traeger_a, shown):
    assert shown(ContentPageFactory(parent=start)) == (1, 0)
    picture = ImageFactory(traeger=traeger_a)
    assert shown(ContentPageFactory(parent=start, picture=picture, picture_alt="Ein Rechteck")) == (0, 1)


def test_the_chosen_drawing_wins(start):
    assert ContentPageFactory(parent=start, illustration="kaffeetisch").drawing == "kaffeetisch"


def test_translations_have_the_same_drawing(start):
    english, _created = Locale.objects.get_or_create(language_code="en")
    start.copy_for_translation(english)
    for page in [ContentPageFactory(parent=start) for _number in range(5)]:
        assert page.copy_for_translation(english).drawing == page.drawing


def test_in_a_list_each_news_has_a_picture_or_a_drawing(traeger_a, client_for):
    listing, picture = list_page(traeger_a, NewsIndexPage), ImageFactory(traeger=traeger_a)
    fields = {"with": {"picture": picture, "picture_alt": "Ein Rechteck"}, "chosen": {}, "again": {}}
    for name, more in fields.items():
        NewsPageFactory(parent=listing, title=name, illustration="kaffeetisch", **more)
    soup = BeautifulSoup(client_for(None, traeger_a).get(listing.get_url_parts()[2]).content, "html.parser")
    news = {item.h3.text: item for item in soup.select("main article")}
    assert news.keys() == fields.keys()
    assert news["with"].select_one("img.tp-illu")
    assert not news["with"].svg
    # Drawn once, and shown in both: what stands in a page twice costs nothing.
    shown = [news[name].select_one("svg.tp-illu") for name in ("chosen", "again")]
    first, second = sorted(shown, key=lambda svg: bool(svg.use))
    assert first.select("rect, path")
    assert second.use["href"] == f"#{first['id']}"
    assert second["viewbox"] == first["viewbox"]


def test_a_card_of_any_page_has_a_drawing_too(start, traeger_a, client_for, rf):
    page = ContentPageFactory(parent=start)
    card = render_to_string("components/card_page.html", {"page_item": page}, rf.get("/"))
    assert "tp-card__media" in card
    assert 'class="tp-illu"' in card
