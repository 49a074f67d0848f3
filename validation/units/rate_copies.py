"""Rates that were taken from another day: those of a pair that equal what is easily typed for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Copy", "copies"]

NOISE = 1e-9
"""Relative distance within which two doubles are one rate."""
WEEK = 5
"""Working days of a week."""
NEAR, SMALL, MEAN, COARSE = 1.6, 2.0, 2.5, 3.5
"""Times the usual size of its moves by which a rate that may be a copy is off. Of 253 that equal the day before by
chance none is by 1.4, of 88 that are the last of their month none by 1.3, and of as many that equal the day after one
is by 2.4; others are met farther off."""
MOST_DECIMALS, COARSER = 5, 2
"""Up to so many decimals are told, and so many fewer than usual make a rate a coarse one."""
Table = NDArray[np.float64]


class Copy(NamedTuple):
    """What rates equal, in words, which do by day and pair, and the size beyond which one that does is odd."""

    words: str
    is_met: NDArray[np.bool_]
    limit: float


def copies(rates: Table, days: Sequence[date]) -> Iterator[Copy]:
    """By day and pair of a base, which rates equal those of another day, or have fewer decimals than their pair.

    Such a rate is met by chance on one day in a hundred or fewer: one that is off as well was taken from there.
    """
    yield Copy("the rate of the day before", _equal(rates, _later(rates, 1)), NEAR)
    yield Copy("the rate of a week before", _equal(rates, _later(rates, WEEK)), SMALL)
    yield Copy("the rate of the day after", _equal(rates, _earlier(rates, 1)), MEAN)
    last, mean = np.full_like(rates, np.nan), np.full_like(rates, np.nan)
    decimals = _decimals(rates)
    usual = np.max(decimals, axis=0)
    months = np.array([day.year * 12 + day.month for day in days])
    for month in np.unique(months):
        of_month = np.flatnonzero(months == month)
        last[of_month[:-1]] = rates[of_month[-1]]
        means = np.nanmean(rates[of_month], axis=0)
        mean[of_month] = [round(float(m), int(places)) for m, places in zip(means, usual, strict=True)]
    yield Copy("the last rate of the month", _equal(rates, last), NEAR)
    yield Copy("the mean of the month", _equal(rates, mean), MEAN)
    yield Copy("a rate with fewer decimals than the pair has", decimals + COARSER <= usual, COARSE)


def _later(rates: Table, days: int) -> Table:
    """The rates of so many days before."""
    return np.vstack([np.full_like(rates[:days], np.nan), rates[:-days]])


def _earlier(rates: Table, days: int) -> Table:
    """The rates of so many days after."""
    return np.vstack([rates[days:], np.full_like(rates[:days], np.nan)])


def _equal(rates: Table, others: Table) -> NDArray[np.bool_]:
    return np.abs(rates - others) <= NOISE * np.abs(rates)


def _decimals(rates: Table) -> NDArray[np.int64]:
    """The decimals of each rate."""
    found = np.zeros(rates.shape, np.int64)
    for places in range(MOST_DECIMALS):
        shifted = rates * 10**places
        found += np.abs(shifted - np.round(shifted)) > NOISE * np.maximum(np.abs(shifted), 1)
    return found
