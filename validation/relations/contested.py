"""Which facts have several prints of which doubles leave open whether all of them have a number in common."""

from __future__ import annotations

import numpy as np

from validation.relations.facts import Facts
from validation.relations.kept import kept

__all__ = ["are_contested"]


@kept
def are_contested(facts: Facts) -> list[bool]:
    """For each fact of `told_again` whether doubles leave open that all of its prints meet."""
    if not facts.told_again:
        return []
    ends = facts.columns.ends_in([o for prints in facts.told_again for o in prints])
    starts = np.cumsum([0, *map(len, facts.told_again[:-1])])
    # Intervals of one line have a number in common where the last to begin begins before the first to end.
    lows, highs = np.maximum.reduceat(ends.low, starts), np.minimum.reduceat(ends.high, starts)
    return (~(lows < highs)).tolist()
