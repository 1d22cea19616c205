"""Grows trees of pages and stores them with their revisions."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, Revision

from benchmarks import texts
from benchmarks.rows import copy_rows, next_ids
from home.models import ContentPage, InternalPage

# So many pages hang below one: with more the explorer shows several pages of them.
FAN_OUT = 25
DRAFTS = 0.08
BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)
# Fields of a page that its revisions repeat and that differ from page to page.
_OWN_FIELDS = ("title", "draft_title", "slug", "url_path", "path", "depth", "numchild", "live", "summary")


@dataclass
class Grower:
    """Makes pages from random numbers, each published a minute after the one before."""

    rng: Random
    minutes: int = 0
    # By the path of a page: the number in the path of its last child.
    steps: dict[str, int] = field(default_factory=dict)

    def grow(self, parent: Page, model: type[Page], count: int) -> list[Page]:
        """Return `count` new pages of the type `model` below `parent`, whose number of children changes."""
        places = [parent]
        content_type = ContentType.objects.get_for_model(model)
        pages = []
        for number, pk in enumerate(next_ids(Page, count)):
            page = self._page(pk, places[number // FAN_OUT], model, content_type)
            pages.append(page)
            places.append(page)
        return pages

    def _next_path(self, parent: Page) -> str:
        if parent.path not in self.steps:
            last = parent.get_last_child() if parent.numchild else None
            self.steps[parent.path] = int(last.path[-parent.steplen :], 36) if last else 0
        self.steps[parent.path] += 1
        parent.numchild += 1
        return Page._get_path(parent.path, parent.depth + 1, self.steps[parent.path])

    def _page(self, pk, parent, model, content_type) -> Page:
        title, live = texts.title(self.rng, pk), self.rng.random() >= DRAFTS
        self.minutes += 1
        published = BEGIN + timedelta(minutes=self.minutes) if live else None
        return model(
            id=pk,
            page_ptr_id=pk,
            title=title,
            draft_title=title,
            slug=f"seite-{pk}",
            summary=texts.summary(self.rng),
            body=texts.body(self.rng),
            path=self._next_path(parent),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}seite-{pk}/",
            live=live,
            has_unpublished_changes=not live,
            first_published_at=published,
            last_published_at=published,
            translation_key=UUID(int=self.rng.getrandbits(128), version=4),
            locale_id=parent.locale_id,
            content_type=content_type,
        )


def store(pages: list[Page]) -> None:
    """Store new `pages` and a revision of each."""
    template = {model: model().serializable_data() for model in (ContentPage, InternalPage)}
    base = ContentType.objects.get_for_model(Page)
    revisions = []
    for page, pk in zip(pages, next_ids(Revision, len(pages)), strict=True):
        page.latest_revision_id = pk
        page.live_revision_id = pk if page.live else None
        page.latest_revision_created_at = page.last_published_at or BEGIN
        content = template[type(page)] | {name: getattr(page, name) for name in _OWN_FIELDS}
        content |= {
            "pk": page.pk,
            "translation_key": str(page.translation_key),
            "locale": page.locale_id,
            "content_type": page.content_type_id,
            "latest_revision": pk,
            "live_revision": page.live_revision_id,
            "body": page._meta.get_field("body").get_prep_value(page.body),
        }
        revisions.append(
            Revision(
                pk=pk,
                content_type_id=page.content_type_id,
                base_content_type=base,
                object_id=str(page.pk),
                created_at=page.latest_revision_created_at,
                object_str=page.title,
                content=content,
            )
        )
    copy_rows(Page, pages)
    for model in template:
        copy_rows(model, (page for page in pages if isinstance(page, model)))
    copy_rows(Revision, revisions)
