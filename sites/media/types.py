"""The kinds of files that may be uploaded, and how each of them is handed out."""

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True)
class FileType:
    """`inline`: browsers show it themselves; everything else is for saving."""

    mime: str
    inline: bool = False


_OFFICE, _ODF = "application/vnd.openxmlformats-officedocument", "application/vnd.oasis.opendocument"
UNKNOWN = FileType("application/octet-stream")
# By extension. Only what can't run scripts is shown in the browser.
FILE_TYPES = {
    "gif": FileType("image/gif", inline=True),
    "jpeg": FileType("image/jpeg", inline=True),
    "jpg": FileType("image/jpeg", inline=True),
    "png": FileType("image/png", inline=True),
    "webp": FileType("image/webp", inline=True),
    "pdf": FileType("application/pdf", inline=True),
    "mp3": FileType("audio/mpeg", inline=True),
    "oga": FileType("audio/ogg", inline=True),
    "ogg": FileType("audio/ogg", inline=True),
    "wav": FileType("audio/wav", inline=True),
    "mp4": FileType("video/mp4", inline=True),
    "webm": FileType("video/webm", inline=True),
    "csv": FileType("text/csv; charset=utf-8"),
    "txt": FileType("text/plain; charset=utf-8"),
    "vtt": FileType("text/vtt; charset=utf-8"),
    "rtf": FileType("application/rtf"),
    "docx": FileType(f"{_OFFICE}.wordprocessingml.document"),
    "pptx": FileType(f"{_OFFICE}.presentationml.presentation"),
    "xlsx": FileType(f"{_OFFICE}.spreadsheetml.sheet"),
    "odp": FileType(f"{_ODF}.presentation"),
    "ods": FileType(f"{_ODF}.spreadsheet"),
    "odt": FileType(f"{_ODF}.text"),
}


def extension_of(name: str) -> str:
    """Return the extension of a file name, in small letters and without the dot."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def file_type(name: str) -> FileType:
    """Return the kind of the file called `name`; `UNKNOWN` for others than those above."""
    return FILE_TYPES.get(extension_of(name), UNKNOWN)
