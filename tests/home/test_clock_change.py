"""The nights in which the clocks change, in the forms of the editing area."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from icalendar import Calendar
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import EventIndexPage, EventPage
from sites.access.roles import FREIGABE
from tests.home.editing import complaints, form_values
from tests.wording import said
from tests.world import list_page

# 2:30 comes twice: the first time in summer time, the second time in winter time.
FIRST, SECOND = datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
CHOICE = "_second_time"


@pytest.fixture
def editor(traeger_a, person, client_for):
    return client_for(person(FREIGABE, traeger_a), traeger_a)


def add(client, parent, **fields):
    url = reverse("wagtailadmin_pages:add", args=["home", "eventpage", parent.pk])
    data = {"title": "Nachts", "slug": "nachts", "body": streamfield([]), "frequency": "none"}
    times = {"start": "31.10.2027 01:00", "end": "31.10.2027 06:00", "registration": "none"}
    typed = nested_form_data(data | times | fields)
    return client.post(url, form_values(client, url) | typed)


def save(client, page, **fields) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(
        url, form_values(client, url) | nested_form_data({"body": streamfield([])}) | fields
    )
    assert response.status_code == 302, complaints(response)


def choice(client, page, name):
    """Return what the form of `page` shows below the field `name`: is the choice in sight, what is chosen."""
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    select = BeautifulSoup(html, "html.parser").find("select", attrs={"name": name + CHOICE})
    return not select.parent.has_attr("hidden"), select.find(selected=True) is not None


def moment(page, field) -> datetime:
    """Return what the draft of `page` has in `field`; in UTC: local times that come twice equal nothing."""
    return getattr(Page.objects.get(pk=page.pk).get_latest_revision_as_object(), field).astimezone(UTC)


@pytest.mark.parametrize("field", ["start", "end", "go_live_at", "expire_at"])
def test_a_time_that_comes_twice_is_the_first_until_the_second_is_chosen(traeger_a, editor, field):
    parent = list_page(traeger_a, EventIndexPage)
    response = add(editor, parent, **{field: "31.10.2027 02:30"})
    assert response.status_code == 302, complaints(response)
    page = EventPage.objects.child_of(parent).get()
    assert moment(page, field) == FIRST
    assert choice(editor, page, field) == (True, False)

    save(editor, page, **{field + CHOICE: "1"})
    assert moment(page, field) == SECOND
    assert choice(editor, page, field) == (True, True)

    # Whoever saves again changes nothing, and another time is no longer any second one.
    save(editor, page)
    assert moment(page, field) == SECOND
    save(editor, page, **{field: "31.10.2027 03:30"})
    assert moment(page, field) == datetime(2027, 10, 31, 2, 30, tzinfo=UTC)
    assert choice(editor, page, field) == (False, False)


def test_what_was_chosen_stays_where_the_form_is_shown_again(traeger_a, editor):
    response = add(
        editor, list_page(traeger_a, EventIndexPage), start="31.10.2027 02:30", start_second_time="1", end=""
    )
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.find("input", attrs={"name": "start"})["value"] == "31.10.2027 02:30"
    select = soup.find("select", attrs={"name": "start" + CHOICE})
    assert not select.parent.has_attr("hidden")
    assert select.find(selected=True)["value"] == "1"


def test_an_event_may_begin_the_first_and_end_the_second_time(traeger_a, editor, client_for):
    parent = list_page(traeger_a, EventIndexPage)
    times = {"start": "31.10.2027 02:30", "end": "31.10.2027 02:15", "end_second_time": "1"}
    assert add(editor, parent, **times).status_code == 302
    page = EventPage.objects.child_of(parent).get()
    page.get_latest_revision().publish()
    content = client_for(None, traeger_a).get("/termine/nachts/kalender/").content
    (entry,) = Calendar.from_ical(content).walk("VEVENT")
    assert entry.decoded("dtstart").astimezone(UTC) == FIRST
    assert entry.decoded("dtend").astimezone(UTC) == datetime(2027, 10, 31, 1, 15, tzinfo=UTC)
    assert client_for(None, traeger_a).get("/termine/").status_code == 200


@pytest.mark.parametrize("field", ["start", "end", "go_live_at", "expire_at"])
def test_a_time_that_the_clocks_skip_is_refused_with_what_to_do(traeger_a, editor, field):
    response = add(editor, list_page(traeger_a, EventIndexPage), **{field: "28.03.2027 02:30"})
    assert response.status_code == 200
    sentence = said(
        "%(date)s has no %(time)s: the clocks are put forward and skip this hour. Please enter %(later)s or "
        "another time.",
        date="28.03.2027",
        time="02:30",
        later="03:30",
    )
    assert sentence in response.content.decode()
    assert list(response.context["form"].errors) == [field]
