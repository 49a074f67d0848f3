"""Table `model_prices_current`: the price each seller asks by the best-ranked source that still speaks of it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from canonical.table_schema import load_schema
from release.series.exchange import Rates
from release.series.price_claims import KEY, REPEATS, claims, disagreements, without_stale_copies
from release.series.tables import Tables

__all__ = ["SPEAKS_FOR", "build"]

SPEAKS_FOR = timedelta(days=365)
"""A source that ended longer ago than this before the newest is history, not current."""
ORDER = ("seller", "region", "model", "meter", "mode", "tier_from_tokens", "per_unit_id", "currency", "model_price_id")
HOUSES = {"amazon-bedrock": "amazon", "azure": "microsoft", "google-vertex": "google"}
"""Makers that sell their own models under another seller's name."""


def build(tables: Tables) -> pl.DataFrame:
    """One row per price in force, `KEY` with its headline claim, in the order of `ORDER`."""
    rows = _best_first(_in_force(_steady(without_stale_copies(claims(tables)))))
    headline = rows.unique(KEY, keep="first", maintain_order=True)
    all_claims = rows.group_by(KEY, maintain_order=True).agg(
        ids=pl.col("model_price_id").sort(),
        publishers=pl.col("publisher").filter(~pl.col("rank").is_in(REPEATS)).n_unique().cast(pl.Int64),
    )
    joined = headline.join(all_claims, on=KEY, nulls_equal=True).join(
        _disputed(tables), on=[*KEY, "source_id"], how="left", nulls_equal=True
    )
    columns = load_schema("model_prices_current").columns
    return _converted(_described(joined), tables).select(columns).sort(ORDER)


def _steady(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(pl.col("state").ne_missing("unstable"))


def _best_first(rows: pl.DataFrame) -> pl.DataFrame:
    """The claims on each price by rank; of equal rank those of the source that speaks latest, its latest first."""
    order = dict.fromkeys((*KEY, "rank"), False) | {"ends_on": True, "since": True, "model_price_id": False}
    return rows.sort(list(order), descending=list(order.values()), nulls_last=True)


def _in_force(rows: pl.DataFrame) -> pl.DataFrame:
    """The claims of dated sources that hold on the newest day any source speaks of."""
    newest = rows["ends_on"].max()
    if not isinstance(newest, date):
        return rows.clear()
    return rows.filter(pl.col("ends_on") >= newest - SPEAKS_FOR, pl.lit(newest).is_between("since", "until"))


def _disputed(tables: Tables) -> pl.DataFrame:
    """Each registry's prices that another registry contradicts on the last day both speak of."""
    found = disagreements(tables).filter("differs")
    sides = [found.select(*KEY, source_id=side) for side in ("source_a", "source_b")]
    return pl.concat(sides).unique().with_columns(disputed=pl.lit(True))


def _described(rows: pl.DataFrame) -> pl.DataFrame:
    house = pl.col("seller").replace(HOUSES)
    others = pl.col("ids").list.set_difference(pl.concat_list("model_price_id")).list.sort().list.join(" ")
    return rows.with_columns(
        as_of=pl.col("ends_on"),
        tier_from_tokens=pl.col("tier"),
        per_unit_id=pl.col("unit"),
        resold=pl.col("maker").is_not_null() & (house != pl.col("maker")),
        disputed=pl.col("disputed").fill_null(False) | _is_named(),
        other_price_ids=pl.when(others != "").then(others),
    )


def _is_named() -> pl.Expr:
    """Whether a finding disputes the price; a jump that another publisher confirms is a change."""
    only_jumped = pl.col("rules") == "U.price_jump"
    return (pl.col("state") == "disputed").fill_null(False) & ~(only_jumped & (pl.col("publishers") > 1)).fill_null(
        False
    )


def _converted(rows: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Amounts in USD at the last rate on or before valid_from, with the id of that rate."""
    rates = Rates.of(tables)
    usd: list[float | None] = []
    ids: list[str | None] = []
    for currency, amount, day in rows.select("currency", "amount", "valid_from").iter_rows():
        rate = rates.last(currency, "USD", day) if currency != "USD" and day is not None else None
        converted = amount if currency == "USD" else _times(amount, rate.rate) if rate else None
        usd.append(converted)
        ids.append(rate.exchange_rate_id if rate else None)
    return rows.with_columns(pl.Series("amount_usd", usd, pl.Float64), pl.Series("exchange_rate_id", ids, pl.String))


def _times(amount: float, rate: Decimal) -> float:
    return float(round(Decimal(str(amount)) * rate, 10))
