"""Read a CSV or Parquet file as a table: structure before content, nothing repaired silently."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import zip_longest
from pathlib import Path

import polars as pl

from canonical.cells import typed
from canonical.findings import Finding
from canonical.reading.column_names import former_names, present_names
from canonical.reading.content import BEGINNING, file_bytes, readable
from canonical.reading.csv_odd import text_at_once
from canonical.reading.csv_shape import refuse_rows, shape_of
from canonical.reading.encodings import MARK, UnreadableError, refuse_other_kinds
from canonical.reading.folder_cells import FolderCells, cells_beside
from canonical.reading.header import CAP, header_findings
from canonical.table_schema import TableSchema

__all__ = [
    "Table",
    "UnreadableError",
    "order_findings",
    "read_columns",
    "read_table",
    "width_findings",
]


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


def read_table(
    path: Path, schema: TableSchema, name: str | None = None, cells: FolderCells | None = None
) -> tuple[Table | None, list[Finding]]:  # fmt: skip
    """The file as a table, or None and the findings on its structure that make its content unreadable.

    Parameters: `cells` are those that the folders above it tell. Raises `UnreadableError` where the file is absent,
    empty, in another encoding than UTF-8 or not Parquet.
    """
    shown = name or str(path)
    with readable(shown, schema.name):
        if path.suffix == ".parquet":
            return _read_parquet(path, schema, shown, cells or {})
        return _read_csv(file_bytes(path, shown), schema, shown, cells or {})


def _read_parquet(
    path: Path, schema: TableSchema, shown: str, cells: FolderCells
) -> tuple[Table | None, list[Finding]]:  # fmt: skip
    from canonical.reading.parquet_files import parquet_frame

    frame = parquet_frame(path, shown, wanted=f"table {schema.name}")
    frame.columns = present_names(frame.columns, former_names(field.descriptor for field in schema.fields))
    more = cells_beside(frame.columns, cells, schema)
    frame = frame.with_columns(
        typed(schema.field(name), pl.lit(cell, pl.String)).alias(name) for name, cell in more.items()
    )
    findings = header_findings(frame.columns, schema, shown)
    return (None, findings) if findings else (Table(schema, shown, frame, is_text=False), [])


def _read_csv(
    content: bytes, schema: TableSchema, shown: str, cells: FolderCells
) -> tuple[Table | None, list[Finding]]:  # fmt: skip
    text = text_at_once(content, shown)
    shape = shape_of(content, text, shown)
    header = present_names(shape.header, former_names(field.descriptor for field in schema.fields))
    more = cells_beside(header, cells, schema)
    findings = header_findings([*header, *more], schema, shown) or width_findings(
        shape.odd, len(shape.header), schema, shown
    )
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
    frame = frame.with_columns(pl.lit(cell or None, pl.String).alias(name) for name, cell in more.items())
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
            from canonical.reading.parquet_files import parquet_frame

            return parquet_frame(path, path.name, columns)
        return pl.read_csv(path, columns=list(columns), infer_schema=False, glob=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise UnreadableError(f"{path.name}: cannot be read ({reason}); fix: run python -m validation") from None


def order_findings(path: Path, schema: TableSchema, shown: str) -> list[Finding]:
    """Where a table of the package, already readable, has not exactly the columns of its schema in their order.

    A feed is free to leave out and to reorder; the package's files are read by position in many places. Raises
    `UnreadableError` for an archive, which is read in a feed and is no text of the package.
    """
    if path.suffix == ".parquet":
        header = tuple(pl.read_parquet_schema(path))
    else:
        with path.open("rb") as beginning:
            refuse_other_kinds(beginning.read(BEGINNING), shown)
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


def width_findings(
    odd: Sequence[tuple[int, int, int]], width: int, schema: TableSchema, shown: str
) -> list[Finding]:  # fmt: skip
    """The rows (row, line, cells) whose width is not the header's, blank lines among them."""
    findings: list[Finding] = []
    for row, line, cells in odd[:CAP]:
        message, fix = _odd_width(cells, width)
        findings.append(
            Finding(
                "S.row_shape", "error", schema.name, row_number=row, found=_cells(cells),
                expected=f"{_cells(width)}, as in the header",
                message=message + (f"; {len(odd)} rows have" if len(odd) > CAP else ""),
                fix=fix, line_number=line, file=shown,
            )
        )  # fmt: skip
    return findings


def _odd_width(cells: int, width: int) -> tuple[str, str]:
    """What is wrong with a row of so many cells, and the remedy."""
    if not cells:
        return "the line is blank", "delete the line"
    if cells == 2 * width - 1:
        return "two rows stand on one line", "put a line end between them"
    message = "the row has another width than the header"
    if cells > width:
        return message, "put cells that hold commas in double quotes, or delete the cells that have no column"
    return message, "add the missing cells, or delete the line where it is no row of the table"


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"
