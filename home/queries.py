"""Queries over pages that several places need."""

from django.db.models import Q
from django.utils import timezone

from sites.access import readable_by
from sites.collation import german


def upcoming(events):
    """Narrow a queryset of events to those that run now, come or have no end."""
    return events.filter(Q(last_end__isnull=True) | Q(last_end__gte=timezone.now()))


def next_events(below, user, limit: int):
    """Return up to `limit` events below the page `below` that `user` may read, by their next occurrence."""
    from home.models import EventPage

    events = upcoming(readable_by(EventPage.objects.live().descendant_of(below), user))
    events = events.select_related("anlaufstelle").prefetch_related("exclusions")
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
        "latest_news": news.select_related("picture").prefetch_related("picture__renditions").order_by("-date")[:3],
        "lists": {child.content_type.model: child for child in _lists(home, user)},
    }


def _lists(home, user):
    """The listing pages right below the start page; templates link to them by their model's name."""
    names = ("offerindexpage", "eventindexpage", "newsindexpage", "anlaufstelleindexpage")
    children = home.get_children().live().filter(content_type__model__in=names)
    return readable_by(children, user).select_related("content_type")
