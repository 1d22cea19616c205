"""Each component says what it is and which variables it takes."""

import re
from pathlib import Path

import pytest
from django.conf import settings

COMMENT = re.compile(r"\{% comment %\}(.+?)\{% endcomment %\}", re.DOTALL)
COMPONENTS = sorted((Path(settings.BASE_DIR) / "templates/components").glob("*.html"))


def says_what_it_takes(source: str) -> bool:
    """Tell whether a template begins with a comment that has words in it."""
    comment = COMMENT.match(source)
    return bool(comment and re.search(r"\w+ \w+", comment[1]))


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_begins_with_a_comment(path):
    assert says_what_it_takes(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        "<p>{{ text }}</p>",
        "{% load i18n %}{% comment %}A line of text. text: words{% endcomment %}<p>{{ text }}</p>",
        "{% comment %} {% endcomment %}<p>{{ text }}</p>",
    ],
)
def test_a_component_without_one_is_found(source):
    assert not says_what_it_takes(source)
