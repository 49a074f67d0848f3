"""Read the label of a period as a source prints it: which periods `FY2026 Q2` or `2025 年上半年` can stand for.

A label that names the fiscal year stands for one period of the entity's own calendar. One that does not (`Q3 2025`) may
follow either calendar: both readings are given. One with a date is read to the day, one with a length by that too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from canonical.calendars import Calendar
from canonical.label_words import Word, words_of_label
from canonical.periods import last_day_allowed, months_before

__all__ = ["Named", "lengths_of_label", "periods_near", "periods_of_label"]

TYPES = {1: "month", 3: "quarter", 6: "half_year", 9: "nine_months", 12: "year"}
"""What a period of so many months is called; of any other length it is a window."""
A_YEAR = ("year", "trailing_12_months")
BRACKETS = re.compile(r"[(\[（【].*?[)\]）】]")
"""What stands in brackets is often the day of the statement, `2025 outlook (November 2025)`, and is read last."""
PART_ALONE = frozenset(("quarter", "half", "ordinal", "span", "fiscal", "calendar"))
"""Kinds of words that name a part of a year and not which year."""
SLACK = 6
"""Days by which an end may miss that of a month which the label names without a day: another rule says so."""


class Named(NamedTuple):
    """A period that a label can stand for: what it may be called (anything where empty), its last day, days of slack.

    The first of `types` is what the label says; a label of a quarter is printed over the year to date too.
    """

    types: tuple[str, ...]
    end: date
    slack: int = 0

    def is_of(self, period_type: str, end: date) -> bool:
        """Whether a period of a type that ends on a day is this one."""
        return (not self.types or period_type in self.types) and abs((end - self.end).days) <= self.slack

    def __str__(self) -> str:
        return f"{self.types[0] if self.types else 'a period'} to {self.end}"


@lru_cache(maxsize=1 << 12)
def periods_of_label(label: str, calendar: Calendar | None) -> frozenset[Named] | None:
    """The periods a label can stand for; None where it says nothing, or holds a piece that is not understood.

    `calendar` is the entity's own, None where it declares none: then a label of its fiscal year says nothing.

    >>> sorted(map(str, periods_of_label("FY2026 Q2", Calendar(3))))
    ['quarter to 2025-09-30']
    >>> sorted(map(str, periods_of_label("Nine months ended Sep 30, 2025", None)))
    ['nine_months to 2025-09-30']
    """
    outside = BRACKETS.sub(" ", label)
    return _read(outside, calendar) or (_read(label, calendar) if outside != label else None)


@lru_cache(maxsize=1 << 12)
def periods_near(label: str, calendar: Calendar | None, end: date) -> frozenset[Named] | None:
    """The periods that a label can stand for beside one that ends on a day: one without a year is of a year about it.

    >>> sorted(map(str, periods_near("Q1", Calendar(6), date(2025, 6, 30))))
    ['quarter to 2024-09-30', 'quarter to 2025-03-31', 'quarter to 2025-09-30', 'quarter to 2026-03-31']
    """
    if (said := periods_of_label(label, calendar)) is not None:
        return said
    words = words_of_label(BRACKETS.sub(" ", label)) or ()
    if not words or not {word.kind for word in words} <= PART_ALONE:
        return None
    found = [periods_of_label(f"{label} {end.year + more}", calendar) or () for more in (-1, 0, 1)]
    return frozenset(named for some in found for named in some if abs((named.end - end).days) <= 366) or None


@lru_cache(maxsize=1 << 12)
def lengths_of_label(label: str) -> tuple[str, ...]:
    """The types of period that a label without year or day can stand for, the first being what it says; else none.

    >>> lengths_of_label("TTM"), lengths_of_label("Nine months"), lengths_of_label("FY2026 Q2")
    (('trailing_12_months', 'year'), ('nine_months',), ())
    """
    words = words_of_label(BRACKETS.sub(" ", label)) or ()
    is_length_alone = bool(words) and {word.kind for word in words} <= {"trailing", "months", "span", "full"}
    return _Label(words, None).length if is_length_alone else ()


def _read(label: str, calendar: Calendar | None) -> frozenset[Named] | None:
    words = words_of_label(label) or ()
    for ends in {word.number for word in words if word.kind == "year_to"} - {calendar and calendar.month}:
        calendar = Calendar(ends)
    return frozenset(_Label(words, calendar).periods()) or None if words else None


@dataclass(frozen=True)
class _Label:
    """The words of a label, and the calendar of the entity it is printed for."""

    words: tuple[Word, ...]
    calendar: Calendar | None

    def periods(self) -> Iterable[Named]:
        if self.all("date"):
            return self._to_days()
        if self.all("from_to") or self.all("month"):
            return self._to_months()
        return self._parts_of_years()

    def all(self, kind: str) -> list[int]:
        """The numbers of all words of a kind."""
        return [word.number for word in self.words if word.kind == kind]

    @property
    def _years(self) -> list[int]:
        return list(dict.fromkeys(self.all("year")))

    @property
    def length(self) -> tuple[str, ...]:
        """What the words say of the length; nothing where they do not."""
        months = [*self.all("months"), *self.all("span")]
        if self.all("trailing"):
            return A_YEAR[::-1]
        if self.all("quarter") or (self.all("ordinal") and self.all("span") == [3]):
            return ("quarter",)
        if self.all("half"):
            return ("half_year",)
        if months:
            return _of_months(min(months) if len(self.all("months")) else months[0])
        return A_YEAR if self.all("full") or self.all("fiscal") else ()

    def _to_days(self) -> Iterable[Named]:
        """`Three Months Ended March 31, 2025 and 2024`, `2025年4月1日至6月30日`, `2025-03-31`."""
        days = [word.day for word in self.words if word.day]
        if len(days) == 1 and self.all("day"):
            month, day = divmod(self.all("day")[0], 100)
            last = last_day_allowed(date(days[0].year, month, 1), "month")
            days = sorted((*days, last.replace(day=min(day, last.day))))
        if len(days) == 2 and days[0] < days[1] and not self.length:
            yield Named(_of_months(round((days[1] - days[0]).days / 30.44)), days[1])
            return
        types = self._until(days[0]) if self.all("to_date") else self.length
        for day in (*days, *(_in_year(days[0], year) for year in self._years)):
            yield Named(types, day)

    def _to_months(self) -> Iterable[Named]:
        """`March quarter 2025`, `Jan-Sep 2025`, `1-9月`, `Jun-25`, `2024.04-2025.03`."""
        months = [part for span in self.all("from_to") for part in divmod(span, 100)] or self.all("month")
        years = self._years
        if len(months) == 2 and years:
            count = (years[-1] - years[0]) * 12 * self._has_two_ends + months[1] - months[0] + 1
            years = years[-1:] if self._has_two_ends else years
            types = self.length or _of_months(count)
        else:
            types = self.length
        for year in years:
            end = self._month_end(year, months[-1])
            yield Named(self._until(end) if self.all("to_date") else types, end, self._slack)
        if self.all("fiscal") and (part := self._part()):
            # `Q1 FY March 2026` is a quarter of the year that ends with the month.
            yield from (Named(part[0], Calendar(months[-1]).quarter_end(y, part[1]), SLACK) for y in years)

    @property
    def _has_two_ends(self) -> bool:
        """Whether each end of a span of months has a year of its own."""
        return not self.all("from_to")

    def _parts_of_years(self) -> Iterable[Named]:
        """`Q4 FY25`, `9M 2025`, `2025 年上半年`, `YTD Q2 2025`, `FY2024`."""
        part = self._part()
        if part is None:
            return
        types, quarter = part
        for calendar in self._calendars():
            for year in self._years:
                yield Named(types, calendar.quarter_end(year, quarter), 0 if calendar.is_by_weeks else SLACK)

    def _part(self) -> tuple[tuple[str, ...], int] | None:
        """What part of a year is named, and with which quarter it ends; None where none is."""
        quarters, halves, months = self._quarters(), self._halves(), self.all("months")
        if len(quarters) > 1:
            is_from_first = quarters[0] == 1 and len(self._years) == 1
            return (_of_months(quarters[-1] * 3), quarters[-1]) if is_from_first else None
        if self.all("until"):
            return None
        if len(quarters) == 1:
            return self._of_quarter(quarters[0]), quarters[0]
        if len(halves) > 1 or len(months) > 1:
            return None
        if halves:
            return ("half_year",), halves[0] * 2
        if months:
            return (_of_months(months[0]), months[0] // 3) if months[0] in (3, 6, 9, 12) else None
        return self._whole()

    def _whole(self) -> tuple[tuple[str, ...], int] | None:
        if self.all("to_date") or self.all("ordinal") or not set(self.all("span")) <= {12}:
            return None
        if self.all("trailing"):
            return A_YEAR[::-1], 4
        return ("year",), 4

    def _quarters(self) -> list[int]:
        ordinal = self.all("ordinal") if self.all("span") == [3] else []
        return list(dict.fromkeys([*self.all("quarter"), *ordinal]))

    def _halves(self) -> list[int]:
        ordinal = self.all("ordinal") if self.all("span")[:1] == [6] else []
        return list(dict.fromkeys([*self.all("half"), *ordinal]))

    def _of_quarter(self, quarter: int) -> tuple[str, ...]:
        if self.all("trailing"):
            return A_YEAR[::-1] if quarter == 4 else A_YEAR[1:]
        to_date = _of_months(quarter * 3)
        return to_date if self.all("to_date") else tuple(dict.fromkeys(("quarter", *to_date)))

    def _calendars(self) -> Iterable[Calendar]:
        """The calendars a label may follow: the entity's own, that of the year, or either."""
        if self.all("fiscal"):
            return {self.calendar} if self.calendar else set()
        return {Calendar()} if self.all("calendar") or not self.calendar else {self.calendar, Calendar()}

    @property
    def _slack(self) -> int:
        return 0 if self.calendar and self.calendar.is_by_weeks else SLACK

    def _month_end(self, year: int, month: int) -> date:
        own = self.calendar.quarter_in(year, month) if self.calendar and self.calendar.is_by_weeks else None
        return own or last_day_allowed(date(year, month, 1), "month")

    def _until(self, end: date) -> tuple[str, ...]:
        """What the time from the start of the year to a day may be called, in either calendar."""
        months = {end.month, (end.month - (self.calendar.month if self.calendar else 12)) % 12 or 12}
        return tuple(sorted({type_ for count in months for type_ in _of_months(count)}))


def _of_months(count: int) -> tuple[str, ...]:
    if count == 12:
        return A_YEAR
    return (TYPES.get(count, "window"),)


def _in_year(day: date, year: int) -> date:
    """The same day of another year; the last of February stays the last."""
    return months_before(day + timedelta(days=1), (day.year - year) * 12) - timedelta(days=1)
