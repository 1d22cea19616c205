"""Characters that no text of the portal needs: control characters and halves of characters.

The database takes no zero bytes, a line break in a title makes a mail or a calendar file impossible, XML
has no words for most of them, and nobody sees them. Line breaks and tabs belong into texts of several lines
only.
"""

import re

# A zero byte, the other control characters, half a pair of UTF-16.
_CONTROLS = "\x00-\x1f\x7f-\x9f\ud800-\udfff"
_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_IN_A_LINE = re.compile(f"[{_CONTROLS}]+")
_IN_A_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]+")


def one_line(text: str) -> str:
    """Return `text` without control characters; line breaks and tabs become a space."""
    # Nearly all texts; no-break spaces and such are looked at more closely.
    if text.isprintable():
        return text
    return _IN_A_LINE.sub("", _BREAKS.sub(" ", text))


def several_lines(text: str) -> str:
    """Return `text` without control characters except line breaks and tabs."""
    return text if text.isprintable() else _IN_A_TEXT.sub("", text)
