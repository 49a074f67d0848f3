"""The text form of a typed frame, as the package ships it, plain and gzipped."""

from __future__ import annotations

import gzip
from itertools import chain

import polars as pl

from canonical.csv_lines import csv_lines
from canonical.table_schema import TableSchema
from canonical.text_tables import text_cells

__all__ = ["csv_bytes", "gzipped", "gzipped_csv"]

AT_A_TIME = 100_000


def csv_bytes(schema: TableSchema, frame: pl.DataFrame) -> bytes:
    """A typed frame as the CSV text of the package: ISO dates, `true`/`false`, shortest decimals, empty nulls."""
    rows = text_cells(frame.select(schema.columns))
    return "".join(csv_lines(chain([schema.columns], rows))).encode("utf-8")


def gzipped(content: bytes) -> bytes:
    """A content gzipped without a time stamp: equal contents give equal bytes for one version of zlib."""
    return gzip.compress(content, compresslevel=6, mtime=0)


def gzipped_csv(schema: TableSchema, frame: pl.DataFrame) -> bytes:
    """The text of a typed frame as `csv_bytes` gives it, gzipped; a large frame is written part by part."""
    parts = (csv_bytes(schema, part) for part in frame.iter_slices(AT_A_TIME))
    text = b"".join(part if place == 0 else part.partition(b"\n")[2] for place, part in enumerate(parts))
    return gzipped(text or csv_bytes(schema, frame))
