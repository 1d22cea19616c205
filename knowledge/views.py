"""Views about a page of the knowledge base in the editing area: note for staff, and earlier versions."""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from home.facts import source_of
from knowledge.changes.keeping import forget_versions
from knowledge.models import PartnerPage, StaffNote
from knowledge.models.base import KnowledgePage


class StaffNoteForm(forms.ModelForm):
    """An empty text takes the note away."""

    class Meta:
        model = StaffNote
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        self.fields["text"].help_text = _(
            "Staff of all Träger read it on the page of the partner. Nothing about clients, and nothing that "
            "the partner must not read."
        )


class _OfAPage(WagtailAdminTemplateMixin, TemplateView):
    """A view about the `page` of its address, below the editor of that page."""

    def get_page_subtitle(self):
        return self.page.title

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": self.page.title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, page=self.page)


class StaffNoteView(_OfAPage):
    """Changes the note on a partner. 404 to whoever may not edit the partner by their role."""

    template_name = "knowledge/admin/staff_note.html"
    page_title = gettext_lazy("Note for staff")
    header_icon = "lock"

    @cached_property
    def page(self) -> PartnerPage:
        page = get_object_or_404(PartnerPage, pk=self.kwargs["page_id"])
        if not page.permissions_for_user(self.request.user).may_by_role("change"):
            raise Http404
        # One note for all languages.
        return source_of(page) or page

    def form(self, data=None) -> StaffNoteForm:
        note = StaffNote.objects.filter(page=self.page).first() or StaffNote(page=self.page)
        return StaffNoteForm(data, instance=note)

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request, *args, **kwargs):
        form = self.form(request.POST)
        if not form.is_valid():
            messages.error(request, _("Nothing was stored yet. Please correct what is marked below."))
            return self.render_to_response(self.get_context_data(form=form))
        note = form.save(commit=False)
        if note.text.strip():
            note.changed_by = request.user
            note.save()
            messages.success(request, _("Stored. Staff read it from now on."))
        elif note.pk:
            note.delete()
            messages.success(request, _("The note is gone."))
        return redirect("wagtailadmin_pages:edit", self.page.pk)


class ForgetVersionsView(_OfAPage):
    """Asks, and forgets what a page said before: somebody may have published what nobody should read.

    404 to whoever may not publish the page by their role.
    """

    template_name = "knowledge/admin/forget_versions.html"
    page_title = gettext_lazy("Forget what it said before")
    header_icon = "history"

    @cached_property
    def page(self) -> Page:
        page = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific
        if not isinstance(page, KnowledgePage) or not page.permissions_for_user(
            self.request.user
        ).may_by_role("publish"):
            raise Http404
        return page

    def post(self, request, *args, **kwargs):
        forget_versions(self.page)
        messages.success(request, _("Forgotten. From now on, changes are told again."))
        return redirect("wagtailadmin_pages:edit", self.page.pk)
