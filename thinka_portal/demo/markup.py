"""The little markup of the demo texts, turned into what the page editor would have stored.

A line that begins with "## " is a heading of its own; "- " and "1. " make lists; an empty line ends a
paragraph, a single line break stays one; **bold**; [words](page:key) links to a demo page.
"""

import re
from collections.abc import Callable
from html import escape

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\(page:([\w/-]+)\)")
_NUMBERED = re.compile(r"^\d+\. ")


def sections(text: str) -> list[tuple[str, str]]:
    """Split `text` at its headings into (heading, text below it); the first heading may be empty."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in text.strip().splitlines():
        if line.startswith("## "):
            found.append((line[3:].strip(), []))
        else:
            found[-1][1].append(line)
    parts = [(heading, "\n".join(lines).strip()) for heading, lines in found]
    return [(heading, body) for heading, body in parts if heading or body]


def inline(text: str, page_id: Callable[[str], int]) -> str:
    """Turn one line into HTML. `page_id` gives the number of the page for a key, or raises KeyError."""
    html = escape(text, quote=False)
    html = _BOLD.sub(r"<b>\1</b>", html)
    return _LINK.sub(lambda m: f'<a linktype="page" id="{page_id(m[2])}">{m[1]}</a>', html)


def rich_text(text: str, page_id: Callable[[str], int]) -> str:
    """Turn paragraphs and lists (no headings) into the HTML that Wagtail's rich text stores."""
    html = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in block.splitlines()]
        for kind, group in _grouped(lines):
            rendered = [inline(line, page_id) for line in group]
            if kind == "p":
                html.append(f"<p>{'<br/>'.join(rendered)}</p>")
            else:
                html.append(f"<{kind}>{''.join(f'<li>{line}</li>' for line in rendered)}</{kind}>")
    return "".join(html)


def _grouped(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Group neighbouring lines of one kind: p, ul or ol; the markers are cut off."""
    groups: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith("- "):
            kind, words = "ul", line[2:]
        elif _NUMBERED.match(line):
            kind, words = "ol", _NUMBERED.sub("", line)
        else:
            kind, words = "p", line
        if groups and groups[-1][0] == kind:
            groups[-1][1].append(words)
        else:
            groups.append((kind, [words]))
    return groups
