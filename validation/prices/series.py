"""Rows of one list and price in the order of their days: what rules over time read."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from validation.prices.key_codes import KeyCodes, key_codes

__all__ = ["MACHINE", "MachineSeries", "in_key_order", "in_series", "machine_series", "rows_after"]

MACHINE = ("vendor_id", "source_id", "region", "instance_type", "operating_system", "purchase_option", "currency")
"""What makes two rows of a list one price of a machine, in the order in which the table has them."""
IN_TIME = ("amount", "valid_from", "valid_to", "date_basis", "since", "until")
"""What rules over time read of a machine beside its price's key."""
BEFORE = ("model_price_id", "row_number", "_own", "amount", "valid_from", "valid_to", "since", "until")
"""What is told of the row before another of its series."""


class MachineSeries(NamedTuple):
    """The rows of machines by list, price and day, with `series`, a number from 1 that rows of one price share.

    `keys` names each price: row n is that of `series` n + 1; `codes` gives numbers for keys of these rows. `order` has
    the place of each row in the table; None where the table stands in this order.
    """

    rows: pl.DataFrame
    keys: pl.DataFrame
    codes: KeyCodes
    order: pl.Series | None = None


def machine_series(machines: pl.DataFrame) -> MachineSeries:
    """The series of machines, whose key columns are categorical; a table in the order of its key is not sorted again.

    Most rows have the key of the row before, so that only those that begin a series are given numbers.
    """
    own = [column for column in ("_own",) if column in machines.columns]
    rows = machines.select(*MACHINE, *IN_TIME, *own).rechunk()
    found = _as_they_stand(rows)
    if found is not None:
        return found
    keyed = rows.with_columns(price_key=key_codes(rows, MACHINE))
    order = keyed.select(pl.arg_sort_by("price_key", "since", maintain_order=True)).to_series()
    found = _as_they_stand(rows[order])
    assert found is not None
    return found._replace(order=order)


def _as_they_stand(rows: pl.DataFrame) -> MachineSeries | None:
    """The series of rows that stand in the order of their keys and days; None where they do not."""
    of_another = (pl.col(column).to_physical().ne_missing(pl.col(column).to_physical().shift(1)) for column in MACHINE)
    begins = rows.select((pl.int_range(pl.len()) == 0) | pl.any_horizontal(of_another)).to_series()
    keys = rows.select(MACHINE).filter(begins)
    codes = KeyCodes(keys)
    numbers, days = codes.of(*MACHINE).to_numpy(), rows["since"].to_physical().to_numpy()
    goes_back = (days[1:] < days[:-1]) & ~begins.to_numpy()[1:]
    if not (numbers[1:] > numbers[:-1]).all() or goes_back.any():
        return None
    return MachineSeries(rows.with_columns(begins.cum_sum().alias("series").set_sorted()), keys, codes)


def in_key_order(models: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series | None]:
    """The rows of models by list and number, with the row number that each has in the table, from 1.

    A table in that order is returned as it is, with None. Keys are numbered in their list, so that a longer one is a
    later one.
    """
    key = ("source_id", pl.col("model_price_id").str.len_bytes(), "model_price_id")
    order = models.select(pl.arg_sort_by(key, maintain_order=True)).to_series()
    is_in_order = (order.diff().drop_nulls() > 0).all()
    return (models, None) if is_in_order else (models[order], order.cast(pl.Int64) + 1)


def in_series(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows ordered by `price_key` and day, with `series`, a number that rows of one key share."""
    ordered = rows[rows.select(pl.arg_sort_by("price_key", "since", maintain_order=True)).to_series()]
    begins = (pl.col("price_key") != pl.col("price_key").shift(1)).fill_null(True)
    return ordered.with_columns(series=begins.cum_sum().set_sorted()).drop("price_key")


def rows_after(series: pl.DataFrame, condition: pl.Expr) -> pl.DataFrame:
    """The rows that follow another of their series, with the one before in columns `before_…`, and meet a condition."""
    names = [column for column in BEFORE if column in series.columns]
    before = [pl.col(column).shift(1).alias(f"before_{column}") for column in names]
    follows = pl.col("series") == pl.col("series").shift(1)
    # Most columns of most rows are of no interest to a condition.
    met = series.lazy().with_columns(before).select((follows & condition).alias("met")).collect()["met"]
    at = met.fill_null(False).arg_true()
    return pl.concat([series[at], series[at - 1].select(pl.col(names).name.prefix("before_"))], how="horizontal")
