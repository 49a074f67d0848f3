"""Layer U of exchange rates: by moves against their own history, by their like, by the other sources at hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import polars as pl

from canonical.findings import Finding
from validation.units.given import Given, Rule
from validation.units.rate_moves import COLUMNS, QUIET, SERIES, jumps, rows_at_hand

__all__ = ["COLUMNS", "FAR", "far_rates"]

NEAR = timedelta(days=31)
APART = ((0, 0.02), (7, 0.08), (31, 0.2))
"""Days between two rates of a pair, and how far they may be apart: a franc that was let go moved by 15 % in a day."""
WEEK = 7
"""Days about a rate within which those of other sources are looked up."""
NOISE = 1e-9
"""Relative distance within which two doubles are one rate."""
MOST_DECIMALS, FINE = 8, 0.998
"""Up to so many decimals are told, and the share of the rates of a pair that its decimals hold."""

FAR = Rule(
    "U.exchange_rate", "warning", "far from the rate of the pair about that day",
    "check the digits, and which currency is the base",
)  # fmt: skip


def far_rates(given: Given) -> Iterator[Finding]:
    """Rates to themselves, those far from their like near in time, those that jump away and back, those too fine."""
    if not given.has(COLUMNS[:4]):
        return
    for at in given.typed.select((pl.col("base") == pl.col("quote")).arg_true()).to_series().to_list():
        message = "a currency has no rate to itself"
        yield given.finding(FAR, at, "quote", "another currency than the base", message)
    told: dict[int, tuple[float | None, str]] = {}
    told |= {at: (usual, "") for at, usual in (*_far(given), *_of_another_print(given))}
    if given.has(COLUMNS):
        for jump in jumps(given):
            evidence = f"{jump.off:.2%} off the days beside it, where the pair does not leave them by {jump.limit:.2%}"
            if jump.copied:
                evidence = f"{jump.off:.2%} off the days beside it, and {jump.copied}"
            told.setdefault(jump.row, (jump.usual, evidence))
        for at, decimals in _too_fine(given):
            told.setdefault(at, (None, f"{decimals} decimals, more than the source prints for the pair"))
    for at, (usual, evidence) in sorted(told.items(), key=lambda item: item[0]):
        expected = "the rate as the source prints it" if usual is None else f"about {usual:.6g}"
        message = f"{FAR.message}; {evidence}" if evidence else ""
        yield given.finding(FAR, at, "rate", expected, message)


def _too_fine(given: Given) -> Iterator[tuple[int, int]]:
    """Position and decimals of rates with more decimals than hardly any of their pair has: those of another pair."""
    rows = rows_at_hand(given).filter(pl.len().over(SERIES) > QUIET)
    decimals = pl.lit(0)
    for places in range(MOST_DECIMALS):
        shifted = pl.col("rate") * 10**places
        decimals += ((shifted - shifted.round()).abs() > NOISE * shifted.abs().clip(1)).cast(pl.Int32)
    counted = rows.with_columns(decimals=decimals)
    usual = pl.col("decimals").quantile(FINE, "lower").over(SERIES)
    yield from (
        counted.filter(pl.col("_row").is_not_null(), pl.col("decimals") > usual).select("_row", "decimals").iter_rows()
    )


def _far(given: Given) -> Iterator[tuple[int, float]]:
    """Position and usual rate of rows far from the nearest rate at hand of the pair, turned round or by a third."""
    rows, known = _held_against(given)
    if known is None or rows.is_empty():
        return
    turned = known.select("date", base="quote", quote="base", rate=1 / pl.col("rate"))
    both = pl.concat([known.select(COLUMNS[:4]), turned, _crosses(known, rows)])
    usual = both.filter(pl.col("rate").is_finite(), pl.col("rate") > 0).sort("date")
    usual = usual.select("base", "quote", near="date", usual="rate")
    held = rows.sort("date").join_asof(
        usual, left_on="date", right_on="near", by=("base", "quote"), strategy="nearest", tolerance=NEAR,
        check_sortedness=False,
    ).with_columns(gap=(pl.col("date") - pl.col("near")).dt.total_days().abs())  # fmt: skip
    limit = pl.lit(None, pl.Float64)
    for days, share in reversed(APART):
        limit = pl.when(pl.col("gap") <= days).then(share).otherwise(limit)
    far = held.filter(((pl.col("rate") / pl.col("usual")).log().abs() > limit) | (pl.col("rate") <= 0))
    yield from far.select("_row", "usual").drop_nulls().iter_rows()


def _held_against(given: Given) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """The rates that are held against others, and those: of a whole table, pairs without a history and the rest."""
    known = None if given.is_whole else given.references(given.name)
    rows = given.typed.select(c for c in COLUMNS if given.has((c,))).with_row_index("_row")
    rows = rows.drop_nulls(COLUMNS[:4]).filter(pl.col("base") != pl.col("quote"))
    if known is not None or not given.has(COLUMNS):
        return rows, known
    series = [pl.col(column).cast(pl.Categorical) for column in SERIES]
    told = rows.with_columns(has_history=pl.len().over(series) > QUIET)
    few = told.filter(~pl.col("has_history")).drop("has_history")
    days = few.get_column("date").unique().cast(pl.Int32)
    near = pl.concat([days + apart for apart in range(-WEEK, WEEK + 1)]).unique()  # days of no calendar among them
    is_near = pl.col("date").cast(pl.Int32).is_in(near.implode())
    return few, told.filter("has_history", is_near).drop("has_history")


def _of_another_print(given: Given) -> Iterator[tuple[int, float]]:
    """Position and rate at hand of rows of a source, pair and day that are at hand with another rate."""
    known = None if given.is_whole else given.references(given.name)
    if known is not None and given.has(COLUMNS):
        key = (*SERIES, "date")
        rows = given.typed.select(COLUMNS).with_row_index("_row").join(known.select(*key, usual="rate"), on=key)
        yield from rows.filter((pl.col("rate") / pl.col("usual") - 1).abs() > NOISE).select("_row", "usual").iter_rows()


def _crosses(known: pl.DataFrame, typed: pl.DataFrame) -> pl.DataFrame:
    """Rates of the pairs of a table that follow from two rates at hand of one day and one base."""
    wanted = typed.select("base", "quote").unique().drop_nulls()
    to_base = known.select("date", "source_id", via="base", base="quote", one="rate").filter(pl.col("one") > 0)
    to_quote = known.select("date", "source_id", via="base", quote="quote", other="rate")
    pairs = wanted.join(to_base, on="base").join(to_quote, on=("date", "source_id", "via", "quote"))
    return pairs.select("date", "base", "quote", rate=pl.col("other") / pl.col("one"))
