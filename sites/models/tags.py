"""The words with which a Träger sorts its pictures and documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase


class MediaTag(TagBase):
    """A tag of one Träger. Two Träger may use the same word without noticing each other."""

    traeger = models.ForeignKey(
        "thinka_sites.Traeger", verbose_name=_("Träger"), on_delete=models.CASCADE, related_name="media_tags"
    )
    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("short form in addresses"), max_length=100, allow_unicode=True)

    natural_key_fields = ["traeger_id", "name"]

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            models.UniqueConstraint(fields=["traeger", "name"], name="tag_name_once_per_traeger"),
            models.UniqueConstraint(fields=["traeger", "slug"], name="tag_slug_once_per_traeger"),
        ]

    def save(self, *args, **kwargs):
        if self._state.adding and not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def _free_slug(self) -> str:
        """Return a slug that this Träger has not used. taggit would look at the slugs of all Träger."""
        wanted = self.slugify(self.name)[:90] or "tag"
        taken = MediaTag.objects.filter(traeger=self.traeger_id, slug__startswith=wanted)
        taken = set(taken.values_list("slug", flat=True))
        slug, number = wanted, 1
        while slug in taken:
            slug, number = f"{wanted}_{number}", number + 1
        return slug


class ImageTag(ItemBase):
    """This picture has this tag."""

    tag = models.ForeignKey(MediaTag, on_delete=models.CASCADE, related_name="image_items")
    content_object = models.ForeignKey(
        "thinka_sites.PortalImage", on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta:
        verbose_name = _("tag of a picture")
        verbose_name_plural = _("tags of pictures")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="tag_once_per_picture")]


class DocumentTag(ItemBase):
    """This document has this tag."""

    tag = models.ForeignKey(MediaTag, on_delete=models.CASCADE, related_name="document_items")
    content_object = models.ForeignKey(
        "thinka_sites.PortalDocument", on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta:
        verbose_name = _("tag of a document")
        verbose_name_plural = _("tags of documents")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tag_once_per_document")
        ]
