"""Pictures and documents. Own models, so that they, their tags and their addresses belong to a Träger."""

from pathlib import PurePosixPath

from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument, DocumentQuerySet
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    ImageQuerySet,
    SourceImageIOError,
    WagtailImageFieldFile,
)

from sites.fields.kept import KeptFlag
from sites.media import failures, films
from sites.media.converting import PortalFilter
from sites.media.metadata import without_metadata
from sites.media.names import (
    DOCUMENT_NAME,
    LONGEST,
    ORIGINAL_NAME,
    RENDITION_NAME,
    RENDITIONS,
    NameConstraint,
    kept_name,
)
from sites.media.placement import is_public, purge_misplaced_soon
from sites.media.storage import PUBLIC_FOLDER, is_public_name
from sites.models.site_address import site_address
from sites.models.tags import DocumentTag, ImageTag, TraegerTagManager, retag


def files_moved(model, ids: list[int]) -> None:
    """Follow up that pictures or documents (`model`) with these ids came to another collection."""
    retag(model.objects.filter(pk__in=ids))
    if hasattr(model, "renditions"):
        purge_misplaced_soon()


class _FollowsMoves:
    """For querysets of files: what must follow a change of the collection follows `update`, too."""

    def update(self, **values):
        if values.keys().isdisjoint({"collection", "collection_id"}):
            return super().update(**values)
        with transaction.atomic():
            ids = list(self.values_list("pk", flat=True))
            count = super().update(**values)
            files_moved(self.model, ids)
        return count

    update.alters_data = True


class PortalImageQuerySet(_FollowsMoves, ImageQuerySet):
    pass


class PortalDocumentQuerySet(_FollowsMoves, DocumentQuerySet):
    pass


def _tags(through):
    return TaggableManager(
        verbose_name=_("tags"), through=through, manager=TraegerTagManager, help_text=None, blank=True
    )


def _file_name():
    """What the file was called when it was uploaded; it is stored under a random name."""
    return models.CharField(_("file name"), max_length=LONGEST, blank=True, editable=False)


def _known_as(file) -> str:
    """Return the name under which a picture or document is shown and downloaded."""
    return file.file_name or PurePosixPath(file.file.name).name


class PortalImage(AbstractImage):
    """A picture of one collection; `description` is the text alternative that pages suggest."""

    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who took or drew the picture, as it must be named."),
    )
    file_name = _file_name()
    # Triggers set it where a size may lie in the wrong folder now (see rendition_visibility.sql).
    renditions_stale = KeptFlag(db_default=False)
    tags = _tags(ImageTag)
    filename = property(_known_as)
    # Not the title, as in Wagtail: that is mostly the name of a file.
    default_alt_text = property(lambda self: self.description)

    objects = PortalImageQuerySet.as_manager()

    admin_form_fields = (
        *("title", "file", "description", "credit", "collection", "tags"),
        *("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_portalimage", "Can choose picture")]
        constraints = [
            models.UniqueConstraint(fields=["file"], name="one_picture_per_file"),
            NameConstraint(condition=ORIGINAL_NAME, name="picture_in_its_folder"),
        ]
        indexes = [
            models.Index(
                fields=["id"], name="portal_renditions_stale", condition=models.Q(renditions_stale=True)
            ),
        ]

    def get_rendition(self, filter):
        """Return the size or cut that `filter` (also its spec) describes; its place where it can't be had."""
        try:
            return super().get_rendition(filter)
        except OSError as error:
            return failures.place_of(self, getattr(filter, "spec", filter), error)

    def get_renditions(self, *filters):
        """The same for several, by their specs."""
        try:
            return super().get_renditions(*filters)
        except OSError as error:
            specs = [getattr(each, "spec", each) for each in filters]
            return {spec: failures.place_of(self, spec, error) for spec in specs}

    def find_existing_renditions(self, *filters):
        """Return the renditions that there are, without those that only a cache still knows.

        Each process has a cache of its own. Another one may have deleted the file because the picture is no
        longer public, or now is. Raises LostSizeError where the database knows one whose file is gone.
        """
        found = super().find_existing_renditions(*filters)
        gone = [wanted for wanted, made in found.items() if not made.file.storage.exists(made.file.name)]
        if not gone:
            return found
        for wanted in gone:
            found.pop(wanted).purge_from_cache()
        again = super().find_existing_renditions(*gone)
        for made in again.values():
            if not made.file.storage.exists(made.file.name):
                raise failures.LostSizeError(f"There is no file {made.file.name}.")
        return found | again

    def create_rendition(self, filter):
        made = super().create_rendition(filter)
        # Nothing stays public of a picture that is being restricted at the same time.
        if is_public_name(made.file.name):
            purge_misplaced_soon([self.pk])
        return made

    def create_renditions(self, *filters):
        """Return new renditions by their filters. One after the other: each unpacks the whole picture."""
        return {filter: self.create_rendition(filter) for filter in filters}

    def generate_rendition_file(self, filter, *, source=None):
        """Return the file of a new rendition. Raises SourceImageIOError where that fails, for any reason."""
        failures.check(self, filter.spec)
        try:
            return super().generate_rendition_file(PortalFilter(filter.spec), source=source)
        except InvalidFilterSpecError:
            # A mistake in a template.
            raise
        except Exception as error:  # Pillow fails in many ways over nonsense
            raise SourceImageIOError(repr(error)) from error


class PictureFile(WagtailImageFieldFile):
    """The file of a picture: without personal data, on whichever way it is uploaded."""

    def save(self, name, content, save=True):
        self.instance.file_name = kept_name(name)
        super().save(name, without_metadata(content), save)

    save.alters_data = True


# Only this: a field of its own would come after those that Wagtail fills in from the file.
PortalImage._meta.get_field("file").attr_class = PictureFile


class PortalRendition(AbstractRendition):
    """A size or cut of a picture. Whether it is public shows in the name of its file."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition"
            ),
            NameConstraint(condition=RENDITION_NAME, name="rendition_in_its_folder"),
        ]

    @property
    def url(self):
        """The address of the file; of a quiet drawing for the place of a picture that can't be shown."""
        return self.file.url if self.file else static("no-picture.svg")

    def get_upload_to(self, filename):
        name = self.file.storage.get_valid_name(filename)
        if is_public("image", self.image_id):
            return f"{PUBLIC_FOLDER}{name}"
        return f"{RENDITIONS}/{self.image_id}/{name}"


class PortalDocument(AbstractDocument):
    """A file for download, or the sound or film of a media block."""

    file_name = _file_name()
    tags = _tags(DocumentTag)
    filename = property(_known_as)

    objects = PortalDocumentQuerySet.as_manager()

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_portaldocument", "Can choose document")]
        constraints = [
            models.UniqueConstraint(fields=["file"], name="one_document_per_file"),
            NameConstraint(condition=DOCUMENT_NAME, name="document_in_its_folder"),
        ]

    def clean(self):
        # One that waits for its title has none yet; Wagtail fails there. It was looked at when it came.
        if self.file:
            super().clean()

    def get_file_size(self):
        """Return the size in bytes, None without a file. Wagtail would store it, which readers may not."""
        if self.file_size is None:
            try:
                self.file_size = self.file.size
            except OSError:
                return None
        return self.file_size

    @property
    def url(self):
        """The address on the site of the file's own Träger: no other site serves it."""
        return site_address(self.collection_id) + reverse("wagtaildocs_serve", args=[self.pk, self.filename])


class DocumentFile(FieldFile):
    """The file of a document: films without personal data, on whichever way they are uploaded."""

    def save(self, name, content, save=True):
        self.instance.file_name = kept_name(name)
        super().save(name, films.without_metadata(content), save)

    save.alters_data = True


PortalDocument._meta.get_field("file").attr_class = DocumentFile
