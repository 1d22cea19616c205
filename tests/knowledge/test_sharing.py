"""The coordination office shares a method; a case worker of another Träger finds it."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from knowledge.models import MethodIndexPage, MethodPage
from tests.factories import DocumentFactory, SozialraumFactory, TopicFactory
from tests.world import list_page


@pytest.fixture
def vocabulary(db):
    return {
        "topics": [TopicFactory(name=name) for name in ("Schulden", "Wohnen")],
        "sozialraeume": [SozialraumFactory(name=name) for name in ("Rieth", "Roter Berg")],
    }


def form(vocabulary, document) -> dict:
    """What the editor sends for a new method about debts, for every Sozialraum, with an attachment."""
    attachment = {"document": document.pk, "description": "Zum Ausdrucken"}
    data = nested_form_data(
        {
            "title": "Drei-Stapel-Methode",
            "slug": "drei-stapel-methode",
            "summary": "Ungeöffnete Briefe in einer Stunde sortieren.",
            "body": streamfield([("text", rich_text("<p>Stapel für Mahnungen bilden.</p>"))]),
            "steps": streamfield([]),
            "goes_with": streamfield([]),
            "attachments": inline_formset([attachment]),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )
    return data | {"topics": [vocabulary["topics"][0].pk]}


@pytest.fixture
def method(knowledge, person, client_for, vocabulary):
    """The method, made in the editing area by the coordination office."""
    document = DocumentFactory(traeger=knowledge)
    client = client_for(person("freigabe", knowledge), knowledge)
    parent = list_page(knowledge, MethodIndexPage)
    url = reverse("wagtailadmin_pages:add", args=("knowledge", "methodpage", parent.pk))
    response = client.post(url, form(vocabulary, document))
    assert response.status_code == 302, response.context and response.context["form"].errors
    found = MethodPage.objects.get(slug="drei-stapel-methode")
    assert found.live
    return found


@pytest.fixture
def colleague(traeger_b, person, client_for, knowledge):
    """A case worker of another Träger who logs in at the knowledge base."""
    from tests.factories.people import PASSWORD

    user = person("lesen", traeger_b)
    client = client_for(None, knowledge)
    assert "/anmelden/" in client.get("/methoden/").content.decode()
    response = client.post("/anmelden/", {"username": user.email, "password": PASSWORD, "next": "/"})
    assert response.status_code == 302
    assert client.get("/").status_code == 200
    return client


def test_found_by_search(method, colleague):
    response = colleague.get("/suche/?q=ungeöffneter+Brief")
    assert [result.page.title for result in response.context["results"]] == [method.title]
    assert response.context["results"][0].url == "/methoden/drei-stapel-methode/"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("topic=schulden", True),
        ("topic=schulden&sozialraum=rieth", True),
        ("sozialraum=roter-berg", True),
        ("topic=wohnen", False),
    ],
)
def test_found_in_the_list(method, colleague, knowledge, vocabulary, query, found):
    from tests.factories import MethodPageFactory

    MethodPageFactory(parent=list_page(knowledge, MethodIndexPage), title="Andere", **vocabulary)
    entries = colleague.get(f"/methoden/?{query}").context["entries"]
    assert (method.title in [page.title for page in entries]) is found


def test_read_with_its_attachment(method, colleague):
    html = colleague.get("/methoden/drei-stapel-methode/").content.decode()
    assert "Stapel für Mahnungen" in html
    (attachment,) = method.attachments.all()
    assert attachment.document.url in html
    assert colleague.get(attachment.document.url).status_code == 200


def test_visitors_are_offered_the_login_and_learn_nothing(method, knowledge, client_for):
    client = client_for(None, knowledge)
    (attachment,) = method.attachments.all()
    for path in ("/methoden/", "/methoden/drei-stapel-methode/", attachment.document.url):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Drei-Stapel" not in answer.content.decode()
    assert "Methode" not in client.get("/").content.decode()
    login = client.get("/anmelden/?next=/methoden/").content.decode()
    assert "Drei-Stapel" not in login
    assert "Methoden" not in login.replace("next=/methoden/", "")
    assert not client.get("/suche/?q=Drei-Stapel").context["results"]


def test_people_of_a_traeger_cannot_edit_the_knowledge_base(method, traeger_b, person, client_for):
    client = client_for(person("leitung", traeger_b), traeger_b)
    before = method.latest_revision_id
    url = reverse("wagtailadmin_pages:edit", args=(method.pk,))
    assert client.get(url).status_code in (302, 404)
    assert client.post(url, {"title": "Anders", "action-publish": "1"}).status_code in (302, 404)
    method.refresh_from_db()
    assert (method.title, method.latest_revision_id) == ("Drei-Stapel-Methode", before)


class TestNewKnowledgeBase:
    def test_has_its_lists_and_none_of_a_traeger(self, knowledge):
        titles = {page.slug for page in knowledge.site.root_page.get_children().live()}
        assert {"methoden", "partner", "impressum"} <= titles
        assert not titles & {"angebote", "termine", "aktuelles", "standorte"}

    def test_a_traeger_gets_none_of_them(self, traeger_a):
        titles = {page.slug for page in traeger_a.site.root_page.get_children()}
        assert not titles & {"methoden", "partner"}
