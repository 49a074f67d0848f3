"""Errors in the file itself, drawn from what each column's schema says: empty cells, mistyped codes, mangled dates."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.book import Injection, Kind
from canonical.table_schema import Field, TableSchema
from canonical.text_tables import Row

__all__ = ["FILE_KINDS", "file_error"]

Edit = Callable[[str, Field, random.Random], str | None]
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _mistyped(cell: str, field: Field, rng: random.Random) -> str | None:
    """Two neighbouring letters exchanged."""
    places = [i for i in range(len(cell) - 1) if cell[i] != cell[i + 1]]
    if not places:
        return None
    i = rng.choice(places)
    return cell[:i] + cell[i + 1] + cell[i] + cell[i + 2 :]


def _separated(cell: str, field: Field, rng: random.Random) -> str | None:
    whole, point, rest = cell.partition(".")
    return f"{whole[:-3]},{whole[-3:]}{point}{rest}" if len(whole) > 3 else None


def _mangled_date(cell: str, field: Field, rng: random.Random) -> str:
    year, month, day = cell.split("-")
    return rng.choice([f"{int(month)}/{int(day)}/{year}", f"{day}.{month}.{year}", f"{year}/{int(month)}/{int(day)}"])


def _numbers(field: Field) -> bool:
    return field.type in ("number", "integer") or field.name.startswith(("printed_value", "printed_amount"))


Applies = Callable[[Field, TableSchema], bool]
_EDITS: dict[str, tuple[str, Applies, Edit]] = {
    "emptied": (
        "a required cell emptied",
        lambda field, schema: field.required or field.name in schema.primary_key,
        lambda cell, field, rng: "",
    ),
    "mistyped_code": (
        "two letters of a code exchanged",
        lambda field, schema: bool(field.enum),
        _mistyped,
    ),
    "mistyped_key": (
        "two letters of a key into another table exchanged",
        lambda field, schema: any(field.name in key.fields for key in schema.foreign_keys),
        _mistyped,
    ),
    "mangled_date": (
        "a date as a spreadsheet writes it",
        lambda field, schema: field.type == "date",
        _mangled_date,
    ),
    "separators": ("39,824 for 39824", lambda field, schema: _numbers(field), _separated),
    "full_width": (
        "full-width digits",
        lambda field, schema: _numbers(field),
        lambda cell, field, rng: cell.translate(FULL_WIDTH),
    ),
    "blank_added": (
        "a blank behind a code or key",
        lambda field, schema: "pattern" in field.constraints or bool(field.enum),
        lambda cell, field, rng: cell + " ",
    ),
    "generated_changed": (
        "a generated number ten times too large",
        lambda field, schema: field.filled == "generated" and field.type == "number",
        lambda cell, field, rng: cell + "0" if "." not in cell and cell != "0" else None,
    ),
    "print_not_refilled": (
        "a print ten times too large, not filled again",
        lambda field, schema: field.name in ("printed_value", "printed_amount"),
        lambda cell, field, rng: cell + "0" if "." not in cell and cell.strip("-0") else None,
    ),
    "decimals_raised": (
        "decimals claimed that are not printed",
        lambda field, schema: field.name == "decimals",
        lambda cell, field, rng: str(int(cell) + 1),
    ),
    "start_moved": (
        "the start of a period a month late",
        lambda field, schema: field.name == "period_start" and schema.name == "observations",
        lambda cell, field, rng: f"{cell[:5]}{int(cell[5:7]) % 12 + 1:02d}{cell[7:]}",
    ),
}
FILE_KINDS: tuple[Kind, ...] = tuple(
    Kind(name, words, lambda row, rng, book: None, "file") for name, (words, _, _) in _EDITS.items()
)


def file_error(kind: Kind, schema: TableSchema, number: int, row: Row, rng: random.Random) -> Injection | None:
    """The kind put into a random cell of a row that holds something, None where no cell of the row takes it."""
    _, applies, edit = _EDITS[kind.name]
    fields = [field for field in schema.fields if row.get(field.name) and applies(field, schema)]
    if not fields:
        return None
    field = rng.choice(fields)
    cell = edit(row[field.name], field, rng)
    if cell is None or cell == row[field.name]:
        return None
    return Injection(kind, schema.name, number, row, row | {field.name: cell})
