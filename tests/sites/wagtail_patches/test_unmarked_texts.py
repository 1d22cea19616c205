"""What is mended in upstream's templates and scripts still stands there."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.utils import get_app_template_dirs

from sites.wagtail_patches.unmarked_texts import TEXTS


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_replaced_stands_there(name):
    files = [file for folder in get_app_template_dirs("templates") if (file := Path(folder) / name).exists()]
    text = files[0].read_text(encoding="utf-8")
    assert all(there in text for there, _instead in TEXTS[name])


def test_parts_of_blocks_are_still_made_as_landmarks():
    """See static/admin/landmarks.js."""
    script = finders.find("wagtailadmin/js/telepath/blocks.js")
    assert '<section class="w-panel w-panel--nested' in Path(script).read_text(encoding="utf-8")
