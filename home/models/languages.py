"""The languages that an office or a partner speaks, the same field for all page types that have it."""

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from sites.fields.languages import LanguagesField, language_names, language_words, languages_line


class WithLanguages(models.Model):
    """Of a page type: in which languages people are helped there."""

    languages = LanguagesField(_("languages spoken"))
    languages_note = models.CharField(
        _("note on the languages"),
        max_length=200,
        blank=True,
        help_text=_("What the list can't say. For example: Russian by telephone only."),
    )

    languages_panel = MultiFieldPanel(
        [FieldPanel("languages"), FieldPanel("languages_note")], heading=_("Languages")
    )
    languages_search_fields = (index.SearchField("searched_languages"), index.SearchField("languages_note"))

    class Meta:
        abstract = True

    @property
    def language_names(self) -> list[str]:
        """The names of the languages, in that of the request."""
        return language_names(self.languages)

    @property
    def languages_line(self) -> str:
        """Languages and remark in one line."""
        return languages_line(self.languages, self.languages_note)

    @property
    def searched_languages(self) -> list[str]:
        """By what the search finds the languages: their names in that of the page, and others."""
        code = self.locale.language_code
        # Leichte Sprache has no names of its own.
        with translation.override(code.partition("-")[0]):
            return [*language_names(self.languages), *language_words(self.languages)]
