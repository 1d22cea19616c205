"""RSS feeds of events and news."""

from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest

from home.models import EventIndexPage, NewsIndexPage
from tests.factories import EventPageFactory, NewsPageFactory
from tests.world import list_page


def channel(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own feed
    assert root.tag == "rss"
    assert root.get("version") == "2.0"
    (found,) = root
    return found


def titles(feed) -> list[str]:
    return [item.findtext("title") for item in feed.findall("item")]


@pytest.mark.parametrize("path", ["/termine/feed/", "/aktuelles/feed/"])
def test_an_empty_feed_is_valid(traeger_a, client_for, path):
    feed = channel(client_for(None, traeger_a).get(path))
    assert all(feed.findtext(name) is not None for name in ("title", "link", "description", "language"))
    assert traeger_a.site.hostname in feed.findtext("link")
    assert titles(feed) == []


def test_news_newest_first_with_date_and_address(traeger_a, client_for):
    parent = list_page(traeger_a, NewsIndexPage)
    today = date(2026, 5, 4)
    for days, title in enumerate(("Heute & <morgen>", "Gestern", "Vorgestern")):
        NewsPageFactory(parent=parent, title=title, date=today - timedelta(days=days))
    feed = channel(client_for(None, traeger_a).get("/aktuelles/feed/"))
    assert titles(feed) == ["Heute & <morgen>", "Gestern", "Vorgestern"]
    first = feed.find("item")
    assert first.findtext("link").startswith(traeger_a.site.root_url + "/aktuelles/")
    assert first.findtext("guid") == first.findtext("link")
    assert parsedate_to_datetime(first.findtext("pubDate")).date() == today


def test_characters_that_xml_forbids_break_nothing(traeger_a, client_for):
    NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage), title="Zeilen\x0bumbruch", summary="a\x0cb")
    assert titles(channel(client_for(None, traeger_a).get("/aktuelles/feed/"))) == ["Zeilen umbruch"]


def test_events_without_past_ones(traeger_a, client_for):
    parent = list_page(traeger_a, EventIndexPage)
    EventPageFactory(parent=parent, title="Vorbei", past=True)
    EventPageFactory(parent=parent, title="Kommt")
    assert titles(channel(client_for(None, traeger_a).get("/termine/feed/"))) == ["Kommt"]


def test_only_what_the_reader_may_read(traeger_a, traeger_b, person, client_for):
    NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage), title="Intern", internal=True)
    for user, expected in (
        (None, []),
        (person("lesen", traeger_b), []),
        (person("lesen", traeger_a), ["Intern"]),
    ):
        assert titles(channel(client_for(user, traeger_a).get("/aktuelles/feed/"))) == expected


def test_the_feed_of_an_internal_list_is_not_there(traeger_a, traeger_b, person, client_for):
    news = list_page(traeger_a, NewsIndexPage)
    news.view_restrictions.create(restriction_type="groups").groups.set([traeger_a.group("lesen")])
    assert client_for(None, traeger_a).get("/aktuelles/feed/").status_code == 404
    assert client_for(person("lesen", traeger_b), traeger_a).get("/aktuelles/feed/").status_code == 404
    assert client_for(person("lesen", traeger_a), traeger_a).get("/aktuelles/feed/").status_code == 200
