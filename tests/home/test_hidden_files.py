"""Where the reader may not see a file, a page shows nothing of it: no empty links and players."""

import pytest
from bs4 import BeautifulSoup

from knowledge.models import MethodAttachment, MethodIndexPage
from sites.access.creation import INTERNAL_COLLECTION
from sites.access.roles import LESEN
from tests.factories import ContentPageFactory, DocumentFactory, MethodPageFactory
from tests.world import list_page


@pytest.fixture
def internal(traeger_a):
    return traeger_a.collection.get_children().get(name=INTERNAL_COLLECTION)


@pytest.fixture
def reader(person, traeger_a):
    return person(LESEN, traeger_a)


def soup(client, page) -> BeautifulSoup:
    response = client.get(page.get_url_parts()[2])
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "html.parser").main
    assert not found.select("[href=''], [src=''], a:not([href])")
    return found


def test_downloads(internal, traeger_a, reader, client_for):
    document = DocumentFactory(collection=internal, title="Dienstplan")
    page = ContentPageFactory(
        parent=traeger_a.site.root_page,
        body=[("download", {"document": document, "title": "Der Plan"})],
    )
    assert soup(client_for(reader, traeger_a), page).select_one(".tp-file")
    hidden = soup(client_for(None, traeger_a), page)
    assert not hidden.select(".tp-file")
    assert "Der Plan" not in hidden.text


@pytest.mark.parametrize(("suffix", "player"), [("mp3", "audio"), ("mp4", "video")])
def test_sound_and_film(suffix, player, internal, traeger_a, reader, client_for):
    file = DocumentFactory(collection=internal, file__filename=f"a.{suffix}")
    block = {"title": "Begrüßung", "file": file, "transcript": "<p>Guten Tag.</p>"}
    page = ContentPageFactory(parent=traeger_a.site.root_page, body=[("media", block)])
    assert soup(client_for(reader, traeger_a), page).select_one(f"{player} source")
    hidden = soup(client_for(None, traeger_a), page)
    assert not hidden.select("audio, video")
    # It belongs to the page.
    assert "Guten Tag." in hidden.text


def test_attachments(knowledge, internal, traeger_a, traeger_b, person, client_for):
    shown = DocumentFactory(traeger=knowledge, title="Bogen")
    hidden = DocumentFactory(collection=internal, title="Nur bei Nord")
    methods = list_page(knowledge, MethodIndexPage)
    for documents, count in (([shown, hidden], 1), ([hidden], 0)):
        attachments = [MethodAttachment(document=document) for document in documents]
        page = MethodPageFactory(parent=methods, attachments=attachments)
        found = soup(client_for(person(LESEN, traeger_b), knowledge), page)
        assert len(found.select("#anhaenge")) == (1 if count else 0)
        assert len(found.select(".tp-file")) == count
        own = soup(client_for(person(LESEN, traeger_a), knowledge), page)
        assert len(own.select("section li .tp-file")) == len(documents)
