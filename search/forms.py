"""Forms in which the coordination office tells the search what it could not know."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from search.synonyms import key, listed
from sites.admin import scope


def _read(text: str, language: str) -> set[tuple[str, ...]]:
    """Return what the search makes of the words listed in `text`. Raises ValidationError if it is nothing."""
    found = set()
    for each in listed(text):
        stems = key(each, language)
        if not stems:
            raise ValidationError(
                _("“%(text)s” can't be searched for."), code="unread", params={"text": each}
            )
        found.add(stems)
    return found


class SynonymForm(WagtailAdminModelForm):
    """Refuses words that are the same for the search anyway, or of which it reads nothing."""

    def clean(self):
        cleaned = super().clean()
        if not {"words", "locale"} <= cleaned.keys():
            return cleaned
        language = cleaned["locale"].language_code
        read = {}
        for name in ("words", "shown"):
            try:
                read[name] = _read(cleaned.get(name, ""), language)
            except ValidationError as error:
                self.add_error(name, error)
        if self.errors:
            return cleaned
        if not read["words"] or (not read["shown"] and len(read["words"]) < 2):
            message = _(
                "Enter at least two different words. The search knows inflections and spellings already."
            )
            self.add_error("words", ValidationError(message, code="alone"))
        return cleaned


class PinForm(WagtailAdminModelForm):
    """Refuses questions of which the search reads nothing, and pages out of reach."""

    def clean(self):
        cleaned = super().clean()
        page, text = cleaned.get("page"), cleaned.get("questions")
        if page and not scope.choosable_pages(self.for_user).filter(pk=page.pk, depth__gte=3).exists():
            self.add_error("page", ValidationError(_("Choose a page of a site."), code="unknown"))
        elif page and text:
            try:
                _read(text, page.locale.language_code)
            except ValidationError as error:
                self.add_error("questions", error)
        return cleaned
