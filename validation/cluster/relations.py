"""Layer C on a cluster: rows that belong together come together, and each group is asked as on one machine."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import pyarrow as pa

from canonical.clock import today
from canonical.findings import Finding
from canonical.reading.encodings import UnreadableError
from canonical.reference import Reference
from canonical.text_tables import Row
from validation.cluster.asking import Shipped
from validation.cluster.families import (
    ACROSS,
    ASKED,
    GROUP,
    KEY_FORM,
    KIND,
    FamilyKeys,
    NamedFile,
    RelationsOf,
    key_column,
    key_texts,
)  # fmt: skip
from validation.cluster.texts import finding_of
from validation.engines.spark.session import cause_of, failures, sent, sent_by_group
from validation.engines.spark.tables import FILE
from validation.feed import AtHand, feed_reference
from validation.feed_cut import MIXED, MOST_ACROSS, MOST_PARTS, ROWS, spoken_of
from validation.feed_keys import KEYS, NAMES, READ, parts_of_entities

__all__ = ["Related", "relations_on_cluster"]


@dataclass(frozen=True)
class Related:
    """What relations found, how many rows they read, and how many look across families, where these are too many."""

    findings: list[Finding]
    read: int
    too_many: int


def relations_on_cluster(
    spark: Any, rows: Any, table: str, files: Sequence[NamedFile], reference: Reference, of_part: int = ROWS
) -> Related:
    """What relations find in observations on a cluster, as `check_in_parts` does on one machine.

    Parameters: `rows` is a frame of `rows_on`; `files` are those that it holds, in their order; a group holds
    about `of_part` rows. Raises `UnreadableError` where Spark gives up.
    """
    try:
        return _Families(spark, rows, table, tuple(files), reference).related(of_part)
    except failures() as error:
        raise UnreadableError(f"relations: Spark gave up ({cause_of(error)})") from None


@dataclass
class _Families:
    spark: Any
    rows: Any
    table: str
    files: tuple[NamedFile, ...]
    reference: Reference

    def related(self, of_part: int) -> Related:
        addresses = [file.address for file in self.files]
        self.rows = self.rows.filter(self.rows[FILE].isin(addresses))
        count = min(max(self.rows.count() // of_part, 1), MOST_PARTS)
        parts = parts_of_entities(count, self.reference)
        labels = {file.address: file.label for file in self.files}
        hand = AtHand.of((), feed_reference((), self.reference))
        shipped = Shipped(tables={"units": self.reference.rows("units")})
        keyed = self._with(self.rows, FamilyKeys(parts, shipped, labels), KEY_FORM)
        others = self.spark.createDataFrame(_keys_at_hand(hand.corrected, parts, self.reference))
        names = [key_column(name) for name in KEYS]
        every = keyed.select(names).unionByName(others.select(names)).persist()
        spoken = self._spoken_of(hand)
        own = self._across(self._mixed(keyed, every), every, spoken).persist()
        try:
            looks = own.filter(ACROSS).count()
            too_many = looks if looks > MOST_ACROSS else 0
            return self._asked(own, count, too_many)
        finally:
            own.unpersist()
            every.unpersist()

    def _with(self, rows: Any, work: FamilyKeys, more: str) -> Any:
        """The rows with the columns that executors add."""
        declared = ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in rows.schema.fields)
        return rows.mapInArrow(sent(self.spark, work), f"{declared}, {more}")

    def _spoken_of(self, hand: AtHand) -> set[str]:
        """The entities whose rows are held against those of other families, those that the rows themselves name too."""
        found = spoken_of((), hand)
        if "of_entity_id" in self.rows.columns:
            found |= {row[0] for row in self.rows.select("of_entity_id").distinct().collect() if row[0]}
        return found

    def _mixed(self, keyed: Any, every: Any) -> Any:
        """The rows with a mark whether their document has rows in several parts."""
        counted = every.select("_document", "_part").distinct().groupBy("_document").count()
        mixed = counted.filter("count > 1").selectExpr("_document", f"true as `{MIXED}`")
        return keyed.join(mixed, "_document", "left").na.fill(False, [MIXED])

    def _across(self, own: Any, every: Any, spoken: Collection[str]) -> Any:
        """The rows with a mark whether relations read them that look across families; see `feed_keys.across`."""
        names = [key_column(name) for name in NAMES]
        known = every.filter("_number is not null")
        marks = ["_apart"]
        every_marked = every
        for name in names:
            like = ["_number", *(other for other in names if other != name)]
            mark = f"_twice{name}"
            groups = known.select(*like, name).distinct().groupBy(*like).count().filter("count > 1")
            groups = groups.selectExpr(*like, f"true as {mark}")
            own = own.join(groups, like, "left")
            if name == "_breakdown_id":
                every_marked = known.join(groups, like, "left_semi")
            marks.append(mark)
        series = every_marked.select(*names).distinct().selectExpr(*names, "true as _part_of")
        own = own.join(series, names, "left")
        entities = self.spark.createDataFrame(
            [(name, True) for name in sorted(spoken)], "_entity_id string, _named boolean"
        )
        own = own.join(entities, "_entity_id", "left")
        marks += ["_part_of", "_named"]
        any_of = " or ".join(f"coalesce({mark}, false)" for mark in marks)
        return own.selectExpr("*", f"({any_of}) as {ACROSS}").drop(*(mark for mark in marks if mark != "_apart"))

    def _asked(self, own: Any, count: int, too_many: int) -> Related:
        kinds = [
            own.selectExpr("*", f"'family' as {KIND}", f"_part as {GROUP}"),
            own.filter(f"`{MIXED}`").selectExpr(
                "*", f"'document' as {KIND}", f"pmod(hash(_document), {count}) as {GROUP}"
            ),
        ]
        if not too_many:
            kinds.append(own.filter(ACROSS).selectExpr("*", f"'across' as {KIND}", f"0 as {GROUP}"))
        together = kinds[0]
        for more in kinds[1:]:
            together = together.unionByName(more)
        work = RelationsOf(self.files, self.table, today())
        asked = together.groupBy(KIND, GROUP).applyInArrow(sent_by_group(self.spark, work), ASKED).collect()
        findings = [finding_of(text) for row in asked for text in row[1]]
        found = sorted(findings, key=lambda finding: (finding.file, *finding.sort_key))
        return Related(found, sum(row[0] for row in asked), too_many)


def _keys_at_hand(rows: Sequence[Row], parts: dict[str, int], reference: Reference) -> Any:
    """The keys of the observations of the package."""
    frame = pl.DataFrame([{name: row[name] for name in READ} for row in rows], dict.fromkeys(READ, pl.String))
    table = key_texts(frame, parts, reference).to_arrow(compat_level=pl.CompatLevel.oldest())
    texts = [pa.field(f.name, pa.string() if pa.types.is_large_string(f.type) else f.type) for f in table.schema]
    return table.cast(pa.schema(texts))
