"""However a number is written that Django takes for one: what is out of reach is not there."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from sites.access.roles import LEITUNG
from tests.factories import DocumentFactory, ImageFactory, UserFactory

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


ADDRESSES = {
    "pages chosen": lambda: reverse("wagtailadmin_choose_page_chosen_multiple"),
    "pictures chosen": lambda: reverse("wagtailimages_chooser:chosen_multiple"),
    "pages ticked": lambda: reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]),
}
HUGE = str(2**63)


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("nonsense", ["9" * 30, HUGE, "abc", "", "1;2"])
@pytest.mark.parametrize("admin", [False, True])
def test_what_is_no_number_is_a_bad_request(name, nonsense, admin, traeger_a, person, client_for):
    client = client_for(UserFactory(admin=True) if admin else person(LEITUNG, traeger_a), traeger_a)
    assert client.get(f"{ADDRESSES[name]()}?{urlencode({'id': nonsense})}").status_code == 400


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_number_that_no_object_has_is_out_of_reach(name, traeger_a, person, client_for):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    assert client.get(f"{ADDRESSES[name]()}?id=-1").status_code == 404
