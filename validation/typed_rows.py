"""Read a table that people are still typing: cells may lack, but nothing that stands there gets lost."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from pathlib import Path

from validation.csv_shape import UnreadableError, decoded, shape_of
from validation.findings import one_line
from validation.reader import header_findings, width_findings
from validation.table_schema import TableSchema
from validation.text_tables import Row

__all__ = ["typed_rows"]


def typed_rows(path: Path, schema: TableSchema) -> list[Row]:
    """The rows of a CSV file as texts; blank lines are left out, short rows end in empty cells.

    Raises `UnreadableError` where completing the rows would drop something: a column that the table does not
    have, a row wider than the header, a file that is not CSV in UTF-8.
    """
    shown = f"{path.parent.name}/{path.name}"
    text = decoded(path.read_bytes(), shown)
    shape = shape_of(text, shown)
    wide = replace(shape, odd=[odd for odd in shape.odd if odd[2] > len(shape.header)])
    faults = header_findings(shape.header, schema, shown) + width_findings(wide, schema, shown)
    if faults:
        raise UnreadableError(one_line(faults[0]))
    return list(csv.DictReader(StringIO(text, newline=""), restval=""))
