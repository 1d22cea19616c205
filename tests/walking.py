"""The way of a person through the editing area, along its links."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode, urlsplit

from django.urls import Resolver404, resolve, reverse
from wagtail.models import Page

from sites.models import PortalDocument, PortalImage, Traeger
from tests.factories import UserFactory

PAGE_VIEWS = ("history", "usage", "copy", "move", "delete", "unpublish", "workflow_history")


def name_of(url: str, host: str) -> tuple | None:
    """Return what a walk visits once: a view, and what it is about (the type of a page, a chapter)."""
    parts = urlsplit(url)
    if parts.netloc != host or not parts.path.startswith("/admin/") or "export=" in parts.query:
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    return match.view_name, *(str(value) for value in match.kwargs.values() if not str(value).isdigit())


def first_addresses(pages: Iterable[Page], one: Page, traeger: Traeger) -> Iterator[str]:
    """Yield where a walk begins: what has no link of its own, or one that is behind a button.

    `pages`: one of each type; `one`: the one whose views are visited.
    """
    yield reverse("wagtailadmin_home")
    yield reverse("wagtailadmin_account")
    for page in pages:
        yield reverse("wagtailadmin_pages:edit", args=[page.pk])
    revisions = list(one.revisions.order_by("created_at").values_list("pk", flat=True))
    yield reverse("wagtailadmin_pages:revisions_compare", args=[one.pk, "earliest", revisions[-1]])
    for view in PAGE_VIEWS:
        yield reverse(f"wagtailadmin_pages:{view}", args=[one.pk])
    yield reverse("wagtailusers_users:delete", args=[UserFactory(traeger=traeger).pk])
    # The site has an English start page, and no English version of this one.
    yield reverse("wagtail_localize:submit_page_translation", args=[one.pk])
    for model, actions in (
        (Page, ("move", "delete", "publish", "unpublish")),
        (PortalImage, ("add_tags", "add_to_collection", "delete")),
        (PortalDocument, ("add_tags", "add_to_collection", "delete")),
    ):
        ticked = one if model is Page else model.objects.filter(collection=traeger.collection).first()
        for action in actions:
            names = (model._meta.app_label, model._meta.model_name, action)
            yield reverse("wagtail_bulk_action", args=names) + "?" + urlencode({"id": ticked.pk})
