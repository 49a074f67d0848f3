"""Read and write tables as the CSV text that people edit: strict shape in, whole files out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from pathlib import Path

import numpy as np
import polars as pl

from canonical.csv_lines import csv_lines
from canonical.file_writing import replace_file
from canonical.intervals import decimal_text
from canonical.places import DATA
from canonical.reading.rows import Row, read_rows, rows_with
from canonical.table_schema import TableSchema

__all__ = [
    "DATA",
    "Row",
    "column_texts",
    "csv_path",
    "csv_text",
    "read_rows",
    "rows_with",
    "text_cells",
    "text_rows",
    "write_rows",
]

MANY = 1_000
"""Of so many cells or more those alike are made one text, which takes less room, and less time to compare."""
WHOLE = (pl.Date(), pl.Int64())
"""Types whose cells are alike where their texts are."""


def csv_path(table: str) -> Path:
    """Where the package keeps the text of `table`."""
    return DATA / f"{table}.csv"


def text_rows(frame: pl.DataFrame) -> list[Row]:
    """The rows of a text or typed frame as texts: shortest decimals, ISO dates, `true` and `false`.

    A midnight is its day, as tables without dates of their own have it.
    """
    names = frame.columns
    return [dict(zip(names, cells, strict=True)) for cells in text_cells(frame)]


def text_cells(frame: pl.DataFrame) -> Iterator[tuple[str, ...]]:
    """The cells of each row, in the order of the columns, as `text_rows` gives them."""
    return zip(*(column_texts(frame.get_column(name)) for name in frame.columns), strict=True)


def column_texts(column: pl.Series) -> list[str]:
    """The cells of a column as `text_rows` gives them; texts that repeat are one object each where they are many."""
    if column.dtype != pl.String:
        if column.dtype not in WHOLE or len(column) < MANY:
            return [_text(cell) for cell in column.to_list()]
        told = {cell: _text(cell) for cell in column.unique().to_list()}
        return [told[cell] for cell in column.to_list()]
    if len(column) < MANY:
        return ["" if cell is None else cell for cell in column.to_list()]
    texts = column.fill_null("") if column.null_count() else column
    different = texts.unique(maintain_order=True)
    if 2 * len(different) > len(texts):
        return texts.to_list()
    places = texts.cast(pl.Enum(different)).to_physical().to_numpy()
    return np.array(different.to_list(), np.object_)[places].tolist()


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return _number_text(repr(cell))
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return decimal_text(cell)
    return str(cell)


def _number_text(shown: str) -> str:
    """The shortest decimal text of a number as Python shows it, of which powers of ten and no numbers are rare."""
    if "e" in shown or "n" in shown:
        return decimal_text(Decimal(shown))
    whole = shown.removesuffix(".0")
    return "0" if whole == "-0" else whole


def csv_text(schema: TableSchema | Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Rows as the text of a CSV file in column order. Raises ValueError where a row has another column."""
    columns = schema.columns if isinstance(schema, TableSchema) else tuple(schema)
    known = set(columns)

    def cells(row: Mapping[str, str]) -> list[str]:
        if not row.keys() <= known:
            raise ValueError(f"a row has columns {sorted(row.keys() - known)}, which the table has not")
        return [row.get(column, "") for column in columns]

    return "".join(csv_lines(chain([columns], map(cells, rows))))


def write_rows(path: Path, schema: TableSchema | Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows in column order, beside the file first and then over it, so that no half file is left."""
    replace_file(path, csv_text(schema, rows).encode("utf-8"))
