"""The handbook for editors, shown in the editing area: the files in docs/editors.

They are written in a small part of Markdown: headings, paragraphs, lists, **bold**, and that is all.
"""

import re
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

FOLDER = Path(settings.BASE_DIR) / "docs" / "editors"
# File name → title in the menu.
CHAPTERS = {
    "seiten": _("Writing pages"),
    "veroeffentlichen": _("Publishing"),
    "freigaben": _("Grants"),
    "team": _("Team"),
    "vorgaenge": _("Background jobs"),
    "termine": _("Events"),
    "oeffnungszeiten": _("Opening hours"),
    "bilder": _("Pictures and files"),
    "suche": _("Search"),
    "wissensbasis": _("Knowledge base"),
    "unterwegs": _("The Wegweiser on the go"),
    "pruefen": _("Checks and reminders"),
}
_HEADING = re.compile(r"(#{1,3}) (.+)")
_ITEM = re.compile(r"(?:(-)|\d+\.) (.+)")


def _inline(text: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(text))


def _block(lines: list[str]) -> str:
    """One block between blank lines as HTML."""
    if heading := _HEADING.fullmatch(lines[0]):
        level = len(heading[1])
        return f"<h{level}>{_inline(heading[2])}</h{level}>"
    if first := _ITEM.fullmatch(lines[0]):
        # A line that begins no item goes on with the one before.
        items: list[str] = []
        for line in lines:
            if item := _ITEM.fullmatch(line):
                items.append(item[2])
            else:
                items[-1] += " " + line.strip()
        tag = "ul" if first[1] else "ol"
        return f"<{tag}>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</{tag}>"
    return f"<p>{_inline(' '.join(line.strip() for line in lines))}</p>"


def render(text: str):
    """Return the handbook's part of Markdown as safe HTML; everything else in it is escaped."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return mark_safe("\n".join(_block(block.splitlines()) for block in blocks))  # noqa: S308 - escaped above


def handbook(request, name: str):
    """Show one chapter."""
    if name not in CHAPTERS:
        raise Http404
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    context = {"title": CHAPTERS[name], "chapter": render(text), "chapters": CHAPTERS, "name": name}
    return TemplateResponse(request, "sites/handbook.html", context)
