"""A Träger with something of everything in it, all of it marked: its pages in every state."""

from django.utils import timezone
from wagtail.models import (
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    get_page_models,
)

from home.models import AnlaufstellePage, ContentPage, NewsPage
from home.models.base import PortalPage
from home.models.vocabulary import Term
from tests.leaks.marking import soon
from tests.leaks.planting.files import FilesPlanter


def shared_term(model) -> Term:
    """Return the one word of the vocabulary that all planted pages have in common."""
    german = Locale.objects.get(language_code="de")
    return model.objects.get_or_create(slug="gemeinsam", locale=german, defaults={"name": "Gemeinsam"})[0]


class PagesPlanter(FilesPlanter):
    """Makes pages of every type and in every state."""

    def _add(self, model, label: str, *, public: bool = False, parent=None, live: bool = False, **fields):
        """Make a page of the type `model`, published where `live`, and remember it by `label`."""
        page = self.filler.fill(model(owner=self.author, **fields), public, label)
        for relation in model._meta.many_to_many:
            if issubclass(relation.related_model, Term):
                setattr(page, relation.name, [shared_term(relation.related_model)])
        parent = Page.objects.get(pk=(parent or self.start).pk)
        page.locale = parent.locale
        page.live = False
        parent.add_child(instance=page)
        revision = page.save_revision(user=self.author, log_action=True)
        if live:
            revision.publish(user=self.head)
        page = model.objects.get(pk=page.pk)
        self.planted.pages[label] = page
        return page

    def _make_pages(self):
        """A public page and a draft of every type."""
        # Other pages name an office. What nobody looks for need not be of every type.
        types = [AnlaufstellePage, ContentPage]
        if not self.marks.plain:
            types += [m for m in get_page_models() if issubclass(m, PortalPage) and m not in types]
        for model in types:
            if model is not type(self.start):
                page = self._add(model, f"{model.__name__}, public", public=True, live=True)
                self.targets.setdefault(model, page)
            self._add(model, f"{model.__name__}, draft")
        self.filler.fill(self.start, public=True, label="start page")
        self.start.save_revision(user=self.author).publish()

    def _restrict(self, page, kind, **fields) -> PageViewRestriction:
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, **fields)
        if kind == PageViewRestriction.GROUPS:
            restriction.groups.set([role.group for role in self.traeger.roles.all()])
        return restriction

    def _make_states(self):
        internal = self._add(ContentPage, "internal")
        self._restrict(internal, PageViewRestriction.GROUPS)
        internal.save_revision(user=self.author).publish(user=self.head)
        self._add(NewsPage, "scheduled", go_live_at=soon()).latest_revision.publish(user=self.head)
        unpublished = self._add(NewsPage, "unpublished", live=True)
        unpublished.unpublish(user=self.head)
        alias = internal.create_alias(update_slug=self.marks.word("alias.slug"), parent=self.start)
        self.planted.pages["alias"] = alias
        changed = self._add(ContentPage, "with draft", public=True, live=True)
        changed.title = self._text("ContentPage.title (newer draft)")
        changed.save_revision(user=self.author, log_action=True)
        by_password = self._add(ContentPage, "by password")
        password = self.marks.word("PageViewRestriction.password")
        restriction = self._restrict(by_password, PageViewRestriction.PASSWORD, password=password)
        by_password.save_revision().publish()
        of_files = CollectionViewRestriction.objects.create(
            collection=self.planted.collections[-1],
            restriction_type=CollectionViewRestriction.PASSWORD,
            password=self.marks.word("CollectionViewRestriction.password"),
        )
        self.planted.others["restriction"] = [restriction]
        self.planted.others["collection_restriction"] = [of_files]
        self._add(ContentPage, "granted")
        locked = self._add(ContentPage, "locked")
        locked.locked, locked.locked_by, locked.locked_at = True, self.author, timezone.now()
        locked.save()
