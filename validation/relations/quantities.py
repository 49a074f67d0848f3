"""Which quantities have parts, which add up over time, and which digits tell a number: what a relation may ask."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Generic, TypeVar

from canonical.reference import Reference
from validation.relations.facts import ACTUAL, Observation, Series

__all__ = ["Without", "adds_up_over_time", "is_extensive", "is_past", "is_plain", "significant_digits"]

N = TypeVar("N", float, Decimal)


def adds_up_over_time(series: Series, reference: Reference) -> bool:
    """Whether the level is a flow, so that shorter periods make up longer ones."""
    return series.measure == "level" and _metric(series, reference).get("aggregation") == "sum"


def is_extensive(series: Series, reference: Reference) -> bool:
    """Whether parts of the level make up the whole and none is negative: revenue and tokens, not margins."""
    if series.measure != "level" or series.of_entity_id:
        return False
    metric = _metric(series, reference)
    return (
        metric.get("aggregation") in ("sum", "last")
        and metric.get("sign") == "nonnegative"
        and metric.get("quantity") not in ("ratio", "points", "multiple", "price", "time")
    )


def is_past(series: Series) -> bool:
    """Whether its numbers are of what came, as its reporter or an estimator says; of one estimator in each series."""
    return series.standing == ACTUAL or series.standing.startswith("estimate ")


def is_plain(observation: Observation) -> bool:
    """Whether a print stands without a bound and without a word such as about."""
    return observation.row["bound"] == "eq" and observation.row["precision_word"] == "none"


def significant_digits(observation: Observation) -> str:
    """The digits of a print in its canonical unit, without sign, point and the zeros at both ends.

    29.61 billion and 29,610.0 million have the same.
    """
    value = observation.interval.value
    return "" if value is None else f"{abs(value):f}".replace(".", "").strip("0")


class Without(Generic[N]):
    """Numbers in order without some of them, whose median is told without putting them in order again."""

    def __init__(self, ordered: Sequence[N], gone: Iterable[N]) -> None:
        """Leave out as many of equal numbers as are `gone`, all of which are among those `ordered`."""
        self._ordered, self._gone = ordered, list[int]()
        for number in sorted(gone):
            place = bisect_left(ordered, number)
            self._gone.append(max(place, self._gone[-1] + 1) if self._gone else place)

    def __len__(self) -> int:
        """How many numbers are left."""
        return len(self._ordered) - len(self._gone)

    def __getitem__(self, place: int) -> N:
        """The number at a place among those left, from 0, or from −1 at the end; IndexError where there is none."""
        at = place if place >= 0 else len(self) + place
        if not 0 <= at < len(self):
            raise IndexError(place)
        for gone in self._gone:
            at += gone <= at
        return self._ordered[at]

    @property
    def median(self) -> N:
        """The middle of those left, or the mean of the two in the middle."""
        half = len(self) // 2
        return self[half] if len(self) % 2 else (self[half - 1] + self[half]) / 2


def _metric(series: Series, reference: Reference) -> dict[str, str]:
    return reference.metrics.get(series.metric_id, {})
