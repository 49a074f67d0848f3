"""Layer U over blocks: scans prove most rows right, and of the others each kind is decided once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from canonical.findings import Finding
from canonical.reading.coded import Block, Coded
from canonical.reference import Reference
from canonical.rules.rule import Rule
from canonical.table_schema import TableSchema
from canonical.text_tables import text_rows
from validation.engines.polars.typed import TypedBlock
from validation.structure.faults import FILLED
from validation.structure.wording import Fault, Words
from validation.units.frame import CHECKED
from validation.units.scan import proven_observations, proven_prices
from validation.units.verdicts import findings_of_kinds

__all__ = ["UnitLayer"]

READ = {
    "observations": (
        ("printed_value", "printed_value_to", "printed_unit_id", "metric_id", "measure", "decimals", "bound",
         "precision_word", "unit_id", "value", "value_low", "value_high"),
        ("period_type", "period_end", "period_start", "entity_id"),
    ),
    "model_prices": (
        ("printed_amount", "printed_amount_to", "printed_per_unit_id", "bound", "precision_word", "price_state",
         "amount", "amount_low", "amount_high"),
    ),
    "sources": (("published_on", "published_precision", "retrieved_on", "known_on"),),
}  # fmt: skip
"""By table, the columns that decide together whether a row is right, generated ones and what they follow from."""

PROOFS: dict[str, Callable[[pl.DataFrame, Reference, bool], pl.Series]] = {
    "observations": proven_observations,
    "model_prices": proven_prices,
}
"""The scans that prove rows right in the first of these groups of columns."""

Verdict = tuple[tuple[Rule, Finding], ...]
"""What breaks the layer in a kind of rows: the rules, each with the words for it."""


@dataclass(frozen=True)
class UnitLayer:
    """What breaks layer U in blocks of observations, prices or sources; other tables have no such layer.

    A scan proves most rows right. Of the others, rows alike in all that the layer reads are checked once, in whichever
    block they stand. Nothing is said of columns that are decided by one of another type altogether.
    """

    schema: TableSchema
    reference: Reference
    words: Words
    known: dict[tuple[str, ...], Verdict] = field(default_factory=dict[tuple[str, ...], Verdict])

    def __call__(self, block: TypedBlock) -> list[Fault]:
        """The faults of a block."""
        if self.schema.name not in CHECKED or not block.height:
            return []
        faults: list[Fault] = []
        for place, columns in enumerate(READ[self.schema.name]):
            here = [column for column in columns if column in block.columns]
            if not here or set(block.other) & set(columns):
                continue
            proof = PROOFS.get(self.schema.name) if place == 0 and len(here) == len(columns) else None
            faults += self._of_columns(block, here, proof)
        return faults

    def _of_columns(
        self,
        block: TypedBlock,
        columns: Sequence[str],
        proof: Callable[[pl.DataFrame, Reference, bool], pl.Series] | None,
    ) -> Iterator[Fault]:
        """What breaks the layer in some columns, in rows that no scan proves right."""
        given, rows = block.given, None
        if proof is not None:
            rows = (~proof(given.frame(columns), self.reference, given.is_text)).arg_true()
            if rows.is_empty():
                return
            given = _of_rows(given, columns, rows)
        kinds = given.combined(columns)
        verdicts = self._verdicts(given, columns, kinds.values)
        if any(verdicts):
            yield from self._faults(block, kinds, verdicts, rows)

    def _verdicts(self, given: Block, columns: Sequence[str], firsts: pl.Series) -> list[Verdict]:
        """The verdict on each kind of rows, of which the first stands at a position; each kind is decided once."""
        rows = text_rows(pl.DataFrame({name: given.columns[name].at(firsts.to_list()) for name in columns}))
        keys: list[tuple[str, ...]] = [(columns[0], *row.values()) for row in rows]
        new = {key: row for key, row in zip(keys, rows, strict=True) if key not in self.known}
        if len(self.known) > MOST_KNOWN:
            self.known.clear()
            new = dict(zip(keys, rows, strict=True))
        found: dict[int, list[tuple[Rule, Finding]]] = {}
        for rule, finding in findings_of_kinds(self.schema, list(new.values()), columns, self.reference, given.is_text):
            found.setdefault(finding.row_number or 0, []).append((rule, finding))
        decided: dict[tuple[str, ...], Verdict] = {
            key: tuple(found.get(number, ())) for number, key in enumerate(new, start=1)
        }
        self.known.update(decided)
        return [decided[key] if key in decided else self.known[key] for key in keys]

    def _faults(
        self, block: TypedBlock, kinds: Coded, verdicts: Sequence[Verdict], rows: pl.Series | None
    ) -> Iterator[Fault]:
        rules = dict.fromkeys(rule for verdict in verdicts for rule, _ in verdict)
        for rule in rules:
            told = [dict(verdict).get(rule) for verdict in verdicts]
            broken = _in_block(kinds.of_rows(pl.Series([f is not None for f in told])), rows, block.height)
            empty = pl.Series([f is not None and not f.found and f.fix.startswith(FILLED) for f in told])
            unfilled = _in_block(kinds.of_rows(empty), rows, block.height) if empty.any() else None
            yield Fault(rule, broken, _Worded(self.words, block, kinds, told, rows), unfilled)


MOST_KNOWN = 200_000
"""So many kinds of rows are kept with what was decided on them."""


@dataclass(frozen=True)
class _Worded:
    """The findings on some rows of a block: those on their kinds, at their places."""

    words: Words
    block: TypedBlock
    kinds: Coded
    told: Sequence[Finding | None]
    rows: pl.Series | None

    def __call__(self, positions: Sequence[int]) -> list[Finding]:
        assert self.kinds.codes is not None
        places = pl.Series(positions, dtype=pl.UInt32)
        of_kinds = places if self.rows is None else self.rows.search_sorted(places)
        found = [self.told[kind] for kind in self.kinds.codes.gather(of_kinds).to_list()]
        return self.words.placed(self.block, positions, [finding for finding in found if finding is not None])


def _of_rows(given: Block, columns: Sequence[str], rows: pl.Series) -> Block:
    """Some columns of some rows."""
    cells = {name: given.columns[name] for name in columns}
    kept = {
        name: Coded(c.values.gather(rows)) if c.codes is None else Coded(c.values, c.codes.gather(rows))
        for name, c in cells.items()
    }
    return Block(kept, len(rows), given.is_text)


def _in_block(marks: pl.Series, rows: pl.Series | None, height: int) -> pl.Series:
    """Marks of some rows as marks of all rows of their block."""
    if rows is None:
        return marks
    return pl.zeros(height, dtype=pl.UInt8, eager=True).scatter(rows.filter(marks), 1).cast(pl.Boolean)
