"""Why two prints may disagree: each explanation is tried on a broken case and named where it would mend it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from canonical.arithmetic import gap, hull, meets, negated, scaled
from canonical.intervals import Interval, decimal_text
from validation.causes.constant_currency import constant_currency
from validation.causes.elsewhere import line_of_input, stands_elsewhere, stands_under_part
from validation.causes.mistaken_columns import acceleration, change_of_level, foreign, part_as_whole, share_of_whole
from validation.causes.mistaken_documents import growth_of_other_period, left_out_column, stale_base
from validation.causes.mistaken_periods import accumulated, another_base, longer, other_four_quarters, padded
from validation.causes.recalculation import other_print, slip_of_input, slip_of_odd_input
from validation.causes.slips import at_home, misread, slips
from validation.relations.facts import Facts, Observation
from validation.relations.relation import Case, Option, Relation

__all__ = ["MOST", "explanations"]

MOST = 2
"""At most this many explanations stand in one message, the likeliest first."""
TRIED, NEAR = 64, Decimal("1.35")
"""So many prints of one thing are tried; a number is near others where it lies no farther beyond by this factor."""
BY_CHANCE = re.compile(r"^it fits |as the sum of the | times too (?:large|small)$")
"""How a cause begins or ends that one of many periods and powers of ten is."""
FROM_RECAST = Decimal(25)
"""So many points, at most, recasts move growth on the year."""


def explanations(relation: Relation, case: Case, facts: Facts) -> list[str]:
    """The likely causes of a broken case, in words; general ones only where no particular one fits."""
    other = _other_side(case)
    for tier in (OF_INPUTS, PARTICULAR, GENERAL, OF_SIZE, LAST):
        for side, whose, asked in ((case, "", tier), *other):
            found = dict.fromkeys(
                f"{whose}{words}" for explain in tier if explain in asked for words in explain(relation, side, facts)
            )
            if found:
                is_perhaps_chance = any(BY_CHANCE.search(words) for words in found)
                also = OF_COLUMN if is_perhaps_chance and len(found) < MOST else ()
                found |= dict.fromkeys(words for explain in also for words in explain(relation, case, facts))
                return list(found)[:MOST]
    return []


def _other_side(case: Case) -> list[tuple[Case, str, tuple[Explainer, ...]]]:
    """Of a print that is held against another one of its fact: the case of that other, words that say so, and what
    may explain it.

    None where the other is a bound. The reporter's own word is hardly ever a slip against another's, but may be a sum.
    A rate on another basis may be that of another period.
    """
    printed, (other, *more) = case.printed, case.best.inputs or (case.printed,)
    is_alike = (other.series._replace(basis=printed.series.basis), other.period) == (printed.series, printed.period)
    if not is_alike or more or other.row_id == printed.row_id or other.row["bound"] != "eq":
        return []
    turned, whose = Case(other, (Option((printed,), printed.interval),)), f"follows from {other.row_id}: "
    if other.series.basis != printed.series.basis:
        return [(turned, whose, OF_OTHER_BASIS)]
    is_own = other.is_own_word and not printed.is_own_word
    return [(turned, whose, (accumulated,) if is_own else OF_OTHER)]


def _currency(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """Money that would fit in the entity's own currency: yuan typed as dollars."""
    if relation.id != "C.conversion":
        return
    typed = facts.reference.units[case.printed.row["printed_unit_id"]]
    own = facts.reference.entities[case.printed.series.entity_id]["reporting_currency"]
    near = hull(o.interval for o in case.best.inputs)
    for unit in facts.reference.units.values():
        if unit.currency == own and unit.factor == typed.factor and near.low is not None and near.high is not None:
            around = replace(near, low=near.low / 3, high=near.high * 3)
            if meets(case.printed.interval, around):
                yield f"{case.printed.row['printed_value']} would fit as {unit.unit_id}"


def _slip(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """The slip that would bring a print home; among neighbours, to half as much again as their own span."""
    implied, inputs = case.best.implied, case.best.inputs
    if relation.id in ("U.scale_slip", "U.rate_slip") and implied.low is not None and implied.high is not None:
        around = hull(o.interval for o in inputs)
        yield from _near_others(case.printed, around, facts)
        if around.low is not None and around.high is not None:
            implied = replace(implied, low=around.low / 3 * 2, high=around.high / 2 * 3)
    if relation.id == "U.plausible" and implied.low is not None and implied.low < 0:
        yield from _points_of_a_hundredth(case)
        return  # what a metric can be on both sides of zero says nothing of its sign
    yield from slips(case.printed, implied, facts.reference)


def _near_others(printed: Observation, around: Interval, facts: Facts) -> Iterator[str]:
    """The currencies and slips that would bring a print among others or near them, by a third at most."""
    if around.low is None or around.high is None or around.low <= 0:
        return
    yield from at_home(printed, Interval(None, around.low / NEAR, around.high * NEAR), facts.reference)


def _points_of_a_hundredth(case: Case) -> Iterator[str]:
    """A rate in hundredths of a percent, too large even for ten times a rate that can be."""
    printed, tenth = case.printed, scaled(case.printed.interval, Decimal("0.1"))
    value = Decimal(printed.row["printed_value"]) / 100
    is_so = meets(scaled(tenth, Decimal("0.1")), case.best.implied) and not meets(tenth, case.best.implied)
    if printed.series.unit_id == "percent" and is_so:
        yield f"{decimal_text(value)} percent would fit: the print is 100 times too large"


def _turned(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A minus before what is never below zero."""
    interval = case.printed.interval
    if relation.id == "U.sign" and interval.value is not None and meets(negated(interval), case.best.implied):
        yield f"{case.printed.row['printed_value'].removeprefix('-')} would fit: the sign may be lost"


def _same_number_elsewhere(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """The printed number under another period, metric, measure or entity that would explain a mix-up.

    None of growth over a recast: levels of another perimeter say too little of it.
    """
    if relation.id == "C.growth_over_recast":
        return
    yield from stands_elsewhere(case.printed, facts, {o.row_id for o in case.observations})


def _cut_off(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """Digits cut off instead of rounded, or a last digit off by one."""
    interval, row = case.printed.interval, case.printed.row
    if interval.low is None or interval.high is None or interval.value is None or row["bound"] != "eq":
        return
    width = interval.high - interval.low
    beyond = replace(interval, low=interval.value, high=interval.value + width, high_open=True)
    if meets(beyond, case.best.implied):
        yield "the digits would fit if they were cut off and not rounded"
        return
    around = replace(interval, low=interval.low - width, high=interval.high + width)
    if meets(around, case.best.implied):
        yield "the last digit is off by one, as when rounded figures are calculated with"


def _recast(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A base that may have been recast between its own print and that of the growth."""
    if not relation.id.startswith("C.growth") or len(case.best.inputs) < 2:
        return
    if gap(case.best.implied, case.printed.interval) > FROM_RECAST:
        return
    base = case.best.inputs[-1]
    if case.printed.known_on and base.known_on and (case.printed.known_on - base.known_on).days > 180:
        yield f"the base was printed on {base.known_on} and may have been recast since"


def _digit(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """One digit that was misread or is too many."""
    yield from misread(case.printed, case.best.implied)


def _same_number_under_part(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """The printed number under a part of the entity, or foreseen for the period."""
    yield from stands_under_part(case.printed, facts, {o.row_id for o in case.observations})


def _word_elsewhere(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """Another print of the very number that has a word beside it, such as `about`, with which it would fit."""
    printed = case.printed
    prints = facts.by_fact.get((printed.series, printed.period), []) if printed.period is not None else []
    for other in prints[:TRIED]:
        said = " ".join(
            word for word in (other.row["bound"], other.row["precision_word"]) if word not in ("eq", "none")
        )
        is_same = (
            other.row["printed_value"] == printed.row["printed_value"]
            and other.interval.value == printed.interval.value
        )
        is_plain = (printed.row["bound"], printed.row["precision_word"]) == ("eq", "none")
        if said and is_same and is_plain and meets(other.interval, case.best.implied):
            yield f"it would fit with the word that {other.row_id} has: {said}"
            return


def _line_of_input(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """An input with the number of another line or column."""
    yield from line_of_input(case, facts) if relation.id in CALCULATED else ()


CALCULATED = frozenset(("C.sum_of_periods", "C.sum_of_known_periods", "C.growth_yoy", "C.growth_prev", "C.margin"))
"""Relations that calculate a number from others, of which one may be wrong."""
Explainer = Callable[[Relation, Case, Facts], Iterator[str]]
OF_INPUTS: tuple[Explainer, ...] = (slip_of_odd_input, other_print)
PARTICULAR: tuple[Explainer, ...] = (
    _word_elsewhere, constant_currency, another_base, other_four_quarters, _currency, _same_number_elsewhere,
    accumulated, growth_of_other_period,
)  # fmt: skip
GENERAL: tuple[Explainer, ...] = (
    padded, _cut_off, acceleration, change_of_level, _slip, _turned, slip_of_input,
)  # fmt: skip
OF_SIZE: tuple[Explainer, ...] = (longer, part_as_whole)
LAST: tuple[Explainer, ...] = (
    foreign, _digit, _line_of_input, _same_number_under_part, share_of_whole, stale_base, left_out_column, _recast,
)  # fmt: skip
OF_COLUMN: tuple[Explainer, ...] = (acceleration, foreign)
"""What may explain a case as well as what fits by chance."""
OF_OTHER: tuple[Explainer, ...] = (accumulated, growth_of_other_period, *GENERAL, *OF_SIZE, *LAST)
OF_OTHER_BASIS: tuple[Explainer, ...] = (_same_number_elsewhere,)
