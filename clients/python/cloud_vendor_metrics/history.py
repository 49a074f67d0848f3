"""Read facts as they were known on a day: the last vintage of each that was published by then."""

from __future__ import annotations

import os
import re
from datetime import date

import pandas as pd

from cloud_vendor_metrics.loading import load

__all__ = ["as_of"]

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def as_of(day: date | str, directory: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """The headline of every fact as it was known on `day`.

    Parameters: `day`, a date or its text `YYYY-MM-DD`; of a datetime or a pandas Timestamp the date counts;
    `directory` of the unpacked package. Returned: the rows of table `vintages` that stood on that day, one per
    `fact_id`, in its order and with its types; a fact that nobody had published by then has none. Raises ValueError
    where the text is no date, TypeError where `day` is neither date nor text.
    """
    until = _date_of(day)
    vintages = load("vintages", directory)
    known = vintages.loc[vintages["known_on"] <= until]
    return known.sort_values(["fact_id", "known_on"]).groupby("fact_id", sort=False).tail(1)


def _date_of(day: object) -> date:
    if isinstance(day, str):
        return _parsed(day)
    # A datetime is a date too, and NaT a datetime; the comparison with Arrow's days takes plain dates alone.
    if isinstance(day, date) and day is not pd.NaT:
        return date(day.year, day.month, day.day)
    raise TypeError(f"{day!r} is not a day; give a date, or its text YYYY-MM-DD")


def _parsed(text: str) -> date:
    try:
        # Python's own reader takes 20240101 and 2024-W01 too.
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"{text!r} is not a day of the calendar written YYYY-MM-DD")
