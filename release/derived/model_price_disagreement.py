"""Table `model_price_disagreement`: how often two registries differ on the same price of a seller, and how."""

from __future__ import annotations

import polars as pl

from canonical.table_schema import load_schema
from release.series.price_claims import disagreements
from release.series.tables import Tables

__all__ = ["build"]

EXACT = 0.001
"""Relative width within which a ratio counts as a round one."""


def build(tables: Tables) -> pl.DataFrame:
    """One row per pair of registries and seller both list, and one per pair for all sellers together."""
    pairs = disagreements(tables)
    together = pairs.with_columns(seller=pl.lit("all"))
    rows = _summary(pl.concat([pairs, together]))
    return rows.select(load_schema("model_price_disagreement").columns).sort("source_a", "source_b", "seller")


def _summary(pairs: pl.DataFrame) -> pl.DataFrame:
    ratio = pl.col("ratio")
    distance = pl.max_horizontal(ratio, 1 / ratio)
    return pairs.group_by("source_a", "source_b", "day", "seller").agg(
        prices=pl.len().cast(pl.Int64),
        differing=pl.col("differs").sum().cast(pl.Int64),
        differing_share=(pl.col("differs").mean() * 100).round(2),
        twofold=_near(distance, 2).sum().cast(pl.Int64),
        power_of_ten=(_near(distance, 10) | _near(distance, 100) | _near(distance, 1000)).sum().cast(pl.Int64)
        + (_near(distance, 1_000_000).sum().cast(pl.Int64)),
        exchange_rate_like=(distance.is_between(6.2, 7.5)).sum().cast(pl.Int64),
        median_ratio=ratio.filter(pl.col("differs")).median().round(4),
    )


def _near(distance: pl.Expr, factor: float) -> pl.Expr:
    return (distance / factor - 1).abs() < EXACT
