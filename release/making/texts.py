"""The tables that the checkout keeps as Parquet only, as gzipped text, so that every reader of text has every table."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator

import polars as pl

from canonical.table_schema import load_schema
from release.package.descriptor import PackagedFile
from release.package.text import csv_bytes
from release.series.tables import Tables

__all__ = ["gzipped_texts"]


def gzipped_texts(tables: Tables, files: Iterable[PackagedFile]) -> Iterator[PackagedFile]:
    """A gzipped CSV for each table of which no file is a CSV; without a time stamp: equal rows give equal bytes."""
    listed = list(files)
    texts = {file.table for file in listed if file.form == "csv"}
    for name in sorted({file.table for file in listed} - texts):
        schema, frame = load_schema(name), tables[name]
        text = b"".join(_text(name, part, place) for place, part in enumerate(frame.iter_slices(100_000)))
        text = text or csv_bytes(schema, frame)
        yield PackagedFile(name, f"data/{name}.csv.gz", gzip.compress(text, compresslevel=6, mtime=0), frame.height)


def _text(name: str, part: pl.DataFrame, place: int) -> bytes:
    """A part of the text; the header stands on the first alone."""
    text = csv_bytes(load_schema(name), part)
    return text if place == 0 else text.partition(b"\n")[2]
