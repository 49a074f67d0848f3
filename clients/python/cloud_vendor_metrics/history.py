"""Read facts as they were known on a day: the last vintage of each that was published by then."""

from __future__ import annotations

import os
from datetime import date

import pandas as pd

from cloud_vendor_metrics.loading import load

__all__ = ["as_of"]


def as_of(day: date | str, directory: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """The headline of every fact as it was known on `day`.

    Parameters: `day`, a date or its text `YYYY-MM-DD`; `directory` of the unpacked package. Returned: the rows of
    table `vintages` that stood on that day, one per `fact_id`, in its order and with its types; a fact that nobody
    had published by then has none. Raises ValueError where the text is no date.
    """
    until = _parsed(day) if isinstance(day, str) else day
    vintages = load("vintages", directory)
    known = vintages.loc[vintages["known_on"] <= until]
    return known.sort_values(["fact_id", "known_on"]).groupby("fact_id", sort=False).tail(1)


def _parsed(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day of the calendar written YYYY-MM-DD") from None
