"""The report on what people search for, for the roles of the knowledge base."""

from datetime import date
from urllib.parse import urlencode

import django_filters
from django.conf import settings
from django.db.models import F, Sum
from django.http import Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet

from search.asked.models import AskedQuestion

PERMISSION = "search.view_askedquestion"
WITHOUT_HITS, FEW_CLICKS = "without-hits", "few-clicks"
# Fewer than one in so many askings led to a page.
FEW = 4
_MONTHS = (
    ("1", pgettext_lazy("period", "This month")),
    ("3", _("The last three months")),
    ("12", _("The last twelve months")),
)


def months_ago(number: int) -> date:
    """Return the first day of the month `number` months before this one."""
    today = timezone.localdate()
    months = today.year * 12 + today.month - 1 - number
    return date(months // 12, months % 12 + 1, 1)


class QuestionFilterSet(WagtailFilterSet):
    period = django_filters.ChoiceFilter(label=_("Period"), choices=_MONTHS, method="in_period")
    show = django_filters.ChoiceFilter(
        label=_("Show"),
        choices=((WITHOUT_HITS, _("Without a hit")), (FEW_CLICKS, _("With few clicks"))),
        method="by_outcome",
    )
    language = django_filters.ChoiceFilter(label=_("language"), choices=settings.LANGUAGES)

    class Meta:
        model = AskedQuestion
        fields = ["period", "show", "language"]

    def in_period(self, questions, name, value):
        return questions.filter(month__gte=months_ago(int(value) - 1))

    def by_outcome(self, questions, name, value):
        if value == WITHOUT_HITS:
            return questions.filter(missed__gt=0)
        # Where nothing was found, nothing could be clicked.
        return questions.filter(total__gt=F("opened") * FEW + F("missed"))


class QuestionColumn(Column):
    """A question, and what can be done about it, one click away with the question filled in."""

    cell_template_name = "search/admin/question.html"
    views = (
        ("synonyms:add", "search.add_synonym", _("Synonym")),
        ("pins:add", "search.add_pin", _("Recommendation")),
        ("missing-content:add", "search.add_missingcontent", _("Content is missing")),
    )

    def get_cell_context_data(self, instance, parent_context):
        question = urlencode({"question": self.get_value(instance)})
        user = parent_context["request"].user
        ways = [
            (label, f"{reverse(view)}?{question}")
            for view, permission, label in self.views
            if user.has_perm(permission)
        ]
        return super().get_cell_context_data(instance, parent_context) | {"ways": ways}


class QuestionsView(ReportView):
    """Questions that were asked often enough to be shown, with what came of them. Others get 404."""

    page_title = _("What people search for")
    header_icon = "search"
    model = AskedQuestion
    filterset_class = QuestionFilterSet
    index_url_name = "questions:index"
    index_results_url_name = "questions:index_results"
    results_template_name = "search/admin/questions_results.html"
    default_ordering = "-total"
    no_results_message = _("Nothing was asked often enough to be shown.")
    list_export = ["text", "language", "total", "missed", "opened"]
    export_headings = {
        "total": pgettext_lazy("question", "asked"),
        "missed": pgettext_lazy("question", "without a hit"),
        "opened": pgettext_lazy("question", "with a click"),
    }
    export_filename = "suchanfragen"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(PERMISSION):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def columns(self):
        names = dict(settings.LANGUAGES)
        headings = self.export_headings
        return [
            QuestionColumn("text", label=_("question"), sort_key="text"),
            *(Column(name, label=headings[name], sort_key=name) for name in ("total", "missed", "opened")),
            Column("language", label=_("language"), accessor=lambda row: names.get(row["language"], "")),
        ]

    def get_base_queryset(self):
        questions = AskedQuestion.objects.filter(number__gte=AskedQuestion.SHOWN_FROM)
        return questions.values("text", "language").annotate(
            total=Sum("number"), missed=Sum("without_hits"), opened=Sum("clicks")
        )

    def order_queryset(self, queryset):
        return super().order_queryset(queryset).order_by(*filter(None, [self.ordering]), "text", "language")

    def get_filtered_queryset(self):
        return self.get_queryset()


class QuestionsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


class QuestionsViewSet(ViewSet):
    """The address and the menu item of the report."""

    name = "questions"
    icon = "search"
    menu_label = _("What people search for")
    menu_name = "questions"
    menu_item_class = QuestionsMenuItem

    def get_urlpatterns(self):
        return [
            path("", QuestionsView.as_view(), name="index"),
            path("results/", QuestionsView.as_view(results_only=True), name="index_results"),
        ]
