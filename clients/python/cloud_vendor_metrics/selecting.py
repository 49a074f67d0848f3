"""Pick the rows of a table by vendor, entity, metric, period and the day by which they were known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd

from cloud_vendor_metrics.days import Period, in_period
from cloud_vendor_metrics.frames import Column, Frame
from cloud_vendor_metrics.loading import frame_of
from cloud_vendor_metrics.package import Package
from cloud_vendor_metrics.resolving import Names, entity_ids, metric_ids, vendor_ids

__all__ = ["Selection", "known_by", "labelled", "selected", "with_vendor"]

KEY = ["entity_id", "period_type", "period_start", "period_end"]
LABELS = ["fiscal_period", "calendar_quarter"]


@dataclass(frozen=True)
class Selection:
    """What is asked for; None asks for all."""

    vendor: Names | None = None
    metric: Names | None = None
    entity: Names | None = None
    period: Period | None = None
    breakdowns: tuple[str, ...] | None = None
    bases: tuple[str, ...] | None = None


def selected(package: Package, frame: Frame, asked: Selection) -> Frame:
    """The rows asked for, in the order and with the columns of the frame.

    Raises ValueError where the table has no such column, `UnknownNameError` for a name that nobody has.
    """
    mask = pd.Series(True, index=frame.index)
    if asked.vendor is not None:
        mask &= with_vendor(package, frame, "vendor")["vendor_id"].isin(vendor_ids(package, asked.vendor))
    if asked.entity is not None:
        mask &= _column(frame, "entity_id", "entity").isin(entity_ids(package, asked.entity))
    if asked.metric is not None:
        mask &= _column(frame, "metric_id", "metric").isin(metric_ids(package, asked.metric))
    for column, codes in (("breakdown_id", asked.breakdowns), ("basis", asked.bases)):
        if codes is not None:
            mask &= _column(frame, column, column).isin(codes)
    if asked.period is not None:
        _column(frame, "period_end", "period")
        mask &= in_period(frame, asked.period, partial(labelled, package))
    return frame[mask]


def _column(frame: Frame, column: str, asked: str) -> Column:
    if column not in frame:
        raise ValueError(f"{asked}: table {frame.attrs.get('name', '')} has no column {column}")
    return frame[column]


def with_vendor(package: Package, frame: Frame, asked: str = "vendor") -> Frame:
    """The frame with the vendor of each row, from its entity where it has none itself."""
    if "vendor_id" in frame:
        return frame
    entities = frame_of(package, "entities", ["entity_id", "vendor_id"]).set_index("entity_id")["vendor_id"]
    return frame.assign(vendor_id=_column(frame, "entity_id", asked).map(entities))


def labelled(package: Package, frame: Frame) -> Frame:
    """The frame with the fiscal label and calendar quarter of each period, from `fiscal_periods` where it has none."""
    lacking = [label for label in LABELS if label not in frame]
    if not lacking:
        return frame
    periods = frame_of(package, "fiscal_periods", [*KEY, *lacking])
    joined = frame[[key for key in KEY if key in frame]].merge(
        periods, on=[key for key in KEY if key in frame], how="left"
    )
    return frame.assign(**{label: joined[label].set_axis(frame.index) for label in lacking})


def known_by(vintages: Frame, until: date) -> Frame:
    """The last row of each fact that was known by a day, in the order of the facts' ids."""
    known = vintages[vintages["known_on"] <= pd.Timestamp(until)]
    ordered = known.sort_values(["fact_id", "known_on"], kind="stable")
    return ordered.drop_duplicates("fact_id", keep="last").reset_index(drop=True)
