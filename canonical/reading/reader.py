"""Read a CSV or Parquet file as a table: structure before content, nothing repaired silently."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import zip_longest
from pathlib import Path

import polars as pl

from canonical.findings import Finding
from canonical.reading.column_names import former_names, meant_column, present_names
from canonical.reading.content import file_bytes
from canonical.reading.csv_shape import refuse_rows, shape_of
from canonical.reading.encodings import MARK, UnreadableError, decoded
from canonical.reading.parquet_files import parquet_frame
from canonical.reading.table_file import readable
from canonical.rules.table_rules import gives_no_print
from canonical.table_schema import TableSchema

__all__ = [
    "Table",
    "UnreadableError",
    "header_findings",
    "needed_columns",
    "order_findings",
    "read_columns",
    "read_table",
    "width_findings",
]

CAP = 100
"""At most this many malformed rows are named; where there are more, the message counts them."""


@dataclass(frozen=True)
class Table:
    """A file as a frame: all columns text where `is_text`, else the types the Parquet file holds.

    `lines` gives the physical line of each data row where quoted cells hold line ends, else None: then
    data row n stands on line n + 1.
    """

    schema: TableSchema
    name: str
    frame: pl.DataFrame
    is_text: bool
    lines: Sequence[int] | None = None

    def line(self, position: int) -> int | None:
        """Physical line of the data row at `position` (from 0); None for Parquet."""
        if not self.is_text:
            return None
        return self.lines[position] if self.lines is not None else position + 2


def read_table(path: Path, schema: TableSchema, name: str | None = None) -> tuple[Table | None, list[Finding]]:
    """The file as a table, or None and the findings on its structure that make its content unreadable.

    Raises `UnreadableError` where the file is absent, empty, in another encoding than UTF-8 or not Parquet.
    """
    shown = name or str(path)
    with readable(shown, schema.name):
        if path.suffix == ".parquet":
            return _read_parquet(path, schema, shown)
        return _read_csv(file_bytes(path, shown), schema, shown)


def _read_parquet(path: Path, schema: TableSchema, shown: str) -> tuple[Table | None, list[Finding]]:
    frame = parquet_frame(path, shown, wanted=f"table {schema.name}")
    frame.columns = present_names(frame.columns, former_names(field.descriptor for field in schema.fields))
    findings = header_findings(frame.columns, schema, shown)
    return (None, findings) if findings else (Table(schema, shown, frame, is_text=False), [])


def _read_csv(content: bytes, schema: TableSchema, shown: str) -> tuple[Table | None, list[Finding]]:
    text = decoded(content, shown)
    shape = shape_of(content, text, shown)
    header = present_names(shape.header, former_names(field.descriptor for field in schema.fields))
    findings = header_findings(header, schema, shown) or width_findings(shape.odd, len(shape.header), schema, shown)
    if findings:
        return None, findings
    # Where a column has missing values of its own, each column gets its own after reading.
    has_own = any("missingValues" in field.descriptor for field in schema.fields)
    missing = () if has_own else schema.missing_values
    try:
        frame = pl.read_csv(
            BytesIO(content.removeprefix(MARK)),
            infer_schema=False,
            null_values=list(missing),
            empty_string_is_null="" in missing,
        )
    except pl.exceptions.PolarsError:
        refuse_rows(text, shape, shown)
    if frame.height != len(shape.lines):
        refuse_rows(text, shape, shown)
    frame.columns = header
    if has_own:
        frame = frame.with_columns(
            pl.when(~pl.col(field.name).is_in(list(schema.missing_of(field)))).then(pl.col(field.name))
            for field in schema.fields
            if field.name in frame.columns
        )
    plain = shape.last_line == frame.height + 1
    return Table(schema, shown, frame, is_text=True, lines=None if plain else shape.lines), []


def read_columns(path: Path, columns: Sequence[str]) -> pl.DataFrame:
    """Some columns of a CSV or Parquet file that was read as a table before; those of a CSV file are texts.

    Raises `UnreadableError` where the file is no longer such a table.
    """
    try:
        if path.suffix == ".parquet":
            return parquet_frame(path, path.name, columns)
        return pl.read_csv(path, columns=list(columns), infer_schema=False, glob=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise UnreadableError(f"{path.name}: cannot be read ({reason}); fix: run python -m validation") from None


def header_findings(header: Sequence[str], schema: TableSchema, shown: str) -> list[Finding]:
    """What is wrong with the columns of a file: missing, repeated, unknown.

    Order is free, but for somebody's own schema of which a file has exactly the fields.
    """
    found = list(header)
    needed = needed_columns(schema, found)
    faults = [(column, "the column is missing", "", f"column {column}", "add the column") for column in needed]
    for column in sorted(column for column, count in Counter(found).items() if count > 1):
        faults.append((column, "the column stands twice", column, "each column once", "delete one of the two"))
    known = set(schema.columns)
    unknown = [column for column in found if column not in known and schema.match not in ("subset", "partial")]
    for column in unknown[:CAP]:
        meant = meant_column(column, [name for name in schema.columns if name not in found])
        expected = f"a column of the schema; nearest is {meant}" if meant else "a column of the schema"
        faults.append((column, "the table has no such column", column, expected, "rename or delete it"))
    if len(unknown) > CAP:
        more = f"{len(unknown) - CAP:,} more columns that the table does not have, {len(unknown):,} in all"
        faults.append(("", more, "", "the columns of the schema", "give the columns of the table alone"))
    if not faults and schema.match == "exact" and tuple(found) != schema.columns:
        place = next(n for n, pair in enumerate(zip(found, schema.columns, strict=True)) if pair[0] != pair[1])
        faults.append((schema.columns[place], "the columns are not in the order of the schema", found[place],
                       f"{schema.columns[place]} as column {place + 1}",
                       'order them so, or state "fieldsMatch": "equal" in the schema'))  # fmt: skip
    return [
        Finding(
            "S.columns", "error", schema.name, column=column, found=what, expected=expected, message=message,
            fix=fix, line_number=None if shown.endswith(".parquet") else 1, file=shown,
        )
        for column, message, what, expected, fix in faults
    ]  # fmt: skip


def order_findings(path: Path, schema: TableSchema, shown: str) -> list[Finding]:
    """Where a table of the package, already readable, has not exactly the columns of its schema in their order.

    A feed is free to leave out and to reorder; the package's files are read by position in many places.
    """
    if path.suffix == ".parquet":
        header = tuple(pl.read_parquet_schema(path))
    else:
        with path.open(encoding="utf-8", newline="") as file:
            header = tuple(next(csv.reader(file)))
    if header == schema.columns:
        return []
    if header[0].startswith("\ufeff"):
        return [
            Finding(
                "S.columns", "error", schema.name, column=schema.columns[0], found="a byte order mark",
                expected="text alone", message="the file begins with a mark that the package does not use",
                fix="run make fill", line_number=1, file=shown,
            )
        ]  # fmt: skip
    lost = schema.missing_columns(header)
    fix = (
        f"restore the column {lost[0]} with its cells, or add it to the header and type them"
        if lost
        else "run make fill"
    )
    pairs = enumerate(zip_longest(header, schema.columns, fillvalue=""), start=1)
    place, (found, expected) = next((place, pair) for place, pair in pairs if pair[0] != pair[1])
    return [
        Finding(
            "S.columns", "error", schema.name, column=expected, found=found or "no column",
            expected=f"{expected} as column {place}", message="the columns are not the schema's, in its order",
            fix=fix, line_number=1 if path.suffix == ".csv" else None, file=shown,
        )
    ]  # fmt: skip


def needed_columns(schema: TableSchema, found: Sequence[str]) -> list[str]:
    """The columns a file of this table lacks, of those nobody can fill for it.

    A feed needs the required columns that are typed; a feed of observations may give `value` and
    `unit_id` in place of the print, and needs no source of its own. One that gives either pair in part lacks the rest.
    """
    if schema.kind == "own":
        return _own_needed(schema, found)
    if schema.name == "observations":
        needed = ["entity_id", "metric_id", "period_type", "period_end"]
        gives_values = gives_no_print(found) and {"value", "unit_id"} & set(found)
        needed += ["value", "unit_id"] if gives_values else ["printed_value", "printed_unit_id"]
    else:
        needed = [field.name for field in schema.fields if field.required and field.filled == "typed"]
    return [column for column in needed if column not in found]


def _own_needed(schema: TableSchema, found: Sequence[str]) -> list[str]:
    """The columns that a file lacks of somebody's own schema, by its `fieldsMatch`."""
    if schema.match == "superset":
        return [] if set(schema.columns) & set(found) else [schema.columns[0]]
    if schema.match == "partial":
        required = [field.name for field in schema.fields if field.required or field.name in schema.primary_key]
        return [column for column in required if column not in found] or (
            [] if set(schema.columns) & set(found) else [schema.columns[0]]
        )
    return [column for column in schema.columns if column not in found]


def width_findings(
    odd: Sequence[tuple[int, int, int]], width: int, schema: TableSchema, shown: str
) -> list[Finding]:  # fmt: skip
    """The rows (row, line, cells) whose width is not the header's, blank lines among them."""
    findings: list[Finding] = []
    for row, line, cells in odd[:CAP]:
        message = "the row has another width than the header" if cells else "the line is blank"
        fix = "put cells that hold commas in double quotes, add the missing cells" if cells else "delete the line"
        if cells == 2 * width - 1:
            message, fix = "two rows stand on one line", "put a line end between them"
        findings.append(
            Finding(
                "S.row_shape", "error", schema.name, row_number=row, found=f"{cells} cells",
                expected=f"{width} cells, as in the header",
                message=message + (f"; {len(odd)} rows have" if len(odd) > CAP else ""),
                fix=fix, line_number=line, file=shown,
            )
        )  # fmt: skip
    return findings
