"""Rates that leave the days beside them by more than their pair ever does: each pair told by the others of its base."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from validation.units.given import Given
from validation.units.rate_copies import copies

__all__ = ["COLUMNS", "QUIET", "SERIES", "Jump", "jumps", "rows_at_hand"]

HALF = 0.5
"""Share of the pairs of a base that tell its move of a day; of a day with fewer nothing is said."""
COLUMNS = ("date", "base", "quote", "rate", "source_id")
SERIES = ("source_id", "base", "quote")
QUIET, RECENT = 250, timedelta(days=7)
"""So many days of a pair tell how it moves, from one day to the next within a week."""
USUAL, TIMES = 0.999, 1.5
"""Share of all days whose moves are usual, and how many times such a move is none of the market's."""
AROUND = 25
"""Days on either side that tell how lively the pair is."""
WINDOW, ALWAYS = 130, 60
"""Days that are told by the moves of as many on either side too, and the weight in days of those of the whole history:
a peg that was given up tells no more."""
LARGEST = 10
"""Times the middle move of a pair, beyond which a move counts as so large when others are told by it."""
Table = NDArray[np.float64]


class Jump(NamedTuple):
    """A rate that jumps: its position, the rate between the days beside it, the share it is off and the usual one.

    And what it equals, in words, where a smaller jump than the pair may make is odd for that.
    """

    row: int
    usual: float
    off: float
    limit: float
    copied: str = ""


def rows_at_hand(given: Given) -> pl.DataFrame:
    """The rows of a file, counted in `_row`, and behind them those that it is held against."""
    own = given.typed.select(COLUMNS).with_row_index("_row").with_columns(pl.col("_row").cast(pl.Int64))
    known = given.at_hand()
    rows = own if known is None else pl.concat([own, known.select(COLUMNS)], how="diagonal")
    return rows.with_columns(pl.col(SERIES).cast(pl.Categorical))


def jumps(given: Given) -> Iterator[Jump]:
    """The rates of a file that leave the days before and after by more than their pair ever does.

    What a pair does as the others of its base do is taken off: dollars of Hong Kong follow those of America. The last
    day has one side. Asked of pairs with a history.
    """
    rows = rows_at_hand(given).filter(pl.col("rate") > 0).drop_nulls(COLUMNS)
    rows = rows.unique([*SERIES, "date"], keep="first").filter(pl.len().over(SERIES) > QUIET)
    asked = rows.filter(pl.col("_row").is_not_null()).select("source_id", "base").unique(maintain_order=True)
    for source, base in asked.iter_rows():
        of_base = rows.filter(pl.col("source_id") == source, pl.col("base") == base)
        pairs = of_base["quote"].n_unique()
        yield from _of_base(of_base.filter(pl.len().over("date") >= pairs * HALF))


def _of_base(rows: pl.DataFrame) -> Iterator[Jump]:
    quotes = rows["quote"].unique().sort().to_list()
    wide, places = (rows.pivot(on="quote", index="date", values=of).sort("date") for of in ("rate", "_row"))
    logs = wide.select(pl.col(quotes).log().forward_fill().backward_fill()).to_numpy()
    is_recent = (wide["date"].diff() <= RECENT)[1:].to_numpy()
    moves = np.where(is_recent[:, None], np.diff(logs, axis=0), 0.0)
    own = _own_moves(moves)
    lively = np.maximum(_around(np.abs(own)), np.median(np.abs(own), axis=0))
    off, is_last = _away(own), np.arange(len(logs)) == len(logs) - 1
    size = off / np.vstack([lively[:1], lively])
    sides = np.vstack([np.zeros_like(own[:1]), np.abs(own) / lively])
    limit = np.where(is_last[:, None], _usual(sides), _usual(size)) * TIMES
    like = list(copies(wide.select(quotes).to_numpy(), wide["date"].to_list()))
    for copy in like:
        limit = np.where(copy.is_met & ~is_last[:, None], np.minimum(limit, copy.limit), limit)
    rows_of = places.select(pl.col(quotes).cast(pl.Float64)).to_numpy()
    for day in np.flatnonzero((size > limit).any(axis=1)).tolist():
        for pair in _at_fault(moves, day, np.flatnonzero(size[day] > limit[day])):
            if not np.isnan(rows_of[day, pair]):
                beside = [logs[n, pair] for n in (day - 1, day + 1) if 0 <= n < len(logs)]
                scale = np.vstack([lively[:1], lively])[day, pair]
                words = next((copy.words for copy in like if copy.is_met[day, pair]), "")
                yield Jump(int(rows_of[day, pair]), float(np.exp(np.mean(beside))), float(off[day, pair]),
                           float(limit[day, pair] * scale), words)  # fmt: skip


def _usual(sizes: Table) -> Table:
    """Of each pair the size that hardly any day exceeds."""
    return np.quantile(sizes, USUAL, axis=0)


def _own_moves(moves: Table) -> Table:
    """What is left of the moves of each pair when it is told, by least squares, by those of the others near in time."""
    largest = LARGEST * np.median(np.abs(moves), axis=0)
    plain, left, count = np.clip(moves, -largest, largest), moves.copy(), len(moves)
    whole = plain.T @ plain * (ALWAYS / max(count, 1))
    for first in range(0, count if moves.shape[1] > 1 else 0, WINDOW):
        days, near = slice(first, first + WINDOW), plain[max(first - WINDOW, 0) : first + 2 * WINDOW]
        products = near.T @ near + whole
        for pair in range(moves.shape[1]):
            others = np.flatnonzero(np.arange(moves.shape[1]) != pair)
            told_by = np.linalg.lstsq(products[np.ix_(others, others)], products[others, pair], rcond=None)[0]
            left[days, pair] -= plain[days][:, others] @ told_by
    return left


def _told(plain: Table, pair: int, without: tuple[int, ...]) -> Table:
    """The moves of a pair as those of the others tell them, without some of these."""
    others = [n for n in range(plain.shape[1]) if n != pair and n not in without]
    if not others:
        return np.zeros(len(plain))
    told = plain[:, others]
    return told @ np.linalg.lstsq(told.T @ told, told.T @ plain[:, pair], rcond=None)[0]


def _away(own: Table) -> Table:
    """How far each day lies from those beside it, on the same side of both; the last day has one."""
    before, after = np.vstack([np.zeros_like(own[:1]), own]), np.vstack([-own, np.zeros_like(own[:1])])
    after[-1] = before[-1]
    return np.where(before * after > 0, np.minimum(np.abs(before), np.abs(after)), 0.0)


def _around(sizes: Table) -> Table:
    """The mean size of the moves about each day, of which very large ones count as large."""
    capped = np.minimum(sizes, LARGEST * np.median(sizes, axis=0))
    sums = np.vstack([np.zeros_like(capped[:1]), np.cumsum(capped, axis=0)])
    places = np.arange(len(capped))
    first, last = np.maximum(places - AROUND, 0), np.minimum(places + AROUND + 1, len(capped))
    return (sums[last] - sums[first]) / (last - first)[:, None]


def _at_fault(moves: Table, day: int, pairs: NDArray[np.intp]) -> list[int]:
    """Of the pairs that jump on a day those that the others alone do not tell: one pair makes its like jump too."""
    if len(pairs) == 1:
        return pairs.tolist()
    largest = LARGEST * np.median(np.abs(moves), axis=0)
    plain = np.clip(moves, -largest, largest)
    near = slice(max(day - 1, 0), day + 1)
    left = {int(p): np.abs(moves[near, p] - _told(plain, p, tuple(pairs.tolist()))[near]).min() for p in pairs}
    return [pair for pair, size in left.items() if size > max(left.values()) / 2]
