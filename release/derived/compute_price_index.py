"""Table `compute_price_index`: the change of machine prices from quarter to quarter, matched machine by machine.

A list is compared with itself: its last version of a quarter with its last version of the latest quarter before
that has one. A quarter in which no version was read says nothing and has no row. A machine counts where the same
region, type, operating system and purchase option is priced in both, and the list does not go back and forth on it.
The index multiplies the geometric means of the changes; multiplied medians are none, since a median of nothing hides
what moves on either side of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import polars as pl

from canonical.calendars import calendar_quarter
from canonical.periods import last_day_allowed
from canonical.table_schema import load_schema
from release.series.calendars import quarter_days
from release.series.machine_lists import LIST, list_versions, machine_prices
from release.series.price_states import machine_row_id, price_states
from release.series.tables import Tables, frame_of

__all__ = ["build"]

OFFER = ("vendor_id", "source_id", "partition", "purchase_option", "currency")
MACHINE = ("region", "instance_type", "operating_system")
Row = dict[str, Any]


def build(tables: Tables) -> pl.DataFrame:
    """One row per list, purchase option and quarter in which a version of the list was read, in that order."""
    prices = machine_prices(tables)
    versions = {
        key: part["day"].to_list() for key, part in list_versions(prices).partition_by(LIST, as_dict=True).items()
    }
    by_the_hour = pl.col("purchase_option").is_in(["on_demand", "spot"])
    priced = _with_stability(prices.filter(pl.col("amount").is_not_null(), by_the_hour), tables).sort(
        OFFER, maintain_order=True
    )
    rows: list[Row] = []
    for key, offers in priced.partition_by(OFFER, as_dict=True, maintain_order=True).items():
        offer: Row = dict(zip(OFFER, key, strict=True))
        rows += _chained(offer, offers, versions[tuple(offer[column] for column in LIST)])
    return frame_of(load_schema("compute_price_index"), rows)


def _with_stability(prices: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """The prices with `is_unstable`: whether their list goes back and forth on them."""
    states = price_states(tables).filter(pl.col("state") == "unstable").select("row_id", is_unstable=True)
    keyed = prices.with_columns(machine_row_id()).join(states, on="row_id", how="left", maintain_order="left")
    return keyed.with_columns(pl.col("is_unstable").fill_null(False))


def _chained(offer: Row, prices: pl.DataFrame, versions: list[date]) -> Iterator[Row]:
    index = 100.0
    for row in _changes(prices, versions):
        index *= 1 + row["mean_change"] / 100
        yield {**offer, **row, "mean_index": round(index, 4)}


def _changes(prices: pl.DataFrame, versions: list[date]) -> Iterator[Row]:
    last_read = {last_day_allowed(day, "quarter"): day for day in sorted(versions)}
    standing = [(end, day, _standing(prices, day)) for end, day in last_read.items()]
    for (_, day_before, before), (end, day, after) in pairwise(standing):
        unstable = int(after["is_unstable"].sum())
        steady = before.filter(~pl.col("is_unstable")), after.filter(~pl.col("is_unstable"))
        joined = steady[0].join(steady[1], on=MACHINE, suffix="_after")
        ratios = joined.select(ratio=pl.col("amount_after") / pl.col("amount"))["ratio"]
        if ratios.len():
            yield {"read_on": day, "compared_with": day_before, "unstable": unstable, **_row(end, ratios)}


def _row(end: date, ratios: pl.Series) -> Row:
    median, mean = (float(value) for value in (ratios.quantile(0.5, "linear") or 0, _geometric(ratios)))
    return {
        "calendar_quarter": calendar_quarter(*quarter_days(end)),
        "period_end": end,
        "matches": ratios.len(),
        "raised": int((ratios > 1).sum()),
        "lowered": int((ratios < 1).sum()),
        "median_change": round((median - 1) * 100, 4),
        "mean_change": round((mean - 1) * 100, 4),
    }


def _geometric(ratios: pl.Series) -> float:
    mean = ratios.log().mean()
    assert isinstance(mean, float)
    return float(pl.Series([mean]).exp().item())


def _standing(prices: pl.DataFrame, day: date) -> pl.DataFrame:
    """Prices in force on a day, one per machine."""
    ends = pl.col("valid_to")
    return prices.filter(pl.col("valid_from") <= day, ends.is_null() | (ends >= day)).select(
        *MACHINE, "amount", "is_unstable"
    )
