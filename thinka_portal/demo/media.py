"""Pictures, files and sounds of one Träger, uploaded when a page first needs them."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.models import Collection

from sites.access.creation import INTERNAL_COLLECTION
from sites.models import PortalDocument, PortalImage, Traeger, User
from thinka_portal.demo.data import pictures, read

IMAGES_DIR = Path(__file__).parent / "images"
FILES_DIR = Path(__file__).parent / "files"


class MediaLibrary:
    """The media of one Träger, each uploaded once.

    `colour` is the name of the accent in which the pictures are drawn; `saved` is told about every file
    that is written.
    """

    def __init__(self, traeger: Traeger, colour: str, user: User, saved: Callable[[object], None]):
        self.traeger = traeger
        self.colour = colour
        self.user = user
        self.saved = saved
        self._made: dict[tuple, object] = {}

    def _once(self, key: tuple, make: Callable):
        if key not in self._made:
            made = make()
            made.uploaded_by_user = self.user
            made.full_clean(exclude=["file_hash", "file_size"])
            made.save()
            self.saved(made.file)
            self._made[key] = made
        return self._made[key]

    def picture(self, key: str) -> PortalImage:
        """Return the picture `key` of images.toml in the colour of the site. KeyError where there is none."""
        return self._once(("picture", key), lambda: self._make_picture(key))

    def _make_picture(self, key: str) -> PortalImage:
        entry = pictures()[key]
        # Logos have one file; scenes are drawn once in every site's colour.
        path = IMAGES_DIR / entry.get("file", f"{key}-{self.colour}.webp")
        return PortalImage(
            title=entry["title"],
            description=entry["alt"],
            collection=self.traeger.collection,
            file=ImageFile(BytesIO(path.read_bytes()), name=path.name),
        )

    def document(self, key: str, internal: bool = False) -> PortalDocument:
        """Return the PDF `key` of documents.toml; `internal`: only for the Träger's own people."""
        return self._once(("document", key, internal), lambda: self._make_document(key, internal))

    def _make_document(self, key: str, internal: bool) -> PortalDocument:
        entry = next(entry for entry in read("documents")["documents"] if entry["key"] == key)
        # Collections are kept in order of their names, so each new Träger may have moved those of the others:
        # below a path that was read before lies another Träger's collection of the same name.
        collection = Collection.objects.get(pk=self.traeger.collection_id)
        if internal:
            collection = collection.get_children().get(name=INTERNAL_COLLECTION)
        file = ContentFile((FILES_DIR / f"{key}.pdf").read_bytes(), name=f"{key}.pdf")
        return PortalDocument(title=entry["title"], collection=collection, file=file)

    def sound(self, key: str) -> PortalDocument:
        """Return the sound `key` of media.toml as a document."""
        return self._once(("sound", key), lambda: self._make_sound(key))

    def _make_sound(self, key: str) -> PortalDocument:
        entry = next(entry for entry in read("media")["sounds"] if entry["key"] == key)
        file = ContentFile((FILES_DIR / f"{key}.wav").read_bytes(), name=f"{key}.wav")
        return PortalDocument(title=entry["title"], collection=self.traeger.collection, file=file)
