"""Layer U of prices: the unit fits the meter, zero is no price, amounts are those printed, in the list's currency."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from validation.prices.findings import Broken, PriceRule, money, price_findings
from validation.prices.frames import Prices

__all__ = ["currencies_of_lists", "machine_amounts", "units_of_meters", "zero_prices"]

TOKENS = ("token",)
UNITS_OF_METER: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("input", "output", "cache_read", "cache_write", "cache_write_1h", "batch_input", "batch_output"), TOKENS
    ),
    **dict.fromkeys(("reasoning_output", "embedding", "audio_cache_read", "audio_cache_write"), TOKENS),
    **dict.fromkeys(("image_cache_read", "image_output"), TOKENS),
    **dict.fromkeys(("audio_input", "audio_output"), ("token", "second", "minute", "hour")),
    "image_input": ("token", "image", "pixel"),
    "image_generation": ("image", "pixel"),
    **dict.fromkeys(("video_input", "video_output"), ("token", "second")),
    **dict.fromkeys(("second_input", "second_output"), ("second",)),
    **dict.fromkeys(("character_input", "character_output"), ("character",)),
    "page_input": ("page",),
    **dict.fromkeys(("request", "search"), ("request",)),
}
"""Canonical units that a meter may be billed by; a meter that is not named may be billed by anything."""

UNIT = PriceRule(
    "U.price_unit", "error", "printed_per_unit_id", "this meter is not billed by this unit",
    "give the unit the list prints, or the meter that is billed by it",
)  # fmt: skip
ZERO = PriceRule(
    "U.zero_price", "error", "price_state", "amount and state of the price contradict each other",
    "type the price printed, which is above zero; a zero is `free` where the source says so, else `unknown` without "
    "an amount",
)  # fmt: skip

AMOUNT = PriceRule(
    "U.amount", "error", "amount", "the amount is not the printed price",
    "write the printed amount as the amount, or correct printed_amount",
)  # fmt: skip
CURRENCY = PriceRule(
    "U.price_currency", "warning", "currency", "the list prices the other rows of this region in another currency",
    "type the currency that the list prints; tell two lists of a seller apart by their regions",
)  # fmt: skip
NOISE = 1e-9
"""Relative distance within which an amount is its print without what binary arithmetic added."""


def units_of_meters(prices: Prices) -> Iterator[Broken]:
    """Prices in a unit that their meter is not billed by."""
    fits = pl.lit(False)
    for meter, units in UNITS_OF_METER.items():
        fits |= (pl.col("meter") == meter) & pl.col("counted").is_in(units)
    known = pl.col("meter").is_in(list(UNITS_OF_METER)) & pl.col("counted").is_not_null()
    odd = prices.models.select("meter", "counted").unique().filter(known & ~fits)
    broken = prices.models.join(odd, on=("meter", "counted"), how="semi", maintain_order="left")
    by = ("source_id", "seller", "meter", "printed_per_unit_id")
    yield from price_findings(
        UNIT, "model_prices", broken, by,
        lambda row: f"{row['printed_per_unit_id']} for {row['meter']}",
        lambda row: f"a unit of {' or '.join(UNITS_OF_METER[row['meter']])}",
    )  # fmt: skip


def zero_prices(prices: Prices) -> Iterator[Broken]:
    """Prices of nothing that are not free, free offers that cost something, unknown prices that have an amount."""
    state, amount = pl.col("price_state"), pl.col("amount")
    broken = ((state == "priced") & (amount <= 0)) | ((state == "free") & (amount > 0))
    broken |= (state == "unknown") & amount.is_not_null()
    tables = (("model_prices", prices.models, "seller"), ("compute_prices", prices.machines, "region"))
    for table, rows, group in tables:
        yield from price_findings(
            ZERO, table, rows.filter(broken), ("source_id", group, "price_state"),
            lambda row: f"{row['price_state']}, {money(row['amount'])}",
            lambda row: "priced above 0, free at 0, unknown without an amount",
        )  # fmt: skip


def machine_amounts(prices: Prices) -> Iterator[Broken]:
    """Prices of machines whose amount is not the one printed; where no number can be read, there is none."""
    amount = pl.col("amount")
    printed = pl.col("printed_amount").cast(pl.Float64, strict=False).alias("printed")
    same = ((amount - pl.col("printed")).abs() <= pl.col("printed").abs() * NOISE).fill_null(False)
    is_broken = ~same & (amount.is_not_null() | pl.col("printed").is_not_null())
    at = prices.machines.select("amount", printed).select(is_broken).to_series().arg_true()
    broken = prices.machines[at].with_columns(printed)
    yield from price_findings(
        AMOUNT, "compute_prices", broken, ("source_id", "region"),
        lambda row: _amount(row["amount"]), lambda row: _amount(row["printed"]),
    )  # fmt: skip


def currencies_of_lists(prices: Prices) -> Iterator[Broken]:
    """Prices in a currency that is not the usual one of their list and region, of models by seller."""
    tables = (
        ("model_prices", prices.models, ("seller",), prices.models),
        ("compute_prices", prices.machines, (), prices.machine_keys),
    )
    for table, rows, sellers, keys in tables:
        place = ("source_id", *sellers, "region")
        currencies = keys.group_by("source_id", "currency").len()["source_id"]
        mixed = rows.filter(pl.col("source_id").is_in(currencies.filter(currencies.is_duplicated()).implode()))
        counts = mixed.group_by(*place, "currency").len().sort("len", "currency", descending=(True, False))
        usual = counts.unique(place, keep="first", maintain_order=True).select(*place, usual="currency")
        several = counts.group_by(place).len().filter(pl.col("len") > 1)
        places = usual.join(several.select(place), on=place, nulls_equal=True)
        broken = mixed.join(places, on=place, nulls_equal=True, maintain_order="left").filter(
            pl.col("currency") != pl.col("usual")
        )
        yield from price_findings(CURRENCY, table, broken, place, lambda row: row["currency"], lambda row: row["usual"])


def _amount(amount: float | None) -> str:
    return "no amount" if amount is None else money(amount)
