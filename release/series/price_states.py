"""The states of prices: which rows go back and forth or are contradicted, by the findings of the same build.

A row is `unstable` where its list goes back and forth on it, and else `disputed` where an open or accepted finding of
`DISPUTING` names it as at fault. Rows without a state are not named here.
"""

from __future__ import annotations

import polars as pl

from canonical.table_schema import load_schema
from release.series.tables import Tables
from validation.prices.flips import unstable_machines, unstable_models
from validation.prices.frames import Prices
from validation.prices.likely import likely_amounts, likely_model_amounts

__all__ = ["DISPUTING", "UNSTABLE", "machine_row_id", "price_states"]

UNSTABLE = "P.price_flip"
DISPUTING = (
    "C.price_alias", "C.price_houses", "C.price_lists", "C.price_order", "C.price_page", "C.price_ratio",
    "C.price_spot", "C.price_witnesses", "U.price_bounds", "U.price_currency", "U.price_digits", "U.price_disks",
    "U.price_jump", "U.price_licence", "U.price_lone", "U.price_region", "U.price_scale", "U.price_slip",
    "U.price_unit",
)  # fmt: skip
"""Rules whose findings make a price disputed."""
TABLES = ("model_prices", "compute_prices")
EVIDENCE = {
    "table_name": pl.String, "row_id": pl.String, "low": pl.Float64, "high": pl.Float64, "likely": pl.Float64,
    "likely_by": pl.String,
}  # fmt: skip


def machine_row_id() -> pl.Expr:
    """The key of a row of `compute_prices` as findings name it."""
    parts = [pl.col(column).cast(pl.String).fill_null("") for column in load_schema("compute_prices").primary_key]
    return pl.concat_str(parts, separator="|").alias("row_id")


def price_states(tables: Tables) -> pl.DataFrame:
    """The rows of prices that have a state, with the columns of table `price_states`; made once for a build."""
    return tables.shared("price_states", lambda: _price_states(tables))


def _price_states(tables: Tables) -> pl.DataFrame:
    rules = tables["findings"].select("finding_id", "rule").filter(pl.col("rule").is_in([UNSTABLE, *DISPUTING]))
    named = tables["finding_rows"].filter(pl.col("role") == "subject", pl.col("table_name").is_in(TABLES))
    rows = named.join(rules, on="finding_id").group_by("table_name", "row_id").agg(
        state=pl.when((pl.col("rule") == UNSTABLE).any()).then(pl.lit("unstable")).otherwise(pl.lit("disputed")),
        rules=pl.col("rule").unique().sort().str.join(" "),
        finding_ids=pl.col("finding_id").unique().sort().str.join(" "),
    )  # fmt: skip
    evidence = _evidence(tables) if (rows["state"] == "unstable").any() else pl.DataFrame(schema=EVIDENCE)
    joined = rows.join(evidence, on=("table_name", "row_id"), how="left")
    return joined.select(load_schema("price_states").columns).sort("table_name", "row_id")


def _evidence(tables: Tables) -> pl.DataFrame:
    """Of each unstable row the ends of what its list says, and which of the amounts evidence speaks for."""
    units = dict(tables["units"].select("unit_id", "canonical_unit_id").iter_rows())
    prices = Prices(tables["model_prices"], tables["compute_prices"], units, tables["sources"])
    machines, machines_told = unstable_machines(prices), likely_amounts(prices)
    models, models_told = unstable_models(prices), likely_model_amounts(prices)
    told = [
        models.join(models_told, on="series", how="left").with_columns(
            table_name=pl.lit("model_prices"), row_id="model_price_id"
        ),
        machines.join(machines_told, on="series", how="left").with_columns(
            machine_row_id(), table_name=pl.lit("compute_prices")
        ),
    ]
    return pl.concat([rows.select(list(EVIDENCE)) for rows in told])
