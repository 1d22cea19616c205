"""Who reads what in a knowledge base: partners everybody, all else staff, until somebody says otherwise."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data

from home.models import ContentPage
from knowledge.models import MethodIndexPage, PartnerIndexPage
from sites.access.creation import INTERNAL_COLLECTION
from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from sites.models import User
from tests.factories import (
    ContentPageFactory,
    DocumentFactory,
    ImageFactory,
    MethodPageFactory,
    PartnerPageFactory,
    TopicFactory,
    UserFactory,
)
from tests.home.editing import approve, create
from tests.home.page_types import BODY
from tests.home.test_facts import english, translated  # noqa: F401 - a fixture
from tests.home.test_sitemap import addresses
from tests.search.conftest import ask  # noqa: F401 - a fixture
from tests.world import list_page

pytestmark = pytest.mark.django_db
OK, MISSING = 200, 404
GROUPS = PageViewRestriction.GROUPS
VISITOR, CITY, CASE_WORKER, OFFICE = "visitor", "city administration", "case worker of a Träger", "office"
PAGES = ("/", "/partner/", "/partner/offen/", "/impressum/", "/partner/intern/", "/methoden/", "/methoden/m/")
MATRIX = {
    VISITOR: (OK, OK, OK, OK, MISSING, MISSING, MISSING),
    "account without a role": (OK, OK, OK, OK, MISSING, OK, OK),
    CITY: (OK, OK, OK, OK, OK, OK, OK),
    CASE_WORKER: (OK, OK, OK, OK, MISSING, OK, OK),
    OFFICE: (OK, OK, OK, OK, OK, OK, OK),
}


@pytest.fixture
def people(world, person) -> dict[str, User | None]:
    return {
        VISITOR: None,
        "account without a role": UserFactory(),
        CITY: person(LESEN, world.knowledge),
        CASE_WORKER: person(LESEN, world.traeger_a),
        OFFICE: person(REDAKTION, world.knowledge),
    }


@pytest.fixture
def entries(knowledge) -> dict[str, Page]:
    """A partner for everybody, one for whoever has a role in the knowledge base, and a method."""
    partners, methods = list_page(knowledge, PartnerIndexPage), list_page(knowledge, MethodIndexPage)
    return {
        "open": PartnerPageFactory(parent=partners, title="Kranichberatung", slug="offen"),
        "closed": PartnerPageFactory(parent=partners, title="Kranich intern", slug="intern", internal=True),
        "method": MethodPageFactory(parent=methods, title="Kranichmethode", slug="m"),
    }


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("who", MATRIX)
def test_of_a_new_knowledge_base(who, people, knowledge, client_for):
    client = client_for(people[who], knowledge)
    assert tuple(client.get(path).status_code for path in PAGES) == MATRIX[who]


def restrictions_of(page: Page) -> list[str]:
    return list(PageViewRestriction.objects.filter(page=page.pk).values_list("restriction_type", flat=True))


class TestNewPages:
    def test_what_the_office_makes_is_for_staff(self, knowledge, person, client_for):
        start = knowledge.site.root_page
        data = BODY | {"title": "So schreiben wir", "slug": "regeln", "summary": "Fünf Regeln."}
        editor = client_for(person(REDAKTION, knowledge), knowledge)
        page = create(editor, ContentPage, start, nested_form_data(data))
        approve(client_for(person(FREIGABE, knowledge), knowledge), page)
        assert client_for(None, knowledge).get("/regeln/").status_code == MISSING
        assert client_for(UserFactory(), knowledge).get("/regeln/").status_code == OK

    def test_and_public_once_it_is_opened(self, knowledge, person, client_for):
        page = ContentPageFactory(parent=knowledge.site.root_page, slug="ueber-uns")
        url = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
        client_for(person(FREIGABE, knowledge), knowledge).post(url, {"restriction_type": "none"})
        page.save_revision().publish()
        assert restrictions_of(page) == []
        assert client_for(None, knowledge).get("/ueber-uns/").status_code == OK

    def test_below_another_page_they_are_as_that_one(self, knowledge):
        above = ContentPageFactory(parent=knowledge.site.root_page)
        assert restrictions_of(ContentPageFactory(parent=above)) == []

    def test_moved_up_from_there_they_stay_for_staff(self, knowledge, person, client_for):
        start = knowledge.site.root_page
        above, opened = ContentPageFactory(parent=start), ContentPageFactory(parent=start, slug="offen")
        page = ContentPageFactory(parent=above, slug="regeln")
        editor = client_for(person(LEITUNG, knowledge), knowledge)
        editor.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, start.pk]))
        assert client_for(UserFactory(), knowledge).get("/regeln/").status_code == OK
        assert client_for(None, knowledge).get("/regeln/").status_code == MISSING
        # To another place in its list: what somebody has opened stays so.
        PageViewRestriction.objects.filter(page=opened.pk).delete()
        opened.move(above, pos="left")
        assert restrictions_of(opened) == []

    def test_those_of_a_traeger_and_of_the_portal_are_public(self, traeger_a, coordination):
        for traeger in (traeger_a, coordination):
            assert restrictions_of(ContentPageFactory(parent=traeger.site.root_page)) == []

    def test_a_copy_is_as_closed_as_what_it_was_made_from(self, knowledge, person, client_for):
        page = ContentPageFactory(parent=knowledge.site.root_page, slug="enger")
        PageViewRestriction.objects.filter(page=page).delete()
        narrow = PageViewRestriction.objects.create(page=page, restriction_type=GROUPS)
        narrow.groups.set([knowledge.group(FREIGABE)])
        copy = page.copy(update_attrs={"slug": "kopie"}, user=person(FREIGABE, knowledge))
        assert restrictions_of(copy) == [GROUPS]
        assert [each.pk for each in copy.view_restrictions.get().groups.all()] == [
            knowledge.group(FREIGABE).pk
        ]

    def test_a_translation_follows_its_source(self, knowledge, english, client_for):  # noqa: F811
        page = ContentPageFactory(parent=knowledge.site.root_page, slug="regeln")
        start = translated(knowledge.site.root_page.specific, english)
        start.save_revision().publish()
        version = translated(page, english)
        version.save_revision().publish()
        path = version.get_url_parts()[2]
        assert client_for(None, knowledge).get(path).status_code == MISSING
        # Wagtail gives a translation the restriction of its source when it is made.
        PageViewRestriction.objects.filter(page=version.pk).delete()
        assert client_for(None, knowledge).get(path).status_code == MISSING
        PageViewRestriction.objects.filter(page=page).delete()
        assert client_for(None, knowledge).get(path).status_code == OK


class TestWhatVisitorsGet:
    def test_nothing_internal_around_a_partner(self, entries, knowledge, client_for):
        topic = TopicFactory(name="Schulden")
        for page in entries.values():
            page.topics = [topic]
            page.save()
        page = BeautifulSoup(client_for(None, knowledge).get("/partner/offen/").content, "html.parser")
        assert "Kranichberatung" in page.h1.text
        text = page.get_text(" ")
        for hidden in (
            "Kranich intern",
            "Kranichmethode",
            "Methoden",
            "So vermitteln Sie",
            "Keine Daten von",
        ):
            assert hidden not in text

    def test_pictures_and_files_follow_the_pages(self, entries, knowledge, client_for, people):
        of_partner = ImageFactory(traeger=knowledge, shown=entries["open"])
        of_method = DocumentFactory(traeger=knowledge, shown=entries["method"])
        collection = knowledge.collection.get_children().get(name=INTERNAL_COLLECTION)
        kept = DocumentFactory(collection=collection, shown=entries["open"])
        found = {
            who: tuple(
                client_for(people[who], knowledge).get(url).status_code
                for url in (of_partner.file.url, of_method.url, kept.url)
            )
            for who in (VISITOR, CASE_WORKER, CITY)
        }
        assert found == {
            VISITOR: (OK, MISSING, MISSING),
            CASE_WORKER: (OK, OK, MISSING),
            CITY: (OK, OK, OK),
        }

    @pytest.mark.parametrize("where", ["traeger_a", "coordination", "knowledge"])
    def test_the_search_finds_public_partners(self, where, entries, world, ask, people):  # noqa: F811
        def found(who):
            return set(ask("Kranich", getattr(world, where), people[who], scope="all").titles)

        assert found(VISITOR) == {"Kranichberatung"}
        assert found(CASE_WORKER) == {"Kranichberatung", "Kranichmethode"}
        assert found(CITY) == {"Kranichberatung", "Kranichmethode", "Kranich intern"}

    def test_the_sitemap_names_public_partners(self, entries, knowledge, client_for):
        root = knowledge.site.root_url
        found = addresses(client_for(None, knowledge).get("/sitemap.xml"))
        assert {f"{root}/", f"{root}/partner/", f"{root}/partner/offen/", f"{root}/impressum/"} <= found
        assert not [each for each in found if "methoden" in each or "intern" in each]

    @pytest.mark.parametrize("where", ["traeger_a", "coordination", "knowledge"])
    def test_each_start_page_leads_to_where_one_finds_help(self, where, world, client_for):
        html = client_for(None, getattr(world, where)).get("/").content
        (link,) = BeautifulSoup(html, "html.parser").select("main a[href='/wegweiser/']")
        assert "Wo finde ich Hilfe" in link.text


class TestWriters:
    """Who writes is told who will read it."""

    @pytest.fixture
    def form(self, knowledge, person, client_for):
        client: Client = client_for(person(REDAKTION, knowledge), knowledge)
        return lambda view, *args: client.get(reverse(f"wagtailadmin_{view}", args=args)).content.decode()

    PUBLIC = "<b>Öffentlich</b>"
    STAFF = "auch die Stadtverwaltung"
    SOME = "nur einige Gruppen"

    def said(self, html: str) -> set[str]:
        return {each for each in (self.PUBLIC, self.STAFF, self.SOME) if each in html}

    def test_of_each_entry(self, entries, form):
        assert self.said(form("pages:edit", entries["open"].pk)) == {self.PUBLIC}
        assert self.said(form("pages:edit", entries["method"].pk)) == {self.STAFF}
        assert self.said(form("pages:edit", entries["closed"].pk)) == {self.SOME}

    def test_of_a_new_one(self, knowledge, form):
        partners, methods = list_page(knowledge, PartnerIndexPage), list_page(knowledge, MethodIndexPage)
        assert self.said(form("pages:add", "knowledge", "partnerpage", partners.pk)) == {self.PUBLIC}
        assert self.said(form("pages:add", "knowledge", "methodpage", methods.pk)) == {self.STAFF}

    def test_of_a_translation_what_holds_for_its_source(self, entries, knowledge, english, form):  # noqa: F811
        translated(knowledge.site.root_page.specific, english)
        version = translated(entries["closed"], english)
        assert self.said(form("pages:edit", version.pk)) == {self.SOME}

    def test_the_list_marks_what_is_not_public(self, entries, knowledge, form):
        page = BeautifulSoup(form("explore", list_page(knowledge, PartnerIndexPage).pk), "html.parser")
        marked = {
            row.select_one(".title-wrapper").get_text(" ", strip=True)
            for row in page.select("tbody tr")
            if row.select_one(".privacy-indicator")
        }
        assert marked == {"Kranich intern"}
