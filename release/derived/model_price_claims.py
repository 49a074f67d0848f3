"""Table `model_price_claims`: what each source says of each price and between which days, best-ranked first."""

from __future__ import annotations

import polars as pl

from canonical.table_schema import load_schema
from release.series.price_claims import claims, without_stale_copies
from release.series.tables import Tables

__all__ = ["build"]

KEY = ("seller", "region", "model_key", "meter", "mode", "tier_from_tokens", "per_unit_id", "currency", "rank", "since")


def build(tables: Tables) -> pl.DataFrame:
    """One row per claim of a dated source on a price, but for those on which their list goes back and forth."""
    rows = without_stale_copies(claims(tables)).filter(
        pl.col("ends_on").is_not_null(), pl.col("state").ne_missing("unstable")
    )
    named = rows.with_columns(tier_from_tokens=pl.col("tier"), per_unit_id=pl.col("unit"), state=_state())
    return named.select(load_schema("model_price_claims").columns).sort(*KEY, "model_price_id")


def _state() -> pl.Expr:
    return pl.coalesce("state", "price_state")
