"""The search of the editing area: lists, choosers, drafts, what was saved a moment ago; and no index."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as run_settings
from hypothesis import strategies as st
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL, Phrase
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from home.models import ContentPage, OfferIndexPage, Topic
from search.text.folding import fold, letters, plain
from sites.access.roles import LEITUNG, REDAKTION
from sites.models import PortalDocument, PortalImage
from tests.factories import (
    ContentPageFactory,
    DocumentFactory,
    ImageFactory,
    InternalPageFactory,
    OfferPageFactory,
    TopicFactory,
)
from tests.web_role import web_process
from tests.world import list_page


@pytest.fixture
def page(traeger_a):
    def make(title, **fields):
        return ContentPageFactory(parent=traeger_a.site.root_page, title=title, **fields)

    return make


def titles(found) -> list[str]:
    return [each.title for each in found]


TITLE = "Schuldnerberatung für Müller-Straße"
FOUND_BY = [
    *("Schuldner", "schuldnerb", "SCHULDNERBERATUNG", "Schuldnerberatungen", "beratung", "ratung"),
    *("Beratung für Schuldner", "muller strasse", "Müller", "mueller", "Mueller-Strasse", "strass"),
    *("für Schuldner", "Beratung Müller"),
]
NOT_FOUND_BY = ["ung", "Miete", "Schuldner Miete", "_", "%", "'", "", "-"]


class TestWords:
    @pytest.mark.parametrize("text", FOUND_BY)
    def test_found(self, page, text):
        page(TITLE)
        assert titles(Page.objects.autocomplete(text)) == [TITLE]

    @pytest.mark.parametrize("text", NOT_FOUND_BY)
    def test_not_found(self, page, text):
        page(TITLE)
        assert TITLE not in titles(Page.objects.autocomplete(text))

    def test_compounds_in_both_directions(self, page):
        page("Beratung für Schuldner")
        assert titles(Page.objects.search("Schuldnerberatung")) == ["Beratung für Schuldner"]

    def test_one_of_several_words_where_that_is_asked_for(self, page):
        page("Mietberatung")
        page("Kleiderkammer")
        either = Page.objects.search("Mietberatung Kleiderkammer", operator="or")
        assert set(titles(either)) == {"Mietberatung", "Kleiderkammer"}
        assert titles(Page.objects.search("Mietberatung Kleiderkammer")) == []

    def test_the_best_comes_first(self, page):
        for title in ("Hilfe und Kranich", "Kranichfeld mit langem Namen", "Kranich", "Graukranich"):
            page(title)
        assert titles(Page.objects.autocomplete("Kranich")) == [
            *("Kranich", "Kranichfeld mit langem Namen", "Hilfe und Kranich", "Graukranich")
        ]

    @run_settings(suppress_health_check=list(HealthCheck))
    @given(text=st.text(alphabet="aeiouäöüßÄÖÜéqsn", min_size=1, max_size=12))
    def test_the_database_spells_as_the_search_does(self, db, text):
        with connection.cursor() as cursor:
            cursor.execute("SELECT search_words(%s)", [text])
            assert cursor.fetchone()[0] == f" {fold(letters(plain(text)))} "


class TestAtOnce:
    def test_a_draft(self, page):
        page("Kranich", draft=True)
        assert titles(Page.objects.autocomplete("Kranich")) == ["Kranich"]

    def test_the_title_of_a_draft_and_the_published_one(self, page):
        published = page("Kranich")
        published.title = "Storch"
        published.save_revision()
        assert titles(Page.objects.autocomplete("Storch")) == ["Kranich"]
        assert titles(Page.objects.autocomplete("Kranich")) == ["Kranich"]

    def test_what_is_stored_past_the_models(self, page):
        Page.objects.filter(pk=page("Kranich").pk).update(title="Storch", draft_title="Storch")
        assert titles(Page.objects.autocomplete("Storch")) == ["Storch"]
        assert titles(Page.objects.autocomplete("Kranich")) == []

    def test_nothing_is_written_beside_the_rows(self, page, traeger_a):
        made = page("Kranich")
        image = ImageFactory(traeger=traeger_a, title="Kranich")
        with CaptureQueriesContext(connection) as captured:
            made.save()
            image.save()
            TopicFactory().delete()
        assert not [each for each in captured if "indexentry" in each["sql"]]
        assert not IndexEntry.objects.exists()


class TestInterface:
    """What Wagtail's views use of a search."""

    @pytest.fixture
    def pages(self, page):
        return [page(f"Kranich {letter}") for letter in "abcdef"]

    def test_slices_and_count(self, pages):
        found = Page.objects.autocomplete("Kranich")
        assert found.count() == 6
        assert found[2:4].count() == 2
        assert titles(found[0:2]) + titles(found[2:6]) == titles(found)
        assert found[0] == found.results()[0]

    def test_filters_and_order_of_the_queryset(self, pages):
        ordered = Page.objects.filter(pk__in=[each.pk for each in pages[:3]]).order_by("-title")
        found = ordered.autocomplete("Kranich", order_by_relevance=False)
        assert titles(found) == ["Kranich c", "Kranich b", "Kranich a"]

    def test_without_an_order_it_is_the_same_each_time(self, pages):
        found = Page.objects.order_by().autocomplete("Kranich", order_by_relevance=False)
        assert titles(found) == [f"Kranich {letter}" for letter in "fedcba"]

    def test_types(self, pages, traeger_a):
        OfferPageFactory(parent=list_page(traeger_a, OfferIndexPage), title="Kranich Angebot")
        found = Page.objects.autocomplete("Kranich")
        assert list(found.facet("content_type_id").values()) == [6, 1]
        assert titles(ContentPage.objects.search("Kranich a")) == ["Kranich a"]
        specific = Page.objects.specific().autocomplete("Kranich Angebot")
        assert [type(each).__name__ for each in specific] == ["OfferPage"]

    def test_all_and_phrases(self, pages):
        backend = get_search_backend()
        assert backend.search(MATCH_ALL, ContentPage).count() == ContentPage.objects.count()
        assert titles(backend.search(Phrase("Kranich b"), Page)) == ["Kranich b"]
        assert titles(backend.search("kranich b", Page, fields=["title"])) == ["Kranich b"]

    def test_files_by_title_and_tag(self, traeger_a):
        image = ImageFactory(traeger=traeger_a, title="Foto vom Fest", description="Viele Störche")
        document = DocumentFactory(traeger=traeger_a, title="Satzung")
        for each in (image, document):
            each.tags.add("Reiher")
        assert list(PortalImage.objects.search("Fest")) == [image]
        assert list(PortalImage.objects.search("störche")) == [image]
        assert list(PortalImage.objects.search("Foto Reiher")) == [image]
        assert list(PortalDocument.objects.search("reih")) == [document]
        assert PortalDocument.objects.search("reih").count() == 1

    def test_snippets(self, db):
        topic = TopicFactory(name="Kranichkunde")
        assert list(get_search_backend().autocomplete("kranich", Topic.objects.all())) == [topic]


WHERE = [
    ("wagtailadmin_pages:search", {"q": "Kranich"}),
    ("wagtailadmin_choose_page_search", {"q": "Kranich"}),
    ("wagtailimages:index", {"q": "Kranich"}),
    ("wagtailimages_chooser:choose_results", {"q": "Kranich"}),
    ("wagtaildocs:index", {"q": "Kranich"}),
    ("wagtaildocs_chooser:choose_results", {"q": "Kranich"}),
]


class TestBehindTheWall:
    @pytest.fixture
    def kranich(self, traeger_a, traeger_b):
        """Something of that name of each Träger, of each kind."""
        for traeger, letter in ((traeger_a, "A"), (traeger_b, "B")):
            InternalPageFactory(parent=traeger.site.root_page, title=f"Kranich Seite {letter}")
            ContentPageFactory(parent=traeger.site.root_page, title=f"Kranich Entwurf {letter}", draft=True)
            ImageFactory(traeger=traeger, title=f"Kranich Bild {letter}")
            DocumentFactory(traeger=traeger, title=f"Kranich Dokument {letter}")

    @pytest.mark.parametrize(("name", "query"), WHERE, ids=[name for name, _query in WHERE])
    @pytest.mark.usefixtures("kranich")
    def test_lists_and_choosers_find_the_own(self, traeger_a, person, client_for, name, query):
        response = client_for(person(REDAKTION, traeger_a), traeger_a).get(reverse(name), query)
        assert response.status_code == 200
        html = response.content.decode()
        own = {"pages": ("Seite", "Entwurf"), "page": ("Seite", "Entwurf")}
        kind = next(kind for kind in ("page", "image", "doc") if kind in name)
        for word in {"image": ("Bild",), "doc": ("Dokument",), **own}[kind]:
            assert f"Kranich {word} A" in html
            assert f"Kranich {word} B" not in html

    @pytest.mark.usefixtures("kranich")
    def test_the_database_holds_by_itself(self, traeger_a, person):
        with web_process(person(LEITUNG, traeger_a), traeger_a):
            for model in (Page, PortalImage, PortalDocument):
                found = titles(model.objects.search("Kranich"))
                assert found
                assert all(title.endswith("A") for title in found)
