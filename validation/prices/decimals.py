"""With how many decimals amounts are written, and lists write them: what a rounding is."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from validation.prices.frames import Prices

__all__ = ["decimals", "units_of_lists"]

Amounts = NDArray[np.float64]
PLACES, NOISE = 12, 1e-12
"""So many decimals an amount has at most; so close to a whole number, relatively, it is one."""
SAMPLE, MOST = 2_000, 0.95
"""Of so many amounts of a list such a share has no more decimals than it writes."""
FINE = 7
"""Lists with so many decimals calculate their prices; others print them, and round some of them."""
MILLS, CENTS, OFTEN = 3, 2, 0.25
"""These round to mills; and to cents where so many amounts are whole cents, which chance makes a tenth of them."""


def decimals(amount: pl.Expr) -> pl.Expr:
    """With how many decimals an amount above zero is written."""
    parts = (amount * 10.0**place for place in range(PLACES))
    return pl.sum_horizontal((part / part.round() - 1).abs() > NOISE for part in parts).cast(pl.Int64)


def units_of_lists(prices: Prices, series: pl.Series) -> pl.Series:
    """One unit of the last decimal to which the list of each of some series of machines may round an amount."""
    first, units = prices.shared("units_of_lists", _units)
    return pl.Series(units[np.searchsorted(first, series.to_numpy() - 1, side="right") - 1])


def _units(prices: Prices) -> tuple[NDArray[np.intp], Amounts]:
    """The places of the first series of each list, and the units of these lists."""
    of_list = prices.machine_keys["source_id"].to_physical().to_numpy()
    first = np.flatnonzero(np.concatenate([[True], of_list[1:] != of_list[:-1]]))[: len(of_list)]
    begins = np.searchsorted(prices.machine_series["series"].to_numpy(), first + 1)
    lists = np.split(prices.machine_series["amount"].to_numpy(), begins[1:])
    return first, np.array([_unit(amounts[:: len(amounts) // SAMPLE + 1]) for amounts in lists])


def _unit(amounts: Amounts) -> float:
    some = amounts[amounts > 0]
    if not len(some):
        return 1.0
    parts = some * 10.0 ** np.arange(PLACES)[:, None]
    # A part that rounds to zero is no whole number, however near.
    written = (np.abs(parts - np.round(parts)) > NOISE * parts).sum(axis=0)
    places = int(np.quantile(written, MOST, method="lower"))
    if places < FINE:
        places = min(places, CENTS if np.mean(written <= CENTS) > OFTEN else MILLS)
    return 10.0**-places
