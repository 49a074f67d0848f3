"""Read a day as people give it, and a period in the forms that tables and reports write it in."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, cast

import numpy as np
import pandas as pd

from cloud_vendor_metrics.frames import Frame

__all__ = ["Day", "Period", "day_of", "in_period", "time_of"]

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONTH = re.compile(r"([12][0-9]{3})-([0-9]{2})")
YEAR = re.compile(r"[12][0-9]{3}")
QUARTER = re.compile(r"([12][0-9]{3})-?[Qq]([1-4])")
FISCAL = re.compile(r"[Ff][Yy]\s?([0-9]{4})[ -]?([QqHh][1-4])?")
Day = date | str | np.datetime64
"""A day as people have it: a date, a datetime, a Timestamp, numpy's own, or text `YYYY-MM-DD`."""
One = Day | int | pd.Period
Period = One | Sequence[One | None]
"""A day, a month, a year, a calendar quarter, a fiscal label, or the first and the last of a span."""
FORMS = '2025-06-30, 2025-06, 2025, 2025-Q2, FY2025, FY2025Q2, or two of them, ("2020", None)'


def day_of(day: object) -> date:
    """The date of a day.

    Parameters: `day`, a date or its text `YYYY-MM-DD`; of a datetime, a pandas Timestamp or a numpy datetime64 the
    date counts. Raises ValueError where the text is no date, TypeError where `day` is neither date nor text.
    """
    if isinstance(day, np.datetime64):
        day = pd.Timestamp(day)
    if isinstance(day, str):
        return _parsed(day)
    # A datetime is a date too, and NaT a datetime.
    if isinstance(day, date) and day is not pd.NaT:
        return date(day.year, day.month, day.day)
    raise TypeError(f"{day!r} is not a day; give a date, or its text YYYY-MM-DD")


def time_of(day: Day | None) -> pd.Timestamp:
    """Midnight of a day, of today without one, as pandas compares it."""
    return cast(pd.Timestamp, pd.Timestamp(day_of(day if day is not None else date.today())))


def _parsed(text: str) -> date:
    try:
        # Python's own reader takes 20240101 and 2024-W01 too.
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"{text!r} is not a day of the calendar written YYYY-MM-DD")


def in_period(frame: Frame, period: Period, labels: Callable[[Frame], Frame]) -> Any:
    """Which rows of a frame are of a period: a mask.

    `frame` has the column `period_end`; `labels` gives `fiscal_period` and `calendar_quarter` for its rows, and is
    asked where the period is one of them. Raises ValueError for a text of no known form.
    """
    ends = frame["period_end"]
    if isinstance(period, (tuple, list)):
        first, last = _ends(cast(Sequence[object], period))
        after = ends.notna() if first is None else ends >= pd.Timestamp(first)
        return after if last is None else after & (ends <= pd.Timestamp(last))
    if isinstance(period, pd.Period):
        period = _label(period)
    if isinstance(period, str) and (found := FISCAL.fullmatch(period.strip())):
        return (labels(frame)["fiscal_period"] == f"FY{found[1]}{(found[2] or '').upper()}").fillna(False)
    if isinstance(period, str) and (found := QUARTER.fullmatch(period.strip())):
        named = labels(frame)
        return (named["calendar_quarter"] == f"{found[1]}-Q{found[2]}").fillna(False) & (
            frame["period_type"] == "quarter"
        )
    first_day, last_day = _span(cast(object, period))
    return (ends >= pd.Timestamp(first_day)) & (ends <= pd.Timestamp(last_day))


def _ends(period: Sequence[object]) -> tuple[date | None, date | None]:
    """The first and the last day of a span; None where it is open."""
    if len(period) != 2:
        raise ValueError(f"period {period!r}: expected {FORMS}")
    first, last = period
    begin = None if first is None else _span(first)[0]
    end = None if last is None else _span(last)[1]
    if begin is not None and end is not None and begin > end:
        raise ValueError(f"period {period!r}: the first of a span comes before the last")
    return begin, end


def _label(period: pd.Period) -> str:
    """A period of pandas as text: a quarter or a year, else its last day, or its month."""
    unit = period.freqstr
    form = "%Y-Q%q" if unit == "Q-DEC" else "%Y" if unit == "Y-DEC" else "%Y-%m" if unit == "M" else "%Y-%m-%d"
    return period.strftime(form) if form != "%Y-%m-%d" else str(period.end_time.date())


def _span(period: object) -> tuple[date, date]:
    """The first and last day of a day, month, quarter or year."""
    if isinstance(period, pd.Period):
        period = _label(period)
    if isinstance(period, (int, np.integer)) and not isinstance(period, bool):
        period = str(period)
    text = period.strip() if isinstance(period, str) else ""
    if isinstance(period, (date, np.datetime64)) or DAY.fullmatch(text):
        day = day_of(cast(object, period))
        return day, day
    if YEAR.fullmatch(text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if (found := MONTH.fullmatch(text)) and 1 <= int(found[2]) <= 12:
        return _months(int(found[1]), int(found[2]), int(found[2]))
    if found := QUARTER.fullmatch(text):
        return _months(int(found[1]), 3 * int(found[2]) - 2, 3 * int(found[2]))
    raise ValueError(f"period {period!r}: expected {FORMS}")


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
