import factory
import wagtail_factories

from sites.models import PortalDocument, PortalImage


class ImageFactory(wagtail_factories.ImageFactory):
    """A picture in the collection of `traeger` (or `collection`)."""

    class Meta:
        model = PortalImage

    class Params:
        traeger = None

    title = factory.Sequence(lambda n: f"Bild {n}")
    description = "Ein einfarbiges Rechteck"
    file = factory.django.ImageField(width=1200, height=800, color="#0b6570")
    collection = factory.LazyAttribute(lambda image: image.traeger.collection)


class DocumentFactory(wagtail_factories.DocumentFactory):
    """A file in the collection of `traeger` (or `collection`)."""

    class Meta:
        model = PortalDocument

    class Params:
        traeger = None

    title = factory.Sequence(lambda n: f"Dokument {n}")
    file = factory.django.FileField(filename="beispiel.pdf", data=b"%PDF-1.4 Beispiel")
    collection = factory.LazyAttribute(lambda document: document.traeger.collection)
