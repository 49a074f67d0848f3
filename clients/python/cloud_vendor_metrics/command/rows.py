"""The rows that a call asks for: a table, by vendor, entity, metric and period, as of now or of a day."""

from __future__ import annotations

import argparse
from datetime import date

import pandas as pd

from cloud_vendor_metrics.days import Period, day_of
from cloud_vendor_metrics.frames import Frame
from cloud_vendor_metrics.headlines import TABLES, headlines, in_currency
from cloud_vendor_metrics.loading import frame_of
from cloud_vendor_metrics.package import Package, open_package
from cloud_vendor_metrics.selecting import Selection, known_by, selected

__all__ = ["period_of", "rows_of"]

FREQUENCIES = {table: frequency for frequency, table in TABLES.items()}
SPAN = ".."


def period_of(text: str | None) -> Period | None:
    """A period as it is typed: one, or two joined by `..`, either of which may be left out."""
    if text is None or SPAN not in text:
        return text
    first, _, last = text.partition(SPAN)
    return first or None, last or None


def rows_of(options: argparse.Namespace) -> pd.DataFrame:
    """The rows of `options.table`. Raises `UnknownNameError`, and ValueError where the table cannot be asked so."""
    package = open_package(options.data)
    day = None if options.as_of is None else day_of(options.as_of)
    frame = frame_of(package, options.table) if day is None else _known(package, options.table, day)
    asked = Selection(options.vendor, options.metric, options.entity, period_of(options.period))
    found: Frame = selected(package, frame, asked)
    return found.reset_index(drop=True)


def _known(package: Package, table: str, day: date) -> Frame:
    if table in FREQUENCIES:
        found = in_currency(package, headlines(package, FREQUENCIES[table], day), None)  # type: ignore[arg-type]
        found.attrs["name"] = table
        return found
    frame = frame_of(package, table)
    if table == "vintages":
        return known_by(frame, day)
    if table not in ("observations_flat", "sources"):
        readable = ", ".join(["vintages", *FREQUENCIES, "observations_flat", "sources"])
        raise ValueError(f"--as-of: {table} does not say when a row became known; expected one of {readable}")
    return frame[frame["known_on"] <= pd.Timestamp(day)]
