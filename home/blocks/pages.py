"""Blocks that show other pages. They show nothing that the reader may not read."""

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Locale

from home.shown import with_shown
from sites.access.readers import readable_by


def _reader(parent_context):
    """The person for whom the page is rendered; without a request (search index, feeds) a visitor."""
    request = (parent_context or {}).get("request")
    return getattr(request, "user", None) or AnonymousUser()


def _shown(page, parent_context):
    """Return the chosen page with all its fields, None where the reader of this page may not read it."""
    if not page or not page.live:
        return None
    pages = page.specific_class.objects.filter(pk=page.pk)
    return readable_by(pages, _reader(parent_context)).first()


def _in_own_language(chosen, reader) -> list:
    """Return the `chosen` pages, all of one type, as their cards show them, in their order.

    Each once, in the language that is being read where it has that. What `reader` may not read is left out.
    """
    pages = [page for page in chosen if page]
    if not pages:
        return []
    model = pages[0].specific_class
    own = next(iter(Locale.objects.filter(language_code=get_language()).values_list("pk", flat=True)), None)
    versions = model.objects.live().readable_by(reader).select_related("locale")
    versions = versions.filter(
        locale__in={own, *(page.locale_id for page in pages)} - {None},
        translation_key__in=[page.translation_key for page in pages],
    )
    shown = {(page.translation_key, page.locale_id): page for page in with_shown(versions, model.card_fields)}
    found = {}
    for page in pages:
        key = page.translation_key
        version = shown.get((key, own)) or shown.get((key, page.locale_id))
        if version:
            found[key] = version
    return list(found.values())


class TeaserBlock(blocks.StructBlock):
    """Points to any page of the portal."""

    page = blocks.PageChooserBlock(label=_("Page"))
    title = blocks.CharBlock(
        label=_("Title"), max_length=120, required=False, help_text=_("Without one, the title of the page.")
    )
    text = blocks.TextBlock(
        label=_("Text"), max_length=300, required=False, help_text=_("Without one, the summary of the page.")
    )

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["target"] = _shown(value.get("page"), parent_context)
        return context

    class Meta:
        label = _("Teaser")
        icon = "doc-empty-inverse"
        template = "home/blocks/teaser.html"


class OpeningHoursBlock(blocks.StructBlock):
    """The opening hours of an office, always as its page has them."""

    office = blocks.PageChooserBlock(label=_("Office"), page_type="home.AnlaufstellePage")

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["office"] = _shown(value.get("office"), parent_context)
        return context

    class Meta:
        label = _("Opening hours")
        icon = "time"
        template = "home/blocks/opening_hours.html"


class PartnersBlock(blocks.StructBlock):
    """Partners of the knowledge base, always as their pages have them: one entry, edited once."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, default=_("Our partners"))
    partners = blocks.ListBlock(
        blocks.PageChooserBlock(label=_("Partner"), page_type="knowledge.PartnerPage"),
        label=_("Partners"),
        min_num=1,
        max_num=12,
        help_text=_(
            "Entries of the knowledge base: what changes there changes here. Visitors see the public ones."
        ),
    )

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["partners"] = _in_own_language(value["partners"], _reader(parent_context))
        return context

    class Meta:
        label = _("Partners")
        icon = "group"
        template = "home/blocks/partners.html"


class EventsBlock(blocks.StructBlock):
    """The next events of the own site; on the page of an office those that are there come first."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=10)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        page = (parent_context or {}).get("page")
        home = page and page.get_ancestors(inclusive=True).filter(depth=3).first()
        office = page if isinstance(page, apps.get_model("home", "AnlaufstellePage")) else None
        events = apps.get_model("home", "EventPage").objects
        reader = _reader(parent_context)
        context["events"] = events.next_below(home, reader, value["count"], office) if home else []
        return context

    class Meta:
        label = _("Events")
        icon = "date"
        template = "home/blocks/events.html"
