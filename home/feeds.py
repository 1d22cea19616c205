"""RSS feeds: of listing pages, and of whatever else has entries."""

import re
from collections.abc import Iterable
from datetime import datetime, time
from typing import NamedTuple

from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.timezone import make_aware

# What XML can't hold, not even escaped.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+")


class Item(NamedTuple):
    """An entry of a feed. `url`: with the host; `published`: when it appeared, if that is known."""

    title: str
    url: str
    description: str
    published: datetime | None


def _text(value: str) -> str:
    return _FORBIDDEN.sub(" ", value)


def _published(page):
    """When the entry appeared: the date that people see, else the first publication."""
    if date := getattr(page, "date", None):
        return make_aware(datetime.combine(date, time(8)))
    return page.first_published_at


def rss(request, title: str, link: str, description: str, language: str, items: Iterable[Item]) -> str:
    """Return an RSS document with `items` as text; its own address is that of the request."""
    feed = Rss201rev2Feed(
        title=_text(title),
        link=link,
        description=_text(description),
        language=language,
        feed_url=request.build_absolute_uri(),
    )
    for item in items:
        feed.add_item(
            title=_text(item.title),
            link=item.url,
            description=_text(item.description),
            unique_id=item.url,
            pubdate=item.published,
        )
    return feed.writeString("utf-8")


def listing_feed(listing, entries, request) -> str:
    """Return the RSS document of `entries`, pages of the listing page `listing`, as text."""
    return rss(
        request,
        title=f"{listing.title} – {listing.get_site().site_name}",
        link=listing.get_full_url(request),
        description=listing.description,
        language=listing.locale.language_code,
        items=(
            Item(
                getattr(page, "feed_title", page.title),
                page.get_full_url(request),
                page.description,
                _published(page),
            )
            for page in entries
        ),
    )
