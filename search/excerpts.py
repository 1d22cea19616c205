"""The piece of a page's own text that shows why it was found, with the found words marked."""

import re

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page

# Private-use characters: PostgreSQL escapes nothing, so tags can be put in only after escaping the text.
START, STOP = "\ue000", "\ue001"
MAX_WORDS, MIN_WORDS = 34, 20
# So little text beside the piece is shown instead of dots.
FEW_WORDS = 5
_MARKED = re.compile(f"{START}([^{START}{STOP}]*){STOP}")
# Between the entries of a list field the index puts commas, also after a full stop.
_GLUE = re.compile(r"(?<=[.!?:;]),(?= )")


def plain(marked: str) -> str:
    """Return `marked` without the marks."""
    return marked.replace(START, "").replace(STOP, "")


def to_html(marked: str) -> SafeString:
    """Return `marked`, text with START and STOP around words, as HTML with <mark>; all else is escaped."""
    parts = _MARKED.split(marked)
    # Every second part is what stood between the marks.
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", part) if number % 2 else plain(part),)
            for number, part in enumerate(parts)
        ),
    )


def _complete(marked: str, text: str) -> str:
    """Return the piece `marked` of `text` with the rest where that is short, else with dots."""
    marked, text = _GLUE.sub("", marked), _GLUE.sub("", plain(text))
    piece = plain(marked)
    start = text.find(piece)
    if not piece or start < 0:  # PostgreSQL drops what looks like a tag
        return marked
    before, after = text[:start], text[start + len(piece) :]
    if len(before.split()) > FEW_WORDS:
        before = "… "
    if len(after.split()) > FEW_WORDS:
        end = after[0] if after[0] in ".!?" else ""
        after = f"{end} …"
    return f"{before}{marked}{after}".strip()


def _headline(field: str, query, config: str, **options) -> SearchHeadline:
    return SearchHeadline(field, query, config=config, start_sel=START, stop_sel=STOP, **options)


def excerpts(pages: list[Page], words: tuple[str, ...]) -> dict[int, tuple[SafeString, SafeString]]:
    """Return title and excerpt as HTML by the id of the page, for `pages` found by `words`; one query."""
    if not pages:
        return {}
    config = settings.WAGTAILSEARCH_BACKENDS["default"]["SEARCH_CONFIG"]
    query = SearchQuery(words[0], config=config)
    for word in words[1:]:
        query |= SearchQuery(word, config=config)
    entries = (
        apps.get_model("wagtailsearch", "IndexEntry")
        .objects.filter(
            content_type__in={page.content_type_id for page in pages},
            object_id__in=[str(page.pk) for page in pages],
        )
        .annotate(
            marked_title=_headline("title_text", query, config, highlight_all=True),
            # As a fragment it has words before the found one, too.
            marked_body=_headline(
                "body_text",
                query,
                config,
                max_words=MAX_WORDS,
                min_words=MIN_WORDS,
                short_word=1,
                max_fragments=1,
            ),
        )
        .values_list("object_id", "marked_title", "marked_body", "body_text")
    )
    titles = {page.pk: page.title for page in pages}
    found = {}
    for object_id, title, body, text in entries:
        pk = int(object_id)
        # PostgreSQL takes what looks like a tag for one and drops it; then the title stays as it is.
        marked_title = title if plain(title) == titles[pk] else titles[pk]
        found[pk] = (to_html(marked_title), to_html(_complete(body, text)))
    return found
