"""Whether a rate on the year may be the one that its document prints in constant currency."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from canonical.arithmetic import gap, meets
from validation.relations.facts import Facts, Observation
from validation.relations.kept import kept
from validation.relations.relation import Case, Relation

__all__ = ["CONSTANT", "constant_currency", "in_constant_currency"]

CONSTANT = "constant_currency"
IN_CONSTANT = re.compile(r"const(?:ant|\.)[- ]curr|currency[- ]neutral|固定汇率|不变汇率", re.IGNORECASE)
FROM_CURRENCY, TRIED = Decimal(12), 64
"""So many points, at most, exchange rates move growth on the year; so many prints of one thing are tried."""


def constant_currency(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A rate that equals the one printed for constant currency, where exchange rates may be all that is between."""
    printed = case.printed
    if not printed.series.measure.startswith("growth") or printed.period is None or printed.series.basis == CONSTANT:
        return
    if gap(case.best.implied, printed.interval) > FROM_CURRENCY or _is_reported(printed, facts):
        return
    if IN_CONSTANT.search(f"{printed.row['printed_label']} {printed.row['printed_text']}"):
        yield "its words say that it is in constant currency"
        return
    series = printed.series._replace(basis=CONSTANT)
    for other in facts.by_fact.get((series, printed.period), [])[:TRIED]:
        if meets(other.interval, printed.interval):
            yield f"it is the rate in constant currency of {other.row_id}"
            return
    yield from _perhaps_constant(printed, facts)


def _perhaps_constant(printed: Observation, facts: Facts) -> Iterator[str]:
    """A rate beside which its document reports another of the same fact, where it tells others in constant currency."""
    assert printed.period is not None
    others = facts.by_fact.get((printed.series, printed.period), [])[:TRIED]
    told = in_constant_currency(facts).get(printed.source_id, [])
    if told and any(o.source_id == printed.source_id and not meets(o.interval, printed.interval) for o in others):
        yield f"it may be in constant currency, as {told[0]} of its document is"


def _is_reported(printed: Observation, facts: Facts) -> bool:
    """Whether another print, no coarser, has the rate as the reported one."""
    assert printed.period is not None
    return any(
        other is not printed and meets(other.interval, printed.interval) and _width(other) <= _width(printed)
        for other in facts.by_fact.get((printed.series._replace(basis="reported"), printed.period), [])[:TRIED]
    )


def _width(observation: Observation) -> Decimal:
    low, high = observation.interval.low, observation.interval.high
    return Decimal("Infinity") if low is None or high is None else high - low


@kept
def in_constant_currency(facts: Facts) -> dict[str, list[str]]:
    """The rates in constant currency by their documents."""
    found: dict[str, list[str]] = defaultdict(list)
    for o in facts.by_measure.get("growth_yoy", []):
        if o.series.basis == CONSTANT:
            found[o.source_id].append(o.row_id)
    return found
