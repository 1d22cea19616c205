"""One parser per call when the text of an editor is made.

Wagtail keeps one HTML parser per block widget, and widgets live as long as the process: two people who open
editors at the same moment write into the same object. One gets an error 500, or text of a draft of another
Träger, which saving stores. Wagtail 8.0; not reported yet (see docs/decisions/0011-upstream-faults.md).
"""

from copy import copy

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

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


def apply() -> None:
    ContentstateConverter.from_database_format = from_database_format
