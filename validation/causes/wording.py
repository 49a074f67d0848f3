"""Word a broken case as a finding: what is printed, what it should be, from which rows, and why it may be so."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from canonical.findings import Finding, Severity
from canonical.intervals import EXACT, Interval, decimal_text
from validation.causes.explanations import explanations
from validation.causes.of_remarks import causes_of_remark
from validation.relations.facts import Facts, Observation
from validation.relations.relation import Case, Relation, Remark

__all__ = ["finding_of", "shown_interval"]

MOST_INPUTS = 6


def finding_of(relation: Relation, case: Case | Remark, facts: Facts, with_causes: bool = True) -> Finding:
    """The finding of one broken case; `related` names the rows it rests on, its own row left out.

    Parameters: `with_causes` says whether likely causes are looked for, which takes most of the time.
    """
    if isinstance(case, Remark):
        return _of_remark(relation, case, facts, with_causes)
    case = _of_one_hand(case)
    printed, option = case.printed, case.best
    factor = facts.reference.units[printed.row["printed_unit_id"]].factor
    unit = printed.row["printed_unit_id"]
    parts = [_calculation(relation, case, facts)]
    causes = explanations(relation, case, facts) if with_causes else []
    if causes:
        parts.append("likely: " + "; or ".join(causes))
    readings = _readings(case.observations)
    if readings:
        parts.append(f"rests on a reading: {readings}")
    return Finding(
        rule=relation.id,
        severity=_severity(relation, case),
        table="observations",
        row_id=printed.row_id,
        row_number=printed.number,
        column="printed_value",
        found=f"{_print(printed)} ({shown_interval(printed.interval, factor)})",
        expected=f"{shown_interval(option.implied, factor)} {unit}",
        message="; ".join(parts),
        fix=relation.fix,
        related=" ".join(dict.fromkeys(o.row_id for o in option.inputs if o.row_id != printed.row_id)),
    )


def _of_remark(relation: Relation, remark: Remark, facts: Facts, with_causes: bool) -> Finding:
    related = (*(o.row_id for o in remark.observations), *remark.related)
    readings = _readings(remark.observations)
    causes = causes_of_remark(relation.id, remark, facts) if with_causes else []
    message = remark.message + (f"; likely: {'; or '.join(causes)}" if causes else "")
    return Finding(
        rule=relation.id,
        severity=remark.severity or relation.severity,
        table=remark.table,
        row_id=remark.row_id,
        row_number=remark.row_number,
        column=remark.column,
        found=remark.found,
        expected=remark.expected,
        message=message + (f"; rests on a reading: {readings}" if readings else ""),
        fix=relation.fix,
        related=" ".join(dict.fromkeys(row_id for row_id in related if row_id != remark.row_id)),
    )


def _of_one_hand(case: Case) -> Case:
    """The case with those options alone that are of one hand, where there are any: they weigh most, near or far."""
    options = tuple(option for option in case.options if _is_one_hand((case.printed, *option.inputs)))
    return replace(case, options=options) if options else case


def _is_one_hand(observations: tuple[Observation, ...]) -> bool:
    """Whether nothing is a reading and one document, or the reporter's own, states all of it."""
    own = len({o.source_id for o in observations}) == 1 or all(o.is_own_word for o in observations)
    return own and not any(o.assumed for o in observations)


def _severity(relation: Relation, case: Case) -> Severity:
    """An error only where all that the finding tells of is of one hand."""
    severity = case.severity or relation.severity
    return "warning" if severity == "error" and not _is_one_hand(case.observations) else severity


def _calculation(relation: Relation, case: Case, facts: Facts) -> str:
    named = [_input(o, case.printed) for o in case.best.inputs[:MOST_INPUTS]]
    if len(case.best.inputs) > MOST_INPUTS:
        named.append(f"and {len(case.best.inputs) - MOST_INPUTS} more")
    says = f"{relation.says}" + (f" ({case.note})" if case.note else "")
    return f"{says}; held against {', '.join(named)}" if named else says


def _input(observation: Observation, printed: Observation) -> str:
    """An input with what tells it from the print: its entity, metric, breakdown or period where they differ."""
    differs = [
        getattr(observation.series, name)
        for name in ("entity_id", "metric_id", "breakdown_id")
        if getattr(observation.series, name) != getattr(printed.series, name)
    ]
    if observation.period is not None and observation.period != printed.period:
        differs.append(observation.period.label)
    if observation.source_id != printed.source_id:
        differs.append(observation.source_id)
    return _print(observation) + (f" ({', '.join(differs)})" if differs else "")


def _print(observation: Observation) -> str:
    row = observation.row
    upper = f" to {row['printed_value_to']}" if row["printed_value_to"] else ""
    return f"{row['printed_value']}{upper} {row['printed_unit_id']}"


def _readings(observations: tuple[Observation, ...]) -> str:
    """The assumed cells among the rows of a case: `period_end of row`, at most three."""
    found = [f"{' and '.join(o.assumed)} of {o.row_id}" for o in dict.fromkeys(observations) if o.assumed]
    return ", ".join(found[:3]) + (" and others" if len(found) > 3 else "")


def shown_interval(interval: Interval, factor: Decimal) -> str:
    """An interval in a printed unit, to four digits beyond what its ends differ by.

    >>> shown_interval(Interval(None, Decimal("39823.5"), Decimal("39824.5")), Decimal(100))
    '398.235 to 398.245'
    """
    low, high = interval.low, interval.high
    low = None if low is None else EXACT.divide(low, factor)
    high = None if high is None else EXACT.divide(high, factor)
    if low is None or high is None:
        if low is None and high is None:
            return "anything"
        end, is_open = (low, interval.low_open) if low is not None else (high, interval.high_open)
        assert end is not None
        words = ("above" if is_open else "at least") if low is not None else ("below" if is_open else "at most")
        return f"{words} {decimal_text(_rounded(end, abs(end), ROUND_FLOOR))}"
    if low == high:
        return decimal_text(_rounded(low, abs(low), ROUND_FLOOR))
    width = high - low
    return f"{decimal_text(_rounded(low, width, ROUND_FLOOR))} to {decimal_text(_rounded(high, width, ROUND_CEILING))}"


def _rounded(number: Decimal, width: Decimal, rounding: str) -> Decimal:
    """The number to three digits of `width`, or as it is where that is shorter."""
    if width == 0:
        return number
    last = min(width.adjusted() - 2, 0)
    digits = max(number.adjusted() - last + 2, 1)
    return number.quantize(Decimal(1).scaleb(last), context=Context(digits, rounding))
