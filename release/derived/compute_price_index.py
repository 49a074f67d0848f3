"""Table `compute_price_index`: the median change of machine prices from quarter to quarter, matched machine by machine.

A list is compared with itself at the ends of two quarters that it both covers. A machine counts where the same
region, type, operating system and purchase option is priced at both ends; the indices multiply median and mean changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from release.calendars import calendar_quarter
from release.tables import Tables, frame_of
from validation.periods import months_before
from validation.table_schema import load_schema

__all__ = ["build"]

LIST = ("vendor_id", "source_id", "purchase_option", "currency")
MACHINE = ("region", "instance_type", "operating_system")
Row = dict[str, Any]


def build(tables: Tables) -> pl.DataFrame:
    """One row per list, purchase option, currency and quarter, in that order."""
    ends = dict(tables["sources"].select("source_id", "known_on").iter_rows())
    priced = tables["compute_prices"].filter(pl.col("amount").is_not_null())
    rows: list[Row] = []
    for key, prices in sorted(priced.partition_by(LIST, as_dict=True).items()):
        median = mean = 100.0
        for row in _changes(prices, ends[key[1]]):
            median *= 1 + row["median_change"] / 100
            mean *= 1 + row["mean_change"] / 100
            chained = {"median_index": round(median, 4), "mean_index": round(mean, 4)}
            rows.append({**dict(zip(LIST, key, strict=True)), **row, **chained})
    return frame_of(load_schema("compute_price_index"), rows)


def _changes(prices: pl.DataFrame, end: date) -> Iterator[Row]:
    first = prices["valid_from"].min()
    assert isinstance(first, date)
    quarters = list(_quarter_ends(first, end))
    standing = [_standing(prices, day) for day in quarters]
    for day, before, after in zip(quarters[1:], standing, standing[1:], strict=False):
        ratios = before.join(after, on=MACHINE, suffix="_after").select(r=pl.col("amount_after") / pl.col("amount"))[
            "r"
        ]
        if ratios.len():
            yield _row(day, ratios)


def _row(day: date, ratios: pl.Series) -> Row:
    start = months_before(day, 2).replace(day=1)
    median, mean = (float(value) for value in (ratios.quantile(0.5, "linear") or 0, _geometric(ratios)))
    return {
        "calendar_quarter": calendar_quarter(start, day),
        "period_end": day,
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
    return prices.filter(pl.col("valid_from") <= day, ends.is_null() | (ends >= day)).select(*MACHINE, "amount")


def _quarter_ends(first: date, last: date) -> Iterator[date]:
    """Last days of the quarters from `first` to `last`."""
    for year in range(first.year, last.year + 1):
        for month, day in ((3, 31), (6, 30), (9, 30), (12, 31)):
            end = date(year, month, day)
            if first <= end <= last:
                yield end
