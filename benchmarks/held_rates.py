"""Edits of exchange rates: as people type them, and as tables of others are mixed up with the central bank's."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from statistics import fmean

from benchmarks.held_kind import (
    Edit,
    HeldKind,
    Made,
    added,
    cell_of_another,
    deleted,
    digit_replaced,
    digits_exchanged,
    edited,
    letters_exchanged,
    once_more,
    other_year,
)
from canonical.text_tables import Row

__all__ = ["HARMLESS", "KINDS"]

TABLE = "exchange_rates"
DECIMALS = {"JPY": 2, "KRW": 2, "GBP": 5}


def _of_pair(row: Row, rows: Sequence[Row]) -> list[Row]:
    return [o for o in rows if (o["base"], o["quote"], o["source_id"]) == (row["base"], row["quote"], row["source_id"])]


def _typed(row: Row, number: float | Decimal) -> dict[str, str]:
    rounded = f"{Decimal(number):.{DECIMALS.get(row['quote'], 4)}f}"
    return {"rate": rounded.rstrip("0").rstrip(".")}


def _point(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
    return {"rate": f"{Decimal(row['rate']).scaleb(rng.choice((-2, -1, 1, 2))):f}"}


def _inverse(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
    return {"rate": f"{1 / Decimal(row['rate']):.6f}"}


def _swapped(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
    return {"base": row["quote"], "quote": row["base"]}


def _beside(days: int) -> Made:
    """The rate of the pair so many of its days later."""

    def change(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
        pair = _of_pair(row, rows)
        at = pair.index(row) + days
        return {"rate": pair[at]["rate"]} if 0 <= at < len(pair) else None

    return edited(change)


def _month(row: Row, rows: Sequence[Row]) -> list[Row]:
    return [o for o in _of_pair(row, rows) if o["date"][:7] == row["date"][:7]]


def _mean(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
    return _typed(row, fmean(float(o["rate"]) for o in _month(row, rows)))


def _month_end(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
    return {"rate": _month(row, rows)[-1]["rate"]}


def _other_quote(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    others = [o["rate"] for o in rows if (o["date"], o["base"]) == (row["date"], row["base"]) and o is not row]
    return {"rate": rng.choice(others)} if others else None


def _precision(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
    rate = Decimal(row["rate"])
    return {"rate": f"{rate * Decimal('1.00003'):.4f}" if row["quote"] in ("JPY", "KRW") else f"{rate:.2f}"}


def _weekend(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
    day = date.fromisoformat(row["date"])
    return {"date": (day + timedelta(5 - day.weekday() + rng.choice((0, 1)))).isoformat()}


def _day_for_month(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    year, month, day = row["date"].split("-")
    return {"date": f"{year}-{day}-{month}"} if int(day) <= 12 and day != month else None


def _whole_day(rows: Sequence[Row], at: int, rng: random.Random) -> Edit:
    day = rows[at]["date"], rows[at]["source_id"]
    return Edit([row for row in rows if (row["date"], row["source_id"]) != day], frozenset())


def _stale_day(rows: Sequence[Row], at: int, rng: random.Random) -> Edit | None:
    """All rates of a day are those of the day before."""
    of, day = rows[at]["source_id"], rows[at]["date"]
    before = max((row["date"] for row in rows if row["date"] < day and row["source_id"] == of), default="")
    rates = {row["quote"]: row["rate"] for row in rows if (row["date"], row["source_id"]) == (before, of)}
    touched = [i for i, row in enumerate(rows) if (row["date"], row["source_id"]) == (day, of)]
    changed = list(rows)
    for i in touched:
        changed[i] = {**rows[i], "rate": rates.get(rows[i]["quote"], rows[i]["rate"])}
    return Edit(changed, frozenset(touched)) if before else None


def _stale_days(rows: Sequence[Row], at: int, rng: random.Random) -> Edit:
    """One rate stands for five days."""
    own = ("base", "quote", "source_id")
    places = [i for i in range(at, min(at + 60, len(rows))) if all(rows[i][c] == rows[at][c] for c in own)][:5]
    changed = list(rows)
    for i in places:
        changed[i] = {**rows[i], "rate": rows[at]["rate"]}
    return Edit(changed, frozenset(places))


def _next_day(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    """A rate of a working day after the last one, near the last of its pair."""
    last = _of_pair(row, rows)[-1]
    day = date.fromisoformat(last["date"])
    if last["source_id"].startswith("hmrc"):
        return None
    later = day + timedelta(1 if day.weekday() < 4 else 7 - day.weekday())
    return {**last, "date": later.isoformat(), **_typed(row, float(last["rate"]) * rng.uniform(0.998, 1.002))}


KINDS = (
    HeldKind(
        "digits_exchanged", TABLE, "two digits of the rate exchanged", "汇率中两位数字对调", digits_exchanged("rate")
    ),
    HeldKind("digit_replaced", TABLE, "a digit of the rate replaced", "汇率中换掉一位数字", digit_replaced("rate")),
    HeldKind("point_moved", TABLE, "the decimal point moved", "小数点移位", edited(_point)),
    HeldKind("swapped", TABLE, "base and quote exchanged", "基准与标价货币颠倒", edited(_swapped)),
    HeldKind("inverse", TABLE, "one over the rate", "取了倒数", edited(_inverse)),
    HeldKind("day_missing", TABLE, "a rate left out", "漏掉一个汇率", deleted),
    HeldKind("whole_day_missing", TABLE, "a day left out", "漏掉一天", _whole_day),
    HeldKind("day_twice", TABLE, "a row entered twice", "同一行录入两次", once_more),
    HeldKind("day_before", TABLE, "the rate of the day before", "取了前一天的汇率", _beside(-1)),
    HeldKind("week_before", TABLE, "the rate of a week before", "取了一周前的汇率", _beside(-5)),
    HeldKind("stale_day", TABLE, "all rates of a day are those of the day before", "整天照抄前一天", _stale_day),
    HeldKind("stale_days", TABLE, "one rate for five days", "一个汇率连用五天", _stale_days),
    HeldKind("other_currency", TABLE, "the rate of another currency", "取了另一货币的汇率", edited(_other_quote)),
    HeldKind("quote_of_another", TABLE, "another currency as quote", "标价货币录成另一种", cell_of_another("quote")),
    HeldKind(
        "mistyped_quote",
        TABLE,
        "two letters of the quote exchanged",
        "货币代码两个字母对调",
        letters_exchanged("quote"),
    ),
    HeldKind("precision", TABLE, "the decimals of another currency", "小数位是另一货币的", edited(_precision)),
    HeldKind("month_mean", TABLE, "the mean of the month", "取了月平均", edited(_mean)),
    HeldKind("month_end", TABLE, "the rate of the end of the month", "取了月末汇率", edited(_month_end)),
    HeldKind("weekend", TABLE, "a day of the weekend", "日期落在周末", edited(_weekend)),
    HeldKind("year_off", TABLE, "the year one off", "年份差一年", other_year("date")),
    HeldKind("day_for_month", TABLE, "day and month exchanged", "日与月颠倒", edited(_day_for_month)),
    HeldKind("source_of_another", TABLE, "another source", "来源录成另一个", cell_of_another("source_id")),
)
HARMLESS = (
    HeldKind("next_day", TABLE, "a rate of the next working day", "下一个工作日的汇率", added(_next_day), True),
)
