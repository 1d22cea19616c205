"""Forms of the page editor that look at several fields at once."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Page, TranslatableMixin

from home import facts
from home.addresses import MESSAGE, is_reserved
from home.links import INTERNAL, UNPUBLISHED, link_problems
from home.models.vocabulary import Term
from home.opening_hours import ExceptionPeriod, Interval, validate_exceptions, validate_intervals
from home.recurrence import Frequency, Recurrence
from home.unseen import keep_unseen
from sites.access.paths import folder_path
from sites.access.sources import MESSAGE as WITHOUT_SOURCE
from sites.access.sources import waits_for_source
from sites.fields.slugs import transliterate_in_browser, transliterated


def _filled(formset):
    """The sub-forms that will be saved, with complete data; none where the data of the formset is broken."""
    return [
        form
        for form in formset.forms
        if form.is_valid() and form.cleaned_data and not form.cleaned_data.get("DELETE")
    ]


def show_levels(field) -> None:
    """Let a field in which words of the vocabulary are chosen show each below the one that it belongs to."""
    field.queryset = field.queryset.in_levels()
    field.label_from_instance = lambda term: f"– {term}" if term.parent_id else str(term)


class PortalPageForm(WagtailAdminPageForm):
    """The form of all pages. Stops the publishing of links that lead nowhere; drafts may have them.

    A link to a page that no longer exists always stops it. One to an unpublished page stops it once: two new
    pages that link to each other could never be published otherwise.
    """

    # The unpublished pages that the editor has been told about.
    told_pages = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            model = getattr(getattr(field, "queryset", None), "model", None)
            # Words of the vocabulary exist once per language. Pages are chosen in a dialogue of their own.
            if model and issubclass(model, TranslatableMixin) and not issubclass(model, Page):
                field.queryset = field.queryset.filter(locale=self.instance.locale_id)
                if issubclass(model, Term):
                    show_levels(field)
        # The same in all languages, and changed in one.
        if self.instance.pk and facts.source_of(self.instance) is not None:
            for name in (*self.instance.shared_fields, *self.instance.shared_texts):
                self.fields.pop(name, None)
                self.formsets.pop(name, None)
        slug = self.fields.get("slug")
        # Wagtail's script would change an address from before when somebody only looks at it.
        if slug and transliterated(self.instance.slug) == self.instance.slug:
            transliterate_in_browser(slug)
        if "anlaufstelle" in self.fields:
            self._offer_own_offices()
        # Another address moves everything below, and a guest can't see which addresses are taken.
        if self._is_for_a_guest():
            if slug:
                slug.disabled = True
                slug.help_text = _("Only people of the Träger that has the page change its address.")
            keep_unseen(self)

    def _offer_own_offices(self):
        """Offer the Träger's offices in the language of the page, German ones where there are none."""
        page, field = self.instance, self.fields["anlaufstelle"]
        here = folder_path(page if page.path else self.parent_page)
        own = field.queryset.filter(path__startswith=here).order_by("path")
        german = own.filter(locale__language_code=settings.LANGUAGE_CODE)
        offices = own.filter(locale=page.locale_id)
        chosen = page.anlaufstelle_id
        field.queryset = (offices if offices.exists() else german) | own.filter(pk=chosen)

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if slug != self.initial.get("slug"):
            slug = transliterated(slug)
        if is_reserved(slug, self.parent_page):
            raise ValidationError(MESSAGE, code="reserved")
        return slug

    def _is_for_a_guest(self) -> bool:
        """Whether the person may change this page by a grant only."""
        page = self.instance
        return bool(page.pk and self.for_user) and not page.permissions_for_user(self.for_user).may_by_role(
            "change"
        )

    def _leaves_the_draft(self) -> bool:
        """Whether the page goes to the readers, or to somebody who lets it go there."""
        buttons = {"action-publish", "action-submit", "action-restart-workflow"}
        approves = self.data.get("workflow-action-name") == "approve"
        return self.is_bound and (approves or not buttons.isdisjoint(self.data))

    def _is_published(self) -> bool:
        """Whether the page is published now or later, or approved on its way there."""
        return self._leaves_the_draft() and (
            "action-publish" in self.data or self.data.get("workflow-action-name") == "approve"
        )

    def _post_clean(self):
        super()._post_clean()
        if self._is_published() and waits_for_source(self.instance):
            self.add_error(None, ValidationError(WITHOUT_SOURCE, code="without_source"))
        if self._leaves_the_draft():
            self._check_links()

    def _check_links(self):
        page = self.instance
        told = set(self.data.get("told_pages", "").split())
        problems = [
            problem
            for problem in link_problems(page, page.path or self.parent_page.path)
            if problem.kind != INTERNAL
            and problem.link.field not in self.errors
            and not (problem.kind == UNPUBLISHED and str(problem.link.target_id) in told)
        ]
        if not problems:
            return
        in_streams: dict[str, dict[int, list]] = {}
        for problem in problems:
            link, message = problem.link, problem.message(self.for_user)
            if link.index is None:
                self.add_error(link.field if link.field in self.fields else None, message)
            else:
                in_streams.setdefault(link.field, {}).setdefault(link.index, []).append(message)
        for name, blocks in in_streams.items():
            errors = {index: ValidationError(messages) for index, messages in blocks.items()}
            self.add_error(name, StreamBlockValidationError(block_errors=errors))
        # The form is shown again with what was sent, so that is where the memory must go.
        told |= {str(problem.link.target_id) for problem in problems if problem.kind == UNPUBLISHED}
        self.data = self.data.copy()
        self.data["told_pages"] = " ".join(sorted(told))


class OpeningHoursForm(PortalPageForm):
    """Refuses reversed and overlapping opening hours, next to the row that is wrong; see `WithOpeningHours`.

    Closures that hold at once are not among the rows: they have a form of their own, `home.closures`.
    """

    def __init__(self, *args, instance=None, **kwargs):
        if instance is not None:
            instance.exceptions = [row for row in instance.exceptions.all() if not row.at_once]
        super().__init__(*args, instance=instance, **kwargs)

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


class EventPageForm(PortalPageForm):
    """Refuses an end before the start and recurrences that can't be."""

    def clean(self):
        data = super().clean()
        if "frequency" in data:
            # A draft may leave out what is required; without a choice, the event takes place once.
            data["frequency"] = data["frequency"] or Frequency.NONE
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


class TermForm(WagtailAdminModelForm):
    """Refuses a short form that another word of the same kind and language has, and a third level."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        term = self.instance
        if "parent" in self.fields:
            if term.locale_id and term.locale.language_code != settings.LANGUAGE_CODE:
                # The German word says what it belongs to.
                del self.fields["parent"]
            else:
                first = type(term).objects.filter(parent=None, locale__language_code=settings.LANGUAGE_CODE)
                self.fields["parent"].queryset = first.exclude(pk=term.pk)
        if "slug" in self.fields and transliterated(self.instance.slug) == self.instance.slug:
            transliterate_in_browser(self.fields["slug"])

    def clean_parent(self):
        parent = self.cleaned_data["parent"]
        if parent and self.instance.pk and self.instance.children.exists():
            raise ValidationError(
                _("Words belong to this one already. Take them away from it first: there are two levels."),
                code="levels",
            )
        return parent

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        others = type(self.instance).objects.filter(slug=slug, locale=self.instance.locale_id)
        if others.exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                _("Another word has this short form. Choose a different one."), code="taken"
            )
        return slug
