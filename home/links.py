"""Finds links that lead nowhere before a page is published.

Looked at are links in text, pages chosen in blocks and pages chosen in fields. Not looked at: addresses typed
by hand (https://…) and pages chosen in rows of their own (inline panels), of which there are none.
"""

from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageViewRestriction

from sites.access.readers import VISITOR_READS, with_readers

MISSING, UNPUBLISHED, INTERNAL = "missing", "unpublished", "internal"


@dataclass(frozen=True)
class PageLink:
    """One link from a page to the page `target_id`.

    `field`: name of the field it stands in; `index`: which block of a stream (from 0), None elsewhere;
    `label`: what that place is called; `text`: the words of a link in text.
    """

    target_id: int | None
    field: str
    label: str
    index: int | None = None
    text: str = ""

    @property
    def place(self) -> str:
        """Where the link is to be found, for people."""
        return _("%(label)s, link “%(text)s”") % vars(self) if self.text else self.label


@dataclass(frozen=True)
class Problem:
    """A link that readers can't follow. `kind`: one of the constants above; `target`: None for MISSING."""

    kind: str
    link: PageLink
    target: Page | None = None

    def message(self, user) -> str:
        """Say what is wrong and what to do. `user` is told titles only of pages within reach."""
        values = {"place": self.link.place, "title": self._title(user)}
        return {
            MISSING: _("%(place)s: the page no longer exists. Remove the link or choose another page."),
            UNPUBLISHED: _(
                "%(place)s: %(title)s is not published, so readers can't open it. Publish that page first or "
                "remove the link. If it is published soon anyway, press the button once more."
            ),
            INTERNAL: _(
                "%(place)s: %(title)s is internal, but this page is public. Visitors can't open the link."
            ),
        }[self.kind] % values

    def _title(self, user) -> str:
        if self.target and self.target.permissions_for_user(user).can_edit():
            return _("“%(title)s”") % {"title": self.target.title}
        return _("the chosen page")


def page_links(page: Page) -> list[PageLink]:
    """Return the links to other pages in the fields of `page` (specific, as it is in memory)."""
    links: list[PageLink] = []
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            links += _links_in_stream(field, field.value_from_object(page))
        elif isinstance(field, RichTextField):
            text = field.value_from_object(page)
            label = capfirst(field.verbose_name)
            links += [
                PageLink(target, field.name, label, text=_link_text(text, target))
                for target in _targets(field.extract_references(text))
            ]
        elif field.many_to_one and field.model is not Page and issubclass(field.related_model, Page):
            links.append(PageLink(field.value_from_object(page), field.name, capfirst(field.verbose_name)))
    return [link for link in links if link.target_id not in (None, page.pk)]


def _targets(references) -> list[int]:
    return [int(pk) for model, pk, *_paths in references if issubclass(model, Page)]


def _links_in_stream(field, stream) -> list[PageLink]:
    links = []
    for index, child in enumerate(stream):
        values = {"number": index + 1, "kind": child.block.label, "field": capfirst(field.verbose_name)}
        label = _("%(field)s, block %(number)d (%(kind)s)") % values
        for target in _targets(child.block.extract_references(child.value)):
            text = _link_text(child.get_prep_value(), target)
            links.append(PageLink(target, field.name, label, index, text))
    return links


def _strings(value):
    """All texts in a nested value of a block."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)


def _link_text(value, target: int) -> str:
    """The words of the first link to the page `target` in the rich text somewhere in `value`."""
    for text in _strings(value):
        if 'linktype="page"' in text:
            link = BeautifulSoup(text, "html.parser").find("a", linktype="page", id=str(target))
            if link:
                return link.get_text(" ", strip=True)
    return ""


def link_problems(page: Page, path: str) -> list[Problem]:
    """Return what is wrong with the links of `page`, in their order; two queries.

    `path` is the page's place in the tree, for a new page that of its parent: what is internal itself may
    link to internal pages.
    """
    links = page_links(page)
    if not links:
        return []
    targets = with_readers(Page.objects.all()).in_bulk({link.target_id for link in links})
    above = [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]
    internal = PageViewRestriction.objects.filter(page__path__in=above).exists()
    problems = []
    for link in links:
        target = targets.get(link.target_id)
        if target is None:
            problems.append(Problem(MISSING, link))
        elif not target.live:
            problems.append(Problem(UNPUBLISHED, link, target))
        elif not internal and set(target.readers).isdisjoint(VISITOR_READS):
            problems.append(Problem(INTERNAL, link, target))
    return problems
