import factory
import wagtail_factories
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from sites.models import PortalDocument, PortalImage, Traeger


def show(file, page=None) -> None:
    """Let `page` show a picture or document, as far as the reference index knows.

    Without a page: the start page of the file's Träger, or of the main site for a file of nobody.
    """
    if page is None:
        traeger = Traeger.objects.for_collection(file.collection_id)
        page = (
            traeger.site.root_page if traeger else Page.objects.get(sites_rooted_here__is_default_site=True)
        )
    of_pages = ContentType.objects.get_for_model(Page)
    path = f"body.{file._meta.model_name}.{file.pk}"
    ReferenceIndex.objects.create(
        content_type=of_pages,
        base_content_type=of_pages,
        object_id=page.pk,
        to_content_type=ContentType.objects.get_for_model(file),
        to_object_id=file.pk,
        model_path=path,
        content_path=path,
        content_path_hash=ReferenceIndex._get_content_path_hash(path),
    )


class ImageFactory(wagtail_factories.ImageFactory):
    """A picture in the collection of `traeger` (or `collection`), `shown` by the start page or another."""

    class Meta:
        model = PortalImage
        skip_postgeneration_save = True

    class Params:
        traeger = None

    title = factory.Sequence(lambda n: f"Bild {n}")
    description = "Ein einfarbiges Rechteck"
    file = factory.django.ImageField(width=1200, height=800, color="#0b6570")
    collection = factory.LazyAttribute(lambda image: image.traeger.collection)

    @factory.post_generation
    def shown(self, create, page, **kwargs):
        if page:
            show(self, None if page is True else page)


class DocumentFactory(wagtail_factories.DocumentFactory):
    """A file in the collection of `traeger` (or `collection`), `shown` by the start page or another."""

    class Meta:
        model = PortalDocument
        skip_postgeneration_save = True

    class Params:
        traeger = None

    title = factory.Sequence(lambda n: f"Dokument {n}")
    file = factory.django.FileField(filename="beispiel.pdf", data=b"%PDF-1.4 Beispiel")
    collection = factory.LazyAttribute(lambda document: document.traeger.collection)

    @factory.post_generation
    def shown(self, create, page, **kwargs):
        if page:
            show(self, None if page is True else page)
