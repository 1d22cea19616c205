"""Cells of exported tables are never formulas.

Whoever writes "=HYPERLINK(…)" into a title has it run on the machine of whoever opens an export. Wagtail
keeps the cells of XLSX files strings, but not their headings, and does nothing about CSV. Here every text
that a table program would take for a formula gets an apostrophe before it in CSV; numbers stay numbers.
Wagtail 8.0; not reported yet (see docs/decisions/0011-upstream-faults.md). Rule: OWASP, "CSV Injection".
"""

import csv
import re

from django.utils.encoding import is_protected_type
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from wagtail.admin.views.mixins import Echo, ExcelDateFormatter, SpreadsheetExportMixin

PATCHED = {
    "wagtail.admin.views.mixins:SpreadsheetExportMixin.stream_csv": "a560e82f7b81",
    "wagtail.admin.views.mixins:SpreadsheetExportMixin.write_xlsx": "ccbad983a38a",
}

# At the beginning of the text, and of what becomes a cell of its own where a program splits at semicolons, as
# it does in Germany. The signs also in full width, as Japanese programs read them.
FORMULA = re.compile(r"(^|[;\t\r\n])([\s\ufeff\u200b\"']*)(?=[=+\-@＝＋－﹣−＠])")
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
# Some programs leave these out, and then look at what follows.
LEADING = re.compile(r"[\s\ufeff\u200b]*[\t\r\n]")


def harmless(value):
    """Return the value of a cell so that no table program takes it for a formula."""
    if is_protected_type(value):
        return value
    text = str(value)
    if NUMBER.fullmatch(text):
        return text
    text = FORMULA.sub(r"\1'\2", text)
    return f"'{text}" if LEADING.match(text) else text


class HarmlessWriter(csv.DictWriter):
    def writerow(self, rowdict):
        return super().writerow({name: harmless(value) for name, value in rowdict.items()})


def stream_csv(self, queryset):
    """Yield the lines of a CSV file, as the method that this one replaces does."""
    writer = HarmlessWriter(Echo(), fieldnames=self.list_export)
    yield writer.writerow({field: self.get_heading(queryset, field) for field in self.list_export})
    for item in queryset:
        yield self.write_csv_row(writer, self.to_row_dict(item))


def write_xlsx(self, queryset, output) -> None:
    """Write a workbook to `output`, as the method that this one replaces does; headings are strings."""
    workbook = Workbook(write_only=True, iso_dates=True)
    worksheet = workbook.create_sheet(title="Sheet1")
    headings = [WriteOnlyCell(worksheet, self.get_heading(queryset, field)) for field in self.list_export]
    for cell in headings:
        cell.data_type = "s"
    worksheet.append(headings)
    date_format = ExcelDateFormatter().get()
    for item in queryset:
        worksheet.append(self.generate_xlsx_row(worksheet, self.to_row_dict(item), date_format=date_format))
    workbook.save(output)


def apply() -> None:
    SpreadsheetExportMixin.stream_csv = stream_csv
    SpreadsheetExportMixin.write_xlsx = write_xlsx
