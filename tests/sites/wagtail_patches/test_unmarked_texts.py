"""Texts that are replaced in upstream's templates still stand there."""

from pathlib import Path

import pytest
from django.template.utils import get_app_template_dirs

from sites.wagtail_patches.unmarked_texts import TEXTS


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_replaced_stands_there(name):
    files = [file for folder in get_app_template_dirs("templates") if (file := Path(folder) / name).exists()]
    assert TEXTS[name][0] in files[0].read_text(encoding="utf-8")
