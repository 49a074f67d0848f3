"""A balance that is as large as those near it only in dollars: the convenience column was typed as the own currency."""

from __future__ import annotations

from collections.abc import Iterator

from canonical.spans import Period
from validation.relations.facts import ACTUAL, Facts, Observation, Series
from validation.relations.outliers import BESIDE
from validation.relations.paces import DOLLARS, FAR, FITS, FOREIGN, STEADY
from validation.relations.rates import rate_of_year
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unheld_by_series

__all__ = ["RELATIONS"]

SHOWN = 3
"""So many other balances are shown."""


@relation(
    "U.foreign_balance",
    "warning",
    says="a balance that nothing else bears out is of the size of those near it in the currency that is typed",
    rationale="Cash of 7.7 among 54 and 60 is no yuan: in dollars, sevenfold, it is what they are.",
    fix="check the currency of the number in the source",
)
def foreign_balance(facts: Facts) -> Iterator[Remark]:
    """Each such result far below all balances of its line near it, of whatever perimeter, among which it is as dollars.

    The others must be of one order and of one sign.
    """
    for series, alone in unheld_by_series(facts).items():
        currency = _currency(series, facts)
        if currency in BESIDE and _is_balance(series, facts):
            alike = facts.on_any_perimeter.get(series._replace(perimeter_id=""), [series])
            told = [(period, prints[0]) for other in alike for period, prints in facts.by_series[other].items()]
            largest = max((_value(o) for _, o in told), key=abs)
            for period, prints in alone.items():
                asked = [o for o in prints if 0 < abs(_value(o)) * FOREIGN < abs(largest)]
                near = [o for p, o in told if p != period and abs(p.end - period.end) <= FAR] if asked else []
                yield from (_remark(o, near) for o in asked if _is_foreign(o, near, period, currency, facts))


def _is_balance(series: Series, facts: Facts) -> bool:
    metric = facts.reference.metrics.get(series.metric_id, {})
    is_result = series.standing == ACTUAL and series.measure == "level" and not series.of_entity_id
    return is_result and metric.get("aggregation") == "last" and metric.get("quantity") == "money"


def _currency(series: Series, facts: Facts) -> str:
    unit = facts.reference.units.get(series.unit_id)
    return unit.currency if unit else ""


def _is_foreign(o: Observation, near: list[Observation], period: Period, currency: str, facts: Facts) -> bool:
    """Whether a balance is far below others of one order and of its sign, and among them at the dollar's rate."""
    sizes = [abs(_value(other)) for other in near if _value(other) * _value(o) > 0]
    if not sizes or len(sizes) < len(near) or max(sizes) > STEADY * min(sizes):
        return False
    rate, size = rate_of_year(DOLLARS, currency, period.end.year, facts.reference.folder), abs(_value(o))
    is_far = size * FOREIGN < min(sizes)
    return is_far and rate is not None and min(sizes) / FITS <= size * float(rate) <= max(sizes) * FITS


def _value(o: Observation) -> float:
    return float(o.interval.value or 0)


def _remark(o: Observation, near: list[Observation]) -> Remark:
    told = ", ".join(
        f"{p.row['printed_value']} {p.row['printed_unit_id']} ({p.row['period_end']})" for p in near[:SHOWN]
    )
    return remark_on(
        o, "printed_unit_id", False, f"perhaps the same number in {DOLLARS}",
        f"no other print and no equation bears it out, and near it stand {told}", *near[:SHOWN],
    )  # fmt: skip


RELATIONS = (foreign_balance,)
