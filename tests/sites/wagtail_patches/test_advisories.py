"""What Wagtail's security advisories of 2026 describe, tried on this portal by people of another Träger."""

import hashlib

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse
from wagtail.models import Locale, Task

from home.blocks.stream import BodyBlock
from home.models import NewsIndexPage
from sites.access.creation import INTERNAL_COLLECTION
from sites.access.roles import LEITUNG
from tests.checksums import state
from tests.factories import (
    ContentPageFactory,
    DocumentFactory,
    ImageFactory,
    NewsPageFactory,
    TopicFactory,
    UserFactory,
)
from tests.sites.wagtail_patches.advisories import ABSENT, ADMIN, HEAD, TRIES
from tests.world import list_page

SECRET = "Verschwiegen"
SCRIPT = "<script>alert(47)</script>"


@pytest.fixture
def things(traeger_a, traeger_b, person):
    """What the tries name: all of Träger A but `parent_of_asking`, where those stand who ask."""
    author = person(LEITUNG, traeger_a, last_name=SECRET)
    parent = list_page(traeger_a, NewsIndexPage)
    page = NewsPageFactory(parent=parent, title=SECRET, summary=SECRET, internal=True)
    page.title = f"{SECRET} im Entwurf"
    draft = page.save_revision(user=author, log_action=True)
    internal = traeger_a.collection.get_children().get(name=INTERNAL_COLLECTION)
    deep = internal.add_child(name="Ganz innen")
    # No secret in the name of its file: the page that says „not found“ repeats its own address.
    deep_document = DocumentFactory(collection=deep, title=SECRET, file__data=SECRET.encode())
    return {
        "page": page.pk,
        "parent": parent.pk,
        "parent_of_asking": list_page(traeger_b, NewsIndexPage).pk,
        "first": page.revisions.earliest("pk").pk,
        "second": draft.pk,
        "task": Task.objects.filter(workflow_tasks__workflow__workflow_pages__page=traeger_a.folder).get().pk,
        "document": DocumentFactory(collection=internal, title=SECRET, file__filename="verschwiegen.pdf").pk,
        "public_document": DocumentFactory(traeger=traeger_a, title=SECRET).pk,
        "public_image": ImageFactory(traeger=traeger_a, title=SECRET).pk,
        "image": ImageFactory(collection=internal, title=SECRET).pk,
        "deep": deep.pk,
        "deep_document": deep_document.pk,
        "deep_filename": deep_document.filename,
        "deep_image": ImageFactory(collection=deep, title=SECRET).pk,
        "english": Locale.objects.get_or_create(language_code="en")[0].pk,
        "person": author.pk,
        "site": traeger_a.site_id,
        "topic": TopicFactory().pk,
    }


def allow(user, *names: str) -> None:
    """Give `user` rights everywhere; those of apps that are not installed are made up."""
    for name in names:
        app, _dot, codename = name.partition(".")
        right = Permission.objects.filter(content_type__app_label=app, codename=codename).first()
        if right is None:
            kind = ContentType.objects.create(app_label=app, model=codename)
            right = Permission.objects.create(content_type=kind, codename=codename, name=codename)
        user.user_permissions.add(right)


def ask(client, attempt, things):
    url = reverse(attempt.view, args=[part.format(**things) for part in attempt.args])
    url += attempt.query.format(**things)
    if attempt.data is None:
        return client.get(url)
    return client.post(url, {name: value.format(**things) for name, value in attempt.data.items()})


def text(response) -> str:
    return response.getvalue().decode(errors="replace").lower()


def tells(response) -> bool:
    return SECRET.lower() in text(response) + str(response.headers).lower()


@pytest.mark.parametrize("advisory", TRIES)
def test_nothing_of_another_traeger(advisory, things, traeger_b, person, client_for):
    head = person(LEITUNG, traeger_b)
    for attempt in TRIES[advisory]:
        allow(head, *attempt.allowed)
    client = client_for(head, traeger_b)
    before = state()
    for attempt in TRIES[advisory]:
        response = ask(client, attempt, things)
        assert response.status_code == attempt.answer, attempt
        assert not tells(response), attempt
        assert state() == before, attempt


@pytest.mark.parametrize("advisory", TRIES)
def test_the_same_works_at_home(advisory, things, traeger_a, person, client_for):
    clients = {
        ADMIN: client_for(UserFactory(admin=True), traeger_a),
        HEAD: client_for(person(LEITUNG, traeger_a), traeger_a),
    }
    at_home = things | {"parent_of_asking": things["parent"]}
    for attempt in TRIES[advisory]:
        before = transaction.savepoint()
        response = ask(clients[attempt.own_as], attempt, at_home)
        assert response.status_code == attempt.own, attempt
        assert tells(response) or not attempt.tells, attempt
        transaction.savepoint_rollback(before)


@pytest.mark.parametrize("advisory", ABSENT)
def test_what_the_portal_does_not_have(advisory, things, traeger_a, client_for):
    names, addresses = ABSENT[advisory]
    assert not [name for name in names if apps.is_installed(name)]
    client = client_for(UserFactory(admin=True), traeger_a)
    for address in addresses:
        response = client.get(address.format(**things))
        assert response.status_code == 404, address
        assert SCRIPT not in text(response)


@pytest.mark.parametrize("advisory", ["CVE-2026-28222"])
def test_tables_escape_what_editors_write(advisory, traeger_a, client_for):
    assert not apps.is_installed("wagtail.contrib.table_block")
    assert "table" in BodyBlock().child_blocks
    table = {
        "columns": [{"type": "text", "heading": SCRIPT}, {"type": "text", "heading": f'"{SCRIPT}'}],
        "rows": [{"values": [f'" onclick="alert(47)" {SCRIPT}', f"<p>{SCRIPT}</p>"]}],
    }
    body = [{"type": "table", "value": {"caption": f'"{SCRIPT}', "table": table}}]
    page = ContentPageFactory(parent=traeger_a.site.root_page, body=body)
    shown = BeautifulSoup(client_for(None, traeger_a).get(page.url).content, "html.parser").find("table")
    assert SCRIPT in shown.text
    assert not shown.find_all("script")
    assert not shown.find_all(attrs={"onclick": True})


@pytest.mark.parametrize("advisory", ["CVE-2026-28223"])
def test_titles_are_escaped_when_a_page_is_translated(advisory, traeger_a, things, client_for):
    page = NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage), title=SCRIPT, slug="titel")
    client = client_for(UserFactory(admin=True), traeger_a)
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    answers = [client.get(url), client.post(url, {"locales": things["english"]}, follow=True)]
    assert [str(message) for message in answers[1].context["messages"]]
    for answer in answers:
        assert "alert(47)" in answer.content.decode()
        assert SCRIPT not in answer.content.decode()


@pytest.mark.parametrize("advisory", ["CVE-2026-54260"])
@pytest.mark.parametrize(
    "spec", ["scale-20000", "width-100|scale-20000", "fill-9x9|format-avif", "nothing-1"]
)
def test_previews_of_pictures_do_only_what_is_cheap(advisory, spec, traeger_b, person, client_for):
    image = ImageFactory(traeger=traeger_b)
    client = client_for(person(LEITUNG, traeger_b), traeger_b)
    answer = client.get(reverse("wagtailimages:preview", args=[image.pk, spec]))
    assert answer.status_code == 400
    assert client.get(reverse("wagtailimages:preview", args=[image.pk, "fill-9x9"])).status_code == 200


@pytest.mark.parametrize("advisory", ["GHSA-92hv-j533-69wc"])
def test_no_guess_of_a_checksum_is_confirmed(advisory, things, traeger_a, traeger_b, person, client_for):
    """An answer „not modified“ would say that the guess is right."""
    url = reverse("wagtaildocs_serve", args=[things["deep_document"], things["deep_filename"]])
    right, wrong = hashlib.sha1(SECRET.encode()).hexdigest(), "0" * 40  # noqa: S324 - what is guessed
    for user, site, status in (
        (None, traeger_a, 404),
        (person(LEITUNG, traeger_b), traeger_a, 404),
        (person(LEITUNG, traeger_b), traeger_b, 404),
    ):
        client = client_for(user, site)
        answers = [
            client.get(url, headers={header: f'"{guess}"'})
            for header in ("if-none-match", "if-match")
            for guess in (right, wrong)
        ]
        assert {answer.status_code for answer in answers} == {status}
        assert not any("etag" in answer.headers for answer in answers)
    at_home = client_for(person(LEITUNG, traeger_a), traeger_a).get(url)
    assert (at_home.status_code, at_home.getvalue()) == (200, SECRET.encode())
