"""Lists of pages: order, paging, and who sees which entries."""

import pytest

from home.models import EventIndexPage, OfferIndexPage
from knowledge.models import MethodIndexPage, PartnerIndexPage
from tests.factories import (
    EventPageFactory,
    MethodPageFactory,
    OfferPageFactory,
    PartnerPageFactory,
    TopicFactory,
    UserFactory,
)
from tests.world import list_page


def titles(response) -> list[str]:
    return [page.title for page in response.context["entries"]]


class TestOffers:
    def test_in_the_order_of_the_alphabet_for_people(self, traeger_a, client_for):
        for title in ("Zeichnen", "Ämterlotsen", "arbeiten", "Öffnen"):
            OfferPageFactory(parent=list_page(traeger_a, OfferIndexPage), title=title)
        response = client_for(None, traeger_a).get("/angebote/")
        assert titles(response) == ["Ämterlotsen", "arbeiten", "Öffnen", "Zeichnen"]

    def test_drafts_and_internal_entries_are_not_shown_to_others(
        self, traeger_a, traeger_b, person, client_for
    ):
        parent = list_page(traeger_a, OfferIndexPage)
        OfferPageFactory(parent=parent, title="Öffentlich")
        OfferPageFactory(parent=parent, title="Entwurf", draft=True)
        OfferPageFactory(
            parent=parent,
            title="Intern",
            internal=True,
            topics=[TopicFactory(name="Geheimes"), TopicFactory()],
        )
        for user in (None, person("leitung", traeger_b)):
            response = client_for(user, traeger_a).get("/angebote/")
            assert titles(response) == ["Öffentlich"]
            assert response.context["entry_count"] == 1
            assert "Geheimes" not in response.content.decode(), "not even a filter tells of it"
        response = client_for(person("lesen", traeger_a), traeger_a).get("/angebote/")
        assert titles(response) == ["Intern", "Öffentlich"]

    @pytest.mark.parametrize(
        ("page", "number"), [("", 1), ("2", 2), ("abc", 1), ("99999", 2), ("-1", 2), ("9" * 5000, 1)]
    )
    def test_paging(self, traeger_a, client_for, page, number):
        for _number in range(12):
            OfferPageFactory(parent=list_page(traeger_a, OfferIndexPage))
        response = client_for(None, traeger_a).get("/angebote/", {"page": page})
        assert response.status_code == 200
        assert response.context["entries"].number == number

    def test_paging_keeps_the_filter(self, traeger_a, client_for):
        topics = [TopicFactory(name="Schulden"), TopicFactory(name="Wohnen")]
        for _number in range(12):
            OfferPageFactory(parent=list_page(traeger_a, OfferIndexPage), topics=topics)
        html = client_for(None, traeger_a).get("/angebote/?topic=schulden").content.decode()
        assert 'href="?topic=schulden&amp;page=2"' in html


class TestEvents:
    def test_next_date_first_and_past_ones_gone(self, traeger_a, client_for):
        parent = list_page(traeger_a, EventIndexPage)
        EventPageFactory(parent=parent, title="Vorbei", past=True)
        EventPageFactory(parent=parent, title="Einmal")
        EventPageFactory(parent=parent, title="Seit Langem jede Woche", past=True, weekly=True)
        response = client_for(None, traeger_a).get("/termine/")
        assert sorted(titles(response)) == ["Einmal", "Seit Langem jede Woche"]
        starts = [page.next_start for page in response.context["entries"]]
        assert starts == sorted(starts)


class TestKnowledge:
    def test_visitors_are_offered_the_login_where_methods_are(self, knowledge, client_for):
        response = client_for(None, knowledge).get("/methoden/?topic=schulden")
        assert response.status_code == 404
        assert "/anmelden/?next=/methoden/" in response.content.decode()

    def test_visitors_read_the_list_of_partners(self, knowledge, client_for):
        parent = list_page(knowledge, PartnerIndexPage)
        PartnerPageFactory(parent=parent, title="Beispiel-Beratung")
        PartnerPageFactory(parent=parent, title="Beispiel intern", internal=True)
        assert titles(client_for(None, knowledge).get("/partner/")) == ["Beispiel-Beratung"]

    def test_an_account_without_a_role_is_enough(self, knowledge, client_for):
        MethodPageFactory(parent=list_page(knowledge, MethodIndexPage), title="Türgespräch")
        assert titles(client_for(UserFactory(), knowledge).get("/methoden/")) == ["Türgespräch"]


class TestQueries:
    @pytest.mark.parametrize(("path", "model", "factory"), [("/angebote/", OfferIndexPage, OfferPageFactory)])
    def test_constant_for_visitors(
        self, traeger_a, client_for, path, model, factory, django_assert_num_queries
    ):
        client, counts = client_for(None, traeger_a), []
        for _round in range(2):
            for _number in range(3):
                factory(parent=list_page(traeger_a, model), topics=[TopicFactory(), TopicFactory()])
            client.get(path)
            with django_assert_num_queries(9) as captured:
                client.get(path + "?page=1")
            counts.append(len(captured))
        assert counts[0] == counts[1]

    def test_constant_for_people_with_an_account(
        self, knowledge, traeger_a, person, client_for, django_assert_num_queries
    ):
        client, counts = client_for(person("lesen", traeger_a), knowledge), []
        for _round in range(2):
            for _number in range(3):
                MethodPageFactory(
                    parent=list_page(knowledge, MethodIndexPage), topics=[TopicFactory(), TopicFactory()]
                )
            client.get("/methoden/")
            with django_assert_num_queries(13) as captured:
                client.get("/methoden/")
            counts.append(len(captured))
        assert counts[0] == counts[1]
