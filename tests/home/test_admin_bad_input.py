"""Wrong input in the page editor: said at its place, and nothing typed is lost."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import AnlaufstelleIndexPage, EventIndexPage
from sites.access.roles import FREIGABE
from tests.factories import AnlaufstellePageFactory, ContentPageFactory, ImageFactory
from tests.home.editing import form_values
from tests.wording import said
from tests.world import list_page

# JavaScript adds these to the form.
NO_BLOCKS = {"body": streamfield([]), "accessibility": streamfield([])}


@pytest.fixture
def editor(traeger_a, person, client_for):
    return client_for(person(FREIGABE, traeger_a), traeger_a)


def add(client, model_name, parent, data, action="action-publish"):
    """Send the form for a new page and return the answer."""
    url = reverse("wagtailadmin_pages:add", args=["home", model_name, parent.pk])
    typed = {"title": "Bleibt stehen", "slug": "neu", **NO_BLOCKS} | data
    values = form_values(client, url) | nested_form_data(typed)
    return client.post(url, values | ({action: "1"} if action else {}))


def hours(*rows) -> dict:
    names = ("weekday", "opens", "closes")
    return inline_formset([{**dict(zip(names, row, strict=True)), "note": ""} for row in rows])


OVERLAPPING = hours(("0", "09:00", "12:00"), ("0", "11:00", "15:00"))
REVERSED = hours(("0", "09:00", "12:00"), ("1", "15:00", "11:00"))


@pytest.mark.parametrize("rows", [OVERLAPPING, REVERSED], ids=["overlapping", "reversed"])
@pytest.mark.parametrize("action", ["action-publish", "action-submit", ""])
def test_opening_hours_are_refused_at_their_row(rows, action, traeger_a, editor):
    parent = list_page(traeger_a, AnlaufstelleIndexPage)
    data = {"street": "Beispielstraße 1", "city": "Erfurt", "intervals": rows}
    response = add(editor, "anlaufstellepage", parent, data, action)
    assert response.status_code == 200
    formset = response.context["form"].formsets["intervals"]
    wrong = [bool(errors) for errors in formset.errors]
    assert wrong in ([False, True], [True, True])
    text = response.content.decode()
    for message in formset.forms[1].non_field_errors():
        assert str(message) in text
    assert "Bleibt stehen" in text
    assert 'value="15:00"' in text
    assert not parent.get_children().exists()


def exceptions(first: str, last: str, **more) -> dict:
    row = {"first": first, "last": last, "closed": "on", "opens": "", "closes": "", "reason": "Teamtag"}
    return inline_formset([row | more])


def test_an_exception_that_ends_before_it_begins(traeger_a, editor):
    parent = list_page(traeger_a, AnlaufstelleIndexPage)
    data = {
        "street": "Beispielstraße 1",
        "city": "Erfurt",
        "intervals": inline_formset([]),
        "exceptions": exceptions("2026-12-24", "2026-12-20"),
    }
    response = add(editor, "anlaufstellepage", parent, data)
    assert response.status_code == 200
    assert response.context["form"].formsets["exceptions"].forms[0].errors
    assert "Teamtag" in response.content.decode()


@pytest.mark.parametrize("action", ["action-publish", ""])
def test_an_event_does_not_end_before_it_begins(action, traeger_a, editor):
    parent = list_page(traeger_a, EventIndexPage)
    data = {"start": "2027-05-04 15:00", "end": "2027-05-04 14:00", "frequency": "none"}
    response = add(editor, "eventpage", parent, data | {"registration": "none"}, action)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["end"]
    text = response.content.decode()
    assert said("The event ends before it begins. Please correct the start or the end.") in text
    assert "Bleibt stehen" in text
    assert "04.05.2027 14:00" in text or "2027-05-04 14:00" in text
    assert not parent.get_children().exists()


def test_an_event_without_a_date_is_told_so_even_as_a_draft(traeger_a, editor):
    """A draft without a date can't be kept in the calendar; the form says which field is missing."""
    parent = list_page(traeger_a, EventIndexPage)
    response = add(editor, "eventpage", parent, {"frequency": "none", "registration": "none"}, "")
    assert response.status_code == 200
    assert {"start", "end"} <= set(response.context["form"].errors)


def test_registration_needs_a_way(traeger_a, editor):
    data = {"start": "2027-05-04 15:00", "end": "2027-05-04 16:00", "registration": "required"}
    response = add(editor, "eventpage", list_page(traeger_a, EventIndexPage), data)
    assert list(response.context["form"].errors) == ["registration"]


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_a_picture_block_needs_its_text(action, traeger_a, editor):
    picture = ImageFactory(traeger=traeger_a)
    start = traeger_a.site.root_page
    image = {"image": picture.pk, "alt_text": "", "decorative": ""}
    block = ("picture", {"image": image, "caption": "Unser Hof"})
    response = add(editor, "contentpage", start, {"body": streamfield([block])}, action)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["body"]
    assert "Unser Hof" in response.content.decode()


def test_a_decorative_picture_needs_none(traeger_a, editor):
    picture = ImageFactory(traeger=traeger_a)
    image = {"image": picture.pk, "alt_text": "", "decorative": "on"}
    block = ("picture", {"image": image, "caption": "Unser Hof"})
    response = add(editor, "contentpage", traeger_a.site.root_page, {"body": streamfield([block])})
    assert response.status_code == 302, response.context["form"].errors


def test_the_picture_of_a_page_needs_its_text(traeger_a, editor):
    page = ContentPageFactory(parent=traeger_a.site.root_page)
    picture = ImageFactory(traeger=traeger_a)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    changes = nested_form_data({"picture": picture.pk, "picture_alt": "", **NO_BLOCKS})
    response = editor.post(url, form_values(editor, url) | changes | {"action-publish": "1"})
    assert list(response.context["form"].errors) == ["picture_alt"]
    assert said("Describe the picture in a few words.") in response.content.decode()


def test_a_preview_of_an_office_without_what_was_typed(editor, traeger_a):
    """As its address in another window, or after the form was left for long: no rows of opening hours."""
    office = AnlaufstellePageFactory(parent=list_page(traeger_a, AnlaufstelleIndexPage))
    assert editor.get(f"/admin/pages/{office.pk}/edit/preview/").status_code == 200
