"""One part of a large feed asked: what the relations that look as far as its rows find in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from canonical.findings import Finding
from canonical.text_tables import Row
from validation.feed import AtHand, together
from validation.feed_cut import LINE, NUMBER, Kind, Part, rows_of
from validation.feed_findings import own_findings
from validation.feed_rows import FeedFile
from validation.relations import RELATIONS
from validation.relations.facts import Facts
from validation.relations.reach import WIDEST, family_of
from validation.row_keys import keyed_by

__all__ = ["ACROSS", "KNOWN", "OF_ALL", "Asked", "Asker", "documents_of"]

KNOWN = frozenset((
    "C.spread", "C.share_of_entity", "C.members", "C.twofold_number", "C.claim", "C.claim_shown", "C.caption",
    "C.first", "C.stage", "V.listed_company", "V.url", "V.repeated_source", "V.correction",
))  # fmt: skip
"""Relations of which it is known, without asking, which rows of other families they read: `feed_keys` finds these."""
WIDE = ("part", *WIDEST)
"""How far relations look that hold a row against rows of any family."""
ACROSS = tuple(relation for relation in RELATIONS if relation.id in KNOWN)
OF_ALL = tuple(relation for relation in RELATIONS if relation.reach in WIDE and relation.id not in KNOWN)
"""Relations that hold a row against all others: a feed in parts is not asked them, and its report says so."""
OF_DOCUMENT = tuple(relation for relation in RELATIONS if relation.reach == "document")
OF_FAMILY = tuple(relation for relation in RELATIONS if relation.reach in ("row", "family"))
OF_ROW = tuple(relation for relation in RELATIONS if relation.reach == "row")
"""Relations by how far they look, which is what they are asked of: rows that belong together as far as that."""


@dataclass(frozen=True)
class Asked:
    """What was found in a part, and how many rows were read that no other part reads."""

    findings: list[Finding]
    read: int


@dataclass(frozen=True)
class Asker:
    """Asks parts of a feed: `files` are those that were cut, with no rows, `others` files of other tables.

    `mixed` are the documents that have rows in several parts.
    """

    files: Sequence[FeedFile]
    others: Sequence[FeedFile]
    hand: AtHand
    mixed: Collection[str] = frozenset()

    def ask(self, part: Part) -> Asked:
        """What relations find in a part that look no farther than its rows belong together."""
        return self.asked(part.kind, *self._read(part))

    def asked(self, kind: Kind, files: list[FeedFile], mixed: set[str]) -> Asked:
        """The same of rows that were read: `mixed` are their documents of which other parts have rows too."""
        if kind == "across":
            files = [*self.others, *files]
            found, read = self._across(files)
        elif kind == "document":
            documents = {name for file in files for name in documents_of(file.table.frame, file.label)}
            own, before, after = together(files, self.hand.only(lambda row: row["source_id"] in documents))
            found, read = list(own_findings(own, before, after, OF_DOCUMENT)), 0
        else:
            own, before, after = together(files, self.hand.only(self._is_of_families(files)))
            found, read = list(own_findings(own, before, after, OF_FAMILY)), len(own)
            found += own_findings(own, _without(mixed, before), _without(mixed, after), OF_DOCUMENT)
        return Asked(list(_with_keys(found, files)), read)

    def _across(self, files: Sequence[FeedFile]) -> tuple[list[Finding], int]:
        """What looks beyond a family, and everything on tables that have no families."""
        if not files:
            return [], 0
        own, before, after = together(files, self.hand)
        found = list(own_findings(own, before, after, ACROSS))
        others = own_findings(own, before.only(()), after.only(()), OF_ROW)  # observations are asked with their family
        found += [finding for finding in others if finding.table != "observations"]
        return found, sum(row.place.file.table.schema.name != "observations" for row in own)

    def _read(self, part: Part) -> tuple[list[FeedFile], set[str]]:
        """The files with the rows of a part, and those of its documents that other parts have rows of too."""
        files: list[FeedFile] = []
        documents: set[str] = set()
        for folder in sorted(part.folder.glob("*")):
            file, rows = self.files[int(folder.name)], rows_of(folder)
            documents |= documents_of(rows, file.label)
            lines = rows.get_column(LINE).to_list() if file.table.is_text else None
            table = replace(file.table, frame=rows.drop(NUMBER, LINE), lines=lines)
            files.append(replace(file, table=table, numbers=rows.get_column(NUMBER).to_list()))
        return files, documents.intersection(self.mixed)

    def _is_of_families(self, files: Sequence[FeedFile]) -> Callable[[Row], bool]:
        """Whether a row is of a family that rows of files are of."""
        family = self._families
        named = {name for file in files for name in file.table.frame.get_column("entity_id").cast(pl.String).unique()}
        families = {family[name] for name in named if name in family}
        return lambda row: family.get(row["entity_id"], row["entity_id"]) in families

    @cached_property
    def _families(self) -> Mapping[str, str]:
        """The family of each entity: one that is not known is a family of its own."""
        parents = {name: row["parent_entity_id"] for name, row in self.hand.reference.entities.items()}
        return {name: family_of(name, parents) for name in parents}


def documents_of(frame: pl.DataFrame, label: str) -> set[str]:
    """The documents of rows; those that name none are of one that is called after the file."""
    if "source_id" not in frame.columns:
        return {label} if frame.height else set()
    named = frame.get_column("source_id").cast(pl.String).unique()
    return {name or label for name in named}


def _without(documents: set[str], facts: Facts) -> Facts:
    """The facts but for those of some documents."""
    return facts.only(o for o in facts.observations if o.source_id not in documents) if documents else facts


def _with_keys(findings: Sequence[Finding], files: Sequence[FeedFile]) -> Iterator[Finding]:
    """Findings with the cells that tell their rows from others."""
    places = {file.table.name: {number: place for place, number in enumerate(file.row_numbers)} for file in files}
    named = {file.table.name: file.table for file in files}
    for finding in findings:
        table = named[finding.file]
        place = places[finding.file][finding.row_number or 0]
        yield keyed_by(finding, table.schema, table.frame.row(place, named=True))
