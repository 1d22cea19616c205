"""What somebody may not read is answered as what does not exist: nothing in the answer tells it apart."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.text import slugify
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from sites.access.creation import INTERNAL_COLLECTION
from sites.access.roles import LEITUNG, LESEN
from tests.factories import (
    ContentPageFactory,
    DocumentFactory,
    ImageFactory,
    InternalPageFactory,
    UserFactory,
)
from tests.sites.grants.granting import grant

RANDOM = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')


def answer(client, path: str) -> dict:
    """Return all that somebody could compare, without the path that was asked for and what is random."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    body = RANDOM.sub(r"\1", response.content.decode())
    for form in (path, quote(path), quote(path, safe=""), path.strip("/")):
        body = body.replace(form, "…")
    # The time of the answer is in one of them.
    headers = {name: value for name, value in response.items() if name not in ("Content-Length", "Expires")}
    return {
        "status": response.status_code,
        "headers": headers,
        "cookies": sorted(response.cookies),
        "body": body,
        "queries": len(captured),
    }


@pytest.fixture
def pages(traeger_a):
    """Pages of A that not everybody reads → an address of the same kind at which there is nothing."""
    start = traeger_a.site.root_page
    internal = InternalPageFactory(parent=start, title="Nur intern")
    draft = ContentPageFactory(parent=start, title="Entwurf", draft=True)
    hidden = {
        "internal": internal,
        "below an internal one": InternalPageFactory(parent=internal),
        "draft": draft,
        "below a draft": ContentPageFactory(parent=draft),
        "internal draft": InternalPageFactory(parent=start, draft=True),
        "internal, below a draft": ContentPageFactory(parent=draft, internal=True),
        "scheduled": ContentPageFactory(parent=start, scheduled=True),
    }
    nothing = {2: "/gibt-es-nicht/", 3: "/gibt-es-nicht/und-nie/"}
    addresses = {name: page.get_url_parts()[2] for name, page in hidden.items()}
    return {name: (path, nothing[path.count("/")]) for name, path in addresses.items()} | {
        # Neither the page above is there.
        "nothing below an internal one": (f"{addresses['internal']}nichts/", nothing[3]),
        "nothing below a draft": (f"{addresses['draft']}nichts/", nothing[3]),
    }


@pytest.fixture
def reader(person, traeger_b, pages, traeger_a):
    def make(name: str):
        if name == "visitor":
            return None
        if name == "staff":
            return UserFactory()
        user = person(LEITUNG if name == "head elsewhere" else LESEN, traeger_b)
        if name == "whose grant has ended":
            yesterday = timezone.now() - timedelta(days=1)
            for page in traeger_a.site.root_page.get_children():
                grant(user, page, "publish", subtree=True, expires_at=yesterday)
        return user

    return make


FOREIGN = ("staff", "reader elsewhere", "head elsewhere", "whose grant has ended")


@pytest.mark.parametrize("who", [*FOREIGN, "visitor"])
def test_pages(who, pages, reader, traeger_a, client_for):
    client = client_for(reader(who), traeger_a)
    client.get("/")
    for name, (path, nothing) in pages.items():
        found = answer(client, path)
        assert found["status"] == 404
        assert found == answer(client, nothing), name


@pytest.mark.parametrize("name", ["internal", "draft"])
def test_on_an_internal_site_every_address_leads_visitors_to_the_login(name, pages, traeger_a, client_for):
    PageViewRestriction.objects.create(
        page=traeger_a.site.root_page, restriction_type=PageViewRestriction.LOGIN
    )
    client = client_for(None, traeger_a)
    client.get("/")
    path, nothing = pages[name]
    found = answer(client, path)
    assert (found["status"], found["headers"].pop("Location")) == (302, f"/anmelden/?next={path}")
    other = answer(client, nothing)
    assert other["headers"].pop("Location") == f"/anmelden/?next={nothing}"
    assert found == other


def test_visitors_are_offered_to_sign_in_and_come_back(pages, person, traeger_a, client_for):
    path, _nothing = pages["internal"]
    offer = f'href="/anmelden/?next={path}%3Fvon%3Dhier"'
    page = client_for(None, traeger_a).get(f"{path}?von=hier")
    assert (page.status_code, offer in page.text) == (404, True)
    elsewhere = client_for(UserFactory(), traeger_a).get(f"{path}?von=hier")
    assert (elsewhere.status_code, "/anmelden/" in elsewhere.text) == (404, False)
    assert client_for(person(LESEN, traeger_a), traeger_a).get(path).status_code == 200


# An internal document of the own Träger, on another one's site: there it is known, and not handed out.
OWN_ELSEWHERE = "document of the own site"


def internal(traeger):
    return traeger.collection.get_children().get(name=INTERNAL_COLLECTION)


@pytest.fixture
def files(traeger_a, traeger_b):
    """Addresses of files that not everybody opens → one of the same kind at which there is nothing."""
    document = DocumentFactory(collection=internal(traeger_a), file__filename="plan.pdf")
    elsewhere = DocumentFactory(collection=internal(traeger_b), file__filename="plan.pdf")
    picture = ImageFactory(collection=internal(traeger_a))
    size = picture.get_rendition("max-10x10")
    no_document = "/dokumente/{}/plan.pdf".format
    return {
        "document": (no_document(document.pk), no_document(document.pk + 1000)),
        OWN_ELSEWHERE: (no_document(elsewhere.pk), no_document(document.pk + 1000)),
        "document, another name": (f"/dokumente/{document.pk}/x.pdf", no_document(document.pk + 1000)),
        "picture": (picture.file.url, f"{picture.file.url[:-4]}_nie.jpg"),
        "size of a picture": (size.url, f"{size.url[:-4]}_nie.jpg"),
        "size of another picture": (size.url, size.url.replace(f"/{picture.pk}/", f"/{picture.pk + 1000}/")),
    }


@pytest.mark.parametrize("who", [*FOREIGN, "visitor"])
def test_files(who, files, reader, traeger_a, client_for):
    client = client_for(reader(who), traeger_a)
    client.get("/")
    for name, (path, nothing) in files.items():
        found = answer(client, path)
        assert found["status"] == 404
        other = answer(client, nothing)
        if name == OWN_ELSEWHERE:
            other["queries"] = found["queries"]
        assert found == other, name


@pytest.fixture
def moved(traeger_a):
    """Old addresses of pages that not everybody finds, by what has become of the page."""
    start = traeger_a.site.root_page
    draft = ContentPageFactory(parent=start, title="Zurückgezogen")
    pages = {
        "internal": InternalPageFactory(parent=start, title="Jetzt intern"),
        "withdrawn": draft,
        "below what is withdrawn": ContentPageFactory(parent=draft),
        "internal, below what is withdrawn": ContentPageFactory(parent=draft, internal=True),
    }
    draft.unpublish()
    for name, page in pages.items():
        Redirect.add_redirect(f"/alt/{slugify(name)}", page, site=traeger_a.site, automatically_created=True)
    return {name: f"/alt/{slugify(name)}/" for name in pages}


@pytest.mark.parametrize("who", [*FOREIGN, "visitor"])
def test_old_addresses(who, moved, reader, traeger_a, client_for):
    client = client_for(reader(who), traeger_a)
    client.get("/")
    for name, path in moved.items():
        for asked in (path, f"{path}?von=hier"):
            found = answer(client, asked)
            nothing = answer(client, asked.replace("/alt/", "/nie/"))
            assert (found.pop("status"), nothing.pop("status")) == (404, 404), name
            # A redirect costs a look at where it leads.
            assert found.pop("queries") >= nothing.pop("queries")
            assert found == nothing, name


def test_an_old_address_leads_on_for_who_reads_the_page(moved, person, traeger_a, client_for):
    client = client_for(person(LESEN, traeger_a), traeger_a)
    found = client.get(moved["internal"])
    assert (found.status_code, client.get(found["Location"]).status_code) == (301, 200)
