"""Calculate once more what a print follows from, with one input put right: is the slip in an input, and which?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from canonical.arithmetic import at_least, growth, hull, meets, product, ratio, scaled, sum_of
from canonical.intervals import Interval
from canonical.reference import Reference
from validation.causes.slips import WIDEST, in_other_currency, put_right
from validation.relations.facts import Facts, Observation
from validation.relations.neighbours import out_of_one_series
from validation.relations.relation import Case, Relation

__all__ = ["now_and_base", "other_print", "slip_of_currency", "slip_of_input", "slip_of_odd_input"]

TRIED = 64
"""So many prints of one input are tried."""
Slips = Callable[[Observation, Reference], Iterator[tuple[Interval, str]]]
Calculation = Callable[[Sequence[Interval]], Interval]
"""What follows from the inputs of a case, in their order."""


def now_and_base(case: Case) -> tuple[list[Observation], list[Observation]]:
    """The inputs of a growth rate: those of its own period, and those of its base."""
    own, inputs = case.printed.period, case.best.inputs
    if own is None:
        return [], []
    begins = own.start or own.end
    now = [o for o in inputs if o.period is not None and begins <= o.period.end <= own.end]
    return now, [o for o in inputs if o not in now]


def _growth(case: Case) -> Calculation:
    now = now_and_base(case)[0]
    are_now = [o in now for o in case.best.inputs]

    def calculated(given: Sequence[Interval]) -> Interval:
        of_now = [interval for is_now, interval in zip(are_now, given, strict=True) if is_now]
        of_base = [interval for is_now, interval in zip(are_now, given, strict=True) if not is_now]
        return growth(sum_of(of_now), sum_of(of_base))

    return calculated


def _floor(given: Sequence[Interval]) -> Interval:
    total = sum_of(given)
    return at_least(total.low, total.low_open)


CALCULATIONS: dict[str, Callable[[Case], Calculation]] = {
    "C.growth_yoy": _growth,
    "C.growth_prev": _growth,
    "C.sum_of_periods": lambda case: sum_of,
    "C.sum_of_known_periods": lambda case: _floor,
    "C.margin": lambda case: lambda given: scaled(ratio(given[0], given[1]), Decimal(100)),
    "C.run_rate": lambda case: lambda given: scaled(sum_of(given), Decimal(4)),
    "C.run_rate_of_month": lambda case: lambda given: scaled(sum_of(given), Decimal(12)),
}
"""How a print follows from its inputs, by relation."""
Fits = Callable[[int, Interval], bool]
"""Whether the print would meet what follows with another interval for the input at a place."""


def _fits(relation: Relation, case: Case) -> Fits:
    """What tells whether another interval for one input would mend a case.

    None does where the calculation is not known: then it does not even give what the case itself was held against.
    """
    given, implied = [o.interval for o in case.best.inputs], case.best.implied
    if relation.id not in CALCULATIONS or len(given) < (2 if relation.id == "C.margin" else 1):
        return _never
    calculation = CALCULATIONS[relation.id](case)
    known = calculation(given)
    if (known.low, known.high) != (implied.low, implied.high):
        return _never

    def fits(place: int, instead: Interval) -> bool:
        found = calculation([*given[:place], instead, *given[place + 1 :]])
        return (calculation is _floor or _is_narrow(found)) and meets(found, case.printed.interval)

    return fits


def _never(place: int, instead: Interval) -> bool:
    return False


def _is_narrow(found: Interval) -> bool:
    """Whether an interval tells anything: its ends have one sign and one order of magnitude."""
    if found.low is None or found.high is None:
        return False
    near, far = sorted((abs(found.low), abs(found.high)))
    return found.low * found.high > 0 and far <= WIDEST * near


def other_print(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """Another print of one input with which the case would hold."""
    if relation.id == "C.sum_of_known_periods" or relation.id not in CALCULATIONS:
        return
    fits = _fits(relation, case)
    for place, used in enumerate(case.best.inputs):
        assert used.period is not None
        for other in facts.by_fact.get((used.series, used.period), [])[:TRIED]:
            differs = not meets(other.interval, used.interval) and other is not case.printed
            if differs and fits(place, other.interval):
                told = f"{other.row['printed_value']} {other.row['printed_unit_id']} of {other.row_id}"
                yield f"it would fit with {told} for {used.row_id}"
                break


def slip_of_input(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A slip in one input that would explain the case, where no other input could be it as well."""
    found = dict(_slips_of_inputs(relation, case, facts)) if relation.id != "C.sum_of_known_periods" else {}
    if len(found) == 1:
        yield from found.values()


def slip_of_odd_input(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A slip in an input that is out of its own series, where it would bring both home."""
    if relation.id not in CALCULATIONS:
        return
    fits = _fits(relation, case)
    for place, used in enumerate(case.best.inputs):
        neighbours = out_of_one_series(used.series, facts)
        if used.row_id in neighbours:
            around = product(hull(o.interval for o in neighbours[used.row_id]), AROUND)
            for instead, words in put_right(used, facts.reference):
                if meets(instead, around) and fits(place, instead):
                    yield f"follows from {used.row_id}: {words}"
                    break


AROUND = Interval(None, Decimal("0.5"), Decimal(2))
"""What is at home in a series lies within half and twice the span of its neighbours."""


def slip_of_currency(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """Another currency of one input that would explain the case, where no other input could be it as well.

    Of a sum all that could be it are named: its quarters are of one size.
    """
    found = dict(_slips_of_inputs(relation, case, facts, in_other_currency))
    if relation.id != "C.sum_of_known_periods" and len(found) == 1:
        yield from found.values()
    currencies = {words.rpartition(" ")[2] for words in found.values()}
    if relation.id == "C.sum_of_periods" and len(found) > 1 and len(currencies) == 1:
        yield f"follows from one of {', '.join(found)}: it would fit in {currencies.pop()}"


def _slips_of_inputs(
    relation: Relation, case: Case, facts: Facts, slips: Slips = put_right
) -> Iterator[tuple[str, str]]:
    fits = _fits(relation, case)
    if fits is _never:
        return
    for place, used in enumerate(case.best.inputs):
        for instead, words in slips(used, facts.reference):
            if fits(place, instead):
                yield used.row_id, f"follows from {used.row_id}: {words}"
                break
