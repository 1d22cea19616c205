"""What the pages for developers name is there: links, files, modules, rooms."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [*(ROOT / "docs/developers").glob("*.md"), *ROOT.glob("*.md"), ROOT / "docs/decisions/0018-licence.md"]
)
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir()}
# `home/models/base.py`, `tests/leaks`, `.ci/run`; not `/admin/`, `readers` or `a/b` of something else.
NAMED = re.compile(r"`(\.?[\w-]+(?:/[\w.*-]+)+/?)`")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
# What a worked example makes.
OF_EXAMPLES = {
    "home/models/project.py",
    "home/migrations/0003_project.py",
    "templates/home/project_page.html",
    "knowledge/migrations/00NN_partner_fax.py",
    "locale/CODE/LC_MESSAGES/django.po",
    "thinka_portal/formats/CODE/formats.py",
}


def _without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def _anchors(page: Path) -> set[str]:
    """The names of the headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _named(page: Path) -> set[str]:
    found = NAMED.findall(_without_code(page.read_text(encoding="utf-8")))
    return {name for name in found if name.split("/")[0] in FOLDERS}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_named_files_exist(page):
    missing = {name for name in _named(page) if not list(ROOT.glob(name.rstrip("/")))}
    assert missing <= OF_EXAMPLES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target, anchor in LINK.findall(_without_code(page.read_text(encoding="utf-8"))):
        found = (page.parent / target).resolve() if target else page
        assert found.exists(), target
        assert not anchor or anchor in _anchors(found), f"{target}#{anchor}"


def test_files_are_recognised():
    """Otherwise the first test would find nothing missing because it finds nothing."""
    assert {"home/models/base.py", "sites/rls/derived.py", "tests/leaks/modes.py"} <= _named(
        ROOT / "docs/developers/architecture.md"
    )


def test_every_page_is_in_the_list():
    listed = {target for target, _anchor in LINK.findall((ROOT / "docs/developers/README.md").read_text())}
    assert {page.name for page in (ROOT / "docs/developers").glob("*.md")} - {"README.md"} <= listed
