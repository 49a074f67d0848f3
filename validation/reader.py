"""Read a CSV or Parquet file as a table: structure before content, nothing repaired silently."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path

import polars as pl

from validation.findings import Finding
from validation.table_schema import TableSchema

__all__ = ["Table", "UnreadableError", "read_table"]

CAP = 100
"""At most this many malformed rows are named; the count in the message is exact."""


class UnreadableError(Exception):
    """The input cannot be read as a table at all; the message is one line for the user."""


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
    if not path.is_file():
        raise UnreadableError(f"{shown}: no such file; name a CSV or Parquet file of table {schema.name}")
    if path.suffix == ".parquet":
        return _read_parquet(path, schema, shown)
    return _read_csv(path, schema, shown)


def _read_parquet(path: Path, schema: TableSchema, shown: str) -> tuple[Table | None, list[Finding]]:
    try:
        frame = pl.read_parquet(path, hive_partitioning=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise UnreadableError(f"{shown}: not a readable Parquet file ({reason}); write it again") from None
    findings = header_findings(frame.columns, schema, shown)
    return (None, findings) if findings else (Table(schema, shown, frame, is_text=False), [])


def _read_csv(path: Path, schema: TableSchema, shown: str) -> tuple[Table | None, list[Finding]]:
    content = path.read_bytes()
    text = _decode(content, shown)
    header, widths, lines, last_line = _shape(text, shown)
    findings = header_findings(header, schema, shown) or _width_findings(widths, len(header), schema, shown)
    if findings:
        return None, findings
    frame = pl.read_csv(BytesIO(content), infer_schema=False, null_values=list(schema.missing_values))
    if frame.height != len(lines):
        raise UnreadableError(
            f"{shown}: {len(lines)} rows by its quotes, {frame.height} by its lines; fix: quote cells"
        )
    plain = last_line == frame.height + 1
    return Table(schema, shown, frame, is_text=True, lines=None if plain else lines), []


def _decode(content: bytes, shown: str) -> str:
    if not content.strip():
        raise UnreadableError(f"{shown}: the file is empty; a header row with the table's columns is needed")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        byte = content[error.start]
        raise UnreadableError(
            f"{shown}:{line}: found byte 0x{byte:02x}, which is not UTF-8 (GBK perhaps), expected UTF-8; "
            "fix: save the file as CSV UTF-8"
        ) from None
    if text.startswith("\ufeff"):
        raise UnreadableError(
            f"{shown}:1: found a byte order mark, expected plain UTF-8; fix: save as UTF-8 without BOM"
        )
    return text


def _shape(text: str, shown: str) -> tuple[list[str], list[tuple[int, int, int]], list[int], int]:
    """Header; (row, line, width) of the rows whose width differs from it; line of each row; last line."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    lines: list[int] = []
    odd: list[tuple[int, int, int]] = []
    try:
        header = next(reader)
        width, start = len(header), reader.line_num + 1
        for row in reader:
            lines.append(start)
            if len(row) != width:
                odd.append((len(lines), start, len(row)))
            start = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableError(
            f"{shown}:{reader.line_num}: not CSV ({error}); fix: close every quote and double quotes in a cell"
        ) from None
    return header, odd, lines, reader.line_num


def header_findings(header: Sequence[str], schema: TableSchema, shown: str) -> list[Finding]:
    """What is wrong with the columns of a file: missing, repeated, unknown. Order is free."""
    found = list(header)
    needed = needed_columns(schema, found)
    faults = [(column, "the column is missing", "", f"column {column}", "add the column") for column in needed]
    for column in sorted({c for c in found if found.count(c) > 1}):
        faults.append((column, "the column stands twice", column, "each column once", "delete one of the two"))
    for column in (c for c in found if c not in schema.columns):
        faults.append((column, "the table has no such column", column, "a column of the schema", "rename or delete it"))
    return [
        Finding(
            "S.columns", "error", schema.name, column=column, found=what, expected=expected, message=message,
            fix=fix, line_number=None if shown.endswith(".parquet") else 1, file=shown,
        )
        for column, message, what, expected, fix in faults
    ]  # fmt: skip


def needed_columns(schema: TableSchema, found: Sequence[str]) -> list[str]:
    """The columns a file of this table lacks, of those nobody can fill for it.

    A feed needs the required columns that are typed; a feed of observations may give `value` and
    `unit_id` in place of the print, and needs no source of its own.
    """
    if schema.name == "observations":
        needed = ["entity_id", "metric_id", "period_type", "period_end"]
        if not {"value", "unit_id"} <= set(found) or "printed_value" in found or "printed_unit_id" in found:
            needed += ["printed_value", "printed_unit_id"]
    else:
        needed = [field.name for field in schema.fields if field.required and field.filled == "typed"]
    return [column for column in needed if column not in found]


def _width_findings(odd: list[tuple[int, int, int]], width: int, schema: TableSchema, shown: str) -> list[Finding]:
    return [
        Finding(
            "S.row_shape", "error", schema.name, row_number=row, found=f"{cells} cells",
            expected=f"{width} cells, as in the header", message=f"the row has another width ({len(odd)} such rows)",
            fix="put cells that hold commas in double quotes; delete blank lines", line_number=line, file=shown,
        )
        for row, line, cells in odd[:CAP]
    ]  # fmt: skip
