"""Which day it is: of the clock, or of `SOURCE_DATE_EPOCH` where a run is to be as one of that moment was."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta

from canonical.reading.encodings import UnreadableError

__all__ = ["today"]

MOMENT = "SOURCE_DATE_EPOCH"
"""The variable by which builds are told their moment, in seconds since 1970 (reproducible-builds.org)."""
LATEST_ZONE = timedelta(hours=14)


def today() -> date:
    """The latest day that has begun anywhere on earth, so that it does not depend on the zone of the machine.

    Raises `UnreadableError` where `SOURCE_DATE_EPOCH` is set and holds no moment.
    """
    return (_now() + LATEST_ZONE).date()


def _now() -> datetime:
    told = os.environ.get(MOMENT, "")
    if not told:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(told), UTC)
    except (ValueError, OverflowError, OSError):
        raise UnreadableError(f"{MOMENT}: found {told!r:.40}, expected seconds since 1970; fix: unset it") from None
