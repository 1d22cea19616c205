"""Grants (Freigaben): one person or group may do something with one object, until a date, for a reason.

django-guardian's object permissions with direct foreign keys, so that the database removes a grant with its
object and its person. Source of the rules: design, section 5.2.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from sites.fields.dates import PortalDateTimeField


class GrantQuerySet(models.QuerySet):
    def in_force(self, at=None):
        """Narrow to the grants that hold at the moment `at` (default: now)."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at or timezone.now()))


class Grant(models.Model):
    """What all grants have in common."""

    subtree = models.BooleanField(_("with everything below"), default=False)
    expires_at = PortalDateTimeField(_("until"), null=True, blank=True, db_index=True)
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    granted_at = PortalDateTimeField(_("given at"), default=timezone.now, editable=False)

    grants = GrantQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        """For log files: ids only, because a title may be another Träger's secret."""
        holder = f"user {self.user_id}" if hasattr(self, "user_id") else f"group {self.group_id}"
        return f"{self.permission.codename} on {self.content_object_id} for {holder}"


def _to(model: str):
    return models.ForeignKey(model, on_delete=models.CASCADE, related_name="%(class)ss")


class PageUserGrant(Grant, UserObjectPermissionBase):
    content_object = _to("wagtailcore.Page")

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = _("grant on a page to a person")


class PageGroupGrant(Grant, GroupObjectPermissionBase):
    content_object = _to("wagtailcore.Page")

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = _("grant on a page to a group")


class DocumentUserGrant(Grant, UserObjectPermissionBase):
    content_object = _to("thinka_sites.PortalDocument")

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = _("grant on a document to a person")


class DocumentGroupGrant(Grant, GroupObjectPermissionBase):
    content_object = _to("thinka_sites.PortalDocument")

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = _("grant on a document to a group")


class ImageUserGrant(Grant, UserObjectPermissionBase):
    content_object = _to("thinka_sites.PortalImage")

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = _("grant on a picture to a person")


class ImageGroupGrant(Grant, GroupObjectPermissionBase):
    content_object = _to("thinka_sites.PortalImage")

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = _("grant on a picture to a group")
