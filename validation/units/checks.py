"""Layer U over blocks: scans decide most rows, and of the others each kind is decided once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import polars as pl

from canonical.findings import Finding
from canonical.periods import FIRST_DAY, LAST_DAY, MONTHS_OF
from canonical.reading.coded import Block, Coded, coded, marked
from canonical.reference import Reference
from canonical.rules.rule import Rule
from canonical.table_schema import TableSchema
from canonical.text_tables import text_rows
from validation.engines.polars.typed import TypedBlock
from validation.structure.faults import FILLED
from validation.structure.wording import Fault, Words
from validation.units.frame import CHECKED, unit_frame
from validation.units.kinds import KnownKinds
from validation.units.scan import Decided, decided_observations, decided_prices
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

SCANS: dict[str, Callable[..., Decided]] = {
    "observations": decided_observations,
    "model_prices": decided_prices,
}
"""The scans that decide most rows in the first of these groups of columns."""

FEW = 512
"""So many rows of a block are completed sooner than scanned: most of them are alike to rows of blocks before."""
Verdict = tuple[tuple[Rule, Finding], ...]
"""What breaks the layer in a kind of rows: the rules, each with the words for it."""


@dataclass(frozen=True)
class _Known:
    """Kinds of rows that were decided, each with the place of its verdict; the first verdict finds nothing."""

    kinds: pl.DataFrame
    verdicts: tuple[Verdict, ...]

    def places(self, kinds: pl.DataFrame) -> pl.Series:
        """Of each kind the place of its verdict, null where it is not among these."""
        return kinds.join(self.kinds, on=kinds.columns, how="left", nulls_equal=True, maintain_order="left")["_at"]

    def and_also(self, kinds: pl.DataFrame, verdicts: Sequence[Verdict]) -> _Known:
        """These kinds and others."""
        told = [verdict for verdict in verdicts if verdict]
        at = iter(range(len(self.verdicts), len(self.verdicts) + len(told)))
        places = [next(at) if verdict else 0 for verdict in verdicts]
        more = kinds.with_columns(pl.Series("_at", places, dtype=self.kinds.schema["_at"]))
        return _Known(pl.concat([self.kinds, more]), (*self.verdicts, *told))


@dataclass(frozen=True)
class UnitLayer:
    """What breaks layer U in blocks of observations, prices or sources; other tables have no such layer.

    A scan decides most rows. Of the others, rows alike in all that the layer reads are checked once, in whichever
    block they stand. Nothing is said of columns that are decided by one of another type altogether.
    """

    schema: TableSchema
    reference: Reference
    words: Words
    known: dict[tuple[str, ...], _Known] = field(default_factory=dict[tuple[str, ...], "_Known"])
    known_kinds: KnownKinds = field(default_factory=KnownKinds)

    def __call__(self, block: TypedBlock) -> list[Fault]:
        """The faults of a block."""
        if self.schema.name not in CHECKED or not block.height:
            return []
        faults: list[Fault] = []
        for place, columns in enumerate(READ[self.schema.name]):
            here = [column for column in columns if column in block.columns]
            if not here or set(block.other) & set(columns):
                continue
            if place == 0 and len(here) == len(columns) and self.schema.name in SCANS:
                faults += self._scanned(block, here)
            elif {"period_type", "period_end"} <= set(here):
                faults += self._periods(block, here)
            else:
                faults += self._of_kinds(block, block.given, here, None)
        return faults

    def _periods(self, block: TypedBlock, columns: Sequence[str]) -> Iterator[Fault]:
        """What breaks the layer in periods whose type fixes their start; no other start can be wrong.

        Of the entity nothing counts but a calendar of weeks, so that rows of others are of one kind.
        """
        if "period_start" not in columns:
            return
        cells = {name: block.given.columns[name] for name in columns}
        if "entity_id" in cells:
            cells["entity_id"] = self._by_calendar(cells["entity_id"])
        given = Block(cells, block.height, block.given.is_text)
        kinds = given.combined(columns)
        kind, end = (columns_of.at(kinds.values) for columns_of in (cells["period_type"], block.columns["period_end"]))
        is_asked = kind.is_in(list(MONTHS_OF)) & end.is_between(FIRST_DAY, LAST_DAY)
        asked = is_asked.fill_null(False).arg_true()
        if verdicts := self._verdicts(given, columns, kinds.values[asked]):
            told: list[Verdict] = [()] * len(kinds.values)
            for place, verdict in zip(asked, verdicts, strict=True):
                told[place] = verdict
            yield from self._faults(block, kinds, told, None)

    def _by_calendar(self, entities: Coded) -> Coded:
        """A column of entities with one name for all that count no weeks."""

        def ask() -> Coded:
            names = entities.values
            is_by_weeks = names.is_in(self._of_weeks)
            return coded(pl.select(pl.when(is_by_weeks).then(names).otherwise(pl.lit(""))).to_series())

        kept = entities.memory.of(("by calendar", *self._of_weeks), ask)
        assert kept.codes is not None
        return kept if entities.codes is None else Coded(kept.values, kept.codes[entities.codes])

    @cached_property
    def _of_weeks(self) -> list[str]:
        """The entities whose years are counted in weeks."""
        calendars = ((name, self.reference.calendar(name)) for name in self.reference.entities)
        return [name for name, calendar in calendars if calendar is not None and calendar.is_by_weeks]

    def _scanned(self, block: TypedBlock, columns: Sequence[str]) -> Iterator[Fault]:
        """What breaks the layer in columns that a scan decides, and in the rows that it leaves open."""
        decided = SCANS[self.schema.name](block, self.reference, self.known_kinds, FEW)
        for rule_id, rule in self._rules.items():
            if rule_id in decided.broken:
                rows = decided.broken[rule_id]
                empty = rows & block.given.columns[rule.columns[0]].is_empty
                worded = partial(self._worded, block, columns, rule)
                yield Fault(rule, rows, worded, empty if rule.fix.startswith(FILLED) and empty.any() else None)
        if decided.is_open.any():
            rows = decided.is_open.arg_true()
            yield from self._of_kinds(block, _of_rows(block.given, columns, rows), columns, rows)

    def _worded(
        self, block: TypedBlock, columns: Sequence[str], rule: Rule, positions: Sequence[int]
    ) -> list[Finding]:  # fmt: skip
        """The findings on rows that break a rule, in the words that completing each of them gives."""
        given = block.given
        rows = text_rows(pl.DataFrame({name: given.columns[name].at(positions) for name in columns}))
        found = findings_of_kinds(self.schema, rows, columns, self.reference, given.is_text)
        told = {finding.row_number: finding for of, finding in found if of.id == rule.id}
        plain = self.words.of(rule, block, positions)
        return self.words.placed(block, positions, [told.get(number, f) for number, f in enumerate(plain, start=1)])

    def _of_kinds(
        self, block: TypedBlock, given: Block, columns: Sequence[str], rows: pl.Series | None
    ) -> Iterator[Fault]:  # fmt: skip
        """What breaks the layer in `given`, some columns of the rows at some positions, or of all; by kinds of rows."""
        each = pl.int_range(given.height, dtype=pl.UInt32, eager=True)
        kinds = Coded(each, each) if given.height <= FEW else given.combined(columns)
        if verdicts := self._verdicts(given, columns, kinds.values):
            yield from self._faults(block, kinds, verdicts, rows)

    def _verdicts(self, given: Block, columns: Sequence[str], firsts: pl.Series) -> list[Verdict]:
        """The verdict on each kind of rows, of which the first stands at a position, or none where nothing is found.

        Each kind is decided once.
        """
        kinds = pl.DataFrame({name: given.columns[name].at(firsts) for name in columns})
        known = self.known.get(tuple(columns), _Known(kinds.clear().with_columns(pl.lit(0).alias("_at")), ((),)))
        places = known.places(kinds)
        if places.null_count():
            new = kinds.filter(places.is_null()).unique(maintain_order=True)
            found: dict[int, list[tuple[Rule, Finding]]] = {}
            rows = text_rows(new)
            for rule, finding in findings_of_kinds(self.schema, rows, columns, self.reference, given.is_text):
                found.setdefault(finding.row_number or 0, []).append((rule, finding))
            known = known.and_also(new, [tuple(found.get(number, ())) for number in range(1, new.height + 1)])
            places = known.places(kinds)
            if known.kinds.height < MOST_KNOWN:
                self.known[tuple(columns)] = known
        return [known.verdicts[at] for at in places] if places.max() else []

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        """The rules of the layer by their ids, each over its own column."""
        given = list(CHECKED[self.schema.name])
        rules = unit_frame(self.schema, [], given, self.reference, exact=True)[2]
        return {rule.id: replace(rule, columns=rule.columns[:1]) for rule in rules}

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
        name: Coded(c.values[rows]) if c.codes is None else Coded(c.values, c.codes[rows]) for name, c in cells.items()
    }
    return Block(kept, len(rows), given.is_text)


def _in_block(marks: pl.Series, rows: pl.Series | None, height: int) -> pl.Series:
    """Marks of some rows as marks of all rows of their block."""
    return marks if rows is None else marked(rows.filter(marks), height)
