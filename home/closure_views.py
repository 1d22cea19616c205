"""The small form with which an office or partner is closed at once, also on a phone; see `home.closures`."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from home import closures, facts
from home.models.opening_hours import ExceptionRow, WithOpeningHours
from home.opening_hours import ExceptionPeriod, exception_text, validate_exceptions
from sites.fields.dates import within_bounds


def _day(label, **kwargs) -> forms.DateField:
    """A day, chosen with the calendar of the device or written as people here do."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", settings.WAGTAIL_DATE_FORMAT],
        validators=[within_bounds],
        **kwargs,
    )


class ClosureForm(forms.Form):
    """From when until when what `page` is about is closed, and why."""

    first = _day(gettext_lazy("Closed from"))
    last = _day(gettext_lazy("Up to and including"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=ExceptionRow._meta.get_field("reason").max_length,
        required=False,
        help_text=gettext_lazy(
            "Visitors read it, for example: team day. Nothing about the health of a person."
        ),
    )

    def __init__(self, *args, page: WithOpeningHours, **kwargs):
        today = timezone.localdate()
        super().__init__(*args, initial={"first": today, "last": today}, **kwargs)
        self.page = page

    def clean(self):
        data = super().clean()
        first, last = data.get("first"), data.get("last")
        if not (first and last):
            return data
        if last < timezone.localdate():
            raise ValidationError({"last": _("These days are over. Choose today or a later day.")})
        period = ExceptionPeriod(first, last, reason=data.get("reason", ""))
        there = [each.as_period() for each in self.page.exceptions.all() if each.closed]
        # What is wrong among the others was there before.
        problems = [found for found in validate_exceptions([*there, period]) if found.index == len(there)]
        for problem in problems:
            self.add_error("last", problem.message)
        return data


class _OfAPage:
    """Finds the page with hours that the address names, or answers 404 to whoever may not close it."""

    @cached_property
    def page(self) -> WithOpeningHours:
        page = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific
        if not (isinstance(page, WithOpeningHours) and closures.may_close(self.request.user, page)):
            raise Http404
        return page

    def back(self):
        return redirect("portal_closures", self.page.pk)


class ClosuresView(_OfAPage, WagtailAdminTemplateMixin, TemplateView):
    """Closes an office or partner at once, and lists the closures that can be taken back."""

    template_name = "home/admin/closures.html"
    page_title = gettext_lazy("Close at once")
    header_icon = "warning"

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(form=ClosureForm(page=self.page)))

    def post(self, request, *args, **kwargs):
        form = ClosureForm(request.POST, page=self.page)
        with transaction.atomic():
            # Of two who close the same days at the same moment, the second one is told.
            facts.wait_for_others()
            if form.is_valid():
                closures.announce(self.page, **form.cleaned_data, by=request.user)
        if not form.is_valid():
            messages.error(request, _("Nothing was published yet. Please correct what is marked below."))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, _("Published. It can be read now, in all languages."))
        self._warn_of_shorter(form.cleaned_data["first"], form.cleaned_data["last"])
        return self.back()

    def _warn_of_shorter(self, first, last) -> None:
        """Name the openings for fewer days, which hold all the same."""
        rows = self.page.exceptions.filter(closed=False, first__lte=last, last__gte=first)
        shorter = [row.as_period() for row in rows if row.last - row.first < last - first]
        if shorter:
            text = _("These openings stand on the page, and hold all the same: %(openings)s.")
            openings = "; ".join(map(exception_text, shorter))
            messages.warning(self.request, text % {"openings": openings})

    def get_page_subtitle(self):
        return self.page.title

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": self.page.title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        announced = [(row, exception_text(row.as_period())) for row in closures.closures(self.page)]
        kwargs["may_publish"] = self.page.permissions_for_user(self.request.user).can_publish()
        return super().get_context_data(**kwargs, page=self.page, announced=announced)


class TakeBackClosureView(_OfAPage, View):
    """Takes a closure back, by POST only."""

    def post(self, request, *args, **kwargs):
        row = get_object_or_404(closures.closures(self.page), pk=self.kwargs["closure_id"])
        closures.take_back(self.page, row, by=request.user)
        messages.success(request, _("The closure is taken back, in all languages."))
        return self.back()
