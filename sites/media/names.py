"""What files are called: how they are stored, and how people know them.

Which names the database takes: none that leads to a file of another picture or document. A file is handed out
to whoever may see the row that names it. So a row must not name what lies elsewhere.
"""

from pathlib import PurePosixPath

from django.db.models import CharField, CheckConstraint, Q, Value
from django.db.models.functions import Cast, Concat

from sites.fields.characters import one_line
from sites.media.storage import DOCUMENTS, ORIGINALS, PUBLIC_FOLDER

RENDITIONS = "renditions"
# What follows the folder: no part of it is empty or only dots, which would lead out again.
_BELOW = "(/[^/]*[^/.][^/]*)+$"

ORIGINAL_NAME = Q(file__regex=f"^{ORIGINALS}{_BELOW}")
DOCUMENT_NAME = Q(file__regex=f"^{DOCUMENTS}{_BELOW}")
# Private sizes are in a folder for each picture.
RENDITION_NAME = Q(file__regex=f"^{PUBLIC_FOLDER.rstrip('/')}{_BELOW}") | Q(
    file__regex=Concat(Value(f"^{RENDITIONS}/"), Cast("image", CharField()), Value(_BELOW))
)


# As long as the column for it.
LONGEST = 255


def kept_name(name: str) -> str:
    """Return what an uploaded file was called, without folders and short enough to be stored."""
    path = PurePosixPath(one_line(name.replace("\\", "/")))
    return f"{path.stem[: LONGEST - len(path.suffix)]}{path.suffix}"[:LONGEST]


class NameConstraint(CheckConstraint):
    """Holds in the database only: a form has the bare name, before which the folder is put when storing."""

    def validate(self, *args, **kwargs):
        pass

    def deconstruct(self):
        # Migrations import nothing of ours, and Django's constraint is the same to the database.
        _path, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs
