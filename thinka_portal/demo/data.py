"""Reads the demo texts. They are data files, so that writers can mend a sentence without reading code."""

import tomllib
from functools import cache
from pathlib import Path

from sites.fields.slugs import german_slug

CONTENT_DIR = Path(__file__).parent / "content"

# In the order in which the sites are made; the portal first, because it is the default site.
SITE_FILES = ("portal", "mitmenschen", "caritas", "kontakt-in-krisen", "wissen")


@cache
def read(name: str) -> dict:
    """Return the parsed file content/<name>.toml. Raises FileNotFoundError, tomllib.TOMLDecodeError."""
    with (CONTENT_DIR / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def site_pages(name: str) -> list[dict]:
    """Return the pages of a site, parents before children: its own and the legal pages of every site."""
    pages = [*read(name)["pages"], *legal_pages(name)]
    return [*pages, *knowledge_pages()] if name == "wissen" else pages


def knowledge_pages() -> list[dict]:
    """Return methods and partners in the form of all other pages."""
    methods = [
        _knowledge_page(entry, type="method", parent="methoden") for entry in read("methods")["methods"]
    ]
    partners = [
        _knowledge_page(entry, type="partner", parent="partner") for entry in read("partners")["partners"]
    ]
    return [*methods, *partners]


def _knowledge_page(entry: dict, **values: str) -> dict:
    """Give a method or partner a key and a body; a real partner's body says what is still missing."""
    body = read("facts")["real_partner"]["body"] if entry.get("real") else []
    if "text" in entry:
        body = [{"block": "text", "text": entry["text"]}]
    if "audio" in entry:
        body = [*body, {"block": "audio", "sound": entry["audio"]}]
    summary = entry.get("summary") or read("facts")["real_partner"]["summary"]
    return {**entry, **values, "key": german_slug(entry["title"]), "summary": summary, "body": body}


def legal_pages(name: str) -> list[dict]:
    """Return imprint, privacy and accessibility page with the site's name and addresses filled in."""
    traeger = read(name)["traeger"]
    address = "\n".join(traeger.get("address_lines", []))
    values = {"{traeger}": traeger["name"], "{address}": address}
    return [_fill(page, values) for page in read("legal")["pages"]]


def _fill(value, values: dict[str, str]):
    """Replace the placeholders in every string of a nested structure."""
    if isinstance(value, str):
        for placeholder, text in values.items():
            value = value.replace(placeholder, text)
        return value
    if isinstance(value, list):
        return [_fill(item, values) for item in value]
    if isinstance(value, dict):
        return {key: _fill(item, values) for key, item in value.items()}
    return value


@cache
def pictures() -> dict[str, dict]:
    """Return drawings and logos by name: title, text alternative (alt); logos also their file."""
    with (CONTENT_DIR.parent / "images.toml").open("rb") as file:
        data = tomllib.load(file)
    logos = {Path(entry["file"]).stem: entry for entry in data["logo"]}
    return {entry["name"]: entry for entry in data["picture"]} | logos
