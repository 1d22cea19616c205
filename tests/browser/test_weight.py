"""How much the first visit of a public page costs somebody with an old phone and little data."""

import gzip

import pytest

pytestmark = pytest.mark.xdist_group("browser")

BUDGET = 150 * 1024  # bytes, fonts included, pictures not
# The test server does not compress; these kinds are compressed where the portal is served for real.
COMPRESSED = ("document", "stylesheet", "script", "fetch", "xhr", "manifest")


def transferred(response) -> int:
    body = response.body()
    if response.request.resource_type in COMPRESSED:
        return len(gzip.compress(body, compresslevel=6))
    return len(body)


@pytest.mark.parametrize("name", ["HomePage", "AnlaufstellePage", "EventIndexPage"])
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
