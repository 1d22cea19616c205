"""What the start page of the knowledge base shows, to whom. Few queries, none for each entry."""

from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.models import Page

from home.filters import FILTERS
from home.lifecycle.tasks import waiting_for
from home.models import AnlaufstellePage, Verification
from home.site_pages import top_pages
from knowledge.models.base import KnowledgeListPage
from sites.access.readers import readable_by
from sites.access.roles import may_enter_editing_area
from sites.fields.collation import german
from sites.grants.received import received
from sites.models import Traeger, TraegerRole

ENTRIES, SHARED = 6, 6


@dataclass
class ListTopics:
    """A list with its topics: (name, number of entries, address of the list that is filtered by it)."""

    page: Page
    topics: list[tuple[str, int, str]] = field(default_factory=list)


@dataclass
class Own:
    """A Träger in which the person has a role, with its offices; `edits`: in its editing area, too."""

    traeger: Traeger
    edits: bool = False
    offices: list[AnlaufstellePage] = field(default_factory=list)


def start_of(home: Page, request) -> dict:
    """Return the sections of the start page `home` for whoever asks."""
    lists = [page for page in top_pages(home, request) if issubclass(page.specific_class, KnowledgeListPage)]
    return sections(lists, request)


def sections(lists: list[Page], request) -> dict:
    """Return what there is below `lists` for whoever asks, and for people with an account what is theirs."""
    lists = sorted(lists, key=lambda page: page.specific_class.start_position)
    shown = {"lists": _topics(lists, request)}
    if not request.user.is_authenticated:
        return shown | {"checked": _checked(lists, request.user)}
    roles = _roles(request.user)
    shared = received(request.user)
    return shown | {
        "waiting": waiting_for(request.user, roles),
        "changed": _changed(lists, request.user),
        "shared": shared[:SHARED],
        "own": _own(roles, request.user),
    }


def _model(page: Page) -> type[Page]:
    """The type of the entries of a list."""
    return apps.get_model(page.specific_class.entry_type)


def _topics(lists: list[Page], request) -> list[ListTopics]:
    """Return the topics of the entries that whoever asks may read, in their order; one query."""
    found = {str(page.pk): ListTopics(page) for page in lists}
    parts = [
        FILTERS["topic"].choices(
            name, readable_by(_model(each.page).objects.child_of(each.page).live(), request.user)
        )
        for name, each in found.items()
    ]
    rows = parts[0].union(*parts[1:]) if parts else []
    # Those of the first level: what belongs to one is counted with it.
    first = [row for row in rows if not row[5]]
    for name, slug, text, _position, _key, _above, count in sorted(first, key=lambda row: row[3:5]):
        url = f"{found[name].page.get_url(request)}?topic={slug}"
        found[name].topics.append((text, count, url))
    return list(found.values())


def _entries(lists: list[Page], user):
    """The entries below `lists` that `user` may read, each with its `verified_on` and `verified_until`."""
    below = Q()
    for page in lists:
        below |= Q(path__startswith=page.path)
    types = ContentType.objects.get_for_models(*(_model(page) for page in lists)).values()
    check = Verification.objects.filter(page__translation_key=OuterRef("translation_key"))
    return (
        readable_by(Page.objects.live(), user)
        .filter(below, content_type__in=[each.pk for each in types])
        .annotate(
            verified_on=Subquery(check.values("verified_on")[:1]),
            verified_until=Subquery(check.values("verified_until")[:1]),
        )
    )


def _shown(entries) -> list[Page]:
    """Return the first of `entries`, each with the name of its `kind` and whether its check `is_overdue`."""
    today, found = timezone.localdate(), list(entries[:ENTRIES])
    for page in found:
        page.kind = capfirst(page.specific_class._meta.verbose_name)
        page.is_overdue = page.verified_until is not None and page.verified_until < today
    return found


def _changed(lists: list[Page], user) -> list[Page]:
    return _shown(_entries(lists, user).order_by("-last_published_at", "-pk")) if lists else []


def _checked(lists: list[Page], user) -> list[Page]:
    """Return what was checked last, and still counts as checked."""
    if not lists:
        return []
    entries = _entries(lists, user).filter(verified_until__gte=timezone.localdate())
    return _shown(entries.order_by(F("verified_on").desc(nulls_last=True), "-last_published_at", "-pk"))


def _roles(user) -> list[TraegerRole]:
    """Return the roles of `user`, with Träger, site and `folder_path` of the pages; one query."""
    roles = TraegerRole.objects.filter(group__user=user).select_related("traeger__site")
    return list(roles.annotate(folder_path=F("traeger__folder__path")).order_by("traeger__name", "pk"))


def _own(roles: list[TraegerRole], user) -> list[Own]:
    """Return the Träger of `roles` with their offices, without the knowledge base, where this stands."""
    own: dict[str, Own] = {}
    for role in roles:
        if role.traeger.kind != Traeger.Kind.KNOWLEDGE:
            each = own.setdefault(role.folder_path, Own(role.traeger))
            each.edits = each.edits or may_enter_editing_area(role.role)
    if not own:
        return []
    offices = AnlaufstellePage.objects.live().readable_by(user).filter(path__below=list(own))
    offices = offices.filter(locale__language_code=settings.LANGUAGE_CODE).order_by(german("title"))
    for office in offices.prefetch_related("intervals", "exceptions"):
        own[office.path[: 2 * office.steplen]].offices.append(office)
    return list(own.values())
