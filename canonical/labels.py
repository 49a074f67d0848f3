"""Read the label of a period as a source prints it: which periods `FY2026 Q2` or `2025 年上半年` can stand for.

A label that names the fiscal year stands for one period of the entity's own calendar. One that does not (`Q3 2025`)
may follow either calendar, and both readings are given. Labels outside the patterns say nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date

from canonical.periods import months_before

__all__ = ["Ends", "periods_of_label"]

Ends = frozenset[tuple[str, date]]
"""Types of period with their last day."""

ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "上": 1, "下": 2,
}  # fmt: skip
MONTHS = {"march": 3, "june": 6, "september": 9, "december": 12}

_YEAR = r"(?P<year>(?:20)?[0-9]{2})"
_FISCAL = r"(?P<fiscal>fy ?|fiscal (?:year )?)"
_WORD = r"(?P<n>first|second|third|fourth|[1-4](?:st|nd|rd|th))"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("quarter", rf"{_FISCAL}{_YEAR} ?q(?P<n>[1-4])"),
    ("quarter", rf"q(?P<n>[1-4]) {_FISCAL}{_YEAR}"),
    ("quarter", rf"{_FISCAL}{_YEAR} {_WORD} quarter"),
    ("quarter", rf"{_YEAR} ?(?P<fiscal>财年) ?(?:q|第)(?P<n>[1-4一二三四])(?:季度)?"),
    ("quarter", rf"q(?P<n>[1-4])(?: ?'|-| ){_YEAR}"),
    ("quarter", rf"{_YEAR} ?年? ?q(?P<n>[1-4])"),
    ("quarter", rf"(?P<n>[1-4])q{_YEAR}"),
    ("quarter", rf"{_WORD} quarter (?:of )?{_YEAR}"),
    ("quarter", rf"{_YEAR} ?年第?(?P<n>[一二三四1-4])季度?"),
    ("month_quarter", rf"(?P<n>march|june|september|december) quarter {_YEAR}"),
    ("half_year", rf"h(?P<n>[12]) {_YEAR}"),
    ("half_year", rf"{_YEAR} ?h(?P<n>[12])"),
    ("half_year", rf"{_YEAR} ?年?(?P<n>[上下])半年(?:报)?"),
    ("half_year", rf"{_WORD} (?:half|semester)(?: year)? (?:of )?{_YEAR}"),
    ("half_year", rf"{_WORD} half {_FISCAL}{_YEAR}"),
    ("nine_months", rf"{_YEAR} ?年前三季度"),
    ("trailing_12_months", rf"ttm q(?P<n>[1-4]) {_YEAR}"),
    ("year", rf"{_FISCAL}{_YEAR}(?: fy)?(?: ?全年)?"),
    ("year", rf"{_YEAR} ?(?P<fiscal>财年)(?:全年)?"),
    ("year", r"(?:full[- ])?(?:year )?(?P<year>20[0-9]{2})"),
    ("year", r"(?P<year>20[0-9]{2}) ?年?(?:全年)?"),
)
PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
SUFFIX = re.compile(r" (outlook|plan|target|guidance)$")


def periods_of_label(label: str, fiscal_year_end_month: int | None) -> Ends | None:
    """The periods a label can stand for, as (period type, last day); None where it says nothing.

    A fiscal year is named after the calendar year in which it ends.

    >>> sorted(str(end) for _, end in periods_of_label("FY2026 Q2", 3))
    ['2025-09-30']
    >>> sorted(str(end) for _, end in periods_of_label("Q2 2026", 3))
    ['2025-09-30', '2026-06-30']
    """
    text = SUFFIX.sub("", " ".join(label.lower().replace("’", "'").split()))
    for kind, pattern in PATTERNS:
        match = pattern.fullmatch(text)
        if match:
            parts = match.groupdict()
            if parts.get("fiscal") and fiscal_year_end_month is None:
                return None
            calendars = {fiscal_year_end_month or 12} if parts.get("fiscal") else {fiscal_year_end_month or 12, 12}
            year = int(parts["year"][-2:]) + 2000
            return frozenset(READERS[kind](year, parts.get("n") or "", month) for month in calendars)
    return None


def _month_end(year: int, month: int, months_earlier: int) -> date:
    day = months_before(date(year, month, 1), months_earlier)
    return day.replace(day=monthrange(day.year, day.month)[1])


def _part(kind: str, months: int) -> Callable[[int, str, int], tuple[str, date]]:
    """Reads the n-th part of a year, each of so many months."""

    def read(year: int, n: str, year_end: int) -> tuple[str, date]:
        return kind, _month_end(year, year_end, 12 - months * ORDINALS[n])

    return read


READERS: dict[str, Callable[[int, str, int], tuple[str, date]]] = {
    "quarter": _part("quarter", 3),
    "half_year": _part("half_year", 6),
    "trailing_12_months": _part("trailing_12_months", 3),
    "nine_months": lambda year, n, year_end: ("nine_months", _month_end(year, year_end, 3)),
    "year": lambda year, n, year_end: ("year", _month_end(year, year_end, 0)),
    "month_quarter": lambda year, n, year_end: ("quarter", _month_end(year, MONTHS[n], 0)),
}
