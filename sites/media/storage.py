"""Where files lie: public ones in a folder that the web server may hand out, all others in another one."""

import re
from secrets import token_hex

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import connection
from django.urls import reverse
from django.utils.deconstruct import deconstructible

# Here are only sizes and cuts of pictures that everybody may see. Whatever was not thought of is private.
PUBLIC_FOLDER = "images/"
# Here each picture and document has a file of its own, see `sites.media.names`.
ORIGINALS, DOCUMENTS = "original_images", "documents"
# Half-done uploads: Wagtail reads from their names what they were called.
UPLOADS = "wagtail_uploads"
_RANDOM = re.compile(r"[^/]+(/[0-9]+)?/[0-9a-f]{32}(\.[a-z0-9]{1,10})?")


def is_random(name: str) -> bool:
    """Tell whether a file has a name that this storage gave it."""
    return _RANDOM.fullmatch(name) is not None


def random_name(name: str) -> str:
    """Return another name for the file `name`, in the same folder, that tells nothing but its type.

    A name of its own would tell whether somebody else has a file called like that: it would be changed a
    little.
    """
    folder, _slash, last = name.rpartition("/")
    if folder == UPLOADS:
        return f"{folder}/{token_hex(16)}/{last}"
    ending = re.search(r"\.[a-z0-9]{1,10}$", last.lower())
    return f"{folder}/{token_hex(16)}{ending[0] if ending else ''}".removeprefix("/")


def is_public_name(name: str) -> bool:
    """Tell whether the file called `name` lies in the public folder."""
    return name.startswith(PUBLIC_FOLDER)


def _belongs_to_one(name: str) -> bool:
    """Tell whether a picture or document, whoever's it is, names the file `name`."""
    if not name.startswith((f"{ORIGINALS}/", f"{DOCUMENTS}/")):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_names_file(%s)", [name])
        return cursor.fetchone()[0]


@deconstructible(path="sites.media.storage.PortalStorage")
class PortalStorage(Storage):
    """A storage with two roots, MEDIA_ROOT and PRIVATE_MEDIA_ROOT; the name of a file says in which it lies.

    So the address of a file follows from its name alone, without asking who may see it.
    """

    def _root(self, name: str) -> FileSystemStorage:
        # Made anew, because tests change the settings; it only joins strings.
        return FileSystemStorage(
            location=settings.MEDIA_ROOT if is_public_name(name) else settings.PRIVATE_MEDIA_ROOT
        )

    def get_available_name(self, name, max_length=None):
        """Return the name under which a new file is stored: a random one."""
        return super().get_available_name(random_name(name), max_length)

    def is_name_available(self, name, max_length=None):
        """Also no for the name of a file that is missing but still belongs to a picture or document."""
        return super().is_name_available(name, max_length) and not _belongs_to_one(name)

    def _open(self, name, mode="rb"):
        return self._root(name)._open(name, mode)

    def _save(self, name, content):
        return self._root(name)._save(name, content)

    def delete(self, name):
        self._root(name).delete(name)

    def exists(self, name):
        return self._root(name).exists(name)

    def listdir(self, path):
        return self._root(path).listdir(path)

    def path(self, name):
        return self._root(name).path(name)

    def size(self, name):
        return self._root(name).size(name)

    def url(self, name):
        return self._root(name).url(name) if is_public_name(name) else reverse("private_file", args=[name])

    def get_accessed_time(self, name):
        return self._root(name).get_accessed_time(name)

    def get_created_time(self, name):
        return self._root(name).get_created_time(name)

    def get_modified_time(self, name):
        return self._root(name).get_modified_time(name)
