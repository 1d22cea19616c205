"""All methods have one shape, and lead to what goes with them."""

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, streamfield

from knowledge.models import MethodIndexPage, MethodPage, PartnerIndexPage
from search.indexing import fields_of
from sites.access.roles import FREIGABE, LESEN
from tests.factories import MethodPageFactory, PartnerPageFactory, TopicFactory
from tests.home.editing import form_values
from tests.world import list_page

pytestmark = pytest.mark.django_db
SECTIONS = {
    "duration": "zwei Minuten",
    "group_size": "zu zweit",
    "materials": "Karte mit Sprechzeiten",
    "purpose": "Der erste Kontakt gelingt.",
    "when_to_use": "Bei Menschen ohne Kontakt zu Hilfen.",
    "when_not_to_use": "Nie bei Streit im Haus.",
    "preparation": "Einen Aushang ins Treppenhaus hängen.",
    "variations": "Auch im Hof.",
    "risks": "Eigene Sicherheit geht vor.",
    "sources": "https://quelle.beispiel.test/tuer",
}
STEPS = [("Ankündigen", "Drei Tage vorher."), ("Klingeln", "Zwei Schritte zurück.")]


@pytest.fixture
def methods(knowledge):
    return list_page(knowledge, MethodIndexPage)


@pytest.fixture
def partners(knowledge):
    return list_page(knowledge, PartnerIndexPage)


@pytest.fixture
def method(methods):
    steps = [("step", {"title": title, "text": text}) for title, text in STEPS]
    return MethodPageFactory(parent=methods, title="Tür", steps=steps, **SECTIONS)


@pytest.fixture
def reader(person, client_for, traeger_a, knowledge):
    return client_for(person(LESEN, traeger_a), knowledge)


def shown(client, page) -> str:
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


def titles(client, page) -> list[str]:
    return [entry.title for entry in client.get(page.get_url()).context["related"]]


def test_the_page_shows_all_sections_in_their_order(reader, method):
    text = shown(reader, method)
    order = ("purpose", "when_to_use", "when_not_to_use", "preparation")
    expected = [*(SECTIONS[name] for name in order), *(part for step in STEPS for part in step)]
    expected += [SECTIONS["variations"], SECTIONS["risks"], f'<a href="{SECTIONS["sources"]}"']
    places = [text.index(part) for part in expected]
    assert places == sorted(places)
    for name in ("duration", "group_size", "materials"):
        assert SECTIONS[name] in text


def test_what_is_empty_has_no_heading(reader, methods):
    text = shown(reader, MethodPageFactory(parent=methods))
    for word in ("Schritt für Schritt", "Risiken", "Varianten", "Vorbereitung"):
        assert word not in text


def test_the_table_of_contents_leads_to_sections(method):
    anchors = [anchor for anchor, _text in method.headings]
    assert anchors == [
        *(
            "purpose",
            "when-to-use",
            "when-not-to-use",
            "preparation",
            "steps",
            "variations",
            "risks",
            "sources",
        )
    ]


def test_the_search_finds_every_section(method):
    found = "\n".join(field.text for field in fields_of(method))
    for text in (*SECTIONS.values(), *(part for step in STEPS for part in step)):
        assert text in found


def test_a_new_method_starts_with_the_sections(person, client_for, knowledge, methods):
    client = client_for(person(FREIGABE, knowledge), knowledge)
    url = reverse("wagtailadmin_pages:add", args=("knowledge", "methodpage", methods.pk))
    form = client.get(url).context["form"]
    assert {*SECTIONS, "steps", "goes_with"} <= set(form.fields)
    steps = streamfield([("step", {"title": "Ankündigen", "text": "Drei Tage vorher."})])
    data = nested_form_data(
        {"title": "Neu", "slug": "neu", "body": streamfield([]), "steps": steps, "goes_with": streamfield([])}
    )
    sent = form_values(client, url) | data | SECTIONS | {"action-publish": "1"}
    assert client.post(url, sent).status_code == 302
    page = MethodPage.objects.get(slug="neu")
    assert [step.value["title"] for step in page.steps] == ["Ankündigen"]
    assert page.risks == SECTIONS["risks"]


def test_most_topics_in_common_come_first(reader, methods, partners):
    debts, housing, health = (TopicFactory(name=name) for name in ("Schulden", "Wohnen", "Gesundheit"))
    page = MethodPageFactory(parent=methods, title="Briefe", topics=[debts, housing])
    PartnerPageFactory(parent=partners, title="Eines", topics=[housing, health])
    PartnerPageFactory(parent=partners, title="Beides", topics=[debts, housing])
    MethodPageFactory(parent=methods, title="Auch eines", topics=[debts])
    MethodPageFactory(parent=methods, title="Keines", topics=[health])
    MethodPageFactory(parent=methods, title="Entwurf", topics=[debts, housing], publish=False)
    assert titles(reader, page) == ["Beides", "Auch eines", "Eines"]


def test_what_was_chosen_comes_first_in_its_order(reader, methods, partners):
    debts = TopicFactory(name="Schulden")
    MethodPageFactory(parent=methods, title="Gemeinsam", topics=[debts])
    chosen = [MethodPageFactory(parent=methods, title=title) for title in ("Zuerst", "Danach")]
    chosen.append(PartnerPageFactory(parent=partners, title="Zuletzt"))
    page = MethodPageFactory(parent=methods, topics=[debts], goes_with=[("entry", entry) for entry in chosen])
    assert titles(reader, page) == ["Zuerst", "Danach", "Zuletzt", "Gemeinsam"]


def test_what_somebody_may_not_read_does_not_go_with_it(reader, person, client_for, knowledge, methods):
    debts = TopicFactory(name="Schulden")
    hidden = MethodPageFactory(parent=methods, title="Verborgen", topics=[debts])
    restriction = PageViewRestriction.objects.create(page=hidden, restriction_type="groups")
    restriction.groups.set(knowledge.roles.values_list("group_id", flat=True))
    page = MethodPageFactory(parent=methods, topics=[debts], goes_with=[("entry", hidden)])
    assert titles(reader, page) == []
    assert titles(client_for(person(LESEN, knowledge), knowledge), page) == ["Verborgen"]


def test_it_costs_one_query(method, world, person, django_assert_num_queries):
    user = person(LESEN, world.traeger_a)
    method.topics.add(TopicFactory(name="Schulden"))
    method.save()
    method = MethodPage.objects.prefetch_related("topics").select_related("locale").get(pk=method.pk)
    method.related(user)
    with django_assert_num_queries(1):
        method.related(user)
