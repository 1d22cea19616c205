"""However a number is written that Django takes for one: what is out of reach is not there."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from sites.roles import LEITUNG
from tests.factories import DocumentFactory, ImageFactory

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WRITTEN = (str, "+{}".format, " {}".format, "0_{}".format, lambda number: str(number).translate(ARABIC))


@pytest.mark.parametrize(
    ("view", "factory"),
    [
        ("wagtailimages_chooser:chosen_multiple", ImageFactory),
        ("wagtaildocs_chooser:chosen_multiple", DocumentFactory),
    ],
)
@pytest.mark.parametrize("written", WRITTEN)
def test_foreign_files(written, view, factory, traeger_a, traeger_b, person, client_for):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    for traeger, status in ((traeger_a, 200), (traeger_b, 404)):
        query = urlencode({"id": written(factory(traeger=traeger).pk)})
        assert client.get(f"{reverse(view)}?{query}").status_code == status, traeger


@pytest.mark.parametrize("nonsense", ["9" * 30, str(2**63), "-1"])
def test_numbers_that_no_object_has(nonsense, traeger_a, person, client_for):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    url = reverse("wagtailimages_chooser:chosen_multiple")
    assert client.get(f"{url}?{urlencode({'id': nonsense})}").status_code in (200, 404)
