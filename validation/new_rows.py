"""Rows that no build has published yet: what a second reading would hold of them, asked for while the page is open."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from canonical.findings import Finding
from canonical.reading.reader import UnreadableError, read_columns
from canonical.text_tables import csv_path
from validation.structure.table_files import shown_path

__all__ = ["SECOND_READING", "without_second_reading"]

SECOND_READING = "V.second_reading"
READ = ("observation_id", "printed_text", "printed_label")


def without_second_reading(path: Path | None = None) -> list[Finding]:
    """A notice for each observation that is new since the last build and gives neither text nor label of its print.

    Parameters: `path` is the text of observations, beside which the Parquet of the last build stands; the package's
    own where none is given. Without that file, or where the text cannot be read, no row is known to be new.
    """
    text = path or csv_path("observations")
    published = text.with_suffix(".parquet")
    if not published.exists() or not text.exists():
        return []
    try:
        rows = read_columns(text, READ).with_row_index("_row", 1)
        known = read_columns(published, READ[:1])
    except UnreadableError:
        return []
    unread = pl.all_horizontal(pl.col(column).is_null() | (pl.col(column) == "") for column in READ[1:])
    new = rows.join(known, on=READ[0], how="anti").filter(unread)
    return [
        Finding(
            SECOND_READING, "notice", "observations", row_id=row_id or "", row_number=number, line_number=number + 1,
            column="printed_text", expected="the number as it stands on the page, with the words about it",
            message="the row is new, and nothing in it was read a second time",
            fix="type printed_text and printed_label as the page prints them", file=shown_path(text),
        )
        for row_id, number in new.select(READ[0], "_row").iter_rows()
    ]  # fmt: skip
