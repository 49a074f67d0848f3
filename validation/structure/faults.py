"""What breaks the rules in a block: an engine's answers, without those that another fault brings about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from canonical.rules.rule import Rule
from canonical.table_schema import TableSchema
from validation.engines.contract import Engine
from validation.engines.polars.set_rules import KEY_KINDS, SET_KINDS
from validation.engines.polars.typed import TypedBlock
from validation.structure.wording import Fault

__all__ = ["BEFORE_FORM", "FILLED", "Layer", "Plan", "faults_of", "first_told"]

Layer = Callable[[TypedBlock], Iterable[Fault]]
"""A layer of checks beside the structure: what breaks it in a block."""
Sift = Callable[[Sequence[Fault]], Iterable[Fault]]


@dataclass(frozen=True)
class Plan:
    """What is asked of a table: its schema as far as the file has the columns, the rules on it, and who answers them.

    `keys` are the typed frames that keys refer to, by rule, and `own` those whose rows a table's own are added to;
    `kept` are the columns that rules on the whole table need, `codes` says that their texts may stand as codes.
    `layers` are asked beside the structure; of all faults of a block those are told that `sift` leaves.
    """

    schema: TableSchema
    rules: tuple[Rule, ...]
    engine: Engine
    keys: Mapping[Rule, pl.DataFrame] = field(default_factory=dict)
    own: Mapping[Rule, pl.DataFrame] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    codes: bool = False
    layers: tuple[Layer, ...] = ()
    sift: Sift = field(default_factory=lambda: first_told)

    @property
    def of_rows(self) -> list[Rule]:
        """The rules that a row, or a value, answers by itself."""
        return [rule for rule in self.rules if rule.kind not in ("unique", "no_circle", *KEY_KINDS)]

    @property
    def of_table(self) -> list[Rule]:
        """The rules that take the whole table: circles, and keys to its own rows."""
        circles = [rule for rule in self.rules if rule.kind in SET_KINDS and rule.kind != "without"]
        own = [r for r in self.rules if r.kind in KEY_KINDS and r.arguments[0] == self.schema.name]
        return [*circles, *own]

    @property
    def unique(self) -> list[Rule]:
        """The rules on keys that stand once."""
        return [rule for rule in self.rules if rule.kind == "unique"]


def faults_of(block: TypedBlock, plan: Plan) -> list[Fault]:
    """What breaks the rules of a plan in a block, in the order of the rules, then that of the layers."""
    marks = plan.engine.row_faults(block, plan.of_rows)
    for rule, reference in plan.keys.items():
        mark = plan.engine.key_faults(block, rule, reference)
        if mark.any():
            marks[rule] = mark
    structure = list(_known(block, marks, plan.rules))
    named = _named(structure)
    others = [fault for layer in plan.layers for fault in layer(block)]
    return list(plan.sift([*structure, *_unnamed(others, named, set(block.other))]))


def first_told(faults: Sequence[Fault]) -> Iterable[Fault]:
    """The faults without those that another one on the same cell or row brings about.

    An unknown code has no form to speak of, and a row that holds an error can only be filled once that is mended.
    """
    told = list(_with_form(faults))
    return _last_filled(told) if any(fault.unfilled is not None for fault in told) else told


def _known(block: TypedBlock, marks: Mapping[Rule, pl.Series], rules: Sequence[Rule]) -> Iterator[Fault]:
    """The faults of structure, without those of cells and columns that are no values at all."""
    for rule in rules:
        column = rule.columns[0]
        if rule not in marks or column in block.other:
            continue
        rows = marks[rule]
        if rule.kind != "type" and column in block.faults:
            rows = rows & ~block.columns[column].of_rows(block.faults[column])
        if rule.kind == "matching_key":
            for other in marks:
                if other.columns == rule.columns[1:]:
                    rows = rows & ~marks[other]
        if rows.any():
            is_unfilled = rule.kind == "present" and rule.fix.startswith(FILLED)
            yield Fault(rule, rows, unfilled=rows if is_unfilled else None)


BEFORE_FORM = ("S.foreign_key", "S.enum", "S.format")
"""Rules that name a cell whose form has nothing to add."""
FILLED = "run make fill"
"""How the remedy begins for a cell that filling writes."""


def _named(faults: Sequence[Fault]) -> dict[str, pl.Series]:
    """By column the rows whose cell a fault is about."""
    found: dict[str, pl.Series] = {}
    for fault in faults:
        column = fault.rule.columns[0]
        found[column] = found[column] | fault.rows if column in found else fault.rows
    return found


def _with_form(faults: Sequence[Fault]) -> Iterator[Fault]:
    """The faults without forms of cells that another fault of structure is about."""
    unknown = _named([fault for fault in faults if fault.rule.id in BEFORE_FORM])
    for fault in faults:
        column = fault.rule.columns[0]
        if fault.rule.id == "S.pattern" and column in unknown:
            fault = replace(fault, rows=fault.rows & ~unknown[column])
        if fault.rows.any():
            yield fault


def _unnamed(faults: Sequence[Fault], named: Mapping[str, pl.Series], unread: set[str]) -> Iterator[Fault]:
    """The faults on cells that no fault of structure is about."""
    for fault in faults:
        column = fault.rule.columns[0]
        if column in unread:
            continue
        if column in named:
            kept = ~named[column]
            fault = replace(
                fault, rows=fault.rows & kept, unfilled=None if fault.unfilled is None else fault.unfilled & kept
            )
        if fault.rows.any():
            yield fault


def _last_filled(faults: Sequence[Fault]) -> Iterator[Fault]:
    """The faults without cells to be filled in rows that hold an error: filling comes once that is mended."""
    wrong = pl.zeros(len(faults[0].rows), dtype=pl.UInt8, eager=True).cast(pl.Boolean)
    for fault in faults:
        if fault.rule.severity == "error":
            wrong = wrong | (fault.rows if fault.unfilled is None else fault.rows & ~fault.unfilled)
    for fault in faults:
        if fault.unfilled is not None:
            fault = replace(fault, rows=fault.rows & ~(fault.unfilled & wrong))
        if fault.rows.any():
            yield fault
