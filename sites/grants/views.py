"""The page „Freigaben" of a page, document or picture. The side panel in the editor posts to it as well."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.utils import get_latest_str, get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from sites.grants.authority import may_give
from sites.grants.forms import GrantForm
from sites.grants.kinds import KINDS
from sites.grants.overview import Overview, overview
from sites.grants.services import end
from sites.jobs.counting import in_all_languages, name_of
from sites.jobs.enqueue import enqueue, lead_to


class _OfOneObject:
    """Finds the object that the address names and what the person sees of its grants, or answers 404."""

    @cached_property
    def overview(self) -> Overview:
        kind = KINDS.get(self.kwargs["kind"])
        obj = kind and kind.model._default_manager.filter(pk=self.kwargs["pk"]).first()
        found = obj and overview(self.request.user, obj)
        if not found:
            raise Http404
        return found

    def refuse_others(self) -> None:
        """Let only people who give grants here go on. The others who get here know the object."""
        if not self.overview.may_give:
            raise PermissionDenied

    def enqueue(self, kind: str, subtree: bool) -> HttpResponseRedirect | None:
        """Leave it to the background service where very many pages are affected."""
        if not subtree:
            return None
        page = self.overview.obj
        job = enqueue(self.request, kind, name_of([page]), in_all_languages(page))
        return lead_to(job) if job else None

    def back(self) -> HttpResponseRedirect:
        """Lead to where the form was: the editor or the page of the grants."""
        own = reverse("portal_grants", args=[self.kwargs["kind"], self.kwargs["pk"]])
        return HttpResponseRedirect(get_valid_next_url_from_request(self.request) or own)


class GrantsView(_OfOneObject, WagtailAdminTemplateMixin, TemplateView):
    """Lists the grants that reach an object, and gives one."""

    template_name = "sites/grants/page.html"
    page_title = gettext_lazy("Grants")
    header_icon = "key"

    def get(self, request, *args, **kwargs):
        form = GrantForm(obj=self.overview.obj, user=request.user) if self.overview.may_give else None
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request, *args, **kwargs):
        self.refuse_others()
        form = GrantForm(request.POST, obj=self.overview.obj, user=request.user)
        if not form.is_valid():
            messages.error(request, _("The grant was not given. Please correct what is marked below."))
            return self.render_to_response(self.get_context_data(form=form))
        if answer := self.enqueue("grant", form.cleaned_data.get("subtree", False)):
            return answer
        if form.save():
            messages.success(request, _("The grant is given."))
        else:
            messages.info(request, _("There is already exactly this grant; nothing was changed."))
        return self.back()

    def get_page_subtitle(self):
        return get_latest_str(self.overview.obj)

    def edit_url(self) -> str:
        return reverse(self.overview.kind.edit_view, args=[self.overview.obj.pk])

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self.edit_url(), "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        kwargs |= {"overview": self.overview, "edit_url": self.edit_url()}
        return super().get_context_data(**kwargs, next=get_valid_next_url_from_request(self.request))


class EndGrantView(_OfOneObject, View):
    """Ends a grant, by POST only."""

    def post(self, request, *args, **kwargs):
        self.refuse_others()
        line = self._line()
        if not may_give(request.user, line.grant.content_object):
            raise Http404
        if answer := self.enqueue("end_grant", getattr(line.grant, "subtree", False)):
            return answer
        if end(line.grant.content_object, line.grant, line.holder, by=request.user):
            messages.success(request, _("The grant to %(holder)s has ended.") % {"holder": line.holder})
        else:
            messages.info(request, _("This grant had ended already."))
        return self.back()

    def _line(self):
        lines = self.overview.lines
        for line in (*lines.here, *lines.ended):
            if (line.field, line.grant.pk) == (self.kwargs["field"], self.kwargs["grant_pk"]):
                return line
        raise Http404
