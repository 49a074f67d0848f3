"""The tables that keys and rules of others refer to: typed, each read once, those that a check has read not again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import polars as pl

from canonical.findings import Finding, one_line
from canonical.reading.reader import UnreadableError, read_columns
from canonical.reference import OwnTable, Reference
from canonical.table_schema import load_schema
from canonical.text_tables import DATA
from validation.engines.polars.typed import TypedBlock
from validation.keyed_frames import keyed_frame
from validation.structure.table_files import table_files
from validation.units.given import rows_by

__all__ = ["AtHand"]


@dataclass
class AtHand:
    """The tables of a folder, else of the package, as others refer to them.

    `own` are files whose rows are added to those of the folder, and stand in place of rows with the same key. `typed`
    are the tables by their names, as blocks where a check has read them, None where there is no file. `together` are
    those of `own` that are checked themselves.
    """

    folder: Path = DATA
    own: tuple[OwnTable, ...] = ()
    together: tuple[OwnTable, ...] = ()
    typed: dict[str, pl.DataFrame | TypedBlock | None] = field(default_factory=dict)
    not_read: list[str] = field(default_factory=list[str])
    """Why tables of the folder could not be read, or not be held against one that could not: a line for each."""
    counted: dict[tuple[str, ...], pl.DataFrame | None] = field(default_factory=dict)
    known: dict[str, pl.DataFrame | None] = field(default_factory=dict)

    @cached_property
    def reference(self) -> Reference:
        """The reference rows of the folder, and one's own before them."""
        return Reference(self.folder, self.own)

    def references(self, table: str) -> pl.DataFrame | None:
        """The typed frame of another table for foreign keys; None without file.

        One's own rows, then those of the folder, else of the package. `UnreadableError` where a file is no such table.
        """
        if table not in self.typed:
            self.typed[table] = self._read_reference(table, self.own)
        found = self.typed[table]
        return found.frame if isinstance(found, TypedBlock) else found

    def rows_known(self, table: str) -> pl.DataFrame | None:
        """The rows that a file of a table is held against: `references` without those of files checked beside it.

        Each file is checked by itself, whatever others are given with it.
        """
        if not any(own.table == table for own in self.together):
            return self.references(table)
        if table not in self.known:
            self.known[table] = self._read_reference(table, [own for own in self.own if own not in self.together])
        return self.known[table]

    def counts(self, table: str, columns: Sequence[str]) -> pl.DataFrame | None:
        """How many rows of a table hold each combination of some columns of texts, and `len`; None without file.

        Of a table in parts no other column is read: the checks of its parts ask for it before it is at hand.
        """
        asked, files = (table, *columns), self._files(table)
        if asked not in self.counted:
            if table in self.typed or len(files) < 2 or any(own.table == table for own in self.own):
                frame = self.references(table)
                counts = None if frame is None else rows_by(frame, columns)
                self.counted[asked] = None if counts is None else counts.cast({pl.Categorical: pl.String})
            else:
                parts = [
                    rows_by(read_columns(path, columns), columns).cast({pl.Categorical: pl.String}) for path in files
                ]
                self.counted[asked] = pl.concat(parts).group_by(columns).agg(pl.col("len").sum())
        return self.counted[asked]

    def take_parts(self, table: str, parts: Collection[pl.DataFrame]) -> bool:
        """Keep a table of the folder that was read in parts, and say so; not where a part lacks a column of it.

        Texts stand as codes where they do so in the largest part.
        """
        is_whole = bool(parts) and all(part.width == len(load_schema(table).columns) for part in parts)
        if is_whole:
            largest = max(parts, key=lambda part: part.height)
            self.typed[table] = pl.concat([part.cast(largest.schema) for part in parts])
        return is_whole

    def noted(self, check: Callable[[], list[Finding]]) -> tuple[list[Finding], list[str]]:
        """What a check finds and the lines it leaves, taken off `not_read` by who tells them later than they are asked.

        Raises what the check raises.
        """
        before, self.not_read = self.not_read, []
        try:
            return check(), self.not_read
        finally:
            self.not_read = before

    def unreadable(self, findings: Iterable[Finding]) -> list[str]:
        """The lines of `not_read` that no finding says already, each once."""
        told = {one_line(finding) for finding in findings}
        return [line for line in dict.fromkeys(self.not_read) if line not in told]

    def _at_hand(self, table: str) -> pl.DataFrame | None:
        """A table that others refer to; None, and a line in `not_read`, where it cannot be read."""
        try:
            return self.references(table)
        except UnreadableError as error:
            self.typed[table] = None
            self.not_read.append(str(error))
            return None

    def _files(self, name: str) -> list[Path]:
        return table_files(self.folder, name) or table_files(DATA, name)

    def _read_reference(self, name: str, added: Iterable[OwnTable]) -> pl.DataFrame | None:
        own = [file for file in added if file.table == name]
        files = [*own, *(OwnTable(name, path) for path in self._files(name))]
        if not files:
            return None
        schema = load_schema(name)
        frame = pl.concat([keyed_frame(file.path, schema, file.cells) for file in files], how="diagonal")
        return frame.unique(list(schema.primary_key), keep="first", maintain_order=True) if own else frame
