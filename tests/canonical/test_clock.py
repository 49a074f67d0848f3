"""The day is that of the clock wherever the machine stands, or the one that a build is told."""

from __future__ import annotations

import time
from collections.abc import Generator
from datetime import UTC, date, datetime, timedelta

import pytest

from canonical.clock import today
from canonical.reading.encodings import UnreadableError


@pytest.fixture(params=["America/Los_Angeles", "Pacific/Kiritimati", "UTC"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Generator[str]:
    """A zone of the machine."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(
    ("told", "day"),
    [("0", date(1970, 1, 1)), ("1785405599", date(2026, 7, 30)), ("1785412800", date(2026, 7, 31))],
)
def test_the_day_that_is_told_is_the_same_in_every_zone(told: str, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", told)
    assert today() == day


@pytest.mark.usefixtures("zone")
def test_without_it_the_day_is_the_latest_one_that_has_begun_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = datetime.now(UTC)
    assert (before + timedelta(hours=14)).date() <= today() <= (datetime.now(UTC) + timedelta(hours=14)).date()


@pytest.mark.parametrize("told", ["yesterday", "1e9", "99999999999999999999"])
def test_what_is_no_moment_is_refused_in_one_line(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", told)
    with pytest.raises(UnreadableError, match=r"SOURCE_DATE_EPOCH: found .*; fix: unset it"):
        today()
