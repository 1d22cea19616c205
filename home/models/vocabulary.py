"""The shared vocabulary that offers, events, methods and partners are tagged with.

It belongs to nobody and everybody: all Träger use it, the coordination office keeps it. It has two levels: a
word below another one counts as that, too, wherever entries are looked for. A trigger refuses a third level.
"""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.icons import ICON_CHOICES
from sites.fields.collation import Unaccent, german


class TermQuerySet(models.QuerySet):
    """Words of the vocabulary."""

    def in_levels(self):
        """Order each word below the one that it belongs to."""
        return self.order_by(
            Coalesce("parent__sort_order", "sort_order"),
            Lower(Unaccent(Coalesce("parent__name", "name"))),
            Coalesce("parent_id", "pk"),
            models.F("parent_id").asc(nulls_first=True),
            "sort_order",
            german("name"),
        )


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

    # In each language a word of that language; the German ones say which.
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="children",
        help_text=_("Whoever filters by that word also finds what has this one. There are two levels."),
    )
    # Set for a moment only: a trigger then lets everything that names this word name the other one.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    # Wagtail's index of references is for what pages name, and nobody else writes it.
    parent.wagtail_reference_index_ignore = merged_into.wagtail_reference_index_ignore = True

    objects = TermQuerySet.as_manager()
    panels = [
        *(FieldPanel(name) for name in ("name", "slug", "parent", "synonyms", "sort_order")),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]
    override_translatable_fields = [
        SynchronizedField(name, overridable=False) for name in ("parent", "merged_into")
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        # Field names only: modelcluster sorts the terms of an unsaved page in Python, without expressions.
        ordering = ["sort_order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="%(app_label)s_%(class)s_slug"),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        # A copy for another language begins with the word of its source.
        if self.parent_id and self.locale_id not in (None, self.parent.locale_id):
            self.parent = self.parent.get_translation_or_none(self.locale)
        super().save(*args, **kwargs)
        self.share_levels(self.translation_key)

    save.alters_data = True

    @classmethod
    def share_levels(cls, key) -> None:
        """Let other languages of `key`, and of the words below it, belong to what the German one does."""
        german_ones = cls.objects.filter(
            translation_key=OuterRef("translation_key"), locale__language_code=settings.LANGUAGE_CODE
        )
        others = cls.objects.exclude(locale__language_code=settings.LANGUAGE_CODE).order_by()
        below = cls.objects.filter(parent__translation_key=key)
        keys = [key, *below.values_list("translation_key", flat=True)]
        for term in others.filter(translation_key__in=keys).annotate(
            above=Subquery(german_ones.values("parent__translation_key")[:1])
        ):
            parent = cls.objects.filter(translation_key=term.above, locale=term.locale_id).first()
            if term.parent_id != (parent and parent.pk):
                cls.objects.filter(pk=term.pk).update(parent=parent)


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
