"""Requests that lack what every browser sends are refused; Wagtail's views alone would fail."""

import pytest
from django.urls import reverse

from home.models import NewsIndexPage
from sites.access.roles import LEITUNG
from tests.factories import NewsPageFactory
from tests.world import list_page

# (view, whether its address names a page)
INCOMPLETE = (
    ("wagtailadmin_pages:edit", True),
    ("wagtailadmin_pages:copy", True),
    ("wagtailimages:add_multiple", False),
    ("wagtaildocs:add_multiple", False),
    ("wagtailadmin_choose_page_external_link", False),
)


@pytest.mark.parametrize(("view", "names_page"), INCOMPLETE)
def test_an_empty_form_is_a_bad_request(view, names_page, traeger_a, person, client_for):
    page = NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage))
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    response = client.post(reverse(view, args=[page.pk] if names_page else []))
    assert response.status_code == 400
