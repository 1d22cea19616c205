"""Queries over pages that several places need."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.utils import timezone

from home.site_pages import top_pages
from sites.access.readers import readable_by
from sites.fields.collation import german


def upcoming(events):
    """Narrow a queryset of events to those that run now, come or have no end."""
    return events.filter(Q(last_end__isnull=True) | Q(last_end__gte=timezone.now()))


def with_exclusions(events):
    """Let a queryset of events bring the cancelled dates along, in the same query."""
    from home.models import EventExclusion

    dates = EventExclusion.objects.filter(page=OuterRef("pk")).order_by("date").values("date")
    return events.annotate(exclusion_dates=ArraySubquery(dates))


def next_events(below, user, limit: int):
    """Return up to `limit` events below the page `below` that `user` may read, by their next occurrence."""
    from home.models import EventPage

    events = upcoming(readable_by(EventPage.objects.live().descendant_of(below), user))
    events = with_exclusions(events.select_related("anlaufstelle"))
    return sorted(events, key=lambda page: (page.next_start, page.title))[:limit]


def home_sections(home, request) -> dict:
    """Return what the start page `home` shows: offices, topics, events, news, the pages with the lists."""
    from home.models import AnlaufstellePage, NewsPage, Topic

    user = request.user
    offices = readable_by(AnlaufstellePage.objects.live().descendant_of(home), user).order_by(german("title"))
    news = readable_by(NewsPage.objects.live().descendant_of(home), user)
    topics = Topic.objects.none()
    if home.show_topics:
        topics = Topic.objects.filter(offers__path__startswith=home.path, offers__live=True).distinct()
    return {
        "offices": offices.prefetch_related("intervals", "exceptions"),
        "topics": topics,
        "next_events": next_events(home, user, 3),
        "latest_news": news.select_related("picture")
        .prefetch_related("picture__renditions")
        .order_by("-date")[:3],
        # Templates link to the lists right below the start page by their model's name.
        "lists": {page.cached_content_type.model: page for page in top_pages(home, request)},
    }
