"""The words with which a Träger sorts its pictures and documents."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, TagBase

from sites.models.traeger import Traeger

NO_TRAEGER = _(
    "Files of this collection belong to no Träger and can have no tags. "
    "Please choose another collection or take the tags away."
)


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


class TraegerTagManager(_TaggableManager):
    """taggit's manager of the tags of one file, which finds and makes tags of the file's own Träger only."""

    def _to_tag_model_instances(self, tags, tag_kwargs):
        """Return the tags of the file's Träger with these names; made where they are missing.

        `tags`: names or tags; a tag of another Träger counts as its name. Raises ValidationError where the
        file belongs to no Träger.
        """
        names = [getattr(tag, "name", tag) for tag in tags]
        if not names:
            return []
        traeger = Traeger.objects.for_collection(self.instance.collection_id)
        if traeger is None:
            raise ValidationError(NO_TRAEGER, code="no_traeger")
        return super()._to_tag_model_instances(names, {**tag_kwargs, "traeger": traeger})


def retag(files) -> None:
    """Give files that came to another Träger its tags of the same names; none where there is no Träger.

    `files`: a queryset of pictures or documents, of which each keeps what is right already.
    """
    through = files.model.tags.through
    items = through.objects.filter(content_object__in=files).select_related("tag", "content_object")
    for item in items:
        traeger = Traeger.objects.for_collection(item.content_object.collection_id)
        if traeger is None or traeger.pk != item.tag.traeger_id:
            item.delete()
            if traeger:
                item.content_object.tags.add(item.tag.name)
