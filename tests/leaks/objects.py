"""The objects that addresses can name, by kind: ids, and other words that an address takes."""

from uuid import UUID, uuid4

from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Locale

from home.models import FormOfSupport, NewsIndexPage, Sozialraum, TargetGroup, Topic
from search.models import MissingContent, Synonym
from sites.access.roles import REDAKTION
from sites.admin.handbook import CHAPTERS
from sites.grants.kinds import KINDS
from tests.leaks.planting.files import Planted
from tests.leaks.routes import page_routes

# The pages of a Träger that addresses in the editing area are tried with.
PAGES = (
    *("submitted", "ContentPage, public", "internal", "scheduled", "alias", "folder", "start", "locked"),
)
# Whose readers are told what has changed.
TOLD = ("PartnerPage, public", "MethodPage, public")
# Where it matters, the first page is one for which there is something to do.
PAGE_KINDS = {"page", "page_of_any_type", "page_above", "list_of_news", "published_page", "restricted_page"}
NOWHERE = 999_999_999
TERMS = {"topic": Topic, "targetgroup": TargetGroup, "sozialraum": Sozialraum, "formofsupport": FormOfSupport}
# What the knowledge base keeps about the search: of no Träger.
KEPT = {"synonym": Synonym, "missing_content": MissingContent}
# Kinds that are no ids: the same for everybody.
WORDS: dict[str, list] = {
    "api_action": [
        *("publish", "unpublish", "delete", "copy", "move", "convert_alias", "create_alias"),
        *("copy_for_translation", "revert_to_page_revision"),
    ],
    "workflow_action": ["approve", "reject", "cancel"],
    "filter_spec": ["max-165x165"],
    "preview_mode": ["-"],
    "chapter": list(CHAPTERS),
    "accent": ["0b6570"],
    "page_type.app": ["home"],
    "page_type.model": ["newspage"],
    "task_type.app": ["wagtailcore"],
    "task_type.model": ["groupapprovaltask"],
    "setting.app": ["thinka_sites"],
    "setting.model": ["branding"],
    "edited.app": ["home"],
    "edited.model": ["newspage"],
    "tag_type.app": ["thinka_sites"],
    "tag_type.model": ["mediatag"],
    "snippet.app": ["home"],
    "snippet.model": ["topic"],
}


def _bulk_actions() -> list[tuple[str, str, str]]:
    bulk_action_registry._scan_for_bulk_actions()
    return [
        (app, model, action)
        for app, models in bulk_action_registry.actions.items()
        for model, actions in models.items()
        for action in actions
    ]


def pages_of(planted: Planted, labels) -> list:
    named = planted.pages | {"folder": planted.traeger.folder, "start": planted.traeger.site.root_page}
    return [named[label].page_ptr if hasattr(named[label], "page_ptr") else named[label] for label in labels]


def is_public(label: str) -> bool:
    return label.endswith(", public")


def addresses(planted: Planted, labels) -> list[str]:
    """Return the start page and the paths of the pages `labels`, with what these answer below them."""
    found = [""]
    for label in labels:
        page = planted.pages[label].specific
        path = (page.get_url_parts() or ("", "", f"/{page.slug}/"))[2].lstrip("/")
        found += [path, *(path + route.template for route in page_routes(type(page)))]
    return list(dict.fromkeys(found))


def ids(planted: Planted) -> dict[str, list]:
    """Return what the kinds stand for in one Träger."""
    pages = pages_of(planted, PAGES)
    news = NewsIndexPage.objects.descendant_of(planted.traeger.site.root_page).first()
    author = planted.people[REDAKTION]
    sources = [translation.source for translation in planted.translations]
    bulk = _bulk_actions()
    return {
        **WORDS,
        **{
            kind: list(model.objects.values_list("pk", flat=True)[:1])
            for kind, model in (TERMS | KEPT).items()
        },
        **{kind: [row.pk for row in rows] for kind, rows in planted.others.items() if kind != "avatar"},
        "page": [page.pk for page in pages],
        "page_above": [page.pk for page in pages_of(planted, ("start", *PAGES))],
        "list_of_news": [news.pk, *(page.pk for page in pages)],
        "published_page": [page.pk for page in pages_of(planted, ("ContentPage, public", *PAGES))],
        "restricted_page": [page.pk for page in pages_of(planted, ("internal", *PAGES))],
        "page_of_any_type": [page.pk for page in (*pages, *_one_of_each_type(planted))],
        "noted_partner": [note.page_id for note in planted.others["staff_note"]],
        "told_page": [planted.pages[label].pk for label in planted.pages if label in TOLD],
        "closed_office": [closure.page_id for closure in planted.others["closure"]],
        "revision": [page.latest_revision_id or NOWHERE for page in pages],
        "address": addresses(planted, planted.pages),
        "hidden_address": addresses(planted, [label for label in planted.pages if not is_public(label)]),
        "image": [image.pk for image in planted.images],
        "document": [document.pk for document in planted.documents],
        "file_name": [document.filename for document in planted.documents],
        "image_upload": [planted.others["upload"][0].pk],
        "document_upload": [planted.others["upload"][1].pk],
        "collection": [collection.pk for collection in planted.collections],
        # First who is seen by a guest.
        "user": [author.pk, *(user.pk for user in planted.people.values() if user != author)],
        "group": [role.group_id for role in planted.traeger.roles.all()],
        "site": [planted.traeger.site_id],
        "traeger": [planted.traeger.pk],
        "locale": [Locale.objects.get(language_code="en").pk],
        "uid": [urlsafe_base64_encode(force_bytes(author.pk))],
        "token": [_spoilt(default_token_generator.make_token(author))],
        "invitation_token": ["A" * 43 + "0" * 64],
        "edited.pk": [str(pages[0].pk)],
        "stored_file": [
            *(file.file.name for file in (*planted.images, *planted.documents)),
            *(avatar.name for avatar in planted.others["avatar"]),
        ],
        "granted.kind": [kind for kind in KINDS for _holder in ("user", "group")],
        "granted.field": ["user", "group"] * len(KINDS),
        "granted.pk": [grant.content_object_id for grant in planted.others["grant"]],
        "bulk.app": [app for app, _model, _action in bulk],
        "bulk.model": [model for _app, model, _action in bulk],
        "bulk.action": [action for _app, _model, action in bulk],
        "translation": [translation.pk for translation in planted.translations],
        "translation_source": [source.pk for source in sources],
        "string_segment": [source.stringsegment_set.first().pk for source in sources],
        "overridable_segment": [_first_pk(source.overridablesegment_set) for source in sources],
    }


def _one_of_each_type(planted: Planted) -> list:
    """Return the drafts of which there is one for each type."""
    return pages_of(planted, [label for label in planted.pages if label.endswith("Page, draft")])


def _spoilt(token: str) -> str:
    """Return a token that looks right and isn't: who has the right one has got it by mail."""
    return token[:-1] + ("1" if token.endswith("0") else "0")


def _first_pk(rows) -> int:
    first = rows.first()
    return first.pk if first else NOWHERE


def nowhere(key):
    """Return a key of the same kind as `key` that no object has."""
    return uuid4() if isinstance(key, UUID) else NOWHERE


# Kinds that say something about an object without naming it.
NAMES = {"address", "file_name", "stored_file", "token", "invitation_token", "granted.kind", "granted.field"}
# Kinds of objects that all Träger share: that they exist is no secret.
SHARED = {*TERMS, *KEPT, "locale"}


def is_id(kind: str) -> bool:
    """Tell whether a kind names one object, so that there can be one that does not exist."""
    return kind not in WORDS and not kind.startswith("bulk.") and kind not in NAMES
