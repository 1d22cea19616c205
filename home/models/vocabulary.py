"""The shared vocabulary that offers, events, methods and partners are tagged with.

It belongs to nobody and everybody: all Träger use it, the coordination office keeps it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index

from home.icons import ICON_CHOICES


class Term(TranslatableMixin, index.Indexed, models.Model):
    """A word of the vocabulary."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(
        _("short form in addresses"),
        max_length=100,
        help_text=_("Used in filter addresses; don't change it later."),
    )
    sort_order = models.PositiveSmallIntegerField(_("position"), default=0)
    synonyms = models.CharField(
        _("words with the same meaning"),
        max_length=500,
        blank=True,
        help_text=_(
            "Separate them by commas. Whoever searches for one of them also finds the name, and the other way"
            " round."
        ),
    )

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("synonyms"), FieldPanel("sort_order")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        # Field names only: modelcluster sorts the terms of an unsaved page in Python, without expressions.
        ordering = ["sort_order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="%(app_label)s_%(class)s_slug"),
        ]

    def __str__(self):
        return self.name


class Topic(Term):
    """What it is about: debts, housing, health …"""

    hint = models.CharField(
        _("in other words"),
        max_length=100,
        blank=True,
        help_text=_("A few everyday words, shown below the name."),
    )
    icon = models.CharField(_("icon"), max_length=20, choices=ICON_CHOICES, default="info")

    panels = [*Term.panels, FieldPanel("hint"), FieldPanel("icon")]

    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class TargetGroup(Term):
    """For whom it is."""

    class Meta(Term.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")


class Sozialraum(Term):
    """A neighbourhood served."""

    class Meta(Term.Meta):
        verbose_name = _("Sozialraum")
        verbose_name_plural = _("Sozialräume")


class FormOfSupport(Term):
    """How help is given: counselling, referral, accompanying …"""

    class Meta(Term.Meta):
        verbose_name = _("form of support")
        verbose_name_plural = _("forms of support")
