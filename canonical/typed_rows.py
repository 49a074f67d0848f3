"""Read a table that people are still typing: cells may lack, but nothing that stands there gets lost."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from canonical.findings import one_line
from canonical.reading.content import file_bytes
from canonical.reading.csv_odd import text_at_once
from canonical.reading.csv_shape import CsvShape, refuse_odd_text, shape_of
from canonical.reading.encodings import UnreadableError
from canonical.reading.header import header_findings
from canonical.reading.reader import width_findings
from canonical.table_schema import TableSchema
from canonical.text_tables import Row

__all__ = ["header_of", "typed_rows"]


def header_of(path: Path) -> list[str]:
    """The columns a CSV file begins with. Raises `UnreadableError` where it is not CSV in UTF-8."""
    shown = f"{path.parent.name}/{path.name}"
    content = file_bytes(path, shown)
    return shape_of(content, text_at_once(content, shown), shown).header


def typed_rows(content: bytes, schema: TableSchema, shown: str) -> list[Row]:
    """The rows of a CSV file as texts; blank lines and empty rows are left out, short rows end in empty cells.

    Raises `UnreadableError` where completing the rows would drop or misplace something: a column that the table does
    not have or that stands twice, a row wider than the header, a short row that begins in the wrong column, quotes
    and line ends that readers take differently, a file that is not CSV in UTF-8.
    """
    text = text_at_once(content, shown)
    shape = shape_of(content, text, shown)
    wide = [odd for odd in shape.odd if odd[2] > len(shape.header)]
    faults = header_findings(shape.header, schema, shown) + width_findings(wide, len(shape.header), schema, shown)
    if faults:
        raise UnreadableError(one_line(faults[0]))
    refuse_odd_text(text, shown)
    _refuse_shifted(shape, schema, text, shown)
    rows = csv.DictReader(StringIO(text, newline=""), restval="")
    return [row for row in rows if any(row.values())]


def _refuse_shifted(shape: CsvShape, schema: TableSchema, text: str, shown: str) -> None:
    """Refuse a short row whose first cell, an id that filling would give, is none of its source.

    Who types the first cells of a row and forgets the empty one in front has moved all of them by one place.
    """
    key = shape.header[0]
    if key not in schema.primary_key or schema.field(key).filled != "fill" or "source_id" not in shape.header:
        return
    physical = text.split("\n")
    for _, line, width in shape.odd:
        if 1 < width < len(shape.header):
            cells = next(csv.reader([physical[line - 1]]))
            row = dict(zip(shape.header, cells, strict=False))
            if row[key] and not row[key].startswith(f"{row.get('source_id', '')}."):
                raise UnreadableError(
                    f"{shown}:{line}: {key}: found {row[key]!r}, expected an empty cell, which filling completes; "
                    "fix: begin the row with a comma"
                )
