"""Layer C on a cluster: rows that belong together come together, and each part is asked as on one machine."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from canonical.clock import today
from canonical.findings import Finding
from canonical.reading.encodings import UnreadableError
from canonical.reference import Reference
from validation.cluster.asking import Reader, Reading, Shipped
from validation.cluster.families import ASKED, CUT, Cut, NamedFile, RelationsOf
from validation.cluster.marks import KEPT, MET, Keys, Marks, Meeting, Observations, marks_of
from validation.cluster.sources import Source, made_of
from validation.cluster.texts import finding_of
from validation.engines.spark.session import cause_of, failures, kept, sent_by_group, shuffled_into
from validation.engines.spark.tables import FILE
from validation.feed import AtHand, feed_reference
from validation.feed_cut import MOST_ACROSS, ROWS, keys_at_hand, spoken_of
from validation.feed_findings import Kind, capped
from validation.feed_keys import parts_of_entities

__all__ = ["Related", "relations_on_cluster"]

NUMBERS = 20
"""Keys that may meet are compared in buckets of those of so many times the rows of a part."""


@dataclass(frozen=True)
class Related:
    """What relations found, capped; how many rows they read; how many look across families, if these are too many."""

    findings: list[Finding]
    read: int
    too_many: int


def relations_on_cluster(
    spark: Any, sources: Sequence[Source], table: str, files: Sequence[NamedFile], rows: int, reference: Reference,
    of_part: int = ROWS,
) -> Related:  # fmt: skip
    """What relations find in observations on a cluster, as `check_in_parts` does on one machine.

    Parameters: `sources` hold the `files`, in their order, and these so many `rows`; a part holds about `of_part` of
    them. Raises `UnreadableError` where Spark gives up.
    """
    addresses = [file.address for file in files]
    read = [replace(source, frame=source.frame.where(source.frame[FILE].isin(addresses))) for source in sources]
    try:
        return _Families(spark, read, table, tuple(files), rows, reference).related(of_part)
    except failures() as error:
        raise UnreadableError(f"relations: Spark gave up ({cause_of(error)})") from None


@dataclass(frozen=True)
class _Families:
    spark: Any
    sources: Sequence[Source]
    table: str
    files: tuple[NamedFile, ...]
    rows: int
    reference: Reference

    def related(self, of_part: int) -> Related:
        hand = AtHand.of((), feed_reference((), self.reference))
        count = max(self.rows // of_part, 1)
        parts = parts_of_entities(count, self.reference)
        labels = {file.address: file.label for file in self.files}
        units = Shipped(tables={"units": self.reference.rows("units")})

        def read(reader: Reader) -> Observations:
            return Observations(Reading(self.table), reader, labels, parts, units)

        with shuffled_into(self.spark, count):
            marks = self._marks(read, hand, parts, self.rows // (NUMBERS * of_part) + 1)
            cut = made_of(self.spark, self.sources, lambda reader: Cut(read(reader), marks, count), CUT)
            with kept(cut) as rows:
                across = rows.where("kind = 'across'").selectExpr("sum(rows)").first()[0] or 0
                too_many = across if across > MOST_ACROSS else 0
                return self._asked(rows.where("kind <> 'across'") if too_many else rows, too_many)

    def _marks(
        self, read: Callable[[Reader], Observations], hand: AtHand, parts: dict[str, int], buckets: int
    ) -> Marks:  # fmt: skip
        """What tells which rows more than their family reads; a shuffle brings keys together that may be alike."""
        keys = made_of(self.spark, self.sources, lambda reader: Keys(read(reader), buckets), KEPT)
        meeting = sent_by_group(self.spark, Meeting(keys_at_hand(hand, parts), buckets))
        return marks_of(keys.groupBy("kind", "bucket").applyInArrow(meeting, MET).collect(), spoken_of((), hand))

    def _asked(self, rows: Any, too_many: int) -> Related:
        """What relations find in the parts that rows are in."""
        work = sent_by_group(self.spark, RelationsOf(self.files, self.table, today(), self.sources[0].is_text))
        findings: list[Finding] = []
        read, counts = 0, Counter[Kind]()
        for of_part, told, counted in rows.groupBy("kind", "part").applyInArrow(work, ASKED).collect():
            findings += map(finding_of, told)
            read += of_part
            counts.update({tuple(kind): count for kind, count in json.loads(counted)})
        found = sorted(findings, key=lambda finding: (finding.file, *finding.sort_key))
        return Related(capped(found, counts), read, too_many)
