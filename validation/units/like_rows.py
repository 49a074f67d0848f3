"""Layer C of lists: rows that agree in some cells agree in another, and rows of a list are counted without a gap."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import polars as pl

from canonical.findings import Finding
from validation.units.given import Given, Rule

__all__ = ["AGREEING", "COUNTED", "USUAL_CELL", "counted_rows", "counts_told", "usual_cells"]

USUAL_CELL = Rule(
    "C.like_rows", "warning", "", "read the row in its source again, and correct the cell",
)  # fmt: skip


class Agreeing(NamedTuple):
    """A column in which rows agree that agree in those `beside` it, and how many others tell what is usual."""

    column: str
    beside: tuple[str, ...]
    others: int = 2


FAMILY = "family"
"""What stands before the size in the name of a machine: `g5` of `g5.xlarge`."""
SIZE = re.compile(r"[.-][^.-]*$")
AGREEING: Mapping[str, tuple[Agreeing, ...]] = {
    "machine_accelerators": (
        Agreeing("accelerator_maker", ("accelerator",), 1), Agreeing("memory_gb", ("accelerator",), 3),
        Agreeing("accelerator", ("vendor_id", FAMILY)), Agreeing("memory_gb", ("vendor_id", FAMILY)),
    ),
    "rating_scales": tuple(
        Agreeing(column, ("rating_scale_id",))
        for column in ("publisher", "subject_class", "horizon_months_from", "horizon_months_to", "source_id")
    ),
    "rating_benchmarks": (
        Agreeing("source_id", ("rating_scale_id",)), Agreeing("locator", ("rating_scale_id", "source_id")),
        Agreeing("instrument_id", ("market",), 1),
    ),
    "instruments": (Agreeing("source_id", ("locator", "kind"), 3),),
}  # fmt: skip
TOLD = (
    ("google", re.compile(r".*-(?P<count>[0-9]+)g")),
    ("oracle", re.compile(r"(?:BM|VM)[.].*[.](?P<count>[0-9]+)")),
    ("alibaba", re.compile(r"ecs[.][a-z0-9]+-c(?P<cores>[0-9]+)g(?P<count>[0-9]+)[.](?P<size>[0-9]+)xlarge")),
)
"""By vendor, names of machines that tell how many accelerators they have; those of Alibaba how many go with how many
processors, of which each part of the size is four."""
COUNTED: Mapping[str, tuple[str, tuple[str, ...]]] = {"risk_factors": ("position", ("source_id", "list"))}
"""By table, the column that counts the rows of a list from 1, and those that name the list."""


def usual_cells(given: Given) -> Iterator[Finding]:
    """Cells that no other row has which agrees with theirs, where those others all have one."""
    known = given.at_hand()
    frames = [given.typed] if known is None else [given.typed, known]
    for rule in AGREEING[given.name]:
        columns = [column for column in (rule.column, *rule.beside, "instance_type") if column != FAMILY]
        columns = [c for c in columns if c != "instance_type" or FAMILY in rule.beside]
        if not all(set(columns) <= set(frame.columns) for frame in frames):
            continue
        rows = [_with_family(row) for frame in frames for row in frame.select(columns).iter_rows(named=True)]
        cells: dict[tuple[Any, ...], Counter[Any]] = defaultdict(Counter)
        for row in rows:
            if row[rule.column] is not None:
                cells[tuple(row[name] for name in rule.beside)][row[rule.column]] += 1
        for at, row in enumerate(rows[: given.typed.height]):
            cell, of_like = row[rule.column], cells[tuple(row[name] for name in rule.beside)]
            usual, count = of_like.most_common(1)[0] if of_like else (None, 0)
            if cell is not None and cell != usual and of_like[cell] == 1 and rule.others <= count:
                beside = ", ".join(str(row[name]) for name in rule.beside)
                message = f"the other rows of {beside} have {usual}"
                yield given.finding(USUAL_CELL, at, rule.column, str(usual), message)


def _with_family(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, FAMILY: SIZE.sub("", row.get("instance_type") or "")}


def counts_told(given: Given) -> Iterator[Finding]:
    """Machines with another number of accelerators than their name tells."""
    columns = ("vendor_id", "instance_type", "accelerator_count")
    if not given.has(columns):
        return
    for at, (vendor, name, count) in enumerate(given.typed.select(columns).iter_rows()):
        match = next((m for of, form in TOLD if of == vendor and (m := form.fullmatch(name or ""))), None)
        if match is None or count is None:
            continue
        parts = {part: int(number) for part, number in match.groupdict().items()}
        told = parts["count"] * 4 * parts["size"] / parts["cores"] if parts.get("cores") else parts["count"]
        if told != count:
            yield given.finding(USUAL_CELL, at, "accelerator_count", f"{told:g}", "the name tells another number")


def counted_rows(given: Given) -> Iterator[Finding]:
    """Rows of a list behind a number that none has, in a table that is whole."""
    column, beside = COUNTED[given.name]
    if not given.is_whole or not given.has((column, *beside)):
        return
    places = given.typed.select(*beside, column).with_row_index("_row").drop_nulls().sort(*beside, column)
    for (*of, _), rows in places.group_by(*beside, pl.lit(0), maintain_order=True):
        expected = 1
        for at, number in rows.select("_row", column).iter_rows():
            if number > expected:
                name = " of ".join(map(str, reversed(of)))
                yield given.finding(USUAL_CELL, at, column, str(expected), f"{name} has no row {expected}")
            expected = max(expected, number + 1)
