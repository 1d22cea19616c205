"""Searches that somebody asks again: saved by people with an account, and as feeds for all."""

from xml.etree import ElementTree

import pytest
from django.urls import reverse

from home.models import NewsIndexPage, OfferIndexPage
from search.models import SavedSearch
from search.saved.models import MOST
from tests.factories import InternalPageFactory, NewsPageFactory, OfferPageFactory
from tests.world import list_page

SAVE = "/suche/merken/"


def saved(user) -> list[SavedSearch]:
    return list(SavedSearch.objects.filter(user=user).order_by("pk"))


class TestSaving:
    def test_it_is_found_again(self, traeger_a, person, client_for):
        client = client_for(person("lesen", traeger_a), traeger_a)
        page = client.get("/suche/", {"q": "Miete  zahlen", "kind": ["offer", "erfunden"], "page": "3"})
        answer = client.post(SAVE, {"query": page.context["page_query"]}, follow=True)
        assert answer.status_code == 200
        assert "Gemerkt." in answer.content.decode()
        shown = client.get("/suche/").content.decode()
        assert "Ihre gemerkten Suchen" in shown
        assert "Miete  zahlen · Angebote" in shown
        ((_search, address, _site),) = client.get("/suche/").context["saved"]
        again = client.get(address)
        assert again.context["question"].chosen == {"kind": ["offer"]}
        assert again.context["question"].text == "Miete  zahlen"

    def test_once(self, traeger_a, person, client_for):
        reader = person("lesen", traeger_a)
        client = client_for(reader, traeger_a)
        for _time in range(2):
            assert client.post(SAVE, {"query": "q=Miete"}).status_code == 302
        assert [search.title for search in saved(reader)] == ["Miete"]

    @pytest.mark.parametrize("query", ["", "q=", "q=%20!", "q=%00", "kind=offer", "=&&;%ff"])
    def test_nothing_to_look_for(self, query, traeger_a, person, client_for):
        reader = person("lesen", traeger_a)
        answer = client_for(reader, traeger_a).post(SAVE, {"query": query}, follow=True)
        assert "lässt sich nicht merken" in answer.content.decode()
        assert not saved(reader)

    def test_very_long_ones_are_refused(self, traeger_a, person, client_for):
        reader = person("lesen", traeger_a)
        client = client_for(reader, traeger_a)
        assert client.post(SAVE, {"query": "q=" + "ä" * 10_000}).status_code == 302
        assert len(saved(reader)) == 1, "the text is cut as in the field"

    def test_so_many(self, traeger_a, person, client_for):
        reader = person("lesen", traeger_a)
        for number in range(MOST):
            SavedSearch.objects.create(
                user=reader, site=traeger_a.site, language="de", query=f"q={number}", title=str(number)
            )
        answer = client_for(reader, traeger_a).post(SAVE, {"query": "q=Miete"}, follow=True)
        assert "schon viele Suchen" in answer.content.decode()
        assert len(saved(reader)) == MOST

    def test_one_of_another_site_leads_there(self, traeger_a, knowledge, person, client_for):
        reader = person("lesen", traeger_a)
        client_for(reader, knowledge).post(SAVE, {"query": "q=Miete"})
        path = "/suche/?q=Miete&scope=all"
        shown = []
        for where in (traeger_a, knowledge):
            ((_search, *rest),) = client_for(reader, where).get("/suche/").context["saved"]
            shown.append(rest)
        assert shown == [[knowledge.site.root_url + path, knowledge.site.site_name], [path, ""]]


class TestForgetting:
    def test_ones_own(self, traeger_a, person, client_for):
        reader = person("lesen", traeger_a)
        client = client_for(reader, traeger_a)
        client.post(SAVE, {"query": "q=Miete"})
        (search,) = saved(reader)
        answer = client.post(reverse("forget_search", args=[search.pk]), follow=True)
        assert "ist gelöscht" in answer.content.decode()
        assert not saved(reader)

    @pytest.mark.parametrize("who", ["colleague", "head", "visitor"])
    def test_nobody_elses(self, who, traeger_a, person, client_for):
        reader = person("lesen", traeger_a)
        client_for(reader, traeger_a).post(SAVE, {"query": "q=Miete"})
        (search,) = saved(reader)
        other = {"colleague": person("lesen", traeger_a), "head": person("leitung", traeger_a)}.get(who)
        client = client_for(other, traeger_a)
        assert client.post(reverse("forget_search", args=[search.pk])).status_code == 404
        assert "Miete" not in client.get("/suche/").content.decode()
        assert saved(reader)


def test_visitors_save_nothing(traeger_a, client_for):
    client = client_for(None, traeger_a)
    assert "Suche merken" not in client.get("/suche/", {"q": "Miete"}).content.decode()
    assert client.post(SAVE, {"query": "q=Miete"}).status_code == 404
    assert not SavedSearch.objects.exists()


class TestFeed:
    def titles(self, client, **parameters) -> list[str]:
        answer = client.get("/suche/feed/", parameters)
        assert answer.headers["Content-Type"].startswith("application/rss+xml")
        root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own feed
        return [item.findtext("title") for item in root.iter("item")]

    @pytest.fixture
    def pages(self, traeger_a):
        news, offers = list_page(traeger_a, NewsIndexPage), list_page(traeger_a, OfferIndexPage)
        made = ((1, NewsPageFactory, news), (3, OfferPageFactory, offers), (2, NewsPageFactory, news))
        for day, factory, parent in made:
            page = factory(parent=parent, title=f"Kranichfeld {day} & <Ort>")
            page.first_published_at = page.last_published_at = page.first_published_at.replace(day=day)
            page.save()
        InternalPageFactory(parent=traeger_a.site.root_page, title="Kranichfeld intern")

    def test_the_newest_first(self, pages, traeger_a, client_for):
        shown = client_for(None, traeger_a).get("/suche/", {"q": "Kranichfeld", "order": "date"})
        expected = [result.page.title for result in shown.context["results"]]
        assert len(expected) == 3
        assert self.titles(client_for(None, traeger_a), q="Kranichfeld") == expected

    def test_narrowed_down(self, pages, traeger_a, client_for):
        found = self.titles(client_for(None, traeger_a), q="Kranichfeld", kind="offer")
        assert found == ["Kranichfeld 3 & <Ort>"]

    def test_what_whoever_asks_may_read(self, pages, traeger_a, traeger_b, person, client_for):
        client = client_for(person("lesen", traeger_a), traeger_a)
        assert "Kranichfeld intern" in self.titles(client, q="Kranichfeld")
        assert "no-store" in client.get("/suche/feed/?q=Kranichfeld").headers["Cache-Control"]
        foreign = client_for(person("leitung", traeger_b), traeger_a)
        assert "Kranichfeld intern" not in self.titles(foreign, q="Kranichfeld", scope="all")

    def test_nothing_asked(self, traeger_a, client_for):
        assert client_for(None, traeger_a).get("/suche/feed/").status_code == 404

    def test_nothing_found_is_an_empty_feed(self, traeger_a, client_for):
        assert self.titles(client_for(None, traeger_a), q="Xylophonquark") == []
