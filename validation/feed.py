"""Layer C on tables of somebody's own: the relations over their rows together with those of the package."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path

import polars as pl

from canonical.clock import today
from canonical.corrections import apply_corrections
from canonical.fill import complete_row
from canonical.findings import Finding
from canonical.reading.content import real_path
from canonical.reading.reader import read_table
from canonical.reference import OwnTable, Reference
from canonical.table_schema import load_schema
from canonical.text_tables import Row, text_rows
from validation.consistency import Folder
from validation.feed_findings import own_findings
from validation.feed_rows import FeedFile, FeedReference, OwnRow, own_rows
from validation.related import READ
from validation.relations.facts import Facts
from validation.structure.checks import unread_columns
from validation.structure.table_files import shown_path

__all__ = ["AtHand", "check_feed", "feed_reference", "related_files", "together"]


def related_files(files: Sequence[FeedFile]) -> list[FeedFile]:
    """The files whose rows relations read, but for those of which a whole column could not be read."""
    return [file for file in files if file.table.schema.name in READ and not unread_columns(file.findings)]


def check_feed(files: Sequence[FeedFile], reference: Reference) -> tuple[list[Finding], int]:
    """What the relations find that touches rows of files, and how many of these rows they read.

    The rows of the files are held against one another and against those at hand. Parameters: `reference` says where
    these are: in its own tables, then in its folder. Rows in which a number cannot be read are left out. A finding
    that is there without the files as well is left out.
    """
    columns = [file.table.frame for file in files if "source_id" in file.table.frame.columns]
    named = {name for frame in columns for name in frame.get_column("source_id").cast(pl.String).unique() if name}
    hand = AtHand.of([file.path for file in files], feed_reference({file.label for file in files} | named, reference))
    own, before, after = together(files, hand)
    return sorted(own_findings(own, before, after), key=lambda finding: (finding.file, *finding.sort_key)), len(own)


def feed_reference(named: Collection[str], reference: Reference) -> FeedReference:
    """The reference in which every document that files name has a day on which it is known."""
    return FeedReference(reference.folder, reference.own, tuple(sorted(named)), today())


@dataclass(frozen=True)
class AtHand:
    """The rows that feeds are held against, by table: those added, completed, and those of the folder.

    `corrected` are the observations with the corrections that hold applied.
    """

    reference: FeedReference
    printed: Mapping[str, list[Row]]
    corrected: list[Row]

    @classmethod
    def of(cls, given: Sequence[Path], reference: FeedReference) -> AtHand:
        """What is at hand beside the files `given`, which a reference may name among its own."""
        paths = {real_path(path) for path in given}
        added = [own for own in reference.own if real_path(own.path) not in paths]
        own = {
            name: [row for file in added if file.table == name for row in _completed(file, reference)] for name in READ
        }
        folder = Folder(reference.folder)
        printed = {name: _in_place(name, own[name], folder.rows.get(name, [])) for name in READ}
        corrected = apply_corrections(printed["observations"], printed["corrections"], reference)[0]
        return cls(reference, printed, corrected)

    def only(self, kept: Callable[[Row], bool]) -> AtHand:
        """Some of the observations, and no other table."""
        tables: dict[str, list[Row]] = {name: [] for name in READ}
        tables["observations"] = [row for row in self.printed["observations"] if kept(row)]
        return replace(self, printed=tables, corrected=[row for row in self.corrected if kept(row)])


def together(files: Sequence[FeedFile], hand: AtHand) -> tuple[list[OwnRow], Facts, Facts]:
    """The rows of files that relations can read, the facts at hand, and the facts of both together."""
    printed = hand.printed
    corrected = dict(printed) | {"observations": hand.corrected}
    before = Facts.of(hand.corrected, hand.reference, printed)
    own: list[OwnRow] = []
    of_table: dict[str, list[Row]] = {name: [] for name in READ}
    for file in files:
        name = file.table.schema.name
        found = own_rows(file, hand.reference, printed[name], before)
        own += found
        of_table[name] += [row.row for row in found]
    rows = {name: _in_place(name, of_table[name], corrected[name]) for name in READ}
    as_printed = rows
    if hand.corrected != printed["observations"]:
        typed = _in_place("observations", of_table["observations"], printed["observations"])
        as_printed = rows | {"observations": typed}
    return own, before, replace(before.with_rows(rows["observations"]), tables=as_printed)


def _completed(file: OwnTable, reference: Reference) -> Iterator[Row]:
    """The rows of an own table of the reference, with an id each."""
    schema = load_schema(file.table)
    table, _ = read_table(file.path, schema, shown_path(file.path), file.cells)
    for number, row in enumerate(text_rows(table.frame) if table else [], start=1):
        key = schema.primary_key[0]
        yield complete_row(schema, row | {key: row.get(key) or f"{file.path.stem}#{number}"}, reference)


def _in_place(name: str, own: list[Row], others: list[Row]) -> list[Row]:
    """The others, each with one's own row of its key in its place, then one's own rows of other keys.

    A row keeps its place: rules that name the first of several would else name another one.
    """
    if not own:
        return others
    key = itemgetter(*load_schema(name).primary_key)
    left = {key(row): row for row in own}
    return [*(left.pop(key(row), row) if left else row for row in others), *left.values()]
