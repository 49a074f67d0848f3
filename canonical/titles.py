"""Read the periods that the title of a document names: the quarter of a release, the day a filing's period ended."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from canonical.labels import PATTERNS, READERS
from canonical.periods import parse_date

__all__ = ["ends_in_title"]

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_DAYS = (
    re.compile(rf"ended (?P<month>{'|'.join(MONTHS)}) (?P<day>[0-9]{{1,2}}),? (?P<year>20[0-9]{{2}})"),
    re.compile(r"ended (?P<iso>20[0-9]{2}-[0-9]{2}-[0-9]{2})(?![0-9])"),
)
_LABELS = tuple((kind, re.compile(rf"(?<![0-9a-z])(?:{pattern.pattern})(?![0-9a-z])")) for kind, pattern in PATTERNS)


@lru_cache(maxsize=1 << 12)
def ends_in_title(title: str, fiscal_year_end_month: int | None) -> frozenset[date]:
    """The last days of all periods that a title names; a bare year names none, it may be the year of publication.

    >>> sorted(map(str, ends_in_title("Acme Announces Fourth Quarter and Fiscal Year 2023 Results", 12)))
    ['2023-12-31']
    >>> sorted(map(str, ends_in_title("Form 10-Q for the quarter ended 2022-11-30", 5)))
    ['2022-11-30']
    """
    text = " ".join(title.lower().replace("’", "'").replace("_", " ").split())
    ends: set[date] = set()
    for pattern in _DAYS:
        days = [_day(match) for match in pattern.finditer(text)]
        ends.update(day for day in days if day is not None)
        text = pattern.sub("|", text)
    for kind, pattern in _LABELS:
        for match in pattern.finditer(text):
            ends.update(_ends(kind, match, fiscal_year_end_month))
        if kind != "year":
            text = pattern.sub("|", text)
    return frozenset(ends)


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    iso = parts.get("iso") or f"{parts['year']}-{MONTHS[parts['month']]:02d}-{int(parts['day']):02d}"
    return parse_date(iso)


def _ends(kind: str, match: re.Match[str], fiscal_year_end_month: int | None) -> set[date]:
    parts = match.groupdict()
    if kind == "year" and not parts.get("fiscal"):
        return set()
    months = {fiscal_year_end_month or 12} if parts.get("fiscal") else {fiscal_year_end_month or 12, 12}
    year = int(parts["year"][-2:]) + 2000
    return {READERS[kind](year, parts.get("n") or "", month)[1] for month in months}
