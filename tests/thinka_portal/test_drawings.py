"""Icons and drawings that are named somewhere exist."""

import re
import tomllib
from pathlib import Path

from django.conf import settings

from home.icons import ICON_CHOICES, ILLUSTRATION_CHOICES

ROOT = Path(settings.BASE_DIR)
SYMBOLS = set(re.findall(r'<symbol id="([a-z]+)"', (ROOT / "static/icons.svg").read_text()))


def test_every_icon_of_a_template_is_drawn():
    used = {
        name
        for template in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'(?:{% icon |icon_name=)"([^"]+)"', template.read_text())
    }
    assert used
    assert used - SYMBOLS == set()


def test_every_icon_that_editors_can_choose_is_drawn():
    assert {name for name, _label in ICON_CHOICES} - SYMBOLS == set()


def test_every_drawing_that_editors_can_choose_exists_and_follows_the_colours():
    for name, _label in ILLUSTRATION_CHOICES:
        drawing = (ROOT / f"templates/illustrations/{name}.html").read_text()
        assert 'class="ti-a"' in drawing, name
        assert "fill=" not in drawing, name


def test_the_demo_has_each_picture_in_each_colour_below_60_kb():
    catalogue = tomllib.loads((ROOT / "thinka_portal/demo/images.toml").read_text())
    names = [
        f"{each['name']}-{accent}.webp" for each in catalogue["picture"] for accent in catalogue["accents"]
    ]
    names += [each["file"] for each in catalogue["logo"]]
    folder = ROOT / "thinka_portal/demo/images"
    assert sorted(names) == sorted(path.name for path in folder.iterdir())
    assert {name for name in names if (folder / name).stat().st_size > 60 * 1024} == set()
