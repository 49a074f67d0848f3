"""Two metrics of one thing and period of which one is at most the other by what they are: profits, cash, spending."""

from __future__ import annotations

from collections.abc import Iterator

from canonical.arithmetic import at_least, at_most, meets
from canonical.spans import Period
from validation.relations.facts import ACTUAL, Facts, Observation, Series
from validation.relations.relation import Case, Option, relation

__all__ = ["RELATIONS"]

ALWAYS: tuple[tuple[str, str], ...] = (
    ("capex-cash-net", "capex-cash"),
    ("capex-cash", "capex-with-finance-leases"),
    ("capex-cash-net", "capex-with-finance-leases"),
)
"""The smaller metric and the larger, by what they are: proceeds taken off, and assets leased on top."""
USUALLY: tuple[tuple[str, str], ...] = (
    ("operating-income", "operating-income-adjusted"),
    ("operating-income", "operating-income-before-impairment"),
    ("operating-income", "ebitda"),
    ("operating-income", "gross-profit"),
    ("operating-income-adjusted", "ebitda"),
    ("operating-income-adjusted", "gross-profit"),
    ("ebita", "ebitda"),
    ("operating-margin", "operating-margin-adjusted"),
    ("free-cash-flow", "operating-cash-flow"),
)
"""The same of profits and cash, but for reporters whose operating income holds gains on what they own, or whose free
cash flow leaves out what they lend to customers."""
ENOUGH = 2
"""In so many other periods, and in all of them, an entity's two have the usual order where it is asked for."""


@relation(
    "C.metric_order",
    "warning",
    says="capital expenditure net of proceeds is at most the gross, and that at most the one with finance leases; "
    "operating income is at most EBITDA, and free cash flow operating cash flow, where the entity's always is",
    rationale="A loss that lost its minus, a definition or a line taken for another, turns the order round.",
    fix="check the sign of both prints, and which metric and definition each follows",
)
def metric_order(facts: Facts) -> Iterator[Case]:
    """Each result of one of these metrics against the other of the same entity, part and period."""
    for small, large in ALWAYS:
        for pairs in _pairs(small, large, facts).values():
            for one, other in pairs.values():
                yield from _cases(one, other)
    for small, large in USUALLY:
        for pairs in _pairs(small, large, facts).values():
            turned = [period for period, (one, other) in pairs.items() if not _is_in_order(one, other)]
            if len(pairs) > ENOUGH and len(turned) <= 1:
                for one, other in pairs.values():
                    yield from _cases(one, other)


def _cases(one: list[Observation], other: list[Observation]) -> Iterator[Case]:
    for o in one:
        yield Case(o, tuple(Option((p,), at_most(p.interval.high, p.interval.high_open)) for p in other))
    for o in other:
        yield Case(o, tuple(Option((p,), at_least(p.interval.low, p.interval.low_open)) for p in one))


def _pairs(small: str, large: str, facts: Facts) -> dict[Series, dict[Period, tuple[list[Observation], ...]]]:
    """The prints of both metrics of an entity and part, whatever its perimeter, by the periods that have both."""
    lines: dict[str, dict[Series, dict[Period, list[Observation]]]] = {small: {}, large: {}}
    for series, periods in facts.by_series.items():
        if series.metric_id in lines and series.measure == "level" and series.standing == ACTUAL:
            line = lines[series.metric_id].setdefault(series._replace(metric_id="", perimeter_id=""), {})
            for period, prints in periods.items():
                line[period] = [*line.get(period, []), *prints]
    return {
        key: {period: (line[period], lines[large][key][period]) for period in line if period in lines[large][key]}
        for key, line in lines[small].items()
        if key in lines[large]
    }


def _is_in_order(one: list[Observation], other: list[Observation]) -> bool:
    """Whether every print of the smaller metric is at most some print of the larger."""
    return all(any(meets(o.interval, at_most(p.interval.high)) for p in other) for o in one)


RELATIONS = (metric_order,)
