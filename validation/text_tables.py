"""Read and write tables as the CSV text that people edit: strict shape in, whole files out."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from validation.intervals import decimal_text
from validation.table_schema import ROOT, TableSchema

__all__ = ["DATA", "Row", "csv_path", "read_rows", "text_rows", "write_rows"]

DATA = ROOT / "data"
Row = dict[str, str]


def csv_path(table: str) -> Path:
    """Where the package keeps the text of `table`."""
    return DATA / f"{table}.csv"


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV file as texts, an empty cell as the empty text.

    A file that is absent has no rows. Columns come from the header; the shape is not checked here
    (`validation.reader` does).
    """
    return list(iterate_rows(path)) if path.exists() else []


def iterate_rows(path: Path) -> Iterator[Row]:
    """The rows of a CSV file one by one."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def text_rows(frame: pl.DataFrame) -> list[Row]:
    """The rows of a text or typed frame as texts: shortest decimals, ISO dates, `true` and `false`."""
    columns = [_texts(frame.get_column(name)) for name in frame.columns]
    return [dict(zip(frame.columns, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _texts(column: pl.Series) -> list[str]:
    if column.dtype == pl.String:
        return column.fill_null("").to_list()
    return [_text(cell) for cell in column.to_list()]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return decimal_text(Decimal(repr(cell)))
    return str(cell)


def write_rows(path: Path, schema: TableSchema | Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows in column order, beside the file first and then over it, so that no half file is left."""
    columns = schema.columns if isinstance(schema, TableSchema) else tuple(schema)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n", restval="", extrasaction="raise")
            writer.writeheader()
            writer.writerows(rows)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
