"""What an executor does for layer C: rows that belong together, and relations over rows that came together."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from canonical.findings import Finding
from canonical.reading.folders import files_below, files_in
from canonical.reading.reader import Table
from canonical.reference import OwnTable
from canonical.table_schema import ROOT, load_schema
from canonical.text_tables import Row
from validation.cluster.asking import Batches
from validation.cluster.marks import Marks, Observations, packed, unpacked
from validation.cluster.texts import text_of_finding
from validation.engines.spark.session import ADDED
from validation.feed import AtHand
from validation.feed_asked import Asker, documents_of
from validation.feed_cut import LINE, NUMBER, Kind
from validation.feed_findings import first_of_each, kinds_of
from validation.feed_rows import FeedFile, FeedReference

__all__ = ["ASKED", "CUT", "Cut", "NamedFile", "RelationsOf"]

CUT = "kind string, part int, rows long, file string, content binary"
"""The form of rows that belong together, some of a file: by what they do, which part they are, and how many."""
CUT_ARROW = pa.schema([
    ("kind", pa.string()), ("part", pa.int32()), ("rows", pa.int64()), ("file", pa.string()), ("content", pa.binary())
])  # fmt: skip
ASKED = "rows long, findings array<string>, counts string"
"""The form of what relations find in a part: the rows that no other part reads, the first findings of each kind in
words, and how many there are of each."""
ASKED_ARROW = pa.schema([("rows", pa.int64()), ("findings", pa.list_(pa.string())), ("counts", pa.string())])


MIXED = "#mixed"
"""The column beside those of a table that says whether the document of a row has rows in several parts."""


@dataclass(frozen=True)
class NamedFile:
    """A file of a table on a cluster: its address, its name in findings, what names it in ids, what was found in it.

    `columns` are those that it has, where rules read it by itself.
    """

    address: str
    shown: str
    label: str
    findings: tuple[Finding, ...]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cut:
    """Cuts what an executor reads into so many parts, as `feed_cut` does on one machine."""

    read: Observations
    marks: Marks
    count: int

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """Rows of form `CUT`, one for the rows of a block that are in a part."""
        for located, frame, keys in self.read.blocks(batches):
            lines = [located.block.line(row) for row in range(frame.height)] if located.has_lines else None
            mixed, across = self.marks.of(keys)
            numbers = pl.Series(NUMBER, located.places, pl.Int64) + 1
            rows = frame.with_columns(numbers, pl.Series(LINE, lines or [None] * frame.height, pl.Int64))
            marked = keys.select("part", "document", mixed.alias(MIXED), across.alias("across"))
            told = [
                (kind, part, few.height, located.file, packed(few))
                for kind, part, few in _in_parts(rows, marked, self.count)
            ]
            if told:
                columns = [pa.array([row[n] for row in told], field.type) for n, field in enumerate(CUT_ARROW)]
                yield pa.RecordBatch.from_arrays(columns, schema=CUT_ARROW)


def _in_parts(frame: pl.DataFrame, marked: pl.DataFrame, count: int) -> Iterator[tuple[Kind, int, pl.DataFrame]]:
    """Rows by what they belong together and which of the `count` parts of it they are in, with the column `MIXED`.

    Parameters: `marked` has for each row its `part`, its `document`, `MIXED`, and whether relations look `across`.
    """
    rows = frame.with_columns(marked.get_column(MIXED))
    kinds: tuple[tuple[Kind, pl.Series, pl.Series], ...] = (
        ("family", pl.repeat(True, frame.height, eager=True), marked.get_column("part")),
        ("document", marked.get_column(MIXED), marked.get_column("document") % count),
        ("across", marked.get_column("across"), pl.repeat(0, frame.height, eager=True)),
    )  # fmt: skip
    for kind, has, part in kinds:
        taken = rows.with_columns(part.cast(pl.UInt64).alias("#part")).filter(has)
        for key, of_part in taken.partition_by("#part", as_dict=True, include_key=False).items():
            yield kind, key[0], of_part


@dataclass(frozen=True)
class RelationsOf:
    """Asks the relations of rows that belong together, with the rows of the package that belong to them."""

    files: tuple[NamedFile, ...]
    table: str
    day: date
    is_text: bool

    def __call__(self, key: Sequence[Any], rows: Any) -> Any:
        """A row of form `ASKED` for the rows of a part."""
        gc.disable()  # as where one machine asks them: no circle of objects outlives a part
        kind: Kind = key[0].as_py()
        files, mixed, documents = self._files(rows)
        hand = _hand()
        reference = replace(hand.reference, undated=tuple(sorted(documents)), today=self.day)
        asked = Asker(files, (), replace(hand, reference=reference)).asked(kind, files, mixed)
        found = sorted(asked.findings, key=lambda finding: (finding.file, *finding.sort_key))
        told = [text_of_finding(finding) for finding in first_of_each(found)]
        counts = json.dumps(list(kinds_of(found).items()))
        return pa.table({"rows": [asked.read], "findings": [told], "counts": [counts]}, schema=ASKED_ARROW)

    def _files(self, rows: Any) -> tuple[list[FeedFile], set[str], set[str]]:
        """The rows of each file as a table of its own, the documents that have rows in other parts too, and all."""
        schema, by_file = load_schema(self.table), dict[str, list[pl.DataFrame]]()
        for address, content in zip(rows.column("file").to_pylist(), rows.column("content"), strict=True):
            by_file.setdefault(address, []).append(unpacked(content.as_buffer()))
        files: list[FeedFile] = []
        mixed: set[str] = set()
        documents: set[str] = set()
        for file in self.files:
            if file.address in by_file:
                own = pl.concat(by_file[file.address]).sort(NUMBER)
                lines = own.get_column(LINE).to_list() if self.is_text else None
                table = Table(schema, file.shown, own.drop(NUMBER, LINE, MIXED), self.is_text, lines)
                numbers = own.get_column(NUMBER).to_list()
                files.append(FeedFile(file.label, Path(file.shown), table, file.findings, numbers))
                mixed |= documents_of(own.filter(MIXED), file.label)
                documents |= documents_of(own, file.label)
        return files, mixed, documents


@dataclass(frozen=True)
class SentReference(FeedReference):
    """The tables that were sent along: each is read once by a process, whichever documents a part names."""

    def rows(self, table: str) -> list[Row]:
        """All rows of a table, as `Reference` gives them."""
        return _sent_rows(table)


@cache
def _sent_rows(table: str) -> list[Row]:
    return FeedReference(own=_added()).rows(table)


@cache
def _hand() -> AtHand:
    """The rows of the package and those added to it, which were sent along; read once by each process."""
    return AtHand.of((), SentReference(own=_added()))


def _added() -> tuple[OwnTable, ...]:
    places = files_in(ROOT / ADDED)
    files = ((_table(place), place, path) for place in places for path in (files_below(place) or [place]))
    return tuple(OwnTable(table, path, place if path != place else None) for table, place, path in files)


def _table(place: Path) -> str:
    return place.name.partition("-")[2].partition(".")[0]
