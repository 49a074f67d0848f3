"""Layer P of exchange rates: the days on which a central bank quotes, each pair of it on every one of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import polars as pl

from canonical.findings import Finding
from validation.units.given import Given, Rule
from validation.units.rate_moves import COLUMNS, QUIET, SERIES, rows_at_hand

__all__ = ["DAY", "days_of_rates", "is_open"]

DAY = Rule(
    "P.rate_day", "warning", "the source quotes no rates on that day",
    "take the day as the source prints it, or type the days that are missing",
)  # fmt: skip
FEW, HALF = 3, 0.5
"""So many pairs of a source, and the share of them with a rate, tell that it quotes on a day."""
CLOSED = 0.02
"""A source that quotes on more of the closed days has another calendar."""
STALE = 4
"""So many pairs of a source that all stand as the day before were copied."""
RUN, STEADY = 3, 0.015
"""A rate that stands for more days is none of a pair that hardly ever stands still from one day to the next."""


def days_of_rates(given: Given) -> Iterator[Finding]:
    """Rates of days on which the source quotes none; in the package those behind a missing day, and whole copied days.

    The calendar is that of the payment system of the euro for sources that hardly ever quote on a day on which it is
    closed. Of every source each pair has the days that its others have.
    """
    if not given.has(COLUMNS):
        return
    rows = rows_at_hand(given).drop_nulls(COLUMNS[:3])
    for (source,), quoted in rows.group_by("source_id", maintain_order=True):
        days = quoted["date"].unique().sort()
        closed = days.filter(~days.is_in(_open_days(days[0].year, days[-1].year).implode()))
        has_calendar = len(days) >= QUIET and len(closed) <= CLOSED * len(days)
        if has_calendar:
            odd = quoted.filter(pl.col("date").is_in(closed.implode()), pl.col("_row").is_not_null())
            for at in odd["_row"]:
                yield given.finding(DAY, at, "date", "a working day of the central bank")
        if given.is_whole and source is not None:
            yield from _alone(given, quoted)
            yield from _gaps(given, quoted, _expected(quoted, days, has_calendar))
            yield from _copied(given, quoted)


def _alone(given: Given, quoted: pl.DataFrame) -> Iterator[Finding]:
    """Rates of a day on which hardly any other pair of the source has one, or of a base that no other has."""
    pairs = quoted.select("base", "quote").unique().height
    if pairs <= FEW:
        return
    counted = quoted.with_columns(others=pl.len().over("date"), share=pl.len().over("base") / pl.len())
    is_alone = (pl.col("others") < pairs * HALF) & (pl.col("date") <= _last_whole(quoted, pairs))
    odd = counted.filter(pl.col("_row").is_not_null(), (pl.col("share") < CLOSED) | is_alone)
    for at, share in odd.select("_row", "share").iter_rows():
        if share < CLOSED:
            yield given.finding(DAY, at, "base", _usual(quoted, "base"), "the source quotes against another currency")
        else:
            message = "none, or hardly any, of the other pairs of the source has a rate of that day"
            yield given.finding(DAY, at, "date", "a day on which the source quotes its pairs", message)


def _usual(quoted: pl.DataFrame, column: str) -> str:
    return str(quoted[column].value_counts(sort=True)[column][0])


def _expected(quoted: pl.DataFrame, days: pl.Series, has_calendar: bool) -> pl.Series:
    """The days on which each pair of a source is to have a rate: working days, or those of half of its pairs."""
    pairs = quoted.select("base", "quote").unique().height
    if has_calendar:
        whole = _open_days(days[0].year, days[-1].year)
        return whole.filter((whole >= days[0]) & (whole <= _last_whole(quoted, pairs)))
    counts = quoted.group_by("date").agg(pl.struct("base", "quote").n_unique().alias("pairs"))
    return counts.filter(pl.col("pairs") > pairs * HALF)["date"].sort() if pairs >= FEW else days.clear()


def _last_whole(quoted: pl.DataFrame, pairs: int) -> date:
    """The last day on which half of the pairs have a rate: a newer day is being typed, pair by pair."""
    counts = quoted.group_by("date").len().filter(pl.col("len") >= pairs * HALF)
    last = counts["date"].max()
    return last if isinstance(last, date) else date.max


def _gaps(given: Given, quoted: pl.DataFrame, expected: pl.Series) -> Iterator[Finding]:
    """The rates of a pair behind, or at the end before, a day on which it has none and is to have one."""
    many = quoted.filter(pl.len().over("base", "quote") > 1)
    pairs = many.select(*SERIES).unique(maintain_order=True)
    whole = pairs.join(expected.alias("date").to_frame(), how="cross")
    missing = whole.join(many, on=[*SERIES, "date"], how="anti").sort("date")
    if missing.is_empty():
        return
    held = many.filter(pl.col("_row").is_not_null()).select(*SERIES, "_row", day="date").sort("day")
    found = missing.join_asof(
        held, left_on="date", right_on="day", by=SERIES, strategy="forward", check_sortedness=False
    )
    ended = found.filter(pl.col("_row").is_null()).drop("_row", "day")
    if ended.height:
        last = ended.join_asof(held, left_on="date", right_on="day", by=SERIES, check_sortedness=False)
        found = pl.concat([found, last])
    first = found.drop_nulls("_row").sort("date").unique("_row", keep="first", maintain_order=True)
    for at, missed, day in first.select("_row", "date", "day").iter_rows():
        message = f"the pair has no rate of a working day {'before' if day > missed else 'after'} it"
        yield given.finding(DAY, at, "date", f"a rate of {missed} too", message)


def _copied(given: Given, quoted: pl.DataFrame) -> Iterator[Finding]:
    """Days all of whose rates are those of the day before, and rates that stand still for days while others move."""
    same = pl.col("rate") == pl.col("rate").shift(1).over(SERIES)
    ordered = quoted.sort("date", maintain_order=True).with_columns(same=same.fill_null(False))
    still = ordered.group_by("date").agg(pl.col("same").all(), pl.len()).filter("same", pl.col("len") >= STALE)
    if still.height:
        for at in ordered.filter(pl.col("date").is_in(still["date"].implode()))["_row"].drop_nulls():
            message = "all rates of the day are those of the day before"
            yield given.finding(DAY, at, "rate", "the rate of that day", message)
    moving = ordered.filter(pl.col("same").mean().over(SERIES) < STEADY, pl.len().over(SERIES) >= QUIET)
    runs = moving.with_columns(run=(~pl.col("same")).cum_sum().over(SERIES))
    long = runs.filter(pl.len().over(*SERIES, "run") > RUN, "same", pl.col("_row").is_not_null())
    for at, rate in long.select("_row", "rate").iter_rows():
        yield given.finding(
            DAY, at, "rate", "the rate of that day", f"{rate:g} stands for more than {RUN} days running"
        )


@cache
def _open_days(first: int, last: int) -> pl.Series:
    """The days of some years on which the payment system of the euro is open."""
    days = pl.date_range(date(first, 1, 1), date(last, 12, 31), eager=True)
    closed = pl.Series([day for year in range(first, last + 1) for day in _holidays(year)])
    return days.filter((days.dt.weekday() < 6) & ~days.is_in(closed.implode()))


def is_open(day: date) -> bool:
    """Whether the payment system of the euro is open, so that the European Central Bank sets reference rates.

    >>> is_open(date(2025, 4, 18)), is_open(date(2025, 4, 22))
    (False, True)
    """
    return day.weekday() < 5 and day not in _holidays(day.year)


def _holidays(year: int) -> tuple[date, ...]:
    easter = _easter(year)
    fixed = ((1, 1), (5, 1), (12, 25), (12, 26))
    return (easter - timedelta(days=2), easter + timedelta(days=1), *(date(year, *day) for day in fixed))


def _easter(year: int) -> date:
    """Easter Sunday by the rule of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    month, day = divmod(moon + week - 7 * ((year % 19 + 11 * moon + 22 * week) // 451) + 114, 31)
    return date(year, month, day + 1)
