"""What was searched for, counted, and what is missing."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sites.fields.dates import PortalDateField, PortalDateTimeField


class AskedQuestion(models.Model):
    """How often something was searched for in a month: no person, session, address or site.

    Counted by the function `portal_search_asked`, see search.sql; in web processes only what was asked
    `SHOWN_FROM` times in the month can be read.
    """

    # Fewer times may be one person, who may have typed somebody's name.
    SHOWN_FROM = 3

    text = models.CharField(_("question"), max_length=100)
    language = models.CharField(_("language"), max_length=20)
    # Its first day.
    month = PortalDateField()
    first_on = PortalDateField()
    number = models.PositiveIntegerField(_("asked"), default=1)
    without_hits = models.PositiveIntegerField(_("without a hit"), default=0)
    clicks = models.PositiveIntegerField(_("with a click"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["text", "language", "month"], name="search_askedquestion_of_month"
            ),
        ]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self):
        return self.text


class MissingContent(models.Model):
    """What somebody looked for and nobody has written yet: a task for those who keep the knowledge base."""

    question = models.CharField(_("what is missing"), max_length=200)
    note = models.TextField(
        _("note"), blank=True, max_length=2000, help_text=_("Who writes it, and where it should stand.")
    )
    done = models.BooleanField(pgettext_lazy("task", "done"), default=False)
    noted_at = PortalDateTimeField(_("noted on"), db_default=Now(), editable=False)

    class Meta:
        ordering = ["done", "-noted_at"]
        verbose_name = _("missing content")
        verbose_name_plural = _("missing contents")

    def __str__(self):
        return self.question
