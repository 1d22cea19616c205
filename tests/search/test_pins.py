"""Recommended pages: first where the person may read them and they fit what was asked, and never a leak."""

import pytest
from django.urls import reverse
from wagtail.models import Locale

from home.models import ContentPage
from search.models import Pin
from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from tests.factories import ContentPageFactory, InternalPageFactory, PinFactory, SynonymFactory
from tests.web_role import web_process

ADD = reverse("pins:add")


@pytest.fixture
def pages(traeger_a):
    """Two pages that have the word, and one that has not."""
    start = traeger_a.site.root_page
    return [
        ContentPageFactory(parent=start, title=title)
        for title in ("Bürgergeld beantragen", "Bürgergeld", "Auskunft vom Amt")
    ]


def pin(page, **fields):
    return PinFactory(page=page, **fields)


@pytest.mark.parametrize(
    ("questions", "asked"),
    [
        ("Bürgergeld", "bürgergeld"),
        ("Bürgergeld", "Buergergeldes"),
        ("Hartz 4, Bürgergeld", "hartz IV"),
        ("Antrag Bürgergeld", "Bürgergeld Anträge"),
        ("Wie beantrage ich Bürgergeld?", "Bürgergeld beantragen"),
    ],
)
def test_a_question_is_compared_by_its_words(questions, asked, pages, traeger_a, ask):
    pin(pages[2], questions=questions)
    answer = ask(asked, traeger_a)
    assert answer.titles[0] == "Auskunft vom Amt"
    assert [result.recommended for result in answer.context["results"]][:2] in ([True, False], [True])


@pytest.mark.parametrize("asked", ["Bürgergeld Erfurt", "Geld", "Bürgergeld -Amt"])
def test_another_question_is_another_question(asked, pages, traeger_a, ask):
    pin(pages[2], questions="Bürgergeld")
    assert not any(result.recommended for result in ask(asked, traeger_a).context["results"])


def test_it_counts_once_also_where_it_was_a_hit_anyway(pages, traeger_a, ask):
    before = ask("Bürgergeld", traeger_a)
    assert before.titles == ["Bürgergeld", "Bürgergeld beantragen"]
    pin(pages[0])
    after = ask("Bürgergeld", traeger_a)
    assert after.titles == ["Bürgergeld beantragen", "Bürgergeld"]
    assert after.hits.total == before.hits.total == 2
    pin(pages[2])
    assert ask("Bürgergeld", traeger_a).hits.total == 3


def test_several_stand_in_their_order(pages, traeger_a, ask):
    pin(pages[2], sort_order=2)
    pin(pages[0], sort_order=1)
    assert ask("Bürgergeld", traeger_a).titles == ["Bürgergeld beantragen", "Auskunft vom Amt", "Bürgergeld"]


def test_it_stands_on_the_first_page_only(traeger_a, ask):
    start = traeger_a.site.root_page
    for number in range(12):
        ContentPageFactory(parent=start, title=f"Bürgergeld {number + 100}")
    pin(ContentPageFactory(parent=start, title="Amt"))
    first, second = ask("Bürgergeld", traeger_a), ask("Bürgergeld", traeger_a, page="2")
    assert first.titles[0] == "Amt"
    assert (len(first.titles), len(second.titles), first.hits.total) == (10, 3, 13)
    assert not set(first.titles) & set(second.titles)


def test_the_newest_first_is_another_order(pages, traeger_a, ask):
    pin(pages[2])
    answer = ask("Bürgergeld", traeger_a, order="date")
    assert answer.hits.total == 3


def test_only_what_is_published(pages, traeger_a, ask):
    pin(pages[2])
    pages[2].unpublish()
    assert "Auskunft vom Amt" not in ask("Bürgergeld", traeger_a).titles


def test_whoever_deletes_the_page_takes_its_recommendation_along(pages, traeger_a, person):
    """The roles of a Träger may not write recommendations."""
    pin(pages[2])
    with web_process(person(FREIGABE, traeger_a), traeger_a):
        ContentPage.objects.get(pk=pages[2].pk).delete()
    assert not Pin.objects.exists()


def test_only_within_the_scope_and_the_language(pages, traeger_a, traeger_b, ask):
    pin(pages[2])
    assert ask("Bürgergeld", traeger_b).titles == []
    assert ask("Bürgergeld", traeger_b, scope="all").titles[0] == "Auskunft vom Amt"
    english, _created = Locale.objects.get_or_create(language_code="en")
    home = traeger_a.site.root_page.specific.copy_for_translation(english)
    home.save_revision().publish()
    assert ask("Bürgergeld", traeger_a, path="/en/suche/").titles == []


def test_only_of_the_chosen_kinds(pages, traeger_a, ask):
    pin(pages[2])
    answer = ask("Bürgergeld", traeger_a, kind="event")
    assert answer.titles == []
    assert ask("Bürgergeld", traeger_a, kind="page").titles[0] == "Auskunft vom Amt"


def test_only_for_who_may_read_it(pages, traeger_a, traeger_b, person, ask):
    internal = InternalPageFactory(parent=traeger_a.site.root_page, title="Internes zur Sache")
    pin(internal)
    for user, where in ((None, traeger_a), (person(LESEN, traeger_b), traeger_b)):
        answer = ask("Bürgergeld", where, user, scope="all")
        assert answer.hits.total == 2
        assert "Internes" not in answer.html
        assert not any(result.recommended for result in answer.context["results"])
    assert ask("Bürgergeld", traeger_a, person(LESEN, traeger_a)).titles[0] == "Internes zur Sache"


def test_a_word_for_which_there_is_a_recommendation_is_no_mistake(traeger_a, ask):
    start = traeger_a.site.root_page
    ContentPageFactory(parent=start, title="Stufe")
    pin(ContentPageFactory(parent=start, title="Auskunft vom Amt"), questions="Stütze")
    answer = ask("Stütze", traeger_a)
    assert (answer.titles, answer.hits.mistyped) == (["Auskunft vom Amt"], ())


def test_a_typo_in_a_question_with_a_recommendation(pages, traeger_a, ask):
    pin(pages[2])
    answer = ask("Bürgergled", traeger_a)
    assert answer.titles[0] == "Auskunft vom Amt"
    assert answer.hits.mistyped == ("Bürgergled",)


def test_a_synonym_is_another_question(pages, traeger_a, ask):
    """Whoever recommends names all words that it is about; what a synonym finds is ordered by its words."""
    SynonymFactory()
    pin(pages[2])
    assert ask("Hartz IV", traeger_a).titles == ["Bürgergeld", "Bürgergeld beantragen"]


class TestWhoKeepsThem:
    @pytest.fixture
    def method(self, knowledge):
        return ContentPageFactory(parent=knowledge.site.root_page, title="Methode")

    @pytest.mark.parametrize("role", [FREIGABE, LEITUNG])
    def test_the_knowledge_base(self, role, knowledge, method, person, client_for):
        client = client_for(person(role, knowledge), knowledge)
        response = client.post(ADD, {"questions": "Bürgergeld", "page": method.pk, "sort_order": "0"})
        assert response.status_code == 302, response.context["form"].errors
        assert Pin.objects.get().page_id == method.pk
        assert "Bürgergeld" in client.get(reverse("pins:index")).content.decode()

    @pytest.mark.parametrize(
        ("role", "where"), [(LEITUNG, "traeger_a"), (REDAKTION, "knowledge"), (LEITUNG, "coordination")]
    )
    def test_nobody_else(self, role, where, world, method, person, client_for):
        traeger = getattr(world, where)
        client = client_for(person(role, traeger), traeger)
        assert client.get(ADD).status_code in (302, 403)
        client.post(ADD, {"questions": "Bürgergeld", "page": method.pk, "sort_order": "0"})
        assert not Pin.objects.exists()

    def test_what_can_t_be_reached_can_t_be_recommended(self, knowledge, traeger_a, person, client_for):
        internal = InternalPageFactory(parent=traeger_a.site.root_page, title="Geheim")
        client = client_for(person(LEITUNG, knowledge), knowledge)
        response = client.post(ADD, {"questions": "Bürgergeld", "page": internal.pk, "sort_order": "0"})
        assert "page" in response.context["form"].errors
        assert "Geheim" not in response.content.decode()

    def test_a_question_of_which_nothing_is_read_is_refused(self, knowledge, method, person, client_for):
        client = client_for(person(LEITUNG, knowledge), knowledge)
        response = client.post(ADD, {"questions": "Bürgergeld, !?", "page": method.pk, "sort_order": "0"})
        assert "questions" in response.context["form"].errors
