"""Two metrics of one thing and period of which one is at most the other by what they are: profits, cash, spending."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from canonical.arithmetic import at_least, at_most
from canonical.intervals import Interval
from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.relation import Case, Option, relation

__all__ = ["RELATIONS"]

AT_MOST: tuple[tuple[str, str], ...] = (
    ("operating-income", "operating-income-adjusted"),
    ("operating-income", "operating-income-before-impairment"),
    ("operating-income", "ebitda"),
    ("operating-income", "gross-profit"),
    ("operating-income-adjusted", "ebitda"),
    ("operating-income-adjusted", "gross-profit"),
    ("ebita", "ebitda"),
    ("free-cash-flow", "operating-cash-flow"),
    ("operating-margin", "operating-margin-adjusted"),
    ("capex-cash-net", "capex-cash"),
    ("capex-cash", "capex-with-finance-leases"),
    ("capex-cash-net", "capex-with-finance-leases"),
)
"""The smaller metric and the larger: what is added back, not yet taken off, or leased on top."""


@relation(
    "C.metric_order",
    "warning",
    says="operating income is at most its adjusted form and EBITDA, free cash flow at most operating cash flow, and "
    "capital expenditure net of proceeds at most the gross one, which is at most the one with finance leases",
    rationale="A loss that lost its minus, a definition or a line taken for another, turns the order round.",
    fix="check the sign of both prints, and which metric and definition each follows",
)
def metric_order(facts: Facts) -> Iterator[Case]:
    """Each result of one of these metrics against the other of the same entity, part and period."""
    pairs: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for small, large in AT_MOST:
        pairs[small].append((large, True))
        pairs[large].append((small, False))
    for printed in facts.by_measure.get("level", []):
        if printed.series.standing == ACTUAL:
            for metric_id, is_small in pairs.get(printed.series.metric_id, ()):
                prints = _prints_of(metric_id, printed, facts)
                if prints:
                    yield Case(printed, tuple(Option((o,), _bounded(o.interval, is_small)) for o in prints))


def _prints_of(metric_id: str, printed: Observation, facts: Facts) -> list[Observation]:
    assert printed.period is not None
    perimeter = facts.reference.perimeter(printed.series.entity_id, metric_id, printed.source_id)
    series = printed.series._replace(metric_id=metric_id, perimeter_id=perimeter)
    return facts.readings(series, printed.period, printed.source_id)


def _bounded(interval: Interval, is_small: bool) -> Interval:
    """What a print may be that is the smaller, or the larger, of the two."""
    if is_small:
        return at_most(interval.high, interval.high_open)
    return at_least(interval.low, interval.low_open)


RELATIONS = (metric_order,)
