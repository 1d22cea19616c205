"""The form that the matrix sends for pages is complete, whatever the type of the page."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from wagtail.models import get_page_models

from home.models.base import PortalPage
from tests.leaks.page_form import page_form

TYPES = [model for model in get_page_models() if issubclass(model, PortalPage)]


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_the_form_is_complete_for_every_type(model, traeger_a, person):
    start, head = traeger_a.site.root_page, person("leitung", traeger_a)
    form_class = model.get_edit_handler().get_form_class()
    page = model(locale=start.locale)
    form = form_class(QueryDict(urlencode(page_form())), instance=page, parent_page=start, for_user=head)
    assert form.is_valid(), form.errors.get_json_data()
