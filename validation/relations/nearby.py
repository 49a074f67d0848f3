"""Periods in order of time, of which those near a day are found without a look at all others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from canonical.spans import Period

__all__ = ["Nearby"]


class Nearby:
    """Periods, to be asked which of them end near a day."""

    def __init__(self, periods: Iterable[Period]) -> None:
        """Take periods in order of their last days, as `Facts.by_series` has them."""
        self.periods: Sequence[Period] = list(periods)
        self._ends = [period.end for period in self.periods]

    def around(self, day: date, reach: timedelta) -> Sequence[Period]:
        """The periods that end no farther from a day than `reach`, in order of time."""
        return self.periods[bisect_left(self._ends, day - reach) : bisect_right(self._ends, day + reach)]
