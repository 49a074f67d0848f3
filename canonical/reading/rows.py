"""Read CSV files of the package row by row: strict in shape, without a schema."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

from canonical.reading.content import file_bytes
from canonical.reading.csv_odd import text_at_once
from canonical.reading.encodings import UnreadableError

__all__ = ["Row", "read_rows", "rows_with"]

Row = dict[str, str]


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV file as texts, an empty cell as the empty text, blank lines left out.

    A file that is absent has no rows. Columns come from the header. Raises `UnreadableError` where the file is not
    CSV in UTF-8, or a row has another width than the header; the columns are not checked here (`rows_with` does).
    """
    return list(_rows(path, _shown(path))) if path.exists() else []


def rows_with(path: Path, columns: Sequence[str], fix: str) -> list[Row]:
    """The rows of a CSV file that must be there and have `columns`, as its code reads them by name.

    Raises `UnreadableError`, which ends in `fix`, where the file is absent, is no CSV, or lacks one of them.
    """
    shown = _shown(path)
    if not path.is_file():
        raise UnreadableError(f"{shown}: no such file; fix: {fix}")
    header = next(_cells(path, shown), [])
    lost = [column for column in columns if column not in header]
    if lost:
        raise UnreadableError(f"{shown}:1: found no column {', '.join(lost)}; fix: {fix}")
    return list(_rows(path, shown))


def _shown(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _rows(path: Path, shown: str) -> Iterator[Row]:
    records = _cells(path, shown)
    header = next(records, [])
    if len(set(header)) < len(header):
        raise UnreadableError(f"{shown}:1: found a column that stands twice; fix: git checkout {shown}")
    for number, cells in enumerate(records, start=1):
        if len(cells) == len(header):
            yield dict(zip(header, cells, strict=True))
        elif cells:
            raise UnreadableError(
                f"{shown}: (row {number}) found {len(cells)} cells, expected {len(header)}, as in the header; "
                "fix: put cells that hold commas in double quotes, add the missing cells"
            )


def _cells(path: Path, shown: str) -> Iterator[list[str]]:
    text = text_at_once(file_bytes(path, shown), shown)
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise UnreadableError(f"{shown}:{reader.line_num}: not CSV ({error}); fix: close every quote") from None
