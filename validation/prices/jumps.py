"""Layer U of prices: prices that move by a power of ten from one span to the next of the same list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import polars as pl

from validation.prices.bounds import MACHINE_KEY, machines_beyond
from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import Prices, apart, power_of_ten, without_mixed_output
from validation.prices.second_voices import borne_out

__all__ = ["APART", "REGION_FAR", "jump_findings", "machine_jumps", "machines_apart", "model_jumps"]

WITHIN = 0.01
"""Relative distance from a power of ten within which a jump counts."""
CACHE_FROM = 100
"""Least power that counts for meters of a cache: a tenth of the price is the discount as it is introduced."""

BOTH_COST = (pl.col("amount") > 0) & (pl.col("before_amount") > 0)
RISES = (pl.col("amount") > pl.col("before_amount")).alias("rises")

JUMPED = PriceRule(
    "U.price_jump", "warning", "amount", "the price moves by a power of ten from one span to the next",
    "look which of the two the seller charged; correct the other in the list it comes from",
)  # fmt: skip
REGIONS, REGION_FAR, CHEAPER_FAR = 5, 5, 6
"""So many regions tell what a machine costs, and so many times that is no regional price: the dearest ask twice."""
WIDELY = 3
"""In so many regions it is the machine that stands apart."""
APART = PriceRule(
    "U.price_region", "warning", "amount", "the machine costs a multiple or a fraction of its price in other regions",
    "look up the machine in that region; report the slip to the list",
)  # fmt: skip
LEAPT = replace(JUMPED, message="the price of a machine moves tenfold or more from one span to the next")


def model_jumps(prices: Prices) -> pl.DataFrame:
    """The rows of models whose price is a power of ten apart from the one before, with `power` and `rises`."""
    times = apart("amount", "before_amount")
    rows = without_mixed_output(prices, prices.models_after(BOTH_COST & (times >= 10 * (1 - WITHIN))))
    is_cached = pl.col("meter").str.contains("cache", literal=True)
    least = pl.when(is_cached).then(CACHE_FROM).otherwise(10)
    return rows.with_columns(RISES, power=power_of_ten(times, WITHIN)).filter(pl.col("power") >= least)


def jump_findings(prices: Prices, jumps: pl.DataFrame) -> Iterator[Broken]:
    """One finding for each list and seller of rows of `model_jumps`.

    At fault is the one of the two that is farther from what others ask for the model, or that stood for fewer days.
    Where second publishers state both amounts the seller has changed its price.
    """
    stated = borne_out(prices).implode()
    both = pl.col("row_number").is_in(stated) & pl.col("before_row_number").is_in(stated)
    held = jumps.filter(~both).join(_asked_elsewhere(prices, jumps), on="row_number", how="left", maintain_order="left")
    last = prices.models.group_by("source_id").agg(last=pl.max("since"))
    held = held.join(last, on="source_id", how="left", maintain_order="left")
    stood = pl.min_horizontal("until", "last") - pl.col("since")
    before_stood = pl.col("before_until") - pl.col("before_since")
    farther = apart("before_amount", "usual") > apart("amount", "usual")
    is_before = farther.fill_null(before_stood < stood)
    ids, numbers = (("model_price_id", "other_id"), ("row_number", "before_row_number"))
    sides = [
        pl.when(is_before).then(other).otherwise(one).alias(name)
        for one, other, name in ((*ids, ids[0]), (*ids[::-1], ids[1]), (*numbers, numbers[0]))
    ]
    at_fault = held.with_columns(*sides, is_before=is_before).sort("row_number")
    once = at_fault.unique("model_price_id", keep="first", maintain_order=True)
    yield from price_findings(JUMPED, "model_prices", once, ("source_id", "seller"), _jump, _close_to_other)


def _asked_elsewhere(prices: Prices, jumps: pl.DataFrame) -> pl.DataFrame:
    """By `row_number` of jumps, the `usual` amount for the model in other lists, or else at sellers of its own."""
    own = jumps.select("row_number", *MODEL_ANYWHERE, "source_id", "seller", "name")
    some = prices.models.join(own.select("name").unique(), on="name", nulls_equal=True, how="semi")
    asked = (
        some.filter(pl.col("amount") > 0, pl.col("bound") == "eq")
        .group_by(*MODEL_ANYWHERE, "name", "source_id", "seller")
        .agg(pl.col("amount").median())
    )
    pairs = own.join(asked, on=[*MODEL_ANYWHERE, "name"], nulls_equal=True, suffix="_other")
    elsewhere = pl.col("source_id") != pl.col("source_id_other")
    same_list = pairs.filter(~elsewhere, pl.col("seller") != pl.col("seller_other"))
    others = pl.concat([pairs.filter(elsewhere), same_list]).with_columns(elsewhere=elsewhere)
    amount, in_others = pl.col("amount"), pl.col("elsewhere")
    return others.group_by("row_number").agg(usual=pl.coalesce(amount.filter(in_others).median(), amount.median()))


MODEL_ANYWHERE = ("meter", "mode", "tier", "counted", "currency")
"""What prices of a model share beside its name, whoever asks them."""


def machine_jumps(prices: Prices) -> Iterator[Broken]:
    """Prices of machines that move tenfold or more, since these are steady.

    At fault is the one of the two that is farther from what the list asks for the machine in its other regions. What a
    version of a list does in all its regions is one finding.
    """
    leaps = prices.machines_after(BOTH_COST & (apart("amount", "before_amount") >= 10 * (1 - WITHIN)))
    leaps = leaps.with_columns(RISES)
    held = leaps.join(_usual(prices, leaps), on=MACHINE_ANYWHERE, how="left", maintain_order="left")
    is_before = apart("before_amount", "usual") >= apart("amount", "usual")
    at_fault = held.with_columns(
        valid_from=pl.when(is_before).then("before_valid_from").otherwise("valid_from"),
        amount=pl.when(is_before).then("before_amount").otherwise("amount"),
        beside=pl.when(is_before).then("amount").otherwise("before_amount"),
    )
    by = ("source_id", "since", "rises")
    yield from price_findings(LEAPT, "compute_prices", at_fault, by, _leap, _close_to_beside)


MACHINE_ANYWHERE = ("source_id", "instance_type", "operating_system", "purchase_option", "currency")


def _usual(prices: Prices, leaps: pl.DataFrame) -> pl.DataFrame:
    """What a list asks for the machines of some leaps in the middle of its regions, in column `usual`."""
    machines = leaps.select(MACHINE_ANYWHERE).unique()
    rows = prices.machines.filter(pl.col("instance_type").is_in(machines["instance_type"].unique().implode()))
    standing = rows.filter(pl.col("valid_to").is_null(), pl.col("amount") > 0)
    return standing.group_by(MACHINE_ANYWHERE).agg(usual=pl.col("amount").median()).join(machines, on=MACHINE_ANYWHERE)


def machines_apart(prices: Prices) -> Iterator[Broken]:
    """Machines that cost five times as much, or as little, in one region as in the middle of five regions or more.

    Of spare and reserved capacity, which regions price further apart, it is six times. What lies beyond its bounds, as
    machines do that a list has without their accelerators, says nothing of other regions. A finding is by region, of a
    machine that stands apart in several by machine.
    """
    keys = prices.machine_keys.select("purchase_option", kind=prices.machine_codes.of(*MACHINE_ANYWHERE))
    amounts = prices.machine_series.select("series", "amount")
    is_within = pl.ones(amounts.height, pl.UInt8, eager=True).scatter(_beyond(prices), 0).cast(pl.Boolean)
    is_held = is_within & (amounts["amount"] > 0).fill_null(False)
    series = keys.with_columns(_ends_of_series(amounts, is_held))
    ends = series.group_by("kind").agg(pl.min("least"), pl.max("most"))
    wide = ends.filter(pl.col("most") / pl.col("least") >= REGION_FAR)
    is_wide = keys["kind"].is_in(wide["kind"].implode()).gather(amounts["series"] - 1)
    amount = pl.col("amount")
    rows = amounts.with_row_index("at").filter(is_held & is_wide)
    rows = rows.with_columns(kind=keys["kind"].gather(rows["series"] - 1))
    rows = rows.join(wide, on="kind", maintain_order="left")
    usual = rows.group_by("kind").agg(pl.first("least", "most"), usual=amount.median())
    usual = usual.join(keys.group_by("kind").agg(pl.first("purchase_option"), regions=pl.len()), on="kind")
    widest = pl.max_horizontal(pl.col("most") / pl.col("usual"), pl.col("usual") / pl.col("least"))
    scattered = usual.filter(pl.col("regions") >= REGIONS, widest >= REGION_FAR)
    held = rows.join(scattered.drop("least", "most"), on="kind", maintain_order="left")
    far = pl.when(pl.col("purchase_option") == "on_demand").then(REGION_FAR).otherwise(CHEAPER_FAR)
    found = held.filter(apart("amount", "usual") >= far)
    broken = prices.machine_series[found["at"]].with_columns(found["usual"], found["regions"])
    regions = pl.col("region").n_unique().over("source_id", "instance_type")
    place = pl.when(regions >= WIDELY).then("instance_type").otherwise("region")
    placed = broken.with_columns(place=place.cast(pl.String))
    yield from price_findings(APART, "compute_prices", placed, ("source_id", "place"), _leap, _usual_amount)


def _ends_of_series(amounts: pl.DataFrame, is_held: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The `least` and the `most` amount of each series among the rows that are held; empty where none is."""
    first = np.flatnonzero(np.diff(amounts["series"].to_numpy(), prepend=0))
    found: list[pl.Series] = []
    for name, of, no_amount in (("least", np.minimum, np.inf), ("most", np.maximum, -np.inf)):
        held = np.where(is_held.to_numpy(), amounts["amount"].to_numpy(), no_amount)
        ends = pl.Series(name, of.reduceat(held, first) if len(first) else held)
        found.append(ends.replace(no_amount, None))
    return found[0], found[1]


def _beyond(prices: Prices) -> pl.Series:
    """The places in `machine_series` of the prices beyond their bounds."""
    beyond = prices.shared("machines_beyond", machines_beyond)
    types = beyond["instance_type"].unique().implode()
    some = prices.machine_series.with_row_index("at").filter(pl.col("instance_type").is_in(types))
    return some.join(beyond, on=MACHINE_KEY, how="semi")["at"]


def _usual_amount(row: Cells) -> str:
    return f"about {money(row['usual'])}, as in {row['regions']} regions"


def _leap(row: Cells) -> str:
    return f"{money(row['amount'])} {row['currency']} from {row['valid_from']}"


def _close_to_beside(row: Cells) -> str:
    return f"a price nearer {money(row['beside'])}, its other price"


def _jump(row: Cells) -> str:
    before, after = row["before_amount"], row["amount"]
    times = after / before if after > before else before / after
    return f"{money(before)}, then {money(after)} {row['currency']} from {row['valid_from']} ({times:,.0f} times)"


def _close_to_other(row: Cells) -> str:
    return f"a price nearer the one {'after' if row['is_before'] else 'before'}"
