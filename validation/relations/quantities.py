"""Which quantities have parts, which add up over time, and which digits tell a number: what a relation may ask."""

from __future__ import annotations

from canonical.reference import Reference
from validation.relations.facts import Observation, Series

__all__ = ["adds_up_over_time", "is_extensive", "significant_digits"]


def adds_up_over_time(series: Series, reference: Reference) -> bool:
    """Whether the level is a flow, so that shorter periods make up longer ones."""
    return series.measure == "level" and _metric(series, reference).get("aggregation") == "sum"


def is_extensive(series: Series, reference: Reference) -> bool:
    """Whether parts of the level make up the whole and none is negative: revenue and tokens, not margins."""
    metric = _metric(series, reference)
    return (
        series.measure == "level"
        and not series.of_entity_id
        and metric.get("aggregation") in ("sum", "last")
        and metric.get("sign") == "nonnegative"
        and metric.get("quantity") not in ("ratio", "points", "multiple", "price", "time")
    )


def significant_digits(observation: Observation) -> str:
    """The digits of a print in its canonical unit, without sign, point and the zeros at both ends.

    29.61 billion and 29,610.0 million have the same.
    """
    value = observation.interval.value
    return "" if value is None else f"{abs(value):f}".replace(".", "").strip("0")


def _metric(series: Series, reference: Reference) -> dict[str, str]:
    return reference.metrics.get(series.metric_id, {})
