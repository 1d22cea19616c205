"""No page stands beside an empty half: without a picture it has a drawing."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Locale, get_page_models

from home.icons import ILLUSTRATION_CHOICES
from home.models.base import PortalPage
from tests.factories import ContentPageFactory, ImageFactory

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
