"""What wagtail-localize offers to whoever may edit a page, for those only who may do it by their role.

Two things put other words in the place of what somebody has written, which a grant never allows. And nothing
is published whose source is not.
"""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation
from wagtail_localize.views.convert import convert_to_alias

from sites.access.sources import MESSAGE, waiting_for_source, waits_for_source

# By the names of its buttons. Who turns a page into an alias publishes or withdraws it, as its source is.
NAMED = 5  # pages in one message, at most
RESTART, CONVERT = "localize-restart-translation", "localize-convert-to-alias"
NEEDS = {RESTART: "change", CONVERT: "publish"}


def _may(button: str, page, user) -> bool:
    return page.permissions_for_user(user).may_by_role(NEEDS[button])


def convert_by_role(request, page_id: int):
    """Turn a translation into an alias of its source. Raises PermissionDenied."""
    if not _may(CONVERT, get_object_or_404(Page, pk=page_id), request.user):
        raise PermissionDenied
    return convert_to_alias(request, page_id)


def refuse_restart(request, page):
    """Wagtail's hook, before the one that begins a translation again."""
    if RESTART in request.POST and not _may(RESTART, page, request.user):
        raise PermissionDenied


def offer_what_works(items, request, context):
    """Take out of the editor's menu what would be refused."""
    items[:] = [
        item for item in items if item.name not in NEEDS or _may(item.name, context["page"], request.user)
    ]


def refuse_without_source(request, page):
    """Wagtail's hook, before wagtail-localize's editor publishes. The portal's form says it by itself."""
    if request.POST.get("action") == "publish" and waits_for_source(page):
        translation = Translation.objects.filter(
            source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
        )
        if translation.exists():
            messages.error(request, MESSAGE)
            return redirect(request.path)
    return None


def refuse_bulk_without_source(request, action_type, objects, action):
    """Wagtail's hook, before ticked pages are published: what is published with them counts as published."""
    if action.model is not Page or action_type != "publish":
        return None
    pages = list(objects)
    if action.cleaned_form.cleaned_data["include_descendants"]:
        pages += [below for page in objects for below in page.get_descendants().not_live()]
    german = Locale.objects.get(language_code=settings.LANGUAGE_CODE).pk
    sources = {page.translation_key for page in pages if page.locale_id == german}
    waiting = waiting_for_source(page for page in pages if page.translation_key not in sources)
    if not waiting:
        return None
    names = ", ".join(page.get_admin_display_title() for page in waiting[:NAMED])
    messages.error(request, f"{names}: {MESSAGE}")
    return redirect(action.next_url)
