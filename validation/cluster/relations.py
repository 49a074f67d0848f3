"""Layer C on a cluster: rows that belong together come together, and each group is asked as on one machine."""

from __future__ import annotations

from collections.abc import Sequence
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
    TWOFOLD,
    FamilyKeys,
    NamedFile,
    RelationsOf,
    key_column,
    key_texts,
    twofold_numbers,
)  # fmt: skip
from validation.cluster.texts import finding_of
from validation.engines.spark.session import cause_of, failures, kept, sent, sent_by_group, shuffled_into
from validation.engines.spark.tables import FILE, PLACE
from validation.feed import AtHand, feed_reference
from validation.feed_cut import MIXED, MOST_ACROSS, MOST_PARTS, ROWS, spoken_of
from validation.feed_keys import KEYS, NAMES, READ, parts_of_entities

__all__ = ["Related", "relations_on_cluster"]

KEY_COLUMNS = [key_column(name) for name in KEYS]
NAME_COLUMNS = [key_column(name) for name in NAMES]
NUMBERS = 10
"""Numbers that are alike are looked for among the keys of so many times the rows of a group."""
OF_SHUFFLE = 100_000
"""Rows of a partition of a shuffle."""


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
        hand = AtHand.of((), feed_reference((), self.reference))
        rows, spoken = self._counted(hand)
        count = min(max(rows // of_part, 1), MOST_PARTS)
        parts = parts_of_entities(count, self.reference)
        labels = {file.address: file.label for file in self.files}
        shipped = Shipped(tables={"units": self.reference.rows("units")})
        work = FamilyKeys(parts, shipped, labels, frozenset(spoken))
        at_hand = self.spark.createDataFrame(_keys_at_hand(hand.corrected, parts, self.reference))
        numbers = rows // (NUMBERS * of_part) + 1
        with shuffled_into(self.spark, rows // OF_SHUFFLE), kept(self._keys(work)) as keys:
            every = keys.unionByName(at_hand, allowMissingColumns=True)
            with (
                kept(self._twofold(every, numbers)) as twofold,
                kept(self._marks(keys, every, twofold)) as marks,
            ):
                looks = marks.filter(ACROSS).count()
                too_many = looks if looks > MOST_ACROSS else 0
                return self._asked(self._with(self.rows, work), marks, count, too_many)

    def _counted(self, hand: AtHand) -> tuple[int, set[str]]:
        """How many rows there are, and the entities whose rows are held against those of other families: those that
        the rows themselves name too.
        """
        of = "of_entity_id" if "of_entity_id" in self.rows.columns else "cast(null as string)"
        rows, named = self.rows.selectExpr(f"{of} as name").selectExpr("count(*)", "collect_set(name)").first()
        return rows, spoken_of((), hand) | {name for name in named if name}

    def _keys(self, work: FamilyKeys) -> Any:
        """The keys of each row, and its file and place: of its columns only those that keys are made of are read."""
        read = [name for name in self.rows.columns if name in (*READ, FILE, PLACE)]
        return self._with(self.rows.select(read), work).select(FILE, PLACE, *KEY_COLUMNS)

    def _with(self, rows: Any, work: FamilyKeys) -> Any:
        """The rows with the columns that executors add."""
        declared = ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in rows.schema.fields)
        return rows.mapInArrow(sent(self.spark, work), f"{declared}, {KEY_FORM}")

    def _twofold(self, every: Any, buckets: int) -> Any:
        """The rows whose number stands under another name too: numbers that are alike are in one of the buckets."""
        numbers = every.filter("_number is not null").selectExpr("*", f"pmod(hash(_number), {buckets}) as _bucket")
        return numbers.groupBy("_bucket").applyInArrow(sent_by_group(self.spark, twofold_numbers), TWOFOLD)

    def _marks(self, keys: Any, every: Any, twofold: Any) -> Any:
        """The rows that have a mark, by file and place: `MIXED` says that their document has rows in several parts,
        `ACROSS` that relations read them that look across families; see `feed_keys.across`.
        """
        twice = twofold.filter(twofold[FILE].isNotNull()).selectExpr(FILE, PLACE, "true as _twice")
        series = twofold.filter("_is_part").select(NAME_COLUMNS).distinct().selectExpr("*", "true as _part_of")
        mixed = (
            every.selectExpr("_document", "_part", "_part as _other")
            .groupBy("_document")
            .agg({"_part": "min", "_other": "max"})
            .filter("`min(_part)` < `max(_other)`")
            .selectExpr("_document", f"true as `{MIXED}`")
        )
        own = (
            keys.join(twice, [FILE, PLACE], "left").join(series, NAME_COLUMNS, "left").join(mixed, "_document", "left")
        )
        across = f"(_apart or coalesce(_twice, false) or coalesce(_part_of, false)) as {ACROSS}"
        marked = own.selectExpr(FILE, PLACE, f"coalesce(`{MIXED}`, false) as `{MIXED}`", across)
        return marked.filter(f"`{MIXED}` or {ACROSS}")

    def _asked(self, rows: Any, marks: Any, count: int, too_many: int) -> Related:
        """What relations find in the groups that rows are in: of their part, of their document where it is mixed, and
        of those that look across families.
        """
        groups = [
            f"struct('family' as {KIND}, _part as {GROUP})",
            f"if(`{MIXED}`, struct('document' as {KIND}, pmod(hash(_document), {count}) as {GROUP}), null)",
            f"if({ACROSS}, struct('across' as {KIND}, 0 as {GROUP}), null)",
        ]
        several = f"inline(filter(array({', '.join(groups[: 2 if too_many else 3])}), one -> one is not null))"
        own = rows.join(marks, [FILE, PLACE], "left").na.fill(False, [MIXED, ACROSS])
        columns = (f"`{name}`" for name in (*self.rows.columns, "_document", MIXED))
        work = sent_by_group(self.spark, RelationsOf(self.files, self.table, today()))
        asked = own.selectExpr(*columns, several).groupBy(KIND, GROUP).applyInArrow(work, ASKED).collect()
        findings = [finding_of(text) for row in asked for text in row[1]]
        found = sorted(findings, key=lambda finding: (finding.file, *finding.sort_key))
        return Related(found, sum(row[0] for row in asked), too_many)


def _keys_at_hand(rows: Sequence[Row], parts: dict[str, int], reference: Reference) -> Any:
    """The keys of the observations of the package."""
    frame = pl.DataFrame([{name: row[name] for name in READ} for row in rows], dict.fromkeys(READ, pl.String))
    table = key_texts(frame, parts, reference).to_arrow(compat_level=pl.CompatLevel.oldest())
    texts = [pa.field(f.name, pa.string() if pa.types.is_large_string(f.type) else f.type) for f in table.schema]
    return table.cast(pa.schema(texts))
