"""Decimals that no source can know, those of a ratio typed as a rate, and fewer than the digits of a print show."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from decimal import Decimal

import numpy as np

from validation.relations.facts import Facts, Observation
from validation.relations.numbers import Truths
from validation.relations.relation import Remark, each_row_once, relation, remark_on

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
PERCENT, FRACTION = "percent", re.compile(r"-?0?\.[0-9]{2,}$")
SIGN = re.compile(r"[%％]|per ?cent|百分", re.IGNORECASE)
"""What a page prints beside a rate; a ratio has none."""


@relation(
    "U.ratio_as_rate",
    "warning",
    says="a rate in percent has about as many decimals as the others of its entity and metric, or a text with the sign",
    rationale="A rate of 0.36 among 34 and 38 % is the ratio: the number was read where no percent sign stands.",
    fix="type the rate in percent, as the page prints it or a hundred times the ratio, and printed_text with its sign",
    beside="observations.printed_label observations.printed_text",
)
def ratio_as_rate(facts: Facts) -> Iterator[Remark]:
    """Each rate in percent between −1 and 1 with two decimals more than all others, none of which is so near zero.

    And each such rate of two decimals that has no percent sign and no word of it beside it: no page prints percent so.
    """
    yield from each_row_once(_among_rates(facts), _without_a_sign(facts))


def _without_a_sign(facts: Facts) -> Iterator[Remark]:
    """The rates near zero of which neither text nor label says percent."""
    in_percent = facts.cells.are("printed_unit_id", PERCENT)
    are_small = facts.cells.each("printed_value", lambda text: bool(FRACTION.match(text))) > 0
    for o in facts.cells.rows(in_percent & are_small):
        if o.interval.value and not SIGN.search(f"{o.row['printed_label']} {o.row['printed_text']}"):
            times = f"{(100 * Decimal(o.row['printed_value'])).normalize():f}"
            message = f"neither text nor label says percent, and as a ratio it is {times} %"
            yield remark_on(o, "printed_value", False, f"perhaps {times}", message)


def _among_rates(facts: Facts) -> Iterator[Remark]:
    groups: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for o in facts.observations:
        if o.row["printed_unit_id"] == PERCENT and o.interval.value is not None:
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
    return _shown(observation.row["printed_value"])


def _shown(printed: str) -> int:
    """With how many decimals a number is printed."""
    return len(printed.partition(".")[2])


def _claimed(decimals: str) -> float:
    """How many decimals a cell claims: as many as are shown where it is empty."""
    return int(decimals) if decimals else math.inf


@relation(
    "U.claimed_decimals",
    "warning",
    says="digits of a print beyond the decimals that it claims are zeros",
    rationale="Decimals are typed lower where a program added zeros: 36.9 with no decimal claims 36.4 to 37.4.",
    fix="empty decimals, which filling counts, or correct the digits of the number",
    reach="row",
    reads="printed_value decimals",
    surely=lambda facts: facts.cells.each("printed_value", _shown) <= facts.cells.each("decimals", _claimed),
)
def claimed_decimals(facts: Facts) -> Iterator[Remark]:
    """Each print that claims fewer decimals than it shows, or zeros at its end."""
    for o in facts.observations:
        printed, claimed = o.row["printed_value"], o.row["decimals"]
        if claimed:
            shown = _shown(printed)
            holds = shown <= int(claimed) or Decimal(printed).scaleb(int(claimed)) % 1 == 0
            message = f"{printed} shows other digits than 0 beyond its {claimed} decimals"
            yield remark_on(o, "decimals", holds, str(shown), message)


FEW = 3
"""So many other prints of a document tell with how many decimals it prints."""


@relation(
    "U.usual_decimals",
    "warning",
    says="a document prints numbers of one unit with no more decimals than it prints the others with",
    rationale="A page that rounds to 24.3 and 25.1 billion prints no 26.48: a digit was added, or the point was moved.",
    fix="check digits and point in the source, and type printed_text as the page prints the number",
    reach="document",
    beside="observations.printed_text observations.via_source_id",
)
def usual_decimals(facts: Facts) -> Iterator[Remark]:
    """Each number without a text that is finer than all others of its document, copy, unit and measure.

    A zero at its end was padded, which is left to `U.padded_decimals`; one that another unit of the document is as fine
    as, millions beside billions, was only written in another way.
    """
    of_row, first = facts.cells.kinds(("source_id", "via_source_id", "printed_unit_id", "measure"))
    shown = facts.cells.each("printed_value", _shown)
    finest, counts = np.zeros(len(first)), np.bincount(of_row, minlength=len(first))
    np.maximum.at(finest, of_row, shown)
    are_asked = (shown == finest[of_row]) & (shown > 0) & (counts > FEW)[of_row]
    are_alone = np.bincount(of_row[are_asked], minlength=len(first)) == 1
    asked = facts.cells.rows(are_asked & are_alone[of_row])
    odd = [o for o in asked if not o.row["printed_text"] and not o.row["printed_value"].endswith("0")]
    others: dict[tuple[str, ...], list[Observation]] = {_page(o): [] for o in odd}
    for o in facts.observations if odd else ():
        if (page := _page(o)) in others:
            others[page].append(o)
    for o in odd:
        alike = [other for other in others[_page(o)] if other is not o]
        if any(_is_as_fine(other, o) for other in facts.observations if other.source_id == o.source_id):
            continue
        told = ", ".join(other.row["printed_value"] for other in alike[:4])
        message = f"the {len(alike)} others of its document in {o.row['printed_unit_id']} are as coarse as {told}"
        most = max(map(_decimals, alike))
        yield remark_on(o, "printed_value", False, f"a number with up to {most} decimals", message, *alike[:4])


def _is_as_fine(other: Observation, o: Observation) -> bool:
    """Whether a print of another unit is known to as small a step of the same canonical unit."""
    if other.series.unit_id != o.series.unit_id or other.row["printed_unit_id"] == o.row["printed_unit_id"]:
        return False
    return _step(other) <= _step(o)


def _step(o: Observation) -> Decimal:
    low, high = o.interval.low, o.interval.high
    return Decimal("Infinity") if low is None or high is None else high - low


def _page(o: Observation) -> tuple[str, ...]:
    return (o.source_id, o.row["via_source_id"], o.row["printed_unit_id"], o.series.measure)


RELATIONS = (padded_decimals, ratio_as_rate, claimed_decimals, usual_decimals)
