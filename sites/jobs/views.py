"""The pages „Vorgänge": how far what one has asked for is."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from sites.jobs.enqueue import again, lead_to
from sites.jobs.progress import Progress, number
from sites.models import Job

LISTED = 100


class _OfOneJob:
    """Finds the person's own job that the address names, or answers 404."""

    @cached_property
    def job(self) -> Job:
        return get_object_or_404(Job, pk=self.kwargs["pk"], user=self.request.user)


class JobsView(WagtailAdminTemplateMixin, TemplateView):
    """One's jobs of the last 30 days."""

    template_name = "sites/jobs/list.html"
    page_title = gettext_lazy("Background jobs")
    header_icon = "history"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        jobs = Job.objects.filter(user=self.request.user)[:LISTED]
        return super().get_context_data(jobs=[(job, number(job.total)) for job in jobs], **kwargs)


class JobView(_OfOneJob, WagtailAdminTemplateMixin, TemplateView):
    """How far one job is. Asked for with `?stand`, only the part that changes."""

    template_name = "sites/jobs/job.html"
    page_title = gettext_lazy("Background job")
    header_icon = "history"

    def get(self, request, *args, **kwargs):
        if "stand" in request.GET:
            context = {"job": self.job, "progress": Progress(self.job)}
            return TemplateResponse(request, "sites/jobs/state.html", context)
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("portal_jobs"), "label": JobsView.page_title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(job=self.job, progress=Progress(self.job), **kwargs)


class AgainView(_OfOneJob, View):
    """Asks once more for what was not done; by POST only."""

    def post(self, request, *args, **kwargs):
        if self.job.state not in (Job.State.FAILED, Job.State.LOST):
            raise Http404
        return lead_to(again(self.job))
