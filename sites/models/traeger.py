"""The tenant: an organisation with its own site, people and media."""

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Page, Site

from sites.access.paths import folder_path
from sites.access.roles import LEITUNG, ROLE_CHOICES


class TraegerFolder(Page):
    """The locale-neutral page above a Träger's home pages.

    Translated home pages are siblings, so permissions, workflow and privacy that hung on one of them would
    miss the others; on the folder they cover every language. It has no address of its own and is never
    translated.
    """

    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = None
    page_description = _("Made by “New Träger”; holds everything that belongs to one Träger.")
    # Made by create_traeger only: a folder without groups and site is of no use.
    is_creatable = False
    content_panels = Page.content_panels
    promote_panels = []
    # It is never shown.
    preview_modes = []
    # For the explorer, which would warn that there is no site: the sites begin one level below.
    has_sites_below = True

    class Meta:
        verbose_name = _("Träger folder")
        verbose_name_plural = _("Träger folders")

    def permissions_for_user(self, user):
        # The testers ask the grants, which are models: whichever room is loaded first, these are there.
        from sites.access.testers import FixedPagePermissionTester

        return FixedPagePermissionTester(user, self)

    def get_url_parts(self, request=None):
        return None

    def route(self, request, path_components):
        raise Http404

    def get_translation(self, locale):
        return self

    def get_translation_or_none(self, locale):
        return self

    def has_translation(self, locale):
        return True

    def copy_for_translation(self, *args, **kwargs):
        return self


class TraegerQuerySet(models.QuerySet):
    """Which Träger something belongs to."""

    def for_page(self, page: Page) -> "Traeger | None":
        """Return the Träger in whose folder `page` is; None for pages outside every folder."""
        return self.filter(folder__path=folder_path(page)).first()

    def for_user(self, user) -> "TraegerQuerySet":
        """Narrow to the Träger in which `user` has a role (all for administrators)."""
        return self if user.is_superuser else self.filter(roles__group__user=user).distinct()

    def led_by(self, user) -> "TraegerQuerySet":
        """Narrow to the Träger of which `user` is a head (all for administrators)."""
        return self if user.is_superuser else self.filter(roles__role=LEITUNG, roles__group__user=user)

    def for_collection(self, collection_id: int) -> "Traeger | None":
        """Return the Träger whose files are in the collection with this id; None where they are nobody's."""
        inside = Collection.objects.filter(pk=collection_id, path__startswith=OuterRef("collection__path"))
        return self.select_related("site").filter(Exists(inside)).order_by("-collection__depth").first()


class Traeger(models.Model):
    """One organisation. Every row with a tenant's content can be traced to one of these."""

    class Kind(models.TextChoices):
        TRAEGER = "traeger", _("Träger")
        COORDINATION = "coordination", _("Coordination office")
        KNOWLEDGE = "knowledge", _("Shared knowledge base")

    name = models.CharField(_("name"), max_length=120, unique=True)
    short_name = models.CharField(_("short name"), max_length=40)
    slug = models.SlugField(_("short form in addresses"), max_length=50, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.TRAEGER)
    folder = models.OneToOneField(
        TraegerFolder, verbose_name=_("folder"), on_delete=models.PROTECT, related_name="traeger"
    )
    site = models.OneToOneField(
        Site, verbose_name=_("site"), on_delete=models.PROTECT, related_name="traeger"
    )
    collection = models.OneToOneField(
        Collection, verbose_name=_("collection"), on_delete=models.PROTECT, related_name="traeger"
    )

    objects = TraegerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Träger")
        verbose_name_plural = _("Träger")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def group(self, role: str) -> Group:
        """Return the group of this Träger for `role` (a key of `sites.access.roles.ROLES`)."""
        return Group.objects.get(traeger_role__traeger=self, traeger_role__role=role)


class TraegerRole(models.Model):
    """Says which group is which role of which Träger."""

    traeger = models.ForeignKey(Traeger, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="traeger_role")

    class Meta:
        verbose_name = _("role of a Träger")
        verbose_name_plural = _("roles of the Träger")
        constraints = [models.UniqueConstraint(fields=["traeger", "role"], name="one_group_per_role")]

    def __str__(self):
        return self.group.name
