"""How much the first visit of a public page costs somebody with an old phone and little data."""

import gzip

import pytest

from tests.home.page_types import PUBLIC, ROWS

pytestmark = pytest.mark.xdist_group("browser")

BUDGET = 90 * 1024  # bytes, fonts included, pictures not
# The test server does not compress; these kinds are compressed where the portal is served for real.
COMPRESSED = ("document", "stylesheet", "script", "fetch", "xhr", "manifest")
PUBLIC_TYPES = ["HomePage", *(row.name for row in ROWS if row.readers == PUBLIC)]


def transferred(response) -> int:
    body = response.body()
    drawn = response.headers["content-type"].startswith("image/svg")
    if drawn or response.request.resource_type in COMPRESSED:
        return len(gzip.compress(body, compresslevel=6))
    return len(body)


@pytest.mark.parametrize("name", PUBLIC_TYPES)
def test_first_load(name, portal, visit):
    window = visit()
    responses = []
    window.on("response", lambda response: responses.append(response))
    window.goto(portal.url_of(portal.pages[name]), wait_until="networkidle")
    sizes = {
        response.url: transferred(response)
        for response in responses
        if response.request.resource_type != "image"
    }
    assert any(url.endswith(".woff2") for url in sizes), "The fonts were not loaded"
    assert sum(sizes.values()) <= BUDGET, sizes
