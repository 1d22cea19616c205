"""Opening hours, dates and addresses as the templates show them."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from home.recurrence import Occurrence
from home.templatetags import home_tags

BERLIN = ZoneInfo("Europe/Berlin")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_hours_within_a_day():
    assert home_tags.hours_of(Occurrence(at(26, 15), at(26, 17, 30))) == "15:00 to 17:30"


def test_hours_over_midnight_name_the_day_of_the_end():
    text = home_tags.hours_of(Occurrence(at(26, 22), at(27, 2)))
    assert text == "22:00 until November 27, 2:00"


def test_hours_are_those_of_the_clock_in_erfurt():
    utc = ZoneInfo("UTC")
    occurrence = Occurrence(at(26, 15).astimezone(utc), at(26, 17).astimezone(utc))
    assert home_tags.weekday_and_hours(occurrence) == "Thursday, 15:00 to 17:00"


@pytest.mark.parametrize(
    ("count", "current", "expected"),
    [
        (1, 1, [1]),
        (3, 2, [1, 2, 3]),
        (5, 3, [1, 2, 3, 4, 5]),
        (9, 1, [1, 2, None, 9]),
        (9, 5, [1, None, 4, 5, 6, None, 9]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_page_numbers(count, current, expected):
    assert home_tags.page_numbers(count, current) == expected


def test_page_numbers_leave_out_more_than_one_page_or_none():
    for count in range(1, 12):
        for current in range(1, count + 1):
            numbers = home_tags.page_numbers(count, current)
            for before, gap, after in zip(numbers, numbers[1:], numbers[2:], strict=False):
                assert gap is not None or after - before > 2


def test_an_address_breaks_at_its_dots_and_is_escaped():
    text = Template("{% load home_tags %}{{ address|breakable }}").render(
        Context({"address": "a.<b>@beispiel.example"})
    )
    assert text == "a.<wbr>&lt;b&gt;@<wbr>beispiel.<wbr>example"


@pytest.mark.parametrize(
    ("text", "expected"), [("", []), (None, []), ("eins\n\n zwei \r\n", ["eins", "zwei"])]
)
def test_lines(text, expected):
    assert home_tags.lines(text) == expected


def test_further_occurrences_begin_after_the_next_one():
    class Recurring:
        class recurrence:  # noqa: N801 - stands for the attribute of a page
            @staticmethod
            def occurrences(after, limit, with_cancelled):
                start = after + timedelta(days=1)
                return [
                    Occurrence(start + timedelta(days=n), start + timedelta(days=n, hours=1))
                    for n in range(limit)
                ]

    found = home_tags.further_occurrences(Recurring, 2)
    assert len(found) == 2
    assert found[1].start - found[0].start == timedelta(days=1)


def render(source: str, **context) -> str:
    return Template("{% load home_tags %}" + source).render(Context(context))


def test_an_icon_is_hidden_from_screen_readers():
    assert render('{% icon "pin" %}') == (
        '<svg class="tp-i" aria-hidden="true" focusable="false"><use href="/static/icons.svg#pin"/></svg>'
    )
    assert 'class="tp-i tp-flip"' in render('{% icon "arrow" flip=True %}')


def test_a_telephone_link_dials_the_number_and_shows_it_as_written():
    assert render("{% phone_link number %}", number="+49 (0) 361 655-0") == (
        '<a href="tel:+493616550"><bdi dir="ltr">+49 (0) 361 655-0</bdi></a>'
    )


def test_each_of_several_telephone_numbers_has_a_link_of_its_own():
    assert render("{% phone_link number %}", number="030 12 34 56 / 57") == (
        '<a href="tel:+4930123456"><bdi dir="ltr">030 12 34 56</bdi></a> / '
        '<a href="tel:+4930123457"><bdi dir="ltr">030 12 34 57</bdi></a>'
    )


def test_a_telephone_link_can_have_an_icon():
    link = render('{% phone_link number css_class="tp-tel" icon_name="phone" %}', number="112")
    assert link.startswith('<a class="tp-tel" href="tel:112"><svg class="tp-i"')
    assert link.endswith('</svg><bdi dir="ltr">112</bdi></a>')


def test_a_telephone_link_can_be_a_button():
    link = render("{% phone_button number %}", number="(0361) 655-0")
    assert link.startswith('<a class="kern-btn kern-btn--primary" href="tel:+493616550"><svg class="tp-i"')
    assert link.endswith('</svg><span class="kern-label"><bdi dir="ltr">(0361) 655-0</bdi></span></a>')


def test_what_cannot_be_dialled_is_shown_without_a_link_and_escaped():
    for tag in ("phone_link", "phone_button"):
        shown = render(f"{{% {tag} number %}}", number='"><b>')
        assert shown == '<bdi dir="ltr">&quot;&gt;&lt;b&gt;</bdi>'


def test_a_title_is_one_line():
    source = "{% filter one_line %}\n  {{ title }}\n  – Portal\n{% endfilter %}"
    assert render(source, title="A & B") == "A &amp; B – Portal"


def test_nothing_else_makes_links_to_telephone_numbers():
    root = Path(settings.BASE_DIR)
    rooms = ("templates", "home", "knowledge", "search", "sites", "thinka_portal", "static")
    files = [path for room in rooms for path in (root / room).rglob("*.*")]
    written = {
        path.relative_to(root).as_posix()
        for path in files
        if path.suffix in (".html", ".py", ".js") and '"tel:' in path.read_text(encoding="utf-8")
    }
    # The one of them only names it.
    assert written == {"home/templatetags/home_tags.py", "sites/fields/phone.py"}
