"""A page of one Träger, a guest from another, and what the guest may hold."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import Translation, TranslationSource

from home.models import ContentPage
from sites.access.roles import LEITUNG
from sites.models import Traeger, User
from tests.factories import ContentPageFactory
from tests.sites.grants.granting import grant

TITLE = "Wasseramsel"
WORD = "Rotmilan"

# Answers. Only DONE changes anything.
UNKNOWN = "404"
REFUSED = "sent to the first page"
IDLE = "sent on, not done"
DONE = "sent on, done"
SHOWN = "shown"
MISSING = "shown without the page"


@dataclass
class Scene:
    """A page of `host` with a draft below, a page above and one beside it; `guest` works for `home`."""

    host: Traeger
    home: Traeger
    owner: User
    guest: User
    above: ContentPage
    page: ContentPage
    below: ContentPage
    beside: ContentPage

    def now(self) -> ContentPage:
        return ContentPage.objects.get(pk=self.page.pk)

    def newest(self):
        return self.page.revisions.latest("pk")

    def change(self, **fields) -> None:
        Page.objects.filter(pk=self.page.pk).update(**fields)


def make(traeger_a, person, coordination) -> Scene:
    start, owner = traeger_a.site.root_page, person(LEITUNG, traeger_a)
    above = ContentPageFactory(parent=start, title=f"Darüber {WORD}")
    page = ContentPageFactory(parent=above, title=f"{TITLE} {WORD}")
    page.save_revision(user=owner, log_action=True)
    below = ContentPageFactory(parent=page, title=f"Darunter {WORD}", draft=True)
    beside = ContentPageFactory(parent=above, title=f"Daneben {WORD}")
    guest = person(LEITUNG, coordination)
    return Scene(traeger_a, coordination, owner, guest, above, page, below, beside)


# What somebody holds → (the column of the tables below, what makes it so).
HELD = {
    "around": (
        0,
        lambda scene: [grant(scene.guest, each, "publish") for each in (scene.above, scene.beside)],
    ),
}
for column, level in enumerate(("view", "change", "publish"), start=1):
    HELD[level] = (column, lambda scene, level=level: grant(scene.guest, scene.page, level))
    HELD[f"{level}, from above"] = (
        column,
        lambda scene, level=level: grant(scene.guest, scene.above, level, subtree=True),
    )


@contextmanager
def undone() -> Iterator[None]:
    """Undo in the database what happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outcome(response, done: bool) -> str:
    """Name an answer; `done`: what was asked for has happened."""
    if response.status_code == 302 and not done:
        return REFUSED if response.url == reverse("wagtailadmin_home") else IDLE
    if response.status_code in (200, 302) and done:
        return DONE
    if response.status_code != 200:
        return str(response.status_code)
    text = (response.getvalue() if response.streaming else response.content).decode()
    return SHOWN if TITLE in text else MISSING


# What was there before


def nothing(scene) -> None:
    pass


def submitted(scene) -> None:
    scene.now().get_workflow().start(scene.now(), scene.owner)


def submitted_by_guest(scene) -> None:
    scene.now().get_workflow().start(scene.now(), scene.guest)


def locked(scene) -> None:
    scene.change(locked=True, locked_by=scene.owner, locked_at=timezone.now())


def locked_by_guest(scene) -> None:
    scene.change(locked=True, locked_by=scene.guest, locked_at=timezone.now())


def internal(scene) -> None:
    restriction = PageViewRestriction.objects.create(page=scene.page, restriction_type="groups")
    restriction.groups.set([scene.host.group(LEITUNG)])


def unpublished(scene) -> None:
    scene.now().unpublish()


def scheduled(scene) -> None:
    page = scene.now()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()


def translated(scene) -> None:
    """The page is the translation of an English one, and its own since somebody has ended that."""
    english = Locale.objects.get_or_create(language_code="en")[0]
    source = scene.above.add_child(
        instance=ContentPage(
            title="English", summary="X", locale=english, translation_key=scene.page.translation_key
        )
    )
    source, _created = TranslationSource.get_or_create_from_instance(source)
    Translation.objects.create(source=source, target_locale=scene.page.locale, enabled=False)
