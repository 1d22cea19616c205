"""Two people open editors at the same moment: each gets their own text, from one converter for all."""

import json
from threading import Thread

import pytest
from wagtail.admin.rich_text.converters import html_to_contentstate
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

MINE = '<p>Mein <b>erster</b> Absatz</p><p><a href="https://beispiel.test/">Verweis</a> da</p><p>Ende</p>'
THEIRS = "<ul><li>Fremder Text</li><li>Noch einer</li></ul>"
FEATURES = ["link", "bold", "ul"]


def texts(content: str) -> list[str]:
    return [block["text"] for block in json.loads(content)["blocks"]]


@pytest.fixture
def converter():
    return ContentstateConverter(FEATURES)


def test_a_second_text_in_the_middle_of_the_first_changes_neither(converter, monkeypatch):
    """The second one is converted from end to end, in a thread of its own, while the first is at its link."""
    made = []

    def convert_another(handler, attributes):
        other = Thread(target=lambda: made.append(converter.from_database_format(THEIRS)))
        other.start()
        other.join()
        return {"url": attributes["href"]}

    monkeypatch.setattr(
        html_to_contentstate.ExternalLinkElementHandler, "get_attribute_data", convert_another
    )
    content = converter.from_database_format(MINE)
    assert texts(content) == ["Mein erster Absatz", "Verweis da", "Ende"]
    assert [entity["type"] for entity in json.loads(content)["entityMap"].values()] == ["LINK"]
    assert [texts(other) for other in made] == [["Fremder Text", "Noch einer"]]


@pytest.mark.parametrize("html", [MINE, THEIRS, "", "<hr/>", "ohne Absatz", "<p>A&amp;B<br/>C</p>"])
def test_what_is_converted_is_what_wagtail_would_make(converter, html):
    """Blocks have random keys where the text has none."""

    def plain(content: str) -> dict:
        found = json.loads(content)
        return found | {"blocks": [block | {"key": ""} for block in found["blocks"]]}

    parser = html_to_contentstate.HtmlToContentStateHandler(FEATURES)
    parser.feed(html)
    parser.close()
    stock = parser.contentstate.as_json()
    assert plain(converter.from_database_format(html)) == plain(stock)


def test_a_text_that_breaks_the_parser_leaves_nothing_for_the_next(converter):
    with pytest.raises(AssertionError):
        converter.from_database_format("<p>Geheim <b>offen</p>")
    assert texts(converter.from_database_format(THEIRS)) == ["Fremder Text", "Noch einer"]
