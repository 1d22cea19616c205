"""RSS feeds of listing pages."""

import re
from datetime import datetime, time

from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.timezone import make_aware

# What XML can't hold, not even escaped.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+")


def _text(value: str) -> str:
    return _FORBIDDEN.sub(" ", value)


def _published(page):
    """When the entry appeared: the date that people see, else the first publication."""
    if date := getattr(page, "date", None):
        return make_aware(datetime.combine(date, time(8)))
    return page.first_published_at


def listing_feed(listing, entries, request) -> str:
    """Return the RSS document of `entries`, pages of the listing page `listing`, as text."""
    feed = Rss201rev2Feed(
        title=_text(f"{listing.title} – {listing.get_site().site_name}"),
        link=listing.get_full_url(request),
        description=_text(listing.description),
        language=listing.locale.language_code,
        feed_url=request.build_absolute_uri(),
    )
    for page in entries:
        url = page.get_full_url(request)
        feed.add_item(
            title=_text(getattr(page, "feed_title", page.title)),
            link=url,
            description=_text(page.description),
            unique_id=url,
            pubdate=_published(page),
        )
    return feed.writeString("utf-8")
