"""Views of the vocabulary in the editing area: its lists, what uses a word, and the merging of two."""

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import IndexView

from home.forms import show_levels
from home.merging import check, joined_synonyms, merge
from home.models.vocabulary import Term
from home.uses import pages_by_word


class OneLanguageFilterSet(WagtailFilterSet):
    """Without Wagtail's filter by language, which would also show all of them mixed."""

    def _add_locale_filter(self):
        pass


class TermIndexView(IndexView):
    """The words of one language, German ones first, each with the number of pages that name it.

    Counted are the pages that who looks may see: three queries, however many words there are.
    """

    base_filterset_class = OneLanguageFilterSet

    def get_base_queryset(self):
        return super().get_base_queryset().filter(locale=self.locale).select_related("parent")

    def order_queryset(self, queryset):
        return super().order_queryset(queryset) if self.is_explicitly_ordered else queryset.in_levels()

    def get_page_subtitle(self):
        return self.locale.get_display_name()

    @cached_property
    def header_more_buttons(self):
        others = Locale.objects.exclude(pk=self.locale.pk).order_by("pk")
        languages = [
            Button(
                _("Show in this language: %(language)s") % {"language": each.get_display_name()},
                url=f"{self.index_url}?{urlencode({'locale': each.language_code})}",
                icon_name="globe",
            )
            for each in others
        ]
        return [*super().header_more_buttons, *languages]

    def paginate_queryset(self, queryset, page_size):
        paginator, page, terms, has_others = super().paginate_queryset(queryset, page_size)
        terms = list(terms)
        found = pages_by_word(self.model, [term.pk for term in terms])
        for term in terms:
            term.used = len(found[term.pk])
        page.object_list = terms
        return paginator, page, terms, has_others

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        if self.user_has_permission("change") and self.user_has_permission("delete"):
            url = reverse(self.model.snippet_viewset.get_url_name("merge"), args=[instance.pk])
            buttons.append(Button(_("Merge into another word"), url=url, icon_name="link", priority=25))
        return buttons


class UsesColumn(TitleColumn):
    """How many pages name a word, with a link to them."""

    def __init__(self):
        super().__init__(
            "used", label=gettext_lazy("Pages"), accessor=lambda term: str(term.used), get_url=self._url
        )

    @staticmethod
    def _url(term: Term) -> str:
        return reverse(type(term).snippet_viewset.get_url_name("uses"), args=[term.pk]) if term.used else ""


class _OfAWord(WagtailAdminTemplateMixin):
    """A view of the word `pk` of `model`, for those who have the permissions `required` on it."""

    model = Term
    required = ("change",)

    def dispatch(self, request, *args, **kwargs):
        policy = policy_registry.get_by_type(self.model)
        if not all(policy.user_has_permission(request.user, action) for action in self.required):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def term(self) -> Term:
        return get_object_or_404(self.model.objects.select_related("locale"), pk=self.kwargs["pk"])

    @cached_property
    def index_url(self) -> str:
        url = reverse(self.model.snippet_viewset.get_url_name("list"))
        return f"{url}?{urlencode({'locale': self.term.locale.language_code})}"

    def get_page_subtitle(self):
        return self.term.name

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self.index_url, "label": capfirst(self.model._meta.verbose_name_plural)},
            {"url": "", "label": self.page_title, "sublabel": self.term.name},
        ]


class UsesView(_OfAWord, BaseListingView):
    """The pages that name a word, of those that who looks may see; published or not."""

    page_title = gettext_lazy("Pages with this word")
    header_icon = "tag"
    paginate_by = 50
    is_searchable = False
    index_url_name = ""

    def get_index_url(self):
        return ""

    def get_base_queryset(self):
        pages = pages_by_word(self.model, [self.term.pk])[self.term.pk]
        return Page.objects.filter(pk__in=pages).order_by("title", "pk")

    @cached_property
    def may_change(self) -> set[int]:
        pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(
            self.request.user, "change"
        )
        return set(pages.filter(pk__in=[page.pk for page in self.object_list]).values_list("pk", flat=True))

    def _url(self, page: Page) -> str:
        if page.pk in self.may_change:
            return reverse("wagtailadmin_pages:edit", args=[page.pk])
        return (page.full_url or "") if page.live else ""

    @cached_property
    def columns(self):
        return [
            TitleColumn("title", label=_("Title"), accessor="get_admin_display_title", get_url=self._url),
            Column("kind", label=_("Kind"), accessor=lambda page: page.page_type_display_name),
        ]


class MergeForm(forms.Form):
    """The word into which another one is merged."""

    into = forms.ModelChoiceField(None, label=gettext_lazy("Merge into"))

    def __init__(self, data, *, term: Term):
        super().__init__(data)
        self.term = term
        self.fields["into"].queryset = type(term).objects.filter(locale=term.locale_id).exclude(pk=term.pk)
        show_levels(self.fields["into"])

    def clean_into(self):
        into = self.cleaned_data["into"]
        check(self.term, into)
        return into


class MergeView(_OfAWord, TemplateView):
    """Asks for another word, then says what will change, and merges by POST."""

    template_name = "home/admin/merge.html"
    page_title = gettext_lazy("Merge into another word")
    header_icon = "link"
    required = ("change", "delete")

    def get(self, request, *args, **kwargs):
        form = MergeForm(request.GET if "into" in request.GET else None, term=self.term)
        return self._answer(form)

    def post(self, request, *args, **kwargs):
        form = MergeForm(request.POST, term=self.term)
        if not form.is_valid():
            return self._answer(form)
        into, name, url = form.cleaned_data["into"], self.term.name, self.index_url
        try:
            merge(self.term, into)
        except ValidationError as error:
            # Somebody changed one of them meanwhile.
            form.add_error("into", error)
            return self._answer(form)
        log(into, "wagtail.edit", user=request.user)
        text = _("“%(merged)s” is part of “%(kept)s” now. Everything that named it names “%(kept)s”.")
        messages.success(request, text % {"merged": name, "kept": into.name})
        return redirect(url)

    def _answer(self, form: MergeForm):
        into = form.cleaned_data["into"] if form.is_bound and form.is_valid() else None
        return self.render_to_response(self.get_context_data(form=form, into=into, **self._changes(into)))

    def _changes(self, into: Term | None) -> dict:
        if into is None:
            return {}
        pages = pages_by_word(self.model, [self.term.pk, into.pk])
        return {
            "moved": len(pages[self.term.pk] - pages[into.pk]),
            "both": len(pages[self.term.pk] & pages[into.pk]),
            "children": self.term.children.in_levels(),
            "synonyms": joined_synonyms(into, self.term),
            "languages": self._languages(into),
        }

    def _languages(self, into: Term) -> list[tuple[str, str, str]]:
        """(language, name, name of the word that it becomes part of, "" where it becomes the name)."""
        others = {each.locale_id: each.name for each in into.get_translations().select_related("locale")}
        translations = self.term.get_translations().select_related("locale").order_by("locale_id")
        return [
            (each.locale.get_display_name(), each.name, others.get(each.locale_id, ""))
            for each in translations
        ]

    def get_context_data(self, **kwargs):
        name = self.model.snippet_viewset.get_url_name("merge")
        return super().get_context_data(
            **kwargs, term=self.term, merge_url=reverse(name, args=[self.term.pk]), index_url=self.index_url
        )
