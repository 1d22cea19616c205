"""Tags of files belong to the Träger of the file."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager

NO_TRAEGER = _(
    "Files of this collection belong to no Träger and can have no tags. "
    "Please choose another collection or take the tags away."
)


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
        from sites.access.tenancy import traeger_of_collection

        traeger = traeger_of_collection(self.instance.collection_id)
        if traeger is None:
            raise ValidationError(NO_TRAEGER, code="no_traeger")
        return super()._to_tag_model_instances(names, {**tag_kwargs, "traeger": traeger})


def retag(files) -> None:
    """Give files that came to another Träger its tags of the same names; none where there is no Träger.

    `files`: a queryset of pictures or documents, of which each keeps what is right already.
    """
    from sites.access.tenancy import traeger_of_collection

    through = files.model.tags.through
    items = through.objects.filter(content_object__in=files).select_related("tag", "content_object")
    for item in items:
        traeger = traeger_of_collection(item.content_object.collection_id)
        if traeger is None or traeger.pk != item.tag.traeger_id:
            item.delete()
            if traeger:
                item.content_object.tags.add(item.tag.name)
