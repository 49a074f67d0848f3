"""Decimals that no source can know, in prints that all end in zeros, and decimals of a ratio typed as a rate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

import numpy as np

from validation.relations.facts import Facts, Observation
from validation.relations.numbers import Truths
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

CHANCE_ZEROS = 3
"""So many trailing zeros in all are no chance: one draw in a thousand."""


@relation(
    "U.padded_decimals",
    "notice",
    says="decimals that a document prints are not all zero",
    rationale="Where every number of a kind ends in .0 or .00, the zeros were added by a program and claim too much.",
    fix="type the decimals that the numbers really have in column decimals, by a correction where the row is a print",
    reach="document",
    doubts=lambda facts, kept: _padded(facts, _perhaps_padded(facts, kept)),
)
def padded_decimals(facts: Facts) -> Iterator[Remark]:
    """The prints of one document, metric, unit and number of decimals: at least one of them should not end in zero."""
    return _padded(facts)


ALIKE = ("source_id", "metric_id", "printed_unit_id", "decimals")
CLAIMS = {str(decimals): decimals for decimals in range(1, 100)}


def _perhaps_padded(facts: Facts, kept: Collection[str]) -> Truths:
    """Which rows are alike with none that claims a last decimal other than 0, or with one of the rows `kept`."""
    cells = facts.cells
    of_row, first = cells.kinds(ALIKE)
    shown = cells.each("printed_value", lambda text: len(text.partition(".")[2]))
    claimed = cells.each("decimals", lambda text: CLAIMS.get(text, np.nan))
    is_other = (shown > 0) & (shown == claimed) & (cells.each("bound", lambda text: text == "spread") == 0)
    is_other &= cells.each("printed_value", lambda text: text.endswith("0")) == 0
    has_other, is_kept = np.zeros(len(first), np.bool_), np.zeros(len(first), np.bool_)
    has_other[of_row[is_other]] = True
    if kept:
        is_kept[of_row[[o.row_id in kept for o in facts.observations]]] = True
    return (~has_other | is_kept)[of_row]


def _padded(facts: Facts, are_asked: Truths | None = None) -> Iterator[Remark]:
    groups: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for observation in facts.observations if are_asked is None else facts.cells.rows(are_asked):
        decimals = _claimed_decimals(observation)
        if decimals > 0 and observation.row["bound"] != "spread":
            row = observation.row
            groups[row["source_id"], row["metric_id"], row["printed_unit_id"], str(decimals)].append(observation)
    for members in groups.values():
        zeros = {o.row["printed_value"]: _trailing_zeros(o.row["printed_value"]) for o in members}
        yield _remark(members, is_padded=len(zeros) > 1 and all(zeros.values()) and sum(zeros.values()) >= CHANCE_ZEROS)


def _claimed_decimals(observation: Observation) -> int:
    """The decimals claimed where they are those printed, else 0: zeros already given up need no notice."""
    shown = len(observation.row["printed_value"].partition(".")[2])
    return shown if observation.row["decimals"] == str(shown) else 0


def _trailing_zeros(printed: str) -> int:
    return len(printed) - len(printed.rstrip("0"))


def _remark(members: list[Observation], is_padded: bool) -> Remark:
    prints = list(dict.fromkeys(o.row["printed_value"] for o in members))
    first = members[0]
    return Remark(
        "observations", first.row_id, first.number, "decimals",
        holds=not is_padded,
        found=", ".join(prints[:6]) + (" …" if len(prints) > 6 else ""), expected="a last decimal that is not always 0",
        message=f"all {len(prints)} prints of this metric and document with so many decimals end in 0",
        observations=tuple(members),
    )  # fmt: skip


WHOLE, FINER, ENOUGH = 1, 2, 2
"""Rates of at least so much in whole, with so many decimals fewer, and how many of them tell how rates are printed."""


@relation(
    "U.ratio_as_rate",
    "warning",
    says="a rate in percent has about as many decimals as the others of its entity and metric",
    rationale="A rate of 0.36 among 34 and 38 % is the ratio: the number was read where no percent sign stands.",
    fix="type the rate in percent, as the page prints it or a hundred times the ratio",
)
def ratio_as_rate(facts: Facts) -> Iterator[Remark]:
    """Each rate in percent between −1 and 1 with two decimals more than all others, none of which is so near zero."""
    groups: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for o in facts.observations:
        if o.row["printed_unit_id"] == "percent" and o.interval.value is not None:
            groups[o.series.entity_id, o.series.metric_id, o.series.measure].append(o)
    for rates in groups.values():
        for o in rates if len(rates) > ENOUGH else ():
            if o.interval.value and abs(o.interval.value) < WHOLE and _decimals(o) >= FINER:
                others = [other for other in rates if other is not o]
                is_finer = max(map(_decimals, others)) + FINER <= _decimals(o)
                if is_finer and all(abs(other.interval.value or 0) >= WHOLE for other in others):
                    told = ", ".join(other.row["printed_value"] for other in others[:4])
                    message = f"other rates of {o.series.entity_id} are {told}"
                    yield remark_on(o, "printed_value", False, "a rate in percent", message, *others[:4])


def _decimals(observation: Observation) -> int:
    return len(observation.row["printed_value"].partition(".")[2])


RELATIONS = (padded_decimals, ratio_as_rate)
