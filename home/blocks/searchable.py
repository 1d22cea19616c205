"""What of a block goes into the search index, so that excerpts read like text."""

# An optional field that was never filled in is indexed as this word.
_NOTHING = ("", "None")


def joined(parts: list[str]) -> list[str]:
    """Return `parts`, the texts of a block, as one text; the index would put a comma after every sentence."""
    text = ""
    for part in (part.strip() for part in parts):
        if part in _NOTHING:
            continue
        separator = " " if text.endswith((".", "!", "?", ":", ";", "…")) else " · "
        text = f"{text}{separator}{part}" if text else part
    return [text] if text else []
