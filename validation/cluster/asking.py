"""What is asked of a table on a cluster, and how an executor reads the files or the rows that it is given."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from canonical.findings import Finding
from canonical.reading.csv_blocks import Ragged
from canonical.reading.encodings import UnreadableError
from canonical.reading.folder_cells import cells_beside, with_cells
from canonical.reading.header import header_findings
from canonical.reading.reader import width_findings
from canonical.reading.table_file import TableFile, table_file, width_of
from canonical.reference import Reference
from canonical.table_schema import TableSchema, load_schema
from canonical.text_tables import Row
from validation.engines.contract import References
from validation.engines.spark.tables import FILE, RAGGED, Located, located, numbered
from validation.engines.spark.whole_files import Roots, cells_of_address, given, laid_down
from validation.structure.checks import plan_of, restrict
from validation.structure.faults import Plan
from validation.structure.stream import refuse_ragged
from validation.structure.wording import CAP, Words
from validation.units.checks import UnitLayer
from validation.units.given import CountsIn
from validation.units.others import OtherLayer

__all__ = ["COLUMNS", "HEADER", "UNREAD", "WIDTH", "Asking", "Batches", "Files", "Frames", "Note", "Reader", "Reading",
           "Rows", "Shipped", "asking_of"]  # fmt: skip

COLUMNS, HEADER, UNREAD, WIDTH = "columns", "header", "unread", "width"
"""In place of a rule: the columns of a file, what is wrong with them, why it cannot be read, rows of another width."""
NEEDED = ("units", "metrics", "entities", "breakdowns", "sources", "entity_breaks")
"""The tables whose rows layer U looks up; executors have no folder of the package and are sent these."""
Batches = Iterable[Any]
Note = Callable[[str, str, int, Sequence[Finding]], None]
"""Is told, beside blocks, of a file and what stands in place of a rule: a number of rows and findings."""
Reader = Callable[["Batches", "Reading", Note], Iterator[Located]]
"""The blocks of what an executor is given."""


@dataclass(frozen=True)
class Shipped(Reference):
    """The reference rows that executors need, since they have no folder of the package."""

    tables: Mapping[str, list[Row]] = field(default_factory=dict[str, list[Row]])

    def rows(self, table: str) -> list[Row]:
        """The rows of a table that was sent along."""
        return self.tables[table]


@dataclass(frozen=True)
class Frames:
    """The typed frames of other tables, sent along."""

    frames: Mapping[str, pl.DataFrame]

    def __call__(self, table: str) -> pl.DataFrame | None:
        return self.frames.get(table)


@dataclass(frozen=True)
class Reading:
    """What is read: the files of a table but for those `without`, by their addresses."""

    table: str
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Asking(Reading):
    """What is asked of the files of a table, whichever of its columns each of them has."""

    shipped: Shipped
    frames: Frames
    words: Words
    plans: dict[tuple[str, ...], Plan] = field(default_factory=dict[tuple[str, ...], Plan], compare=False)

    def plan(self, columns: Sequence[str]) -> Plan:
        """What is asked of a file with some columns; for files alike it is the same, with what its layers have seen."""
        names = tuple(columns)
        if names not in self.plans:
            schema = load_schema(self.table)
            known = restrict(schema, list(names))
            others = OtherLayer(known, self.shipped, self.frames, CountsIn(self.frames), self.words, False)
            layers = (UnitLayer(schema, self.shipped, self.words), others)
            self.plans[names] = plan_of(known, self.frames, "spark", layers)
        return self.plans[names]


def asking_of(table: str, reference: Reference, references: References, keys: tuple[str, ...]) -> Asking:
    """What is asked of a table, with the rows of other tables that it is held against; parameters as above."""
    shipped = Shipped(tables={name: reference.rows(name) for name in NEEDED})
    frames = Frames(_frames(load_schema(table), references))
    return Asking(table, shipped=shipped, frames=frames, words=Words("", keys))


def _frames(schema: TableSchema, references: References) -> dict[str, pl.DataFrame]:
    """The typed frames that keys and layers of a table look up."""
    names = {schema.name, "rating_scales", "companies", *(key.resource for key in schema.foreign_keys)}
    names |= {key.resource for key in schema.matching_keys}
    return {name: frame for name in sorted(names) if (frame := references(name)) is not None}


@dataclass(frozen=True)
class Files:
    """Reads files that were handed over whole, as they are read on one machine: with rows and lines."""

    is_text: bool
    roots: Roots = ()

    def __call__(self, batches: Batches, reading: Reading, note: Note) -> Iterator[Located]:
        """The blocks of each file."""
        for file in given(batches):
            if file.address in reading.without:
                continue
            with laid_down(file.content, ".csv" if self.is_text else ".parquet") as path:
                schema, cells = load_schema(reading.table), cells_of_address(file.address, self.roots)
                try:
                    yield from self._read(table_file(path, file.address, schema, cells), schema, note)
                except UnreadableError as error:
                    note(file.address, UNREAD, 0, [Finding(UNREAD, "error", reading.table, message=str(error))])

    def _read(self, file: TableFile, schema: TableSchema, note: Note) -> Iterator[Located]:
        shown = file.shown
        note(shown, COLUMNS, 0, [Finding(COLUMNS, "error", schema.name, found=json.dumps(file.header))])
        faults = header_findings(file.header, schema, shown)
        if faults:
            note(shown, HEADER, 0, faults)
            return
        before = 0
        odd: list[tuple[int, int, int]] = []
        for read in file.blocks():
            block = read()
            if isinstance(block, Ragged):
                odd += [(before + row, line, width) for row, line, width in block.odd]
                refuse_ragged(len(odd), shown)
            else:
                rows = range(before, before + block.height)
                yield Located(block, shown, rows, has_lines=self.is_text)
            before += block.height
        if odd:
            note(shown, WIDTH, len(odd), width_findings(odd, width_of(file), schema, shown))


@dataclass(frozen=True)
class Rows:
    """Reads rows that Spark has read, of files that are too large to be handed over whole.

    Of the CSV files `lined` cells tell the lines.
    """

    lined: frozenset[str] = frozenset()
    roots: Roots = ()

    def __call__(self, batches: Batches, reading: Reading, note: Note) -> Iterator[Located]:
        """The blocks of each file."""
        schema = load_schema(reading.table)
        for part in located(_whole(numbered(batches, self.lined), note)):
            if part.file not in reading.without:
                cells = cells_beside(list(part.block.columns), cells_of_address(part.file, self.roots), schema)
                yield replace(part, block=with_cells(part.block, cells))


def _whole(batches: Batches, note: Note) -> Iterator[Any]:
    """The batches without CSV records of another width than the header, of which a note is made."""
    told = 0
    for batch in batches:
        if RAGGED not in batch.schema.names:
            yield batch
            continue
        is_odd = batch.column(RAGGED).is_valid()
        for row in batch.select([FILE, RAGGED]).filter(is_odd).to_pylist():
            told += 1
            found = [Finding("S.row_shape", "error", "", found=row[RAGGED], file=row[FILE])] if told <= CAP else []
            note(row[FILE], WIDTH, 1, found)
        yield batch.filter(batch.column(RAGGED).is_null())
