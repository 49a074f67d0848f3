"""One number a period: the headline tables, as of now or of a day, in one currency, in long or wide form."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

import pandas as pd

from cloud_vendor_metrics.errors import UnknownNameError
from cloud_vendor_metrics.frames import Column, Frame
from cloud_vendor_metrics.loading import frame_of
from cloud_vendor_metrics.package import Package
from cloud_vendor_metrics.resolving import metric_ids, texts_of, vendor_ids
from cloud_vendor_metrics.selecting import Selection, known_by, labelled, selected, with_vendor

__all__ = ["COLUMNS", "TABLES", "Frequency", "headlines", "in_currency", "one_entity_each", "widened"]

Frequency = Literal["quarter", "half_year", "year"]
TABLES: dict[str, str] = {"quarter": "quarterly_metrics", "half_year": "half_year_metrics", "year": "annual_metrics"}
COLUMNS = (
    "vendor_id", "entity_id", "metric_id", "basis", "breakdown_id", "period_type", "fiscal_period", "calendar_quarter",
    "period_start", "period_end", "unit_id", "value", "value_low", "value_high", "claim_status", "flags",
    "perimeter_id", "derivation", "disputed", "known_on", "observation_ids", "finding_ids",
)  # fmt: skip
"""What the headline of a fact holds at any time; growth is left to the tables of today."""
PARTS = ("entity_id", "metric_id", "breakdown_id", "basis", "unit_id")
"""What tells one column of a wide frame from another."""
PLACES = 4
"""Decimals of a converted value, as the tables have them."""


def headlines(package: Package, frequency: Frequency, day: date | None) -> Frame:
    """The headline of every fact of a frequency, as known now or on a day. Raises ValueError for no frequency."""
    if frequency not in TABLES:
        raise ValueError(f"frequency {frequency!r}: expected {', '.join(get_args(Frequency))}")
    if day is None:
        frame = frame_of(package, TABLES[frequency])
        kept = [*COLUMNS, "value_usd"]
    else:
        known = known_by(frame_of(package, "vintages"), day)
        # A share or a rank of another entity is no series of its own in the headline tables.
        frame = known[(known["period_type"] == frequency) & known["of_entity_id"].isna()].reset_index(drop=True)
        frame = labelled(package, with_vendor(package, frame))
        kept = list(COLUMNS)
    return frame[kept]


def one_entity_each(package: Package, frame: Frame, asked: Selection) -> Frame:
    """The rows asked for, of one entity a vendor and metric: its cloud, else its group, else the only one it has.

    Raises `UnknownNameError` where a vendor that is named has no row of the metric, or several entities and neither.
    """
    found = selected(package, frame, Selection(asked.vendor, asked.metric, None, None, asked.breakdowns, asked.bases))
    clouds = frame_of(package, "vendor_clouds").set_index("vendor_id")["entity_id"]
    entities = frame_of(package, "entities", ["entity_id", "scope"])
    groups = set(entities.loc[entities["scope"] == "group", "entity_id"])
    kept = [
        rows[rows["entity_id"] == entity]
        for (vendor, _), rows in found.groupby(["vendor_id", "metric_id"])
        if (entity := _entity(rows, clouds.get(vendor), groups, named=asked.vendor is not None))
    ]
    _all_found(package, frame, found, asked)
    joined = pd.concat(kept) if kept else found
    joined.attrs = frame.attrs
    return selected(package, joined, Selection(period=asked.period))


def _entity(rows: Frame, cloud: object, groups: set[str], *, named: bool) -> str | None:
    """The entity that speaks for a vendor; None where several may and nobody named the vendor."""
    there = list(dict.fromkeys(rows["entity_id"]))
    if cloud in there:
        return str(cloud)
    whole = [entity for entity in there if entity in groups]
    if len(whole) == 1 or len(there) == 1:
        return (whole or there)[0]
    if named:
        raise UnknownNameError(
            "entity that speaks for the vendor", "可代表厂商的主体", rows["vendor_id"].iloc[0], there
        )
    return None


def _all_found(package: Package, frame: Frame, found: Frame, asked: Selection) -> None:
    """Raise where a vendor has nothing of a metric, with the metrics that it has."""
    if asked.vendor is None:
        return
    for vendor in vendor_ids(package, asked.vendor):
        if vendor not in set(found["vendor_id"]):
            own = frame.loc[frame["vendor_id"] == vendor, "metric_id"]
            names = " ".join(metric_ids(package, texts_of([] if asked.metric is None else asked.metric)))
            raise UnknownNameError(f"number of {vendor} for metric", f" {vendor} 的指标", names, own)


def in_currency(package: Package, frame: Frame, currency: str | None) -> Frame:
    """Values as reported, or those of money at the mean rate of their period; what is no money stays.

    The ends of a converted value are left out. Raises ValueError for another currency than USD.
    """
    if currency is None:
        return frame.drop(columns="value_usd", errors="ignore")
    if currency.upper() != "USD":
        raise ValueError(f"currency {currency!r}: expected USD, or none for the one reported in")
    units = frame_of(package, "units", ["unit_id", "currency"]).set_index("unit_id")["currency"]
    money = frame["unit_id"].map(units)
    usd = frame["value_usd"] if "value_usd" in frame else _converted(package, frame, money)
    values = frame["value"].where(money.isna(), usd)
    unit = frame["unit_id"].where(money.isna(), "usd-m")
    return frame.assign(value=values, unit_id=unit).drop(
        columns=["value_usd", "value_low", "value_high"], errors="ignore"
    )


def _converted(package: Package, frame: Frame, money: Column) -> Column:
    rates = frame_of(package, "exchange_rate_means", ["period_start", "period_end", "base", "quote", "rate"])
    to_usd = (
        rates[rates["quote"] == "USD"].drop(columns="quote").drop_duplicates(["period_start", "period_end", "base"])
    )
    asked = frame[["period_start", "period_end"]].assign(base=money)
    rate = asked.merge(to_usd, on=["period_start", "period_end", "base"], how="left")["rate"].set_axis(frame.index)
    return (frame["value"] * rate.where(money != "USD", 1.0)).round(PLACES)


def widened(frame: Frame, frequency: Frequency) -> Frame:
    """A row a period, a column a vendor; further names in the heading of a column where more than one is there.

    A unit is such a name: amounts in several currencies do not stand under names of vendors alone.
    """
    index = "calendar_quarter" if frequency == "quarter" else "period_end"
    parts = [part for part in PARTS if frame[part].nunique() > 1]
    if "entity_id" in parts and frame.groupby("vendor_id", dropna=False)["entity_id"].nunique().max() == 1:
        parts[0] = "vendor_id"
    names = frame[parts[0] if parts else "vendor_id"].fillna("")
    for part in parts[1:]:
        names = names + " " + frame[part]
    last = frame.assign(column=names).sort_values("period_end").drop_duplicates([index, "column"], keep="last")
    return last.pivot(index=index, columns="column", values="value").rename_axis(columns=None)
