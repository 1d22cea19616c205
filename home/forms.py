"""Forms of the page editor that look at several fields at once."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from home.opening_hours import ExceptionPeriod, Interval, validate_exceptions, validate_intervals
from home.recurrence import Recurrence


def _filled(formset):
    """The sub-forms that will be saved, with complete data."""
    return [
        form
        for form in formset.forms
        if form.cleaned_data and not form.cleaned_data.get("DELETE") and form.is_valid()
    ]


class AnlaufstellePageForm(WagtailAdminPageForm):
    """Refuses reversed and overlapping opening hours, next to the row that is wrong."""

    def is_valid(self):
        valid = super().is_valid()
        return (
            self._check_rows("intervals", self._interval, validate_intervals)
            and self._check_rows("exceptions", self._exception, validate_exceptions)
            and valid
        )

    @staticmethod
    def _interval(data):
        return Interval(data["weekday"], data["opens"], data["closes"], data["note"], data["by_appointment"])

    @staticmethod
    def _exception(data):
        return ExceptionPeriod(
            data["first"], data["last"], data["closed"], data["opens"], data["closes"], data["reason"]
        )

    def _check_rows(self, name, build, validate) -> bool:
        formset = self.formsets.get(name)
        if formset is None:
            return True
        rows = _filled(formset)
        problems = validate([build(form.cleaned_data) for form in rows])
        for problem in problems:
            rows[problem.index].add_error(None, problem.message)
        return not problems


class EventPageForm(WagtailAdminPageForm):
    """Refuses an end before the start and recurrences that can't be."""

    def clean(self):
        data = super().clean()
        start, end = data.get("start"), data.get("end")
        if not (start and end):
            return data
        excluded = {
            form.cleaned_data["date"]
            for form in self.formsets["exclusions"].forms
            if form.is_valid() and form.cleaned_data.get("date") and not form.cleaned_data.get("DELETE")
        }
        recurrence = Recurrence(
            start=start, end=end, frequency=data.get("frequency"), until=data.get("until"), excluded=excluded
        )
        for problem in recurrence.validate():
            # Mistakes in the cancelled dates belong to no field of the page itself.
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)
        if data.get("registration") != "none" and not (
            data.get("registration_phone") or data.get("registration_email")
        ):
            self.add_error("registration", _("Say how to register: by telephone or by e-mail."))
        return data
