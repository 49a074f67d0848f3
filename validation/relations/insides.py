"""Which prints surely have a number in common with what is allowed for their series, told of all at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from canonical.intervals import Interval
from canonical.observation import Series
from validation.relations import inner
from validation.relations.facts import Facts

__all__ = ["surely_inside"]

ANYTHING = Interval(None, None, None)


def surely_inside(facts: Facts, allowed: Callable[[Series], Interval | None]) -> NDArray[np.bool_]:
    """For each observation whether its interval surely meets the one allowed, which is asked once of each series.

    Of a series for which nothing is given nothing is asked, so that all of its prints do.
    """
    place, different = facts.cells.series
    limits = [allowed(series) for series in different]
    ends = inner.ends_of(limit or ANYTHING for limit in limits)
    is_asked = np.array([limit is not None for limit in limits], np.bool_)
    if not len(place):
        return np.ones(0, np.bool_)
    return ~is_asked[place] | inner.meet(ends.of(place), facts.cells.ends)
