"""Observations of any number, made from the package's own: their codes, quotes, bounds, Chinese, and varied prints."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from pyarrow import parquet

from canonical.cells import typed_frame
from canonical.fill import complete_row
from canonical.reference import Reference
from canonical.table_schema import load_schema
from canonical.text_tables import csv_path, read_rows

__all__ = ["BAD", "SCHEMA", "bad_rows", "varied_rows", "write_table"]

SCHEMA = load_schema("observations")
MOST_VARIED = 200_000
"""So many different rows are made; more are these again, each with an id of its own."""
CHUNK = 250_000
SLIPS: tuple[Mapping[str, str], ...] = (
    {"measure": "growth"}, {"entity_id": "nobody"}, {"printed_unit_id": "usd-zn"}, {"value": "1"},
    {"period_end": "2025-02-30"}, {"metric_id": ""}, {"note": "=1+1"}, {"bound": "about"},
)  # fmt: skip
"""What one bad row in a thousand holds, in turn."""


def varied_rows(number: int) -> pl.DataFrame:
    """Good rows as texts: those of the package, then these again with other digits in their prints."""
    reference, draw = Reference(), random.Random(5)
    rows = read_rows(csv_path("observations"))
    made = list(rows[:number])
    while len(made) < min(number, MOST_VARIED):
        row = rows[len(made) % len(rows)]
        done = complete_row(SCHEMA, row | {"printed_value": _other_digits(row, draw)}, reference)
        made.append(done)
    frame = pl.DataFrame(made, schema=dict.fromkeys(SCHEMA.columns, pl.String))
    return frame.select(pl.all().replace("", None))


def _other_digits(row: Mapping[str, str], draw: random.Random) -> str:
    """A print of as many digits; that of two ends stays, so that they keep their order."""
    printed = row["printed_value"]
    if row["printed_value_to"] or row["metric_id"] == "":
        return printed
    digits = [str(draw.randint(1, 9)) if letter in "123456789" else letter for letter in printed]
    return "".join(digits)


def _good(frame: pl.DataFrame) -> pl.DataFrame:
    return frame


def _few(frame: pl.DataFrame) -> pl.DataFrame:
    """One row in a thousand is wrong in one cell."""
    row = pl.int_range(pl.len()) // 1000 % len(SLIPS)
    is_bad = pl.int_range(pl.len()) % 1000 == 999
    for place, slip in enumerate(SLIPS):
        for column, cell in slip.items():
            wrong = pl.when(is_bad & (row == place)).then(pl.lit(cell or None, dtype=pl.String))
            frame = frame.with_columns(wrong.otherwise(pl.col(column)).alias(column))
    return frame


def _values(frame: pl.DataFrame) -> pl.DataFrame:
    """Every row has a value that is not the one of its print."""
    digits = pl.col("printed_value").str.strip_prefix("-")
    return frame.with_columns(pl.concat_str(pl.lit("7"), digits).alias("value"))


def _cells(frame: pl.DataFrame) -> pl.DataFrame:
    """Every cell is wrong: a sign that a spreadsheet runs stands before it, and empty cells are filled with one."""
    return frame.select(pl.concat_str(pl.lit("="), pl.col(name).fill_null("")).alias(name) for name in frame.columns)


BAD: dict[str, Callable[[pl.DataFrame], pl.DataFrame]] = {
    "clean": _good, "few": _few, "values": _values, "cells": _cells,
}  # fmt: skip
"""How good rows become bad ones; `cells` is for text alone, as a typed column cannot hold what is of no type."""


def bad_rows(kind: str, rows: int) -> int:
    """How many rows of a table of a kind are wrong."""
    return {"clean": 0, "few": rows // 1000}.get(kind, rows)


@dataclass(frozen=True)
class _Chunks:
    varied: pl.DataFrame
    rows: int
    kind: str
    before: int = 0

    def __iter__(self) -> Iterator[pl.DataFrame]:
        repeated = pl.concat([self.varied] * (CHUNK // self.varied.height + 1))
        for start in range(0, self.rows, CHUNK):
            frame = repeated.slice(start % self.varied.height, min(CHUNK, self.rows - start))
            first = self.before + start + 1
            number = pl.int_range(first, first + frame.height, eager=True)
            frame = frame.with_columns(pl.concat_str("source_id", pl.lit("."), number.cast(pl.String).str.zfill(3))
                                       .alias("observation_id"))  # fmt: skip
            yield BAD[self.kind](frame)


def write_table(path: Path, varied: pl.DataFrame, rows: int, kind: str, before: int = 0) -> None:
    """Write a table of a number of rows and a kind of `BAD` as CSV or Parquet, a chunk at a time.

    Of a table in several files `before` rows stand in those before this one.
    """
    chunks = _Chunks(varied, rows, kind, before)
    if path.suffix == ".csv":
        with path.open("wb") as file:
            for place, chunk in enumerate(chunks):
                chunk.write_csv(file, include_header=place == 0)
        return
    writer: parquet.ParquetWriter | None = None
    for chunk in chunks:
        table = typed_frame(SCHEMA, chunk).to_arrow(compat_level=pl.CompatLevel.oldest())
        writer = writer or parquet.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
    if writer:
        writer.close()
