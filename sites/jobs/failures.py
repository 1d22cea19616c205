"""What failed in the background, of all kinds in one place, for administrators: mails, tasks, jobs."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from django_tasks_db.models import DBTaskResult
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from sites.jobs import queue
from sites.mail.views import UndeliveredMails
from sites.models import Job, OutgoingMail

LISTED = 100


def failed_tasks():
    """Return the tasks of the queue that failed in the last 30 days, the newest first."""
    return DBTaskResult.objects.failed().filter(backend_name=queue.BACKEND).order_by("-finished_at")


def failed_jobs():
    """Return everybody's jobs of the last 30 days that failed or were broken off, the newest first."""
    return Job.objects.filter(state__in=(Job.State.FAILED, Job.State.LOST))


def count() -> int:
    """Return how many mails and tasks wait for somebody to look at them.

    Jobs don't count: whoever asked for one is told, and alone can ask for it again.
    """
    return OutgoingMail.objects.undelivered().count() + failed_tasks().count()


class FailuresView(WagtailAdminTemplateMixin, TemplateView):
    """The report, with what helps: sending or running again."""

    template_name = "sites/jobs/failures.html"
    page_title = gettext_lazy("Background service")
    header_icon = "history"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            mails=UndeliveredMails(),
            tasks=[(task, _reason(task)) for task in failed_tasks()[:LISTED]],
            jobs=failed_jobs()[:LISTED],
            waiting=queue.lag(),
            **kwargs,
        )


def _reason(task: DBTaskResult) -> str:
    """The last line of the traceback: the error and what it says."""
    return task.traceback.strip().rpartition("\n")[2]


class TaskAgainView(View):
    """Lets a failed task begin anew; by POST only."""

    def post(self, request, pk):
        if not queue.again(pk):
            raise Http404
        messages.success(request, _("The task is being run again. Please look here once more in a minute."))
        return redirect("portal_failures")


class FailuresPanel(Component):
    """On the dashboard of administrators, while there is something to look at."""

    name = "background_failures"
    template_name = "sites/jobs/failures_panel.html"
    order = 50

    def get_context_data(self, parent_context):
        return {"count": count()}
