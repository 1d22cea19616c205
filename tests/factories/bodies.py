"""Page bodies: one of texts as most pages have it, and one with every kind of block in it."""

import json

from home.blocks.stream import BodyBlock
from tests.factories.media import DocumentFactory, ImageFactory

TEXT = "<p>Ein Absatz mit <b>Betonung</b>.</p><h3>Eine Frage</h3><ul><li>Punkt</li></ul>"
CALLOUT = {"kind": "warning", "title": "Bitte beachten", "text": "<p>Am Freitag ist geschlossen.</p>"}
MANY_HEADINGS = ("Worum es geht", "Was Sie mitbringen", "Wie es weitergeht", "Wer Ihnen hilft")


def _picture(image, alt: str) -> dict:
    return {
        "image": {"image": image.pk, "alt_text": alt, "decorative": False},
        "caption": "Eine Bildunterschrift",
    }


def _blocks(traeger, teaser, office, partners) -> dict:
    image = ImageFactory(traeger=traeger)
    document = DocumentFactory(traeger=traeger)
    sound = DocumentFactory(traeger=traeger, file__filename="ton.mp3", file__data=b"ID3")
    table = {
        "columns": [{"type": "text", "heading": "Tag"}, {"type": "rich_text", "heading": "Zeit"}],
        "rows": [
            {"values": ["Montag", "<p>9 bis 12 Uhr</p>"]},
            {"values": ["Dienstag", "<p>geschlossen</p>"]},
        ],
    }
    return {
        "text": TEXT,
        "callout": CALLOUT,
        "accordion": {"entries": [{"title": "Was kostet das?", "text": "<p>Nichts.</p>"}]},
        "table": {"caption": "Zeiten", "table": table},
        "picture": _picture(image, "Ein Rechteck"),
        "gallery": {"title": "Bilder", "pictures": [_picture(image, "Eins"), _picture(image, "Zwei")]},
        "media": {
            "title": "Ein Gespräch",
            "file": sound.pk,
            "captions": None,
            "poster": None,
            "transcript": "<p>Guten Tag.</p>",
        },
        "download": {"document": document.pk, "title": "Das Merkblatt"},
        "contact": {
            "title": "So erreichen Sie uns",
            "text": "Rufen Sie an.",
            "phone": "+49 361 000",
            "email": "beispiel@beispiel.test",
            "address": "Beispielstraße 1\n99084 Erfurt",
        },
        "teaser": {"page": teaser.pk, "title": "", "text": ""},
        "opening_hours": {"office": office.pk},
        "events": {"title": "Nächste Termine", "count": 3},
        "partners": {"title": "Unsere Partner", "partners": [each.pk for each in partners]},
    }


def text_body() -> str:
    """Return the JSON of a body of headings and texts, long enough for a table of contents."""
    parts = [("heading", heading) for heading in MANY_HEADINGS] + [("text", TEXT), ("callout", CALLOUT)]
    return json.dumps([{"type": name, "value": value} for name, value in parts])


def full_body(traeger, teaser, office, partners) -> str:
    """Return the JSON of a body with every block and a table of contents.

    `teaser`, `office` and `partners` are the pages that the blocks „teaser“, „opening hours“ and
    „partners“ show.
    """
    blocks = _blocks(traeger, teaser, office, partners)
    missing = set(BodyBlock().child_blocks) - set(blocks) - {"heading"}
    assert not missing, f"Say what a block of these kinds holds: {missing}"
    stream = [{"type": "heading", "value": heading} for heading in MANY_HEADINGS]
    stream += [{"type": name, "value": value} for name, value in blocks.items()]
    return json.dumps(stream)
