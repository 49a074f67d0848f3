"""The workbook for analysts: a sheet for each table that a person reads, with a codebook; no cell is a formula."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from typing import Any

import polars as pl
import xlsxwriter

from canonical.table_schema import load_schema
from release.package.metadata import citation, package_metadata, version
from release.series.tables import Tables

__all__ = ["SHEETS", "workbook_bytes"]

SHEETS = (
    "cloud_quarters", "quarterly_metrics", "half_year_metrics", "annual_metrics", "observations_flat", "vintages",
    "coverage", "freshness", "vendors", "entities", "entity_breaks", "metrics", "breakdowns", "regions",
    "compute_price_index", "statements", "supply_chain_links", "companies", "corrections", "findings", "units",
    "sources", "revisions",
)  # fmt: skip
"""The tables that have a sheet: those a person reads. Prices and rates, of many thousand rows, are for programs."""
LONGEST = 32_767
"""Characters that a cell of a spreadsheet holds."""
WIDEST = 40


def workbook_bytes(tables: Tables) -> bytes:
    """The workbook: how to cite, the codebook, then the sheets; frozen headers with filters, dates as dates."""
    packed = io.BytesIO()
    options = {
        "in_memory": True, "constant_memory": False, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd",
    }  # fmt: skip
    book = xlsxwriter.Workbook(packed, options)
    made_on = datetime.combine(package_metadata()["released_on"], time(), UTC).replace(tzinfo=None)
    book.set_properties({"title": package_metadata()["title"], "comments": citation(), "created": made_on})
    writer = _Writer(book)
    writer.sheet("read me", ("about", "text"), _about())
    writer.sheet("codebook", CODEBOOK, _codebook())
    for name in SHEETS:
        frame = tables[name].select(load_schema(name).columns)
        if frame.height:
            writer.sheet(name, frame.columns, frame.iter_rows(), frame)
    book.close()
    return packed.getvalue()


def _about() -> list[tuple[str, ...]]:
    package = package_metadata()
    return [
        ("title", package["title"]),
        ("标题", package["title_zh"]),
        ("version", version()),
        ("description", package["description"].strip()),
        ("说明", str(package["description_zh"]).strip()),
        ("cite as", citation()),
        ("licence", package["licences"]["data"]["title"]),
        ("sheets", "The codebook says of each column what it means, its unit and its codes. A number is what a source "
                   "printed or follows from such prints: sources and findings have a sheet each."),
    ]  # fmt: skip


CODEBOOK = ("table", "column", "type", "unit", "title", "title_zh", "description", "description_zh", "codes")


def _codebook() -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for name in SHEETS:
        for field in load_schema(name).fields:
            about = field.descriptor
            codes = "; ".join(f"{code}: {words['en']} {words['zh']}" for code, words in about.get("codes", {}).items())
            texts = (about[text] for text in ("title", "title_zh", "description", "description_zh"))
            rows.append((name, field.name, field.type, field.unit or "", *texts, codes))
    return rows


class _Writer:
    """Writes sheets into a workbook in one form."""

    def __init__(self, book: Any) -> None:
        """Prepare the formats."""
        self.book = book
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#e8eef7"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})

    def sheet(self, name: str, columns: Sequence[str], rows: Any, frame: pl.DataFrame | None = None) -> None:
        """Add a sheet with a frozen header and a filter over all columns."""
        sheet = self.book.add_worksheet(name)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, self.head)
        writers = [self._writer(sheet, pl.String() if frame is None else frame.schema[column]) for column in columns]
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, (cell, write) in enumerate(zip(row, writers, strict=True)):
                if cell is not None:
                    write(last, place, cell)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _width(column, frame))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(columns) - 1)

    def _writer(self, sheet: Any, dtype: pl.DataType) -> Callable[[int, int, Any], object]:
        """What writes cells of a type into a sheet, by their row and place."""
        if dtype == pl.Boolean:
            return sheet.write_boolean
        if dtype == pl.Date:
            return lambda row, place, cell: sheet.write_datetime(row, place, datetime.combine(cell, time()), self.day)
        if dtype.is_numeric():
            return sheet.write_number
        return lambda row, place, cell: sheet.write_string(row, place, cell[:LONGEST])


def _width(column: str, frame: pl.DataFrame | None) -> int:
    if frame is None:
        return WIDEST
    texts = frame.get_column(column).head(200).cast(pl.String).drop_nulls().str.len_chars()
    longest = texts.max()
    return max(8, min(WIDEST, (longest if isinstance(longest, int) else 0) + 2))
