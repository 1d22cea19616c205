"""Turns the `body` of a demo page into the data that its StreamField stores."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from thinka_portal.demo.data import read
from thinka_portal.demo.markup import rich_text, sections

# Any fixed value does: the same text gets the same ids each time it is loaded.
_NAMESPACE = uuid.UUID("5f0f8d0e-5f0c-4b7e-9b43-6a1f7a4c2d11")


@dataclass
class BodyBuilder:
    """Makes blocks for one page.

    `name` tells this page from all others. The callables give the number of a page for its key, of a picture
    and of a document of the own Träger; `alt` the text alternative of a picture.
    """

    name: str
    page_id: Callable[[str], int]
    picture_id: Callable[[str], int]
    document_id: Callable[[str], int]
    sound_id: Callable[[str], int]
    alt: Callable[[str], str]

    def __post_init__(self):
        self._count = 0

    def build(self, body: list[dict]) -> list[dict]:
        """Return the raw StreamField data for a list of blocks; KeyError for unknown keys and kinds."""
        return [block for entry in body for block in getattr(self, f"_{entry['block']}")(entry)]

    def block(self, kind: str, value) -> dict:
        """Return one block with an id of its own."""
        self._count += 1
        return {
            "type": kind,
            "value": value,
            "id": str(uuid.uuid5(_NAMESPACE, f"{self.name}#{self._count}")),
        }

    def _items(self, values: list) -> list[dict]:
        return [self.block("item", value) for value in values]

    def _rich(self, text: str) -> str:
        return rich_text(text, self.page_id)

    def _title(self, entry: dict) -> list[dict]:
        return [self.block("heading", entry["title"])] if entry.get("title") else []

    def _text(self, entry):
        blocks = []
        for heading, text in sections(entry["text"]):
            blocks += [self.block("heading", heading)] if heading else []
            blocks += [self.block("text", self._rich(text))] if text else []
        return blocks

    def _callout(self, entry):
        value = {"kind": entry["tone"], "title": entry["title"], "text": self._rich(entry["text"])}
        return [self.block("callout", value)]

    def _accordion(self, entry):
        entries = [{"title": item["title"], "text": self._rich(item["text"])} for item in entry["items"]]
        return [*self._title(entry), self.block("accordion", {"entries": self._items(entries)})]

    def _table(self, entry):
        columns = [{"type": "text", "heading": heading} for heading in entry["header"]]
        rows = [{"values": row} for row in entry["rows"]]
        table = {"columns": columns, "rows": rows, "caption": ""}
        return [self.block("table", {"caption": entry["caption"], "table": table})]

    def _picture_value(self, key: str, caption: str = "") -> dict:
        image = {"image": self.picture_id(key), "decorative": False, "alt_text": self.alt(key)}
        return {"image": image, "caption": caption}

    def _picture(self, entry):
        return [self.block("picture", self._picture_value(entry["image"], entry.get("caption", "")))]

    def _gallery(self, entry):
        pictures = self._items([self._picture_value(key) for key in entry["images"]])
        return [self.block("gallery", {"title": entry["title"], "pictures": pictures})]

    def _audio(self, entry):
        sound = next(sound for sound in read("media")["sounds"] if sound["key"] == entry["sound"])
        value = {
            "title": entry.get("title") or sound["title"],
            "file": self.sound_id(sound["key"]),
            "captions": None,
            "poster": None,
            "transcript": self._rich(sound["transcript"]),
        }
        return [self.block("media", value)]

    def _download(self, entry):
        downloads = [{"document": self.document_id(key), "title": ""} for key in entry["documents"]]
        return [*self._title(entry), *(self.block("download", value) for value in downloads)]

    def _contact(self, entry):
        contact = read("facts")[entry["use"]]
        fields = ("title", "text", "phone", "email", "address")
        return [self.block("contact", {field: contact.get(field, "") for field in fields})]

    def _teaser(self, entry):
        teasers = [
            {"page": self.page_id(item["page"]), "title": "", "text": item.get("text", "")}
            for item in entry["items"]
        ]
        return [*self._title(entry), *(self.block("teaser", value) for value in teasers)]

    def _partners(self, entry):
        partners = self._items([self.page_id(key) for key in entry["partners"]])
        return [self.block("partners", {"title": entry["title"], "partners": partners})]

    def _opening_hours(self, entry):
        return [*self._title(entry), self.block("opening_hours", {"office": self.page_id(entry["office"])})]

    def _events(self, entry):
        return [self.block("events", {"title": entry["title"], "count": entry.get("count", 3)})]
