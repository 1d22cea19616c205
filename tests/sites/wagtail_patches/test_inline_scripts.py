"""No page of the editing area needs a script that is written into it."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs

# Scripts with text instead of a file, handlers in attributes, links that are scripts. Data blocks are none.
INLINE = re.compile(
    r"<script(?![^>]*\b(?:src|type=[\"'](?:application/(?:ld\+)?json|text/django-form-template))\b)"
    r"|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)
# Upstream's templates with such scripts that ours replace, and the digests for which ours were written.
REPLACED = {
    "wagtail_localize/admin/edit_translation.html": "52b849c00b09",
    "wagtail_localize/admin/submit_translation.html": "f11cd525d207",
    "wagtailadmin/panels/inline_panel.html": "195bb0b199ed",
    "wagtailadmin/panels/multiple_chooser_panel.html": "673bc9b26ca9",
    "wagtailadmin/widgets/date_input.html": "2557f7a4fd54",
    "wagtailadmin/widgets/datetime_input.html": "479d8ddeaa73",
    "wagtailadmin/widgets/time_input.html": "536917c544a1",
}
# Code that puts such a script together; `render_js_init` is not called any more.
IN_CODE = {"wagtail/admin/widgets/chooser.py", "wagtail/admin/widgets/workflows.py"}
OWN = Path(settings.BASE_DIR)


def folders() -> list[Path]:
    return [OWN / "templates", *map(Path, get_app_template_dirs("templates"))]


def templates():
    """Yield the name and the file of each template of the portal and of the packages that it is built on."""
    for folder in folders():
        for file in folder.rglob("*.html"):
            yield str(file.relative_to(folder)), file


def test_only_templates_that_are_replaced_have_scripts_in_them():
    found = {name: file for name, file in templates() if INLINE.search(file.read_text())}
    assert {name: sha256(file.read_bytes()).hexdigest()[:12] for name, file in found.items()} == REPLACED
    assert all(".venv" in file.parts for file in found.values())


@pytest.mark.parametrize("name", sorted(REPLACED))
def test_what_replaces_them_comes_first(name):
    origin = Path(get_template(name).origin.name)
    assert OWN in origin.parents
    assert ".venv" not in origin.parts


def test_only_code_that_is_replaced_writes_scripts():
    packages = {Path(app.module.__file__).parent for app in apps.get_app_configs() if ".venv" in app.path}
    found = set()
    for package in packages:
        for file in package.rglob("*.py"):
            if not {"tests", "test", "management"} & set(file.parts):
                text = file.read_text()
                if re.search(r"<script>\{|render_js_init\(", text):
                    found.add(str(file).split("site-packages/")[1])
    assert found == IN_CODE
