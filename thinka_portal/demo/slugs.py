"""Addresses of the demo pages."""

from django.utils.text import slugify

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def german_slug(text: str) -> str:
    """Return `text` as a part of an address, with ae for ä and so on."""
    return slugify(text.translate(_UMLAUTS))
