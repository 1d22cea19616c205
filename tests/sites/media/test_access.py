"""Files are served to those who may open their collection, and exist for nobody else."""

import pytest
from django.urls import clear_url_caches

from knowledge.models import MethodIndexPage
from sites.access.creation import INTERNAL_COLLECTION
from tests.factories import DocumentFactory, ImageFactory, UserFactory
from tests.world import list_page


@pytest.fixture
def files(traeger_a, knowledge):
    """A file of each kind: public of A, internal of A, of the methods."""
    internal = traeger_a.collection.get_children().get(name=INTERNAL_COLLECTION)
    return {
        "public": DocumentFactory(traeger=traeger_a, shown=True),
        "internal": DocumentFactory(collection=internal),
        "knowledge": DocumentFactory(traeger=knowledge, shown=list_page(knowledge, MethodIndexPage)),
    }


OK, MISSING = 200, 404
MATRIX = {
    "visitor": {"public": OK, "internal": MISSING, "knowledge": MISSING},
    "staff": {"public": OK, "internal": MISSING, "knowledge": OK},
    "a": {"public": OK, "internal": OK, "knowledge": OK},
    "b": {"public": OK, "internal": MISSING, "knowledge": OK},
    "admin": {"public": OK, "internal": OK, "knowledge": OK},
}


@pytest.mark.parametrize("who", MATRIX)
def test_who_may_open_which_file(files, world, person, client_for, who):
    user = {
        "visitor": lambda: None,
        "staff": UserFactory,
        "a": lambda: person("lesen", world.traeger_a),
        "b": lambda: person("leitung", world.traeger_b),
        "admin": lambda: UserFactory(admin=True),
    }[who]()
    sites = {"knowledge": world.knowledge}
    answers = {
        name: client_for(user, sites.get(name, world.traeger_a)).get(document.url)
        for name, document in files.items()
    }
    assert {name: answer.status_code for name, answer in answers.items()} == MATRIX[who]


def test_an_attachment_moved_to_the_internal_collection_is_closed_at_once(files, traeger_a, client_for):
    document, client = files["public"], client_for(None, traeger_a)
    document.collection = files["internal"].collection
    document.save()
    assert client.get(document.url).status_code == MISSING


def test_the_files_folder_is_no_way_around(files, traeger_a, settings, client_for):
    import importlib

    from thinka_portal import urls

    picture = ImageFactory(traeger=traeger_a, shown=True)
    size, client = picture.get_rendition("max-10x10"), client_for(None, traeger_a)
    settings.PORTAL_DEMO = True
    try:
        clear_url_caches()
        importlib.reload(urls)
        assert client.get(size.url).status_code == 200
        for private in (*files.values(), picture):
            assert client.get(f"/media/{private.file.name}").status_code == 404
    finally:
        settings.PORTAL_DEMO = False
        importlib.reload(urls)
        clear_url_caches()
