"""What a guest does: action × level of the grant → answer."""

from collections.abc import Callable

from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction, WorkflowState
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.models import Translation

from sites.access.roles import FREIGABE
from sites.admin.translating import RESTART
from sites.models import PageGroupGrant
from tests.sites.grants.guest.scene import (
    DONE,
    IDLE,
    REFUSED,
    UNKNOWN,
    internal,
    locked,
    nothing,
    scheduled,
    submitted,
    submitted_by_guest,
    translated,
    unpublished,
)

P = "wagtailadmin_pages:"
NEW = "Neue Fassung"


def send(name: str, data: dict | None = None) -> Callable:
    """Send `data` to the address called `name`, of the page."""
    return lambda client, scene: client.post(reverse(name, args=[scene.page.pk]), data)


def form() -> dict:
    return nested_form_data({"title": NEW, "slug": "neu", "body": streamfield([])})


def save(button: str) -> Callable:
    """Send the editor's form with another title, by `button`."""
    return send(P + "edit", form() | {button: "1"})


def bulk(action: str) -> Callable:
    """Do `action` with the ticked page; pages are moved to the guest's own Träger."""

    def ask(client, scene):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        target = {"chooser": scene.home.site.root_page_id}
        return client.post(f"{url}?id={scene.page.pk}&next=/admin/pages/", target)

    return ask


def on_task(action: str) -> Callable:
    def ask(client, scene):
        task = WorkflowState.objects.get(object_id=str(scene.page.pk)).current_task_state_id
        return client.post(reverse(P + "workflow_action", args=[scene.page.pk, action, task]))

    return ask


def move(client, scene):
    target = scene.home.site.root_page_id
    return client.post(reverse(P + "move_confirm", args=[scene.page.pk, target]))


def copy(client, scene):
    target = scene.home.site.root_page_id
    data = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": target}
    return client.post(reverse(P + "copy", args=[scene.page.pk]), data)


def add_below(client, scene):
    url = reverse(P + "add", args=["home", "contentpage", scene.page.pk])
    return client.post(url, form())


def reshare(client, scene):
    newcomer = scene.home.group(FREIGABE).traeger_role.pk
    data = {"group": newcomer, "email": "", "level": "view", "until": "", "reason": ""}
    return client.post(reverse("portal_grants", args=["page", scene.page.pk]), data)


def in_progress(scene) -> bool:
    return WorkflowState.objects.filter(object_id=str(scene.page.pk), status="in_progress").exists()


def gone(scene) -> bool:
    return not Page.objects.filter(pk=scene.page.pk).exists()


EDITS = (UNKNOWN, UNKNOWN, DONE, DONE)
PUBLISHES = (UNKNOWN, UNKNOWN, IDLE, DONE)
PUBLISHES_ONLY = (UNKNOWN, UNKNOWN, REFUSED, DONE)
NEVER = (UNKNOWN, UNKNOWN, REFUSED, REFUSED)
NEVER_IN_BULK = (UNKNOWN, UNKNOWN, IDLE, IDLE)
# name → (what is asked for, what was before, whether it is done, answers as above)
ACTIONS = {
    "save": (save("action-save"), nothing, lambda s: s.newest().content["title"] == NEW, EDITS),
    "publish": (save("action-publish"), nothing, lambda s: s.now().title == NEW, PUBLISHES),
    "unpublish": (send(P + "unpublish"), nothing, lambda s: not s.now().live, PUBLISHES_ONLY),
    "unschedule": (
        lambda c, s: c.post(reverse(P + "revisions_unschedule", args=[s.page.pk, s.newest().pk])),
        scheduled,
        lambda s: not s.newest().approved_go_live_at,
        PUBLISHES_ONLY,
    ),
    "lock": (send(P + "lock"), nothing, lambda s: s.now().locked, EDITS),
    "unlock": (send(P + "unlock"), locked, lambda s: not s.now().locked, EDITS),
    "submit": (save("action-submit"), nothing, in_progress, EDITS),
    "take back": (save("action-cancel-workflow"), submitted_by_guest, lambda s: not in_progress(s), EDITS),
    "approve": (on_task("approve"), submitted, lambda s: not in_progress(s), NEVER),
    "reject": (on_task("reject"), submitted, lambda s: not in_progress(s), NEVER),
    "publish ticked": (bulk("publish"), unpublished, lambda s: s.now().live, PUBLISHES),
    "unpublish ticked": (bulk("unpublish"), nothing, lambda s: not s.now().live, PUBLISHES),
    # What a grant never allows.
    "delete": (send(P + "delete"), nothing, gone, NEVER),
    "delete ticked": (bulk("delete"), nothing, gone, NEVER_IN_BULK),
    "move": (move, nothing, lambda s: s.now().path != s.page.path, NEVER),
    "move ticked": (bulk("move"), nothing, lambda s: s.now().path != s.page.path, NEVER_IN_BULK),
    "reorder": (
        lambda c, s: c.post(reverse(P + "set_page_position", args=[s.page.pk]) + "?position=1"),
        nothing,
        lambda s: s.now().path != s.page.path,
        NEVER,
    ),
    "copy": (copy, nothing, lambda s: Page.objects.filter(slug="kopie").exists(), NEVER),
    "add below": (add_below, nothing, lambda s: Page.objects.filter(title=NEW).exists(), NEVER),
    "restrict": (
        send(P + "set_privacy", {"restriction_type": "login"}),
        nothing,
        lambda s: PageViewRestriction.objects.filter(page=s.page).exists(),
        NEVER,
    ),
    "open": (
        send(P + "set_privacy", {"restriction_type": "none"}),
        internal,
        lambda s: not PageViewRestriction.objects.filter(page=s.page).exists(),
        NEVER,
    ),
    "translate": (
        lambda c, s: c.post(
            reverse("wagtail_localize:submit_page_translation", args=[s.page.pk]),
            {"locales": [Locale.objects.get_or_create(language_code="en")[0].pk]},
        ),
        nothing,
        lambda s: Page.objects.filter(translation_key=s.page.translation_key).count() > 1,
        NEVER,
    ),
    "begin the translation again": (
        save(RESTART),
        translated,
        lambda s: Translation.objects.filter(enabled=True).exists(),
        NEVER,
    ),
    "turn into an alias": (
        send("wagtail_localize:convert_to_alias"),
        translated,
        lambda s: s.now().alias_of_id is not None,
        NEVER,
    ),
    # Also whoever may only read sees the own grant there.
    "share": (
        reshare,
        nothing,
        lambda s: PageGroupGrant.objects.exists(),
        (UNKNOWN, REFUSED, REFUSED, REFUSED),
    ),
}
