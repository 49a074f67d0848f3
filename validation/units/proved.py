"""Rows whose cells a few sums of doubles prove to be those of their print, so that the scan has the others alone.

A whole number below 10¹⁵ is a double, and so are sums of a few of them and powers of ten up to 10²²; the quotient of
two such doubles is the one nearest to the decimal. Where all numbers of a row stay below, its cells are proved to be
the ends of the print; a row of which that cannot be said is none of these, whether it is right or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from canonical.reading.coded import Coded
from validation.engines.polars.typed import TypedBlock
from validation.units.printed_numbers import LONGEST, numbers_of

__all__ = ["unproved"]

Doubles = NDArray[np.float64]
LARGEST = 10.0**LONGEST
NO_END = np.inf
"""Stands for an empty cell, and for an end that a print does not have."""
AS_SHOWN = 127
"""In place of decimals that a row does not state."""
TENS = np.array([10.0**power if power <= 22 else np.nan for power in range(64)])
HALVES = np.array([0.5 * 10.0**power if 0 <= power <= LONGEST else np.nan for power in range(-128, 256)])
"""Half a unit of the last claimed decimal in units of the last printed one, by the decimals between them, from -128."""
ENDS = ("value", "low", "high")


def unproved(
    block: TypedBlock, prints: Sequence[str], cells: Sequence[str], kinds: pl.DataFrame, codes: pl.Series
) -> pl.Series:  # fmt: skip
    """The positions of the rows whose cells are not proved to be the ends of their print.

    `prints` are the columns of the print and its second end, `cells` those of value, low and high end; `kinds` says
    what the codes of a row decide of its print, `codes` which of these kinds each row is of.
    """
    first, second = (block.given.columns[name] for name in prints)
    of_kinds, kind = _of_kinds(kinds), codes.to_numpy()
    digits, shown = _of_prints(first)
    of_row = (lambda found: found) if first.codes is None else _by(first.codes.fill_null(len(digits) - 1).to_numpy())
    factor, printed = of_kinds["factor"][kind], of_row(shown)
    number = of_row(digits) * factor
    claimed = of_kinds["decimals"][kind]
    apart = np.where(claimed == AS_SHOWN, 0, printed - claimed)
    half = HALVES[apart + 128] * factor
    ten = TENS[printed + of_kinds["power"][kind] + 1]
    is_proved = np.abs(number) + 4 * half < LARGEST
    is_proved &= (number >= 0) | of_kinds["is_plain"][kind]
    for end, cell in zip(ENDS, cells, strict=True):
        is_proved &= _doubles(block, cell) == (number + of_kinds[end][kind] * half) / ten
    is_proved &= second.is_empty.to_numpy()
    return pl.Series(np.flatnonzero(~is_proved).astype(np.uint32))


def _by(codes: NDArray[Any]) -> Any:
    return lambda found: found[codes]


def _of_kinds(kinds: pl.DataFrame) -> dict[str, NDArray[Any]]:
    """By kind of row: its factor and power of ten, its decimals, and how many halves each end is from the print.

    A kind of which more than that decides has no factor.
    """
    is_simple = pl.col("is_whole") & ~pl.col("two_ended") & pl.col("has_unit") & ~pl.col("no_form")
    for cause in ("wrong_quantity", "wrong_unit"):
        is_simple &= ~pl.col(cause) if cause in kinds.columns else True
    if "has_decimals" in kinds.columns:
        is_simple &= pl.col("has_decimals")
    halves: list[pl.Expr] = []
    for end in ENDS:
        x, h, u, y = (pl.col(f"{end}_{part}") for part in "xhuy")
        is_bounded = pl.col(f"{end}_bounded")
        is_simple &= ~is_bounded | ((x == 2) & (u == 0) & (y == 0))
        of_exact = pl.when(pl.col("is_exact")).then(0).otherwise(h // 2)
        halves.append(
            pl.when(is_bounded).then(of_exact.cast(pl.Float64)).otherwise(NO_END).fill_null(NO_END).alias(end)
        )
    factor = pl.when(is_simple).then(10.0 * pl.col("number")).fill_null(float("nan")).alias("factor")
    decimals = pl.coalesce(pl.col("decimals").clip(-100, AS_SHOWN - 1), AS_SHOWN)
    found = kinds.select(
        factor, pl.col("power").fill_null(0), decimals.alias("decimals"), pl.col("is_plain").fill_null(False), *halves
    )
    return {name: found.get_column(name).to_numpy() for name in found.columns}


def _of_prints(cells: Coded) -> tuple[Doubles, NDArray[np.int64]]:
    """Of each different print its digits as a whole number, NaN where it is none, and how many are decimals.

    Behind them stands an empty cell.
    """

    def ask() -> tuple[Doubles, NDArray[np.int64]]:
        found = numbers_of(cells)
        digits = found.get_column("digits").cast(pl.Float64).fill_null(float("nan")).to_numpy()
        shown = found.get_column("shown").fill_null(0).to_numpy()
        if cells.codes is None:
            return digits, shown
        return np.append(digits, np.nan), np.append(shown, 0)

    return cells.memory.of("prints", ask)


def _doubles(block: TypedBlock, cell: str) -> Doubles:
    """The cells of a column as doubles, NaN where a text is not told from all others by its double."""
    cells = block.columns[cell]
    values = cells.values.fill_null(NO_END).to_numpy()
    if block.read.is_text:
        is_long = (block.given.columns[cell].values.str.len_bytes() > LONGEST).fill_null(False).to_numpy()
        values = np.where(is_long, np.nan, values)
    if cells.codes is None:
        return values
    return np.append(values, NO_END)[cells.codes.fill_null(len(values)).to_numpy()]
