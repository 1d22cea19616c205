"""The page of the Wegweiser: who sees what, in which order, and that each state has an address."""

from datetime import time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.models import AnlaufstelleIndexPage, OfferIndexPage, OpeningInterval, Verification
from knowledge.models import PartnerIndexPage
from knowledge.models.partner import PartnerService
from sites.access.roles import LEITUNG
from tests.factories import (
    AnlaufstellePageFactory,
    OfferPageFactory,
    PartnerPageFactory,
    SozialraumFactory,
    TopicFactory,
    UserFactory,
)
from tests.world import list_page


class Shown:
    """What a page of the Wegweiser shows."""

    def __init__(self, response):
        assert response.status_code == 200
        self.response = response
        self.soup = BeautifulSoup(response.content, "html.parser")
        self.titles = [link.text for link in self.soup.select(".tp-card h3 a")]

    def count(self, part: str) -> int:
        return int(self.soup.select_one(f'[data-part="{part}"]').text)

    @property
    def checked(self) -> set[tuple[str, str]]:
        return {
            (box["name"], box["value"]) for box in self.soup.select(".tp-way input[checked]") if box["value"]
        }

    @property
    def ways(self) -> list[tuple[str, str]]:
        return [
            (" ".join(link.text.split()), link["href"]) for link in self.soup.select(".tp-empty .tp-list a")
        ]


@pytest.fixture
def ask(client_for):
    return lambda where, user=None, path="/wegweiser/", **query: Shown(
        client_for(user, where).get(path, query)
    )


@pytest.fixture
def terms(db):
    return {
        "debts": TopicFactory(name="Schulden", slug="schulden"),
        "housing": TopicFactory(name="Wohnen", slug="wohnen"),
        "rieth": SozialraumFactory(name="Rieth", slug="rieth"),
        "berg": SozialraumFactory(name="Roter Berg", slug="roter-berg"),
    }


@pytest.fixture
def portal(traeger_a, traeger_b, knowledge, terms):
    """An office and an offer of each Träger, and partners of both neighbourhoods."""
    for traeger, place in ((traeger_a, "rieth"), (traeger_b, "berg")):
        office = AnlaufstellePageFactory(
            parent=list_page(traeger, AnlaufstelleIndexPage),
            title=f"Büro {place}",
            sozialraum=terms[place],
            languages=["de"],
        )
        OfferPageFactory(
            parent=list_page(traeger, OfferIndexPage),
            title=f"Angebot {place}",
            anlaufstelle=office,
            topics=[terms["debts"]],
        )
    for number, (title, place, languages) in enumerate(
        (
            ("Beispiel Rieth", ["rieth"], ["ar"]),
            ("Beispiel Berg", ["berg"], ["de"]),
            ("Beispiel überall", [], ["de"]),
        )
    ):
        PartnerPageFactory(
            parent=list_page(knowledge, PartnerIndexPage),
            title=title,
            slug=f"partner-{number}",
            topics=[terms["debts"]],
            sozialraeume=[terms[name] for name in place],
            languages=languages,
            services=[
                PartnerService(title="Mietschulden", topic=terms["debts"], free=True, home_visits=number == 0)
            ],
        )


def restrict(page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.usefixtures("portal")
class TestAsked:
    def test_problem_neighbourhood_and_language(self, knowledge, ask):
        shown = ask(knowledge, UserFactory(), topic="schulden", sozialraum="rieth", language="ar")
        assert shown.titles == ["Beispiel Rieth"]
        assert len(shown.soup.select(".tp-card a[href^='/stimmt-nicht/']")) == 1
        assert shown.count("language-de") == 3, "an offer, an office, and who is there for all"
        assert shown.checked == {("topic", "schulden"), ("sozialraum", "rieth"), ("language", "ar")}

    def test_a_word_stands_for_those_that_belong_to_it(self, knowledge, ask, terms, traeger_a, person):
        for below, above in (
            (terms["debts"], TopicFactory(name="Geld", slug="geld")),
            (terms["rieth"], SozialraumFactory(name="Norden", slug="norden")),
        ):
            below.parent = above
            below.save()
        shown = ask(knowledge, UserFactory(), topic="geld", sozialraum="norden", language="ar")
        assert shown.titles == ["Beispiel Rieth"]
        assert shown.count("topic-geld") == shown.count("topic-schulden")
        # The neighbourhood with which somebody begins is the one of the office, and not what it belongs to.
        assert ("sozialraum", "rieth") in ask(traeger_a, person(LEITUNG, traeger_a)).checked

    def test_wishes(self, knowledge, ask):
        staff = UserFactory()
        assert ask(knowledge, staff, home_visit="1").titles == ["Beispiel Rieth"]
        assert len(ask(knowledge, staff, free="1").titles) == 3

    def test_open_now(self, knowledge, ask, portal, traeger_a):
        office = list_page(traeger_a, AnlaufstelleIndexPage).get_children().get().specific
        office.closed_on_public_holidays = False
        office.intervals = [OpeningInterval(weekday=day, opens=time.min, closes=time.max) for day in range(7)]
        office.save_revision().publish()
        assert ask(knowledge, UserFactory(), now="1").titles == ["Büro rieth"]

    def test_where_nothing_fits_it_says_what_to_give_up(self, knowledge, ask):
        shown = ask(knowledge, UserFactory(), sozialraum="roter-berg", language="ar", topic="schulden")
        assert shown.titles == []
        assert [words for words, _url in shown.ways] == [
            "Ohne „Arabisch“: 4 Stellen",
            "Ohne „Roter Berg“: 1 Stelle",
        ]
        assert shown.ways[1][1] == "?sozialraum=&topic=schulden&language=ar#ergebnisse"

    def test_what_is_unknown_asks_for_nothing(self, knowledge, ask):
        shown = ask(
            knowledge, UserFactory(), topic="'; --", sozialraum="*", language="\0", now="ja", page="99999"
        )
        assert len(shown.titles) == 7
        assert shown.checked == set()

    def test_the_search_understands_own_words(self, knowledge, ask):
        assert ask(knowledge, UserFactory(), q="Mietschuld", sozialraum="rieth").titles[0] == "Beispiel Rieth"
        nothing = ask(knowledge, UserFactory(), q="Quastenflosser")
        assert nothing.titles == []
        assert [words for words, _url in nothing.ways] == ["Ohne „Quastenflosser“: 7 Stellen"]


@pytest.mark.usefixtures("portal")
class TestWho:
    def test_visitors_see_what_is_public(self, traeger_a, ask):
        shown = ask(traeger_a)
        public = ["Angebot berg", "Angebot rieth", "Beispiel Berg", "Beispiel Rieth", "Beispiel überall"]
        assert sorted(shown.titles) == [*public, "Büro berg", "Büro rieth"]
        assert "Wo finde ich Hilfe?" in shown.soup.h1.text
        assert shown.count("topic-schulden") == 7
        assert "no-store" not in shown.response.get("Cache-Control", "")

    def test_of_partners_too_they_see_only_what_is_public(self, traeger_a, knowledge, ask):
        restrict(list_page(knowledge, PartnerIndexPage).get_children().get(title="Beispiel Rieth"))
        shown = ask(traeger_a)
        assert "Beispiel Rieth" not in shown.titles
        assert shown.count("topic-schulden") == len(shown.titles) == 6, "nothing hidden is counted"

    def test_staff_see_what_is_for_staff(self, traeger_b, ask, person, traeger_a, knowledge):
        restrict(list_page(knowledge, PartnerIndexPage))
        assert len(ask(traeger_b, sozialraum="").titles) == 4
        shown = ask(traeger_b, person("lesen", traeger_a), sozialraum="")
        assert len(shown.titles) == 7
        assert "no-store" in shown.response["Cache-Control"]

    def test_the_own_neighbourhood_is_chosen_until_another_is(self, knowledge, ask, person, traeger_a):
        staff = person("lesen", traeger_a)
        assert ask(knowledge, staff).checked == {("sozialraum", "rieth")}
        assert ask(knowledge, staff, sozialraum="").checked == set()
        assert ask(knowledge, staff, sozialraum="").titles[0] == "Angebot rieth", "and comes first"

    def test_what_should_have_been_checked_comes_later(self, knowledge, ask):
        first = ask(knowledge, UserFactory(), sozialraum="rieth", free="1").titles
        assert first == ["Beispiel Rieth", "Beispiel überall"]
        page = list_page(knowledge, PartnerIndexPage).get_children().get(title="Beispiel Rieth")
        Verification.objects.update_or_create(
            page=page, defaults={"verified_until": timezone.localdate() - timedelta(days=1)}
        )
        shown = ask(knowledge, UserFactory(), free="1", sozialraum="")
        assert shown.titles[-1] == "Beispiel Rieth"
        assert "Prüfung überfällig" in str(shown.soup.select(".tp-card")[-1])

    def test_only_in_the_languages_of_the_site(self, traeger_a, client_for):
        assert client_for(None, traeger_a).get("/uk/wegweiser/").status_code == 404


@pytest.mark.usefixtures("portal")
def test_queries(traeger_a, knowledge, person, django_assert_num_queries, client_for):
    client = client_for(person("lesen", traeger_a), knowledge)
    client.get("/wegweiser/")
    # Eight of every page for whoever is signed in, eight of this one, however much is found.
    with django_assert_num_queries(16):
        client.get("/wegweiser/", {"topic": "schulden"})
