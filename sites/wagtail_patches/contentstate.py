"""One parser per call when the text of an editor is made; 400 for what no editor sends.

Wagtail keeps one HTML parser per block widget, and widgets live as long as the process: two people who open
editors at the same moment write into the same object. One gets an error 500, or text of a draft of another
Träger, which saving stores.

What comes back from an editor is taken as it is: JSON that is none, or of another shape, is an error 500,
and a zero byte in it is one when the page is stored. Here the answer is 400, and control characters are
taken out.

Wagtail 8.0; not reported yet (see docs/decisions/0011-upstream-faults.md).
"""

from copy import copy

from django.core.exceptions import BadRequest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from sites.fields.characters import several_lines

PATCHED = {
    "wagtail.admin.rich_text.converters.contentstate:ContentstateConverter": "e50d9c7cc366",
    "wagtail.admin.rich_text.converters.html_to_contentstate:HtmlToContentStateHandler": "e73d6508d8b3",
}


def from_database_format(self, html: str) -> str:
    """Return the JSON of Draftail for the stored `html`, as the method that this one replaces does."""
    parser = copy(self.html_to_contentstate_handler)
    # All that a parser notes while it works is made anew here; the shared rules never change.
    parser.reset()
    parser.feed(html)
    parser.close()
    return parser.contentstate.as_json(indent=4, separators=(",", ": "))


def _checked(stock):
    def to_database_format(self, contentstate_json: str) -> str:
        """Return the HTML to store for the JSON of Draftail. Raises BadRequest where it is none."""
        try:
            html = stock(self, contentstate_json)
        except Exception as error:  # whatever the exporter stumbles over
            raise BadRequest("The text of an editor can't be read.") from error
        return several_lines(html)

    return to_database_format


def apply() -> None:
    ContentstateConverter.to_database_format = _checked(ContentstateConverter.to_database_format)
    ContentstateConverter.from_database_format = from_database_format
