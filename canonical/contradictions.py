"""Rows that completing cannot complete: a contradiction is kept, and a print from which no number follows is said."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from canonical.table_schema import TableSchema
from canonical.text_tables import Row

__all__ = ["keep_contradictions", "no_prints"]

PRINTS = {"observations": "printed_value", "model_prices": "printed_amount"}
"""By table the column of the number as printed, which the generated numbers of a row follow from."""
UNKNOWN = "unknown"
"""The state of a price of which nobody knows what its print means: no number follows from it on purpose."""
NO_PRINT = (
    "write the digits and unit of the source, as the table has them in other rows; python -m validation says more"
)
FIX = "correct the print, or empty the generated cells of the row and run make fill again"


def keep_contradictions(schema: TableSchema, rows: Sequence[Row], completed: list[Row], shown: str) -> list[str]:
    """Put back into completed rows the generated cells that stand in `rows` and say otherwise; a line for each row.

    Such a cell is a second copy of the print: written anew it would agree with whatever was typed last. The generated
    cells of such a row all stay as they are.
    """
    generated = [field.name for field in schema.fields if field.filled == "generated"]
    lines: list[str] = []
    for number, (row, done) in enumerate(zip(rows, completed, strict=True), start=1):
        odd = [name for name in generated if row.get(name) and not _is_same(row[name], done[name])]
        if odd:
            name, found = odd[0], row[odd[0]]
            done_name = done[name] or "an empty cell"
            done.update({column: row.get(column) or "" for column in generated})
            key = "|".join(done[column] for column in schema.primary_key)
            lines.append(
                f"{shown}: (row {number}, {key:.120}) {name}: found {found!r:.120}, the row gives {done_name:.120}; "
                f"fix: {FIX}"
            )
    return lines


def no_prints(schema: TableSchema, completed: Sequence[Row], shown: str) -> list[str]:
    """A line for each completed row whose typed print is none: no number of the row follows from it."""
    print_of = PRINTS.get(schema.name)
    numbers = [field.name for field in schema.fields if field.filled == "generated" and field.type == "number"]
    if print_of is None:
        return []
    return [
        f"{shown}: (row {number}, {'|'.join(row[column] for column in schema.primary_key):.120}) {print_of}: found "
        f"{row[print_of]!r:.120}, from which no number follows; fix: {NO_PRINT}"
        for number, row in enumerate(completed, start=1)
        if row[print_of] and row.get("price_state") != UNKNOWN and not any(row[name] for name in numbers)
    ]


def _is_same(cell: str, other: str) -> bool:
    """Whether two cells are one text or one number: 36.0 is 36."""
    if cell == other:
        return True
    try:
        return Decimal(cell) == Decimal(other)
    except InvalidOperation:
        return False
