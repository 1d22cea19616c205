"""Links that lead nowhere are found before a page is published; what was typed stays."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.links import INTERNAL, MISSING, UNPUBLISHED, link_problems, page_links
from home.models import AnlaufstelleIndexPage, ContentPage, EventIndexPage
from sites.access.roles import FREIGABE, REDAKTION
from tests.factories import AnlaufstellePageFactory, ContentPageFactory, EventPageFactory, InternalPageFactory
from tests.home.editing import form_values
from tests.world import list_page

GONE = 999_999


def link(pk: int, words: str = "mehr dazu") -> str:
    return f'<p>Lesen Sie <a linktype="page" id="{pk}">{words}</a>.</p>'


def body(pk: int) -> list:
    """A text, then an accordion with a link to the page `pk` inside."""
    entries = [{"title": "Frage", "text": link(pk)}]
    return [("text", "<p>Ohne Link</p>"), ("accordion", {"entries": entries})]


@pytest.fixture
def start(traeger_a):
    return traeger_a.site.root_page


@pytest.fixture
def editor(traeger_a, person, client_for):
    return client_for(person(FREIGABE, traeger_a), traeger_a)


def kinds(page) -> list[str]:
    return [problem.kind for problem in link_problems(page, page.path)]


def test_links_are_found_with_their_place(start):
    target = ContentPageFactory(parent=start)
    page = ContentPageFactory(parent=start, body=body(target.pk))
    (found,) = page_links(page)
    assert (found.target_id, found.field, found.index, found.text) == (target.pk, "body", 1, "mehr dazu")


def test_what_is_wrong_with_links(start):
    draft = ContentPageFactory(parent=start, draft=True)
    internal = InternalPageFactory(parent=start)
    live = ContentPageFactory(parent=start)
    expected = {GONE: [MISSING], draft.pk: [UNPUBLISHED], internal.pk: [INTERNAL], live.pk: []}
    for pk, problems in expected.items():
        assert kinds(ContentPageFactory(parent=start, body=body(pk))) == problems


def test_internal_pages_may_link_to_each_other(start):
    internal = InternalPageFactory(parent=start)
    assert kinds(InternalPageFactory(parent=start, body=body(internal.pk))) == []


def test_pages_chosen_in_fields_and_blocks_count(traeger_a, start):
    office = AnlaufstellePageFactory(parent=list_page(traeger_a, AnlaufstelleIndexPage), draft=True)
    event = EventPageFactory(parent=list_page(traeger_a, EventIndexPage), anlaufstelle=office)
    teaser = ContentPageFactory(
        parent=start,
        body=[("teaser", {"page": office, "title": "", "text": ""})],
    )
    assert kinds(event) == kinds(teaser) == [UNPUBLISHED]


def test_the_check_asks_few_questions(start, django_assert_num_queries):
    targets = [ContentPageFactory(parent=start) for _ in range(5)]
    page = ContentPageFactory(parent=start, body=[("text", link(target.pk)) for target in targets])
    with django_assert_num_queries(2):
        assert kinds(page) == []


def send(client, page, pk: int, action: str, **more):
    """Change the text of `page` to one with a link to `pk`, by the form."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    text = rich_text(link(pk), features=["link"])
    changes = nested_form_data({"title": "Geändert", "body": streamfield([("text", text)])})
    values = form_values(client, url) | changes | more
    return client.post(url, values | ({action: "1"} if action else {}))


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_a_missing_page_stops_it_every_time_and_nothing_is_lost(action, start, editor):
    page = ContentPageFactory(parent=start)
    for _ in range(2):
        response = send(editor, page, GONE, action)
        assert response.status_code == 200
        error = response.context["form"].errors.as_data()["body"][0]
        assert "mehr dazu" in error.block_errors[0].messages[0]
        text = response.content.decode()
        assert "Geändert" in text
        assert str(GONE) in text
    page.refresh_from_db()
    assert page.title != "Geändert"


def test_drafts_keep_such_links(start, editor):
    page = ContentPageFactory(parent=start)
    assert send(editor, page, GONE, "").status_code == 302
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Geändert"


def test_an_unpublished_page_stops_it_once(start, editor):
    """Two new pages that link to each other could never be published otherwise."""
    page = ContentPageFactory(parent=start)
    draft = ContentPageFactory(parent=start, draft=True, title="Noch nicht fertig")
    response = send(editor, page, draft.pk, "action-publish")
    assert response.status_code == 200
    assert "Noch nicht fertig" in response.content.decode()
    told = response.context["form"]["told_pages"].value()
    assert told == str(draft.pk)
    assert f'name="told_pages" value="{told}"' in response.content.decode()
    assert send(editor, page, draft.pk, "action-publish", told_pages=told).status_code == 302
    page.refresh_from_db()
    assert page.title == "Geändert"


def test_titles_of_another_traeger_are_not_told(start, editor, traeger_b):
    page = ContentPageFactory(parent=start)
    secret = ContentPageFactory(parent=traeger_b.site.root_page, draft=True, title="Geheime Fusion")
    response = send(editor, page, secret.pk, "action-publish")
    assert response.status_code == 200
    (message,) = response.context["form"].errors.as_data()["body"][0].block_errors[0].messages
    assert "Geheime Fusion" not in message


def test_a_link_from_public_to_internal_is_a_warning(start, editor):
    page = ContentPageFactory(parent=start)
    internal = InternalPageFactory(parent=start, title="Teamregeln")
    response = send(editor, page, internal.pk, "action-publish")
    assert response.status_code == 302
    warnings = [m.message for m in get_messages(response.wsgi_request) if "warning" in m.tags]
    assert len(warnings) == 1
    assert "Teamregeln" in warnings[0]
    page.refresh_from_db()
    assert page.title == "Geändert"


def test_new_pages_are_checked_too(start, traeger_a, person, client_for):
    client = client_for(person(REDAKTION, traeger_a), traeger_a)
    url = reverse("wagtailadmin_pages:add", args=["home", "contentpage", start.pk])
    text = rich_text(link(GONE), features=["link"])
    changes = nested_form_data({"title": "Neu", "slug": "neu", "body": streamfield([("text", text)])})
    response = client.post(url, form_values(client, url) | changes | {"action-submit": "1"})
    assert response.status_code == 200
    assert not ContentPage.objects.filter(slug="neu").exists()
