"""What no browser sends is refused or not found; nothing fails."""

import pytest
from django.test import Client

from sites.access.roles import LEITUNG


@pytest.mark.parametrize(
    "path",
    [
        "/dokumente/3000000000/x.pdf",
        "/dokumente/99999999999999999999/x.pdf",
        "/interne-dateien/original_images/%00.jpg",
        "/interne-dateien/avatar_images/a%00b",
        "/interne-dateien/renditions/1/%00.jpg",
    ],
)
def test_nothing_is_there(path, traeger_a, client_for):
    assert client_for(None, traeger_a).get(path).status_code == 404


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("port", ["65536", "99999999999"])
def test_no_host_has_such_a_port(port):
    assert Client(headers={"host": f"beispiel-nord.localhost:{port}"}).get("/").status_code == 400


def test_no_tag_has_such_a_name(traeger_a, person, client_for):
    response = client_for(person(LEITUNG, traeger_a), traeger_a).get("/admin/tag-autocomplete/?term=%00")
    assert (response.status_code, response.json()) == (200, [])
