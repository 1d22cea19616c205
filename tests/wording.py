"""What the interface says, for assertions that hold before and after a text is translated."""

from html import escape

from django.utils.translation import gettext, override


def said(msgid: str, **values) -> str:
    """Return the German text of `msgid` as it stands in HTML."""
    with override("de"):
        text = gettext(msgid)
        return escape(text % values if values else text)
