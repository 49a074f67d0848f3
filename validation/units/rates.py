"""Layers P and U of exchange rates: by moves against their own history, by their like, by the days of their source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import polars as pl

from canonical.findings import Finding
from validation.units.given import Given, Rule

__all__ = ["COLUMNS", "DAY", "FAR", "days_of_rates", "far_rates"]

COLUMNS = ("date", "base", "quote", "rate", "source_id")
SERIES = ("source_id", "base", "quote")
NEAR = timedelta(days=31)
APART = ((0, 0.02), (7, 0.08), (31, 0.2))
"""Days between two rates of a pair, and how far they may be apart: a franc that was let go moved by 15 % in a day."""
QUIET, RECENT = 250, timedelta(days=7)
NOISE = 1e-9
"""Relative distance within which two doubles are one rate."""
"""So many days of a pair tell how it moves, from one day to the next within a week."""
PAIRS = 4
"""So many pairs of one base tell what its own move was."""
USUAL, TIMES = 0.999, 2
"""Share of all days whose moves are usual, and how many times such a move is none of the market's."""

FAR = Rule(
    "U.exchange_rate", "warning", "far from the rate of the pair about that day",
    "check the digits, and which currency is the base",
)  # fmt: skip
DAY = Rule(
    "P.rate_day", "warning", "the source quotes no rates on that day",
    "take the day as the source prints it, or type the days that are missing",
)  # fmt: skip


def far_rates(given: Given) -> Iterator[Finding]:
    """Rates to themselves, those far from their like near in time, and those that jump away and back."""
    if not given.has(COLUMNS[:4]):
        return
    for at in given.typed.select((pl.col("base") == pl.col("quote")).arg_true()).to_series().to_list():
        message = "a currency has no rate to itself"
        yield given.finding(FAR, at, "quote", "another currency than the base", message)
    expected = {**dict(_jumping(given)), **dict(_far(given)), **dict(_of_another_print(given))}
    for at, usual in sorted(expected.items()):
        yield given.finding(FAR, at, "rate", f"about {usual:.6g}")


def _far(given: Given) -> Iterator[tuple[int, float]]:
    """Position and usual rate of rows far from the nearest rate at hand of the pair, turned round or by a third."""
    known = given.references(given.name)
    if known is None:
        return
    turned = known.select("date", base="quote", quote="base", rate=1 / pl.col("rate"))
    both = pl.concat([known.select(COLUMNS[:4]), turned, _crosses(known, given.typed)])
    usual = both.filter(pl.col("rate").is_finite(), pl.col("rate") > 0).sort("date")
    usual = usual.select("base", "quote", near="date", usual="rate")
    rows = given.typed.select(COLUMNS[:4]).with_row_index("_row").drop_nulls().sort("date")
    rows = rows.filter(pl.col("base") != pl.col("quote"))
    held = rows.join_asof(
        usual, left_on="date", right_on="near", by=("base", "quote"), strategy="nearest", tolerance=NEAR,
        check_sortedness=False,
    ).with_columns(gap=(pl.col("date") - pl.col("near")).dt.total_days().abs())  # fmt: skip
    limit = pl.lit(None, pl.Float64)
    for days, share in reversed(APART):
        limit = pl.when(pl.col("gap") <= days).then(share).otherwise(limit)
    far = held.filter(((pl.col("rate") / pl.col("usual")).log().abs() > limit) | (pl.col("rate") <= 0))
    yield from far.select("_row", "usual").drop_nulls().iter_rows()


def _of_another_print(given: Given) -> Iterator[tuple[int, float]]:
    """Position and rate at hand of rows of a source, pair and day that are at hand with another rate."""
    known = given.references(given.name)
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


def _jumping(given: Given) -> Iterator[tuple[int, float]]:
    """Position and usual rate of rows that leave the days before and after by more than the pair ever does.

    What all pairs of a day have in common is the move of their base, and is taken off; the last day has one side.
    """
    if not given.has(COLUMNS):
        return
    moves = _moves(given)
    both = pl.min_horizontal(pl.col("before").abs(), pl.col("after").abs())
    away = pl.when(pl.col("before") * pl.col("after") > 0).then(both).otherwise(0.0)
    is_last = pl.col("after").is_null()
    moves = moves.with_columns(away=away, step=pl.col("before").abs())
    told = moves.with_columns(
        usual_away=pl.col("away").quantile(USUAL).over(SERIES), usual_step=pl.col("step").quantile(USUAL).over(SERIES),
        days=pl.len().over(SERIES),
    )  # fmt: skip
    is_odd = pl.when(is_last).then(pl.col("step") > TIMES * pl.col("usual_step"))
    is_odd = is_odd.otherwise(pl.col("away") > TIMES * pl.col("usual_away"))
    odd = told.filter(pl.col("_row").is_not_null(), pl.col("days") > QUIET, is_odd)
    yield from odd.select("_row", "near").iter_rows()


def _moves(given: Given) -> pl.DataFrame:
    """The rows of a table among those at hand, in order of time, with their moves from the day before and the next."""
    own = given.typed.select(COLUMNS).with_row_index("_row").with_columns(pl.col("_row").cast(pl.Int64))
    known = given.at_hand()
    rows = own if known is None else pl.concat([own, known.select(COLUMNS)], how="diagonal")
    rows = rows.filter(pl.col("rate") > 0).unique(COLUMNS[:3] + COLUMNS[4:], keep="first").sort(*SERIES, "date")
    log, date_ = pl.col("rate").log(), pl.col("date")
    moved = rows.with_columns(
        before=pl.when(date_ - date_.shift(1).over(SERIES) <= RECENT).then(log - log.shift(1).over(SERIES)),
        after=pl.when(date_.shift(-1).over(SERIES) - date_ <= RECENT).then(log - log.shift(-1).over(SERIES)),
        near=pl.col("rate").shift(1).over(SERIES),
    )
    day = ("source_id", "base", "date")
    is_told = pl.len().over(day) >= PAIRS
    common = [pl.when(is_told).then(pl.col(side).median().over(day)).otherwise(0.0) for side in ("before", "after")]
    return moved.with_columns(before=pl.col("before") - common[0], after=pl.col("after") - common[1])


def days_of_rates(given: Given) -> Iterator[Finding]:
    """Rates of days on which the central banks of the euro are closed; in the package those after a missing day too.

    Asked of sources that hardly ever quote on such a day: others have another calendar.
    """
    if not given.has(COLUMNS):
        return
    own = given.typed.select(COLUMNS).with_row_index("_row").with_columns(pl.col("_row").cast(pl.Int64))
    known = given.at_hand()
    rows = own if known is None else pl.concat([own, known.select(COLUMNS)], how="diagonal")
    for (source,), quoted in rows.drop_nulls("date").group_by("source_id", maintain_order=True):
        days = sorted(quoted["date"].unique().to_list())
        closed = [day for day in days if not is_open(day)]
        if len(days) < QUIET or len(closed) * 50 > len(days):
            continue
        of_source = own.filter(pl.col("source_id") == source)
        yield from _on_closed_days(given, of_source, closed)
        if given.is_whole:
            yield from _behind_gaps(given, of_source, quoted)


def _on_closed_days(given: Given, own: pl.DataFrame, closed: list[date]) -> Iterator[Finding]:
    for at in own.filter(pl.col("date").is_in(closed))["_row"].to_list():
        yield given.finding(DAY, at, "date", "a working day of the central bank")


def _behind_gaps(given: Given, own: pl.DataFrame, quoted: pl.DataFrame) -> Iterator[Finding]:
    """The first rates of a pair after a working day on which it has none."""
    pairs = quoted.sort(*SERIES, "date").with_columns(last=pl.col("date").shift(1).over(SERIES))
    apart = pairs.filter(
        pl.col("date") - pl.col("last") > timedelta(days=1), pl.col("_row").is_in(own["_row"].implode())
    )
    for at, last, day in apart.select("_row", "last", "date").iter_rows():
        between = (last + timedelta(days=n) for n in range(1, (day - last).days))
        missing = next((one for one in between if is_open(one)), None)
        if missing is not None:
            message = "the pair has no rate of a working day before it"
            yield given.finding(DAY, at, "date", f"a rate of {missing} too", message)


@cache
def is_open(day: date) -> bool:
    """Whether the payment system of the euro is open, so that the European Central Bank sets reference rates.

    >>> is_open(date(2025, 4, 18)), is_open(date(2025, 4, 22))
    (False, True)
    """
    fixed = (day.month, day.day) in ((1, 1), (5, 1), (12, 25), (12, 26))
    easter = _easter(day.year)
    return day.weekday() < 5 and not fixed and day not in (easter - timedelta(days=2), easter + timedelta(days=1))


def _easter(year: int) -> date:
    """Easter Sunday by the rule of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    month, day = divmod(moon + week - 7 * ((year % 19 + 11 * moon + 22 * week) // 451) + 114, 31)
    return date(year, month, day + 1)
