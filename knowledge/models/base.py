"""What methods and partners have in common."""

from django import forms
from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home.blocks.stream import BodyBlock
from home.models.base import PortalPage
from home.models.lifecycle import Verification
from home.models.listing import ListingPage
from sites.access.paths import folder_path
from sites.access.readers import readable_by
from sites.fields.collation import german
from sites.models import Traeger


class KnowledgePage(RoutablePageMixin, PortalPage):
    """What methods and partners have in common."""

    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)
    topics = ParentalManyToManyField(
        "home.Topic", verbose_name=_("topics"), blank=True, related_name="%(class)ss"
    )
    target_groups = ParentalManyToManyField(
        "home.TargetGroup", verbose_name=_("target groups"), blank=True, related_name="%(class)ss"
    )
    sozialraeume = ParentalManyToManyField(
        "home.Sozialraum",
        verbose_name=_("Sozialräume"),
        blank=True,
        related_name="%(class)ss",
        help_text=_("None chosen: everywhere."),
    )

    default_drawings = ("gespraech", "haustuer", "beratung-am-laptop")
    tagging_panel = MultiFieldPanel(
        [
            FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
            FieldPanel("target_groups", widget=forms.CheckboxSelectMultiple),
            FieldPanel("sozialraeume", widget=forms.CheckboxSelectMultiple),
        ],
        heading=_("What and for whom"),
    )
    search_fields = [
        *PortalPage.search_fields,
        index.SearchField("body"),
        index.RelatedFields("topics", [index.SearchField("name")]),
        index.RelatedFields("target_groups", [index.SearchField("name")]),
        index.RelatedFields("sozialraeume", [index.SearchField("name")]),
    ]

    shared_fields = (*PortalPage.shared_fields, "topics", "target_groups", "sozialraeume")
    own_fields = (*PortalPage.own_fields, "body")
    result_fields = ("verification",)
    promote_panels = PortalPage.checked_promote_panels
    # Texts that the page shows as its facts, each under its own name, and that the search finds: a new one of
    # them needs no template.
    fact_fields: tuple[str, ...] = ()
    # What readers are told about when it changes, in this order, and names of what is no field: see
    # `knowledge.changes`. Nothing about people, and no titles of files and pages, which readers may not see.
    compared_fields: tuple[str, ...] = ()
    compared_labels: dict[str, str | Promise] = {}

    class Meta:
        abstract = True

    @path("aenderungen/", name="changes")
    def changes(self, request):
        """What has changed between published versions, for whoever may read the page."""
        from knowledge.changes.history import history

        # Only who works there may see the link; visitors cost no question.
        may = request.user.is_authenticated and self.permissions_for_user(request.user).may_by_role("publish")
        # Not all that the page itself shows around its text.
        request.routed_page = self
        context = {"page": self, "steps": history(self, request.user), "may_forget": may}
        return render(request, "knowledge/changes.html", context)

    @property
    def has_changed(self) -> bool:
        """Whether the page was published more than once."""
        first, last = self.first_published_at, self.last_published_at
        return bool(self.live and first and last and last > first)

    def get_context(self, request, *args, **kwargs):
        """Add `related` (list of pages)."""
        return super().get_context(request, *args, **kwargs) | {"related": self.related(request.user)}

    def chosen(self) -> list[int]:
        """The ids of the pages that editors chose to go with this one, in their order."""
        return []

    def related(self, user, count: int = 6) -> list[Page]:
        """Return methods and partners that go with this one, as far as `user` may read them.

        Those that were chosen come first, then what has most topics in common; one query.
        """
        chosen, topics = self.chosen(), [topic.pk for topic in self.topics.all()]
        if not (chosen or topics):
            return []
        common = Count("methodpage__topics", filter=Q(methodpage__topics__in=topics), distinct=True) + Count(
            "partnerpage__topics", filter=Q(partnerpage__topics__in=topics), distinct=True
        )
        places = [When(pk=pk, then=Value(place)) for place, pk in enumerate(chosen)]
        # Without any, PostgreSQL would take the number alone for a column.
        order = [Case(*places, default=Value(len(chosen)))] if places else []
        entries = (
            readable_by(Page.objects.live(), user)
            .filter(path__startswith=folder_path(self), locale=self.locale_id)
            .filter(Q(methodpage__isnull=False) | Q(partnerpage__isnull=False))
            .exclude(pk=self.pk)
            .annotate(common=common)
            .filter(Q(common__gt=0) | Q(pk__in=chosen))
            .order_by(*order, "-common", german("title"))
        )
        return list(entries[:count])

    @property
    def is_overdue(self) -> bool:
        """In a list: whether the day up to which the entry counts as checked is over."""
        until = getattr(self, "verified_until", None)
        return until is not None and until < timezone.localdate()

    @property
    def facts(self) -> list[tuple[str, str]]:
        """(name, text) of the `fact_fields` that are filled in."""
        said = ((self._meta.get_field(name).verbose_name, getattr(self, name)) for name in self.fact_fields)
        return [(capfirst(name), text) for name, text in said if text]


class KnowledgeListPage(ListingPage):
    """A list that only the knowledge base has."""

    start_template = "knowledge/start.html"
    # On it, lists with a smaller number come first.
    start_position = 1

    class Meta:
        abstract = True

    def entries(self, request):
        """What is overdue comes last; each entry brings along its `verified_until`."""
        own = Verification.objects.filter(page__translation_key=OuterRef("translation_key"))
        pages = super().entries(request).annotate(verified_until=Subquery(own.values("verified_until")[:1]))
        overdue = Case(When(verified_until__lt=timezone.localdate(), then=Value(1)), default=Value(0))
        return pages.order_by(overdue, *self.entry_order)

    @staticmethod
    def start_sections(home, request) -> dict:
        from knowledge.start.sections import start_of

        return start_of(home, request)

    @classmethod
    def can_create_at(cls, parent):
        traeger = Traeger.objects.for_page(parent)
        return bool(traeger) and traeger.kind == Traeger.Kind.KNOWLEDGE and super().can_create_at(parent)
