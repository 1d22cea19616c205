"""What readers have noticed, for those who look after the entries: a list, and an answer in one click."""

import django_filters
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.reports import ReportView

from home.lifecycle.notices import answer
from home.models.notices import ANSWER_LENGTH, Notice

OPEN, DONE = "open", "done"
STATES = [(OPEN, pgettext_lazy("task", "open")), (DONE, pgettext_lazy("task", "done"))]


class NoticesFilterSet(WagtailFilterSet):
    """Open or done."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="by_state")

    class Meta:
        model = Notice
        fields = ["state"]

    def by_state(self, queryset, name, value):
        return queryset.filter(answered_at__isnull=value == OPEN)


class NoticesReport(ReportView):
    """The open ones first. The database shows those about entries that the person looks after."""

    page_title = gettext_lazy("Notices from readers")
    header_icon = "warning"
    model = Notice
    filterset_class = NoticesFilterSet
    results_template_name = "home/lifecycle/notices_results.html"
    no_results_message = gettext_lazy("Nobody has noticed anything that is not true any more.")
    index_url_name = "portal_notices"
    index_results_url_name = "portal_notices_results"

    def get_queryset(self):
        notices = Notice.objects.select_related("page", "answered_by")
        self.queryset = notices.order_by(F("answered_at").desc(nulls_first=True), "-created_at", "pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, answer_length=ANSWER_LENGTH)


class AnswerView(View):
    """Notes by POST that somebody has dealt with a notice, with words for the reader or without.

    404 to whoever does not look after the entry: to them the database shows no such notice.
    """

    def post(self, request, notice_id):
        notice = get_object_or_404(Notice, pk=notice_id)
        text = request.POST.get("answer", "").strip()[:ANSWER_LENGTH]
        if not answer(notice, text, by=request.user):
            messages.warning(request, _("Somebody else has dealt with it before. Nothing was sent."))
        elif notice.wants_answer:
            messages.success(request, _("Done. The reader gets your answer by mail."))
        else:
            messages.success(request, pgettext("task", "Done."))
        return redirect(get_valid_next_url_from_request(request) or "portal_notices")
