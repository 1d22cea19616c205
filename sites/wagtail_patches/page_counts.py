"""A list of pages says how many pages it shows, and not how many "None".

The heading of the column with titles takes the name of what is listed from the view; the search for pages
and the reports say none. Wagtail 8.0; not reported yet.
"""

from wagtail.admin.ui.tables.pages import PageTitleColumn
from wagtail.models import Page

PATCHED = {"wagtail.admin.ui.tables.pages:PageTitleColumn.get_header_context_data": "78b846d13d89"}


def _get_header_context_data(self, parent_context):
    context = _upstream(self, parent_context)
    if not context["model_name"]:
        one = context["items_count"] == 1
        context["model_name"] = Page._meta.verbose_name if one else Page._meta.verbose_name_plural
    return context


_upstream = PageTitleColumn.get_header_context_data


def apply() -> None:
    PageTitleColumn.get_header_context_data = _get_header_context_data
