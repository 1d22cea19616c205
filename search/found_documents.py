"""What the search page shows of documents that were found: as whoever asks may open them."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, F, Func, JSONField, Value
from django.template.defaultfilters import filesizeformat
from django.utils.translation import ngettext
from wagtail.models import Page, ReferenceIndex

from search.models import Entry
from sites.access.readers import principals, readable_by
from sites.media.reading import may_see_file
from sites.media.types import extension_of
from sites.models import PortalDocument
from sites.rls.lookups import as_set


@dataclass(frozen=True)
class FoundDocument:
    """A document, and the page that shows it and that whoever asks reads, if there is one."""

    document: PortalDocument
    page: Page | None

    @property
    def entry(self) -> Entry:
        return self.document.search_entry

    @property
    def facts(self) -> str:
        """What people want to know before they load it: kind, size, number of pages."""
        facts = [extension_of(self.document.filename).upper()]
        if size := self.document.get_file_size():
            facts.append(filesizeformat(size))
        attachment = getattr(self.document, "attachment", None)
        if attachment and attachment.pages:
            facts.append(
                ngettext("%(count)d page", "%(count)d pages", attachment.pages) % {"count": attachment.pages}
            )
        return ", ".join(facts)


def load_documents(ids: list[int], user) -> dict[int, FoundDocument]:
    """Return those of the documents `ids` that `user` may open, by id; through RLS and Python's own rule.

    Three queries, none without ids.
    """
    if not ids:
        return {}
    opens = Func(
        Value("document"),
        F("pk"),
        F("collection_id"),
        Value(as_set(principals(user)), output_field=JSONField()),
        function="portal_sees_file",
        output_field=BooleanField(),
    )
    documents = PortalDocument.objects.filter(pk__in=ids).select_related("search_entry", "attachment")
    found = [
        each
        for each in documents.defer("attachment__text", "search_entry__sequence").annotate(opens=opens)
        # Who may not open it by its collection and its pages may do so by a grant.
        if hasattr(each, "search_entry") and (each.opens or may_see_file(each, user))
    ]
    pages = _pages(found, user)
    return {each.pk: FoundDocument(each, pages.get(each.pk)) for each in found}


def _pages(documents: list[PortalDocument], user) -> dict[int, Page]:
    """Return by document the page of its Träger that shows it, of those that `user` reads the first one."""
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(PortalDocument),
        to_object_id__in=[str(each.pk) for each in documents],
    ).values_list("to_object_id", "object_id")
    shown = defaultdict(set)
    for document, page in references:
        shown[int(document)].add(int(page))
    readable = readable_by(Page.objects.filter(pk__in=set().union(*shown.values())), user)
    ordered = list(readable.order_by("path"))
    found = {}
    for each in documents:
        entry = each.search_entry
        inside = [p for p in ordered if p.pk in shown[each.pk] and p.path.startswith(entry.path)]
        # In its own language before others.
        inside.sort(key=lambda page: page.locale_id != entry.locale_id)
        if inside:
            found[each.pk] = inside[0]
    return found
