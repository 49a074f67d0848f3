"""A day is one day on every machine: written in one form, with its zone, not still to come."""

from __future__ import annotations

import time
from collections.abc import Generator
from datetime import date, timedelta

import pytest

from ingest.days import announced_day, day_of, moment_of
from ingest.upstream import UpstreamError

TODAY, TOMORROW = date(2026, 7, 30), "2026-07-31"


@pytest.fixture(autouse=True)
def _moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold the clock still: a suite that is read before midnight and run after it has no other tomorrow."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1785405599")


@pytest.fixture(params=["America/Los_Angeles", "Asia/Shanghai", "UTC"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Generator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-01", date(2026, 5, 1)),
        ("2026-05-01T23:30:00Z", date(2026, 5, 1)),
        ("2026-05-01T23:30:00.123456+00:00", date(2026, 5, 1)),
        ("2026-05-01T23:30:00-07:00", date(2026, 5, 2)),
        ("2026-05-01T01:30:00+08:00", date(2026, 4, 30)),
    ],
)
def test_a_moment_counts_by_its_day_in_utc_wherever_it_is_read(text: str, day: date) -> None:
    assert day_of(text, "cell") == day


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2026-05-01T23:30:00", "a moment without its zone"),
        ("2026-05-01 23:30:00", "a moment without its zone"),
        ("2025-06-31", "not a day of the calendar"),
        ("2025-06-31T10:00:00Z", "not a day or moment of the calendar"),
        ("2026-05-01T25:00:00Z", "not a day or moment of the calendar"),
        ("２０２６-05-01", "not a day or moment"),
        ("2026-5-1", "not a day or moment"),
        ("20260501", "not a day or moment"),
        ("2026-W18-5", "not a day or moment"),
        ("2026-05-01junk", "not a day or moment"),
        (" 2026-05-01", "not a day or moment"),
        ("", "not a day or moment"),
        (None, "not a day or moment"),
        (20260501, "not a day or moment"),
        ("9999-12-31", "a day still to come"),
        ("9999-12-31T23:59:59-05:00", "not a day or moment"),
        ("2062-05-01T23:30:00+00:00", "a day still to come"),
        (TOMORROW, "a day still to come"),
        ("0001-01-01", "before the first list"),
        ("1998-12-31", "before the first list"),
    ],
)
def test_what_is_no_day_of_a_list_is_refused_with_its_place(text: object, named: str) -> None:
    with pytest.raises(UpstreamError, match=r"^line 3: date is ") as refused:
        day_of(text, "line 3: date")
    assert named in str(refused.value)


def test_a_list_read_off_tomorrow_is_refused_and_a_price_announced_for_then_is_not() -> None:
    moment = f"{TOMORROW}T00:00:00Z"
    with pytest.raises(UpstreamError, match="still to come"):
        moment_of(moment, "cell")
    assert announced_day(moment, TODAY, "cell").date().isoformat() == TOMORROW
    with pytest.raises(UpstreamError, match="still to come"):
        announced_day(moment, TODAY - timedelta(days=366), "cell")
