"""What every page of the portal has."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls.resolvers import RoutePattern
from django.utils.functional import cached_property, classproperty
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home import facts
from home.addresses import is_reserved
from home.copying import PageLikeThisForm
from home.forms import PortalPageForm
from home.icons import ILLUSTRATION_CHOICES
from home.lifecycle.checking import check_of
from home.panels import FactsPanel, NoClientDataPanel, PictureAltInput
from home.shown import SearchKind, shown_values
from home.unseen import without_errors_of_unseen, without_unseen
from sites.access.readers import ReadablePageQuerySet
from sites.access.sources import BY_TIME, leave_unpublished, waits_for_source
from sites.access.testers import PortalPagePermissionTester
from sites.admin.titles import call_by_admin_title
from sites.fields.dates import PortalDateField, within_bounds
from sites.fields.slugs import transliterated
from sites.rls.tree import address_below

# From this many headings on a table of contents helps more than it costs space.
TOC_FROM_HEADINGS = 4


class PortalPage(Page):
    """The base of all page types: summary, picture, social image, date of the last review."""

    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences. Stands below the title, in lists and in search results."),
    )
    picture = models.ForeignKey(
        "thinka_sites.PortalImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(
        _("text alternative of the picture"),
        max_length=200,
        blank=True,
        help_text=_("What is to be seen, for people who do not see the picture. Required with a picture."),
    )
    illustration = models.CharField(
        _("drawing"),
        max_length=30,
        blank=True,
        choices=ILLUSTRATION_CHOICES,
        help_text=_("Shown in your colour where no picture is chosen."),
    )
    social_image = models.ForeignKey(
        "thinka_sites.PortalImage",
        verbose_name=_("picture for sharing"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown when somebody shares the page. Without one, the picture of the page is taken."),
    )
    reviewed_on = PortalDateField(
        _("last checked on"),
        null=True,
        blank=True,
        help_text=_("When somebody last made sure that all of this is true."),
    )

    objects = PageManager.from_queryset(ReadablePageQuerySet)()

    intro_panels = [
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("picture"),
                FieldPanel("picture_alt", widget=PictureAltInput),
                FieldPanel("illustration"),
            ],
            heading=_("Picture"),
            classname="collapsed",
        ),
    ]
    content_panels = [NoClientDataPanel(), FactsPanel(), *Page.content_panels, *intro_panels]
    # Where somebody looks after the page, the day of the last check is not the page's: see `home.lifecycle`.
    checked_promote_panels = [*Page.promote_panels, FieldPanel("social_image")]
    promote_panels = [*checked_promote_panels, FieldPanel("reviewed_on")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
        index.AutocompleteField("summary"),
    ]
    base_form_class = PortalPageForm
    copy_form_class = PageLikeThisForm
    # Pages made of one StreamField called `body` get their table of contents from it.
    stream_field = "body"
    # What is shown of a page, said once, as names of fields and relations: beside title, summary and picture
    # on its card in lists, on a hit of the search, and on its own page (relations only; terms come along).
    card_fields: tuple[str, ...] = ()
    result_fields: tuple[str, ...] = ()
    detail_fields: tuple[str, ...] = ("picture", "social_image")
    # Whether a form has put placeholders into streams: see `home.unseen`.
    holds_unseen = False
    # Which fields and rows say what is true in all languages, which say something in one: see `home.facts`.
    # A picture belongs to its text alternative, and the day of the last check to the text that was checked.
    shared_fields: tuple[str, ...] = ("illustration",)
    shared_texts: tuple[str, ...] = ()
    own_fields: tuple[str, ...] = ("summary", "picture", "picture_alt", "social_image", "reviewed_on")
    # Drawings for pages of this type that have neither a picture nor a drawing of their own.
    default_drawings: tuple[str, ...] = ("haeuser", "strassenbahn", "haustuer")
    # How the search calls pages of this type; None: simply pages.
    search_kind: SearchKind | None = None
    # For how long a check of such a page holds, which the page then shows; None: nobody has to check it, see
    # `home.lifecycle`.
    verified_for: timedelta | None = None
    # Until when the search finds the page; None: always.
    search_until: datetime | None = None
    # What is known about a page that was found by its address: the pages from the start page to the one
    # above it, and that whoever asks may read it, perhaps by a grant, which Wagtail's check doesn't know.
    trail = None
    is_known_as_readable = False

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args, **kwargs):
        stored = kwargs.get("update_fields")
        # Most often only a draft, a lock or a number is stored, and nothing that the page says.
        says = stored is None or not set(stored).isdisjoint((*self.shared_fields, *self.shared_texts))
        if says:
            facts.wait_for_others()
            self.settle()
        super().save(*args, **kwargs)
        if says:
            facts.share(self)

    @transaction.atomic
    def publish(self, revision, user=None, changed=True, log_action=True, **kwargs):
        # Nobody is there who could be told. Others are, by the form that they use.
        if log_action == BY_TIME and waits_for_source(self):
            leave_unpublished(self, revision)
            return
        super().publish(revision, user=user, changed=changed, log_action=log_action, **kwargs)

    publish.alters_data = True

    def settle(self) -> None:
        """Put right what follows from elsewhere, before the page is stored or shown in a preview."""
        facts.settle(self)

    @classproperty
    def override_translatable_fields(cls):  # noqa: N805
        """What wagtail-localize does not offer to translators. `settle` copies it, and terms as well."""
        names = [name for name in cls.shared_fields if not cls._meta.get_field(name).many_to_many]
        return [SynchronizedField(name, overridable=False) for name in names]

    def get_view_restrictions(self):
        if self.is_known_as_readable:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def get_context(self, request, *args, **kwargs):
        # The frame around the page asks for it here; in a preview there is no route to find it by.
        request.routed_page = self
        context = super().get_context(request, *args, **kwargs)
        return context if self.verified_for is None else context | check_of(self, request.user)

    @property
    def takes_notices(self) -> bool:
        """Whether readers can say that something on the page is not true any more, see `home.lifecycle`."""
        return self.verified_for is not None

    @property
    def description(self) -> str:
        """The text for search engines and shared links: the search description, else the summary."""
        return self.search_description or self.summary

    @property
    def sharing_image(self):
        """The PortalImage for shared links, or None."""
        return self.social_image or self.picture

    @property
    def drawing(self) -> str:
        """The drawing of a page without a picture: the chosen one, else one of its type, in all languages."""
        choices = self.default_drawings
        return self.illustration or choices[self.translation_key.int % len(choices)]

    @property
    def card_lines(self) -> list:
        """What a card without a template of its own shows below the summary, one line each."""
        return shown_values(self, self.card_fields)[0]

    @property
    def card_terms(self) -> list:
        """The words of the vocabulary on such a card."""
        return shown_values(self, self.card_fields)[1]

    @cached_property
    def headings(self) -> list[tuple[str, str]]:
        """(anchor, text) of the headings in the body, in order; empty when there are too few for a list."""
        stream = getattr(self, self.stream_field, None)
        found = self.headings_of_fields()
        found += [
            (f"abschnitt-{block.id}", block.value) for block in stream or () if block.block_type == "heading"
        ]
        return found if len(found) >= TOC_FROM_HEADINGS else []

    def headings_of_fields(self) -> list[tuple[str, str]]:
        """(anchor, text) of what the template shows under headings of its own before the body."""
        return []

    def copy_for_translation(self, locale, copy_parents=False, alias=False, exclude_fields=None):
        """Begin a translation, as a draft. Pages above it that have none follow their source as aliases,
        which Wagtail would publish."""
        translation = super().copy_for_translation(locale, copy_parents, alias, exclude_fields)
        if translation.live:
            translation.live = False
            type(self).objects.filter(pk=translation.pk).update(live=False)
        # It follows those of its source at once, while Wagtail's copy of them would stay what it is today.
        if facts.source_of(translation) is not None:
            translation.view_restrictions.all().delete()
        return translation

    copy_for_translation.alters_data = True

    def update_aliases(self, **kwargs):
        """Bring the aliases up to date. Translations that were only begun stay drafts."""
        begun = type(self).objects.filter(alias_of=self, live=False).exclude(locale=self.locale_id)
        drafts = list(begun.values_list("pk", flat=True))
        super().update_aliases(**kwargs)
        type(self).objects.filter(pk__in=drafts).update(live=False)

    update_aliases.alters_data = True

    def route(self, request, path_components):
        found = super().route(request, path_components)
        # Wagtail's chooser recognises the address of a page, and then shows the title of its draft.
        call_by_admin_title(found.page)
        return found

    def get_route_paths(self):
        """Return the addresses below the page's own that lead to it: redirects are made from each.

        Those without a variable part, such as feeds and calendar files.
        """
        routes = (each.pattern for each in getattr(self, "get_subpage_urls", list)())
        fixed = [f"/{each}" for each in routes if isinstance(each, RoutePattern) and not each.converters]
        return list(dict.fromkeys([*super().get_route_paths(), *fixed]))

    def make_preview_request(self, original_request=None, preview_mode=None, extra_request_attrs=None):
        self.settle()
        if self.holds_unseen:
            without_unseen(self)
        # Wagtail's bar would look the revision up; on the site, which a preview shows, nobody reads drafts.
        attributes = {k: v for k, v in (extra_request_attrs or {}).items() if k != "revision_id"}
        return super().make_preview_request(original_request, preview_mode, attributes)

    def _update_descendant_url_paths(self, old_url_path, new_url_path):
        # Wagtail's own update leaves out the pages that are hidden from who publishes this one.
        address_below(self)

    def _get_autogenerated_slug(self, base_slug):
        return super()._get_autogenerated_slug(transliterated(base_slug))

    @staticmethod
    def _slug_is_available(slug, parent_page, page=None):
        # Where the editor gives none, Wagtail makes one from the title, and asks here whether it may.
        if parent_page is not None and is_reserved(slug, parent_page):
            return False
        return Page._slug_is_available(slug, parent_page, page)

    def permissions_for_user(self, user):
        return PortalPagePermissionTester(user, self)

    def clean_fields(self, exclude=None):
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            # The form lets nobody choose what they don't see; what stands there stays.
            if errors := without_errors_of_unseen(self, error.error_dict):
                raise ValidationError(errors) from error

    def clean(self):
        super().clean()
        for moment in (self.go_live_at, self.expire_at):
            if moment is not None:
                within_bounds(moment)
        if self.picture_id and not self.picture_alt.strip():
            raise ValidationError({"picture_alt": _("Describe the picture in a few words.")})
