"""Pictures and documents. Own models, so that tenancy can be added to them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from sites.media.tagging import TraegerTagManager
from sites.models.tags import DocumentTag, ImageTag


def _tags(through):
    return TaggableManager(
        verbose_name=_("tags"), through=through, manager=TraegerTagManager, help_text=None, blank=True
    )


class PortalImage(AbstractImage):
    """A picture of one collection; `description` is the text alternative that pages suggest."""

    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who took or drew the picture, as it must be named."),
    )

    tags = _tags(ImageTag)

    admin_form_fields = (
        *("title", "file", "description", "credit", "collection", "tags"),
        *("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_portalimage", "Can choose picture")]


class PortalRendition(AbstractRendition):
    """A size or cut of a picture."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition"
            )
        ]


class PortalDocument(AbstractDocument):
    """A file for download, or the sound or film of a media block."""

    tags = _tags(DocumentTag)

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_portaldocument", "Can choose document")]
