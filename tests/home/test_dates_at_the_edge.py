"""Dates that no calendar of people knows: each field of each form of the editing area refuses them."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import AnlaufstelleIndexPage, EventIndexPage, NewsIndexPage
from sites.access.roles import FREIGABE, LEITUNG
from sites.models import PageUserGrant
from tests.factories import NewsPageFactory
from tests.home.editing import form_values
from tests.wording import said
from tests.world import list_page

EDGES = [
    "01.01.0001",
    "28.12.9999",
    "31.12.1899",
    "01.01.2100",
    "31.12.9999",
    "01.01.0001 00:00",
    "31.12.9999 23:59",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
    "01.01.10000",
    "1 BC",
    "infinity",
    "31.02.2027",
]
NO_BLOCKS = {"body": streamfield([]), "accessibility": streamfield([])}
HOURS = {"street": "Beispielstraße 1", "city": "Erfurt", "intervals": inline_formset([])}
EVENT = {
    "start": "04.05.2027 15:00",
    "end": "04.05.2027 16:00",
    "frequency": "weekly",
    "registration": "none",
}
FORMS = [
    ("eventpage", EventIndexPage, EVENT, ["start", "end", "until", "exclusions-0-date", "reviewed_on"]),
    ("newspage", NewsIndexPage, {}, ["date", "reviewed_on"]),
    ("anlaufstellepage", AnlaufstelleIndexPage, HOURS, ["since", "exceptions-0-first", "exceptions-0-last"]),
]
OF_ALL_PAGES = ["go_live_at", "expire_at"]
ROWS = {
    "exclusions": {"date": "11.05.2027"},
    "exceptions": {
        "first": "11.05.2027",
        "last": "11.05.2027",
        "closed": "on",
        "opens": "",
        "closes": "",
        "reason": "",
    },
}


@pytest.fixture
def editor(traeger_a, person, client_for):
    return client_for(person(FREIGABE, traeger_a), traeger_a)


def typed(data, dates) -> dict:
    """Return what somebody types into the form for a new page: `data`, and `dates` by their fields."""
    relations = ROWS.keys() & {field.split("-")[0] for field in dates}
    rows = {relation: inline_formset([ROWS[relation]]) for relation in relations}
    return nested_form_data({"title": "Am Rand", "slug": "am-rand", **NO_BLOCKS, **data, **rows}) | dates


def send_news(client, traeger, field, value):
    """Publish a new piece of news with `value` in `field` by the form, and return the answer."""
    parent = list_page(traeger, NewsIndexPage)
    url = reverse("wagtailadmin_pages:add", args=["home", "newspage", parent.pk])
    return client.post(url, form_values(client, url) | typed({}, {field: value}) | {"action-publish": "1"})


def errors_at(response, field) -> list[str]:
    form = response.context["form"]
    if "-" in field:
        relation, row, name = field.split("-")
        form, field = form.formsets[relation].forms[int(row)], name
    return form.errors.get(field, [])


@pytest.mark.parametrize(("name", "parent", "data", "own"), FORMS, ids=[form[0] for form in FORMS])
def test_each_field_refuses_it_at_its_place(traeger_a, editor, name, parent, data, own):
    parent, fields = list_page(traeger_a, parent), own + OF_ALL_PAGES
    url = reverse("wagtailadmin_pages:add", args=["home", name, parent.pk])
    empty = form_values(editor, url)
    # The day on which an office was checked is stored beside the page, by a click and not by a form.
    assert ("reviewed_on" in empty) == (name != "anlaufstellepage")
    for value, action in [
        *((value, {"action-publish": "1"}) for value in EDGES),
        (EDGES[0], {}),
        (EDGES[1], {}),
    ]:
        response = editor.post(url, empty | typed(data, dict.fromkeys(fields, value)) | action)
        assert response.status_code == 200, value
        assert [field for field in fields if not errors_at(response, field)] == [], value
        assert "Am Rand" in response.content.decode()
    assert not parent.get_children().exists()


def test_the_message_names_the_bounds(traeger_a, editor):
    response = send_news(editor, traeger_a, "date", "01.01.0001")
    text = said("Please enter a date from %(first)s to %(last)s.", first="01.01.1900", last="31.12.2099")
    assert text in response.content.decode()


@pytest.mark.parametrize("value", ["01.01.1900", "31.12.2099"])
def test_the_outermost_days_are_taken(traeger_a, editor, value):
    assert send_news(editor, traeger_a, "date", value).status_code == 302
    for address in ("/aktuelles/", "/aktuelles/am-rand/", "/aktuelles/feed/"):
        assert editor.get(address).status_code == 200


def test_a_grant_is_given_until_no_such_date(traeger_a, person, client_for):
    head, guest = person(LEITUNG, traeger_a), person(FREIGABE, traeger_a)
    page = NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage))
    address = reverse("portal_grants", args=["page", page.pk])
    client = client_for(head, traeger_a)
    for value in EDGES:
        response = client.post(
            address, {"email": guest.email, "level": "change", "until": value, "reason": ""}
        )
        assert response.status_code == 200, value
        assert not PageUserGrant.grants.exists()


REPORTS = [
    ("wagtailadmin_reports:site_history", "timestamp"),
    ("wagtailadmin_reports:workflow", "created_at"),
    ("wagtailadmin_reports:workflow_tasks", "started_at"),
    ("wagtailadmin_reports:workflow_tasks", "finished_at"),
    ("wagtailadmin_reports:locked_pages", "locked_at"),
    ("wagtailadmin_reports:aging_pages", "last_published_at"),
    ("wagtailadmin_explore", "latest_revision_created_at"),
    ("wagtailusers_users:index", "last_login"),
]


@pytest.mark.parametrize(("view", "name"), REPORTS, ids=[f"{view}.{name}" for view, name in REPORTS])
def test_filters_of_reports_and_listings_answer(traeger_a, person, client_for, view, name):
    client = client_for(person(LEITUNG, traeger_a, is_superuser=True), traeger_a)
    url = reverse(view, args=[traeger_a.site.root_page.pk] if view == "wagtailadmin_explore" else [])
    for value in ("01.01.0001", "31.12.9999", "31.12.9999 23:59", "0001-01-01T00:00:00+14:00", "\0"):
        for suffix in ("", "_from", "_to"):
            response = client.get(url, {f"{name}{suffix}": value})
            assert response.status_code in (200, 400, 404), (suffix, value)


def test_addresses_with_dates_answer(traeger_a, client_for):
    NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage))
    client = client_for(None, traeger_a)
    for value in (*EDGES[:2], "0", "99999", "-1", "\0"):
        for address in ("/aktuelles/", "/termine/"):
            names = ("year", "von", "bis", "date", "page")
            assert client.get(address, dict.fromkeys(names, value)).status_code in (200, 400, 404), value
