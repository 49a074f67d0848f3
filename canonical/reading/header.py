"""What is wrong with the names of a file's columns: missing, repeated, unknown, or none of the table at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from canonical.findings import Finding
from canonical.reading.column_names import meant_column
from canonical.rules.asked import gives_no_print
from canonical.table_schema import TableSchema

__all__ = ["CAP", "header_findings", "needed_columns"]

CAP = 100
"""At most this many columns or rows are named; where there are more, the message counts them."""
SHOWN = 3
"""So many names of a header are shown that has no column of the table."""


class _Fault(NamedTuple):
    column: str
    message: str
    found: str
    expected: str
    fix: str


def header_findings(header: Sequence[str], schema: TableSchema, shown: str) -> list[Finding]:
    """What is wrong with the columns of a file: missing, repeated, unknown.

    Order is free, but for somebody's own schema of which a file has exactly the fields. A column that is missing
    under its own name and there under another is told once.
    """
    needed = needed_columns(schema, header)
    known = set(schema.columns)
    absent = [name for name in schema.columns if name not in header]
    unknown = [column for column in header if column not in known and schema.match not in ("subset", "partial")]
    meant = {column: meant_column(column, absent) for column in unknown[:CAP]}
    if needed and schema.match in ("feed", "exact", "equal") and not known & set(header) and not any(meant.values()):
        faults = [_no_header(header, needed, shown)]
    else:
        faults = [_missing(column) for column in needed if column not in meant.values()]
        faults += [_twice(column) for column, count in sorted(Counter(header).items()) if count > 1]
        faults += _unknown(header, unknown, meant)
    if not faults and schema.match == "exact" and tuple(header) != schema.columns:
        faults.append(_out_of_order(header, schema))
    line = None if shown.endswith(".parquet") else 1
    return [
        Finding(
            "S.columns", "error", schema.name, column=fault.column, found=fault.found, expected=fault.expected,
            message=fault.message, fix=fault.fix, line_number=line, file=shown,
        )
        for fault in faults
    ]  # fmt: skip


def _no_header(header: Sequence[str], needed: Sequence[str], shown: str) -> _Fault:
    """A file whose first line is a title, a comment or a row, or whose columns are those of another table."""
    found = ", ".join(header[:SHOWN]) + (", …" if len(header) > SHOWN else "")
    place, fix = "the first line names", "delete what stands before the line with the names, or write that line"
    if shown.endswith(".parquet"):
        place, fix = "the file has", "rename the columns, or name the table that the file is of"
    return _Fault(needed[0], f"{place} no column of the table", found, f"the columns {', '.join(needed)}", fix)


def _missing(column: str) -> _Fault:
    return _Fault(column, "the column is missing", "", f"column {column}", "add the column")


def _twice(column: str) -> _Fault:
    return _Fault(column, "the column stands twice", column, "each column once", "delete one of the two")


def _unknown(header: Sequence[str], unknown: Sequence[str], meant: dict[str, str]) -> Iterator[_Fault]:
    for column in unknown[:CAP]:
        if near := meant[column]:
            expected, fix = f"a column of the schema; nearest is {near}", f"rename it to {near}, or delete it"
        else:
            expected, fix = "a column of the schema", "rename or delete it"
        message = "the table has no such column" if column else f"column {header.index('') + 1} has no name"
        yield _Fault(column, message, column, expected, fix)
    if len(unknown) > CAP:
        more = f"{len(unknown) - CAP:,} more columns that the table does not have, {len(unknown):,} in all"
        yield _Fault("", more, "", "the columns of the schema", "give the columns of the table alone")


def _out_of_order(header: Sequence[str], schema: TableSchema) -> _Fault:
    place = next(n for n, pair in enumerate(zip(header, schema.columns, strict=True)) if pair[0] != pair[1])
    return _Fault(
        schema.columns[place], "the columns are not in the order of the schema", header[place],
        f"{schema.columns[place]} as column {place + 1}",
        'order them so, or state "fieldsMatch": "equal" in the schema',
    )  # fmt: skip


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
