"""What the editor sends for a page: one form that fits every type, because fields of others are ignored.

Wagtail's views break off where a field of the form is missing altogether: nothing behind them would be tried.
"""

from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import get_page_models

from tests.home.page_types import ROWS

_NO_ROWS = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}


def _empty(model) -> dict[str, str]:
    """Return what the browser sends of lists without anything in them."""
    streams = {f"{field.name}-count": "0" for field in model._meta.fields if isinstance(field, StreamField)}
    lists = [relation.get_accessor_name() for relation in get_all_child_relations(model)]
    return streams | {f"{name}-{key}": value for name in lists for key, value in _NO_ROWS.items()}


def page_form() -> dict[str, str]:
    """Return the names and values of the form's fields."""
    form: dict[str, str] = {}
    for model in get_page_models():
        form |= _empty(model)
    for row in ROWS:
        form |= row.form_data()
    return form | {"title": "Fremd", "slug": "fremd"}
