"""Two metrics of one thing and period of which one is at most the other by what they are: profits, cash, spending."""

from __future__ import annotations

from collections.abc import Iterator

from canonical.arithmetic import at_least, at_most, meets
from canonical.spans import Period
from validation.relations.facts import ACTUAL, Facts, Observation, Series
from validation.relations.relation import Case, Option, far_reaching, relation

__all__ = ["RELATIONS"]

ALWAYS: tuple[tuple[str, str], ...] = (
    ("capex-cash-net", "capex-cash"),
    ("capex-cash", "capex-with-finance-leases"),
    ("capex-cash-net", "capex-with-finance-leases"),
    ("property-equipment-net", "property-equipment-gross"),
    ("construction-in-progress", "property-equipment-gross"),
    ("depreciation", "depreciation-amortisation"),
    ("cash", "cash-and-investments"),
    ("cost-of-revenue", "costs-and-expenses"),
    ("gross-profit", "revenue"),
    ("gross-profit-adjusted", "revenue"),
    ("cash", "total-assets"),
    ("cash-and-investments", "total-assets"),
    ("accounts-receivable", "total-assets"),
    ("property-equipment-net", "total-assets"),
    ("goodwill", "total-assets"),
)
"""The smaller metric and the larger, by what they are: proceeds or depreciation taken off, leased assets on top, a part
of what the other adds up."""
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
    ("gross-profit", "gross-profit-adjusted"),
    ("free-cash-flow", "ebitda-unadjusted"),
    ("ebitda-unadjusted", "revenue"),
)
"""The same of profits and cash, but for reporters whose operating income holds gains on what they own, or whose free
cash flow leaves out what they lend to customers."""
Line = dict[Period, list[Observation]]
Pair = tuple[list[Observation], list[Observation]]
ENOUGH = 2
"""In so many other periods, and in all of them, an entity's two have the usual order where it is asked for."""


@relation(
    "C.metric_order",
    "warning",
    says="capital expenditure net of proceeds is at most the gross, and that at most the one with finance leases; "
    "a net is at most its gross, a part what holds it, and gross profit revenue; operating income is at most EBITDA, "
    "and free cash flow operating cash flow, where the entity's always is",
    rationale="A loss that lost its minus, a definition or a line taken for another, turns the order round.",
    fix="check the sign of both prints, and which metric and definition each follows",
)
def metric_order(facts: Facts) -> Iterator[Case]:
    """Each result of one of these metrics against the other of the same entity, part and period."""
    lines = _lines(facts)
    for small, large in (*ALWAYS, *USUALLY):
        for pairs in _pairs(lines[small], lines[large]):
            turned = [pair for pair in pairs if not _is_in_order(*pair)]
            if (small, large) in ALWAYS or (len(pairs) > ENOUGH and len(turned) <= 1):
                for one, other in pairs:
                    yield from _cases(one, other)


def _cases(one: list[Observation], other: list[Observation]) -> Iterator[Case]:
    smaller, larger = far_reaching(one), far_reaching(other)
    for o in one:
        yield Case(o, tuple(Option((p,), at_most(p.interval.high, p.interval.high_open)) for p in larger))
    for o in other:
        yield Case(o, tuple(Option((p,), at_least(p.interval.low, p.interval.low_open)) for p in smaller))


def _lines(facts: Facts) -> dict[str, dict[Series, Line]]:
    """The results under each of the metrics by entity and part, whatever its perimeter, and by period."""
    lines: dict[str, dict[Series, Line]] = {metric: {} for pair in (*ALWAYS, *USUALLY) for metric in pair}
    for series, periods in facts.by_series.items():
        if series.metric_id in lines and series.measure == "level" and series.standing == ACTUAL:
            line = lines[series.metric_id].setdefault(series._replace(metric_id="", perimeter_id=""), {})
            for period, prints in periods.items():
                line[period] = [*line.get(period, []), *prints]
    return lines


def _pairs(small: dict[Series, Line], large: dict[Series, Line]) -> Iterator[list[Pair]]:
    """The prints of both metrics of an entity and part, for each period that has both."""
    for key in (key for key in small if key in large):
        yield [(prints, large[key][period]) for period, prints in small[key].items() if period in large[key]]


def _is_in_order(one: list[Observation], other: list[Observation]) -> bool:
    """Whether every print of the smaller metric is at most some print of the larger."""
    larger = far_reaching(other)
    return all(any(meets(o.interval, at_most(p.interval.high)) for p in larger) for o in one)


RELATIONS = (metric_order,)
