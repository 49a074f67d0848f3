"""Read days and moments as upstreams write them, each in one form that means the same day on every machine.

A moment names its zone and counts by its day in UTC. Days lie between the first list there is and today; only a
price that a document announces may begin later.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from canonical.clock import today
from ingest.upstream import UpstreamError, shown

__all__ = ["ANNOUNCED", "announced_day", "day_of", "moment_of", "no_later_than"]

EARLIEST = date(1999, 1, 1)
"""First day of the euro rates, the oldest list taken up."""
ANNOUNCED = timedelta(days=366)
"""How long before its first day a price is announced at most."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")
ZONELESS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+")


def day_of(text: object, where: str) -> date:
    """The day a cell holds, of a date or of a moment with its zone; UpstreamError saying `where` if it is none."""
    if isinstance(text, str) and DAY.fullmatch(text):
        return no_later_than(today(), _calendar_day(text, where), where)
    return moment_of(text, where).date()


def moment_of(text: object, where: str) -> datetime:
    """The moment a cell holds, in UTC; UpstreamError where it is none, names no zone, or is still to come."""
    moment = _moment(text, where)
    no_later_than(today(), moment.date(), where)
    return moment


def announced_day(text: object, known: date, where: str) -> datetime:
    """The moment from which a document says a price holds, at most `ANNOUNCED` after the day `known`."""
    moment = _moment(text, where)
    no_later_than(known + ANNOUNCED, moment.date(), where)
    return moment


def no_later_than(last: date, day: date, where: str) -> date:
    """The day itself; UpstreamError where it lies after `last`, or before any list."""
    if day > last:
        raise UpstreamError(f"{where} is {day}, after {last}: a day still to come")
    if day < EARLIEST:
        raise UpstreamError(f"{where} is {day}, before the first list of {EARLIEST}")
    return day


def _calendar_day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UpstreamError(f"{where} is {shown(text)}, not a day of the calendar") from None


def _moment(text: object, where: str) -> datetime:
    if isinstance(text, str) and ZONELESS.fullmatch(text):
        raise UpstreamError(f"{where} is {shown(text)}, a moment without its zone")
    try:
        if isinstance(text, str) and MOMENT.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    form = "not a day or moment of the calendar such as 2026-07-30 or 2026-07-30T12:00:00Z"
    raise UpstreamError(f"{where} is {shown(text)}, {form}")
