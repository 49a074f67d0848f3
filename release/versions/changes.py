"""What changed between two releases: schemas field by field, tables row by row and cell by cell, found by keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from release.versions.schema_changes import SchemaChange, formerly, schema_changes
from release.versions.state import State, TableState

__all__ = ["Cell", "Changes", "TableChange", "changes_between"]

MISSING = ""


@dataclass(frozen=True)
class Cell:
    """A cell that changed: the row by its key, the field, and both contents; an empty text for an empty cell."""

    row_id: str
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class TableChange:
    """What changed in the rows of a table that both releases have."""

    table: str
    kind: str
    rows_before: int
    rows_after: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Changes:
    """All that changed from one release to another; tables without a change are left out."""

    old: str
    new: str
    schemas: tuple[SchemaChange, ...]
    tables: tuple[TableChange, ...]

    def table(self, name: str) -> TableChange | None:
        """The changes of one table, None where it has none."""
        return next((change for change in self.tables if change.table == name), None)


def changes_between(old: State, new: State) -> Changes:
    """The changes from `old` to `new`.

    A field that says what it was called `formerly` is compared with that one. Rows are compared by the newer key;
    where the older table has not all of its fields, the rows cannot be told apart, and only their number is compared.
    """
    both = [name for name in new.tables if name in old.tables]
    found = (_table_change(name, old.tables[name], new.tables[name]) for name in both)
    tables = tuple(change for change in found if change.added or change.removed or change.cells)
    return Changes(old.version, new.version, tuple(schema_changes(old, new)), tables)


def _table_change(name: str, old: TableState, new: TableState) -> TableChange:
    before = _renamed(old, new)
    key = [column for column in new.key if column in before.columns]
    counts = (before.height, new.frame.height)
    if len(key) < len(new.key) or not key:
        return TableChange(name, new.kind, *counts, (), (), ())
    left, right = (frame.with_columns(_id=_row_id(key)) for frame in (before, new.frame))
    added = right.join(left, on="_id", how="anti").get_column("_id")
    removed = left.join(right, on="_id", how="anti").get_column("_id")
    pairs = left.join(right, on="_id", suffix=":new", maintain_order="right")
    cells = tuple(_cells(pairs, old, new))
    return TableChange(name, new.kind, *counts, tuple(added), tuple(removed), cells)


def _renamed(old: TableState, new: TableState) -> pl.DataFrame:
    """The older rows under the names that their columns have now."""
    names = {was: name for name, field in new.fields.items() if (was := formerly(field)) in old.fields}
    return old.frame.rename({was: name for was, name in names.items() if name not in old.fields})


def _row_id(key: list[str]) -> pl.Expr:
    return pl.concat_str([pl.col(column).fill_null(MISSING) for column in key], separator="|")


def _cells(pairs: pl.DataFrame, old: TableState, new: TableState) -> Iterator[Cell]:
    for name, field in new.fields.items():
        if f"{name}:new" not in pairs.columns:
            continue
        was, now = pl.col(name), pl.col(f"{name}:new")
        if field["type"] in ("number", "integer"):
            was, now = was.cast(pl.Float64, strict=False), now.cast(pl.Float64, strict=False)
        changed = pairs.filter(was.ne_missing(now)).select("_id", name, f"{name}:new")
        for row_id, before, after in changed.iter_rows():
            yield Cell(row_id, name, before or MISSING, after or MISSING)
