"""The tables that the checkout keeps as Parquet only, as gzipped text, so that every reader of text has every table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from canonical.table_schema import load_schema
from release.package.descriptor import PackagedFile
from release.package.text import gzipped_csv
from release.series.tables import Tables

__all__ = ["gzipped_texts"]


def gzipped_texts(tables: Tables, files: Iterable[PackagedFile]) -> Iterator[PackagedFile]:
    """A gzipped CSV for each table of which no file is a CSV."""
    listed = list(files)
    texts = {file.table for file in listed if file.form == "csv"}
    for name in sorted({file.table for file in listed} - texts):
        frame = tables[name]
        yield PackagedFile(name, f"data/{name}.csv.gz", gzipped_csv(load_schema(name), frame), frame.height)
