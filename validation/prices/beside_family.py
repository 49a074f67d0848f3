"""Layer U of prices: machines beside their family on one day, told by what they cost beside it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.prices.digits import EXCHANGED, exchanged, replaced
from validation.prices.family_days import FamilyDays, family_days
from validation.prices.findings import Broken, Cells, money, price_findings
from validation.prices.flips import unstable_machines
from validation.prices.frames import Prices
from validation.prices.sizes import OUT_OF_SIZE, days_of_families, sized_rows

__all__ = ["machines_beside_family"]

SIBLINGS, MOSTLY, CLOSE = 3, 0.75, 0.001
"""So many machines of a family, and such a share of it, agree on a price by size, within so much."""
ANYWHERE = ("source_id", "instance_type", "operating_system", "purchase_option")
OFTEN, MOST_DAYS, TIMES, LEAST = 8, 0.9, 3, 0.0025
"""So often a machine stands beside its family to tell how far it is off on such a share of its days: so many times
that, and so much of its price, is odd."""
EXACT, FINE = 0.0001, 5
"""Off by more than so much a machine is odd by one digit, in a price of so many decimals, where it is off by less
elsewhere."""
SURE, FAR = 4, 0.15
"""Beside so many machines of its family that agree, so much off is odd however seldom the machine stands there."""
ROUNDED, DECIMALS = 1.5, 2
"""So many units of the last decimal, of which lists print so many at least, are a rounding."""
NOISE = 1e-6
"""Relative distance within which an amount is the one expected."""
PLACES = 12
"""So many decimals an amount has at most."""

OFF = replace(
    OUT_OF_SIZE,
    severity="notice",
    message="the machine costs another multiple of its family's prices that day than elsewhere",
)


def _as_fine(amount: pl.Expr, other: pl.Expr) -> pl.Expr:
    """The other amount, rounded to as many decimals as the amount has."""
    scale = pl.lit(10.0).pow(_decimals(amount))
    return (other * scale).round() / scale


def _decimals(amount: pl.Expr) -> pl.Expr:
    """With how many decimals an amount is written."""
    parts = (amount * 10.0**place for place in range(PLACES))
    return pl.sum_horizontal((part / part.round() - 1).abs() > NOISE**2 for part in parts).cast(pl.Int64)


def machines_beside_family(prices: Prices) -> Iterator[Broken]:
    """Machines that stand otherwise beside their family than elsewhere, on the first or last day of the price.

    It is a finding by list and region; prices that go back and forth are told as such. What a machine costs beside its
    family is what it costs beside it in most regions and versions, where there are three or more.
    """
    rows = sized_rows(prices)
    rows = rows.with_columns(kind=prices.machine_codes.of(*ANYWHERE).gather(rows["series"] - 1))
    days = prices.shared("family_days", days_of_families)
    first, rest = _beside_family(rows, days)
    of_rest = rows.filter(pl.col("family").is_in(rest.implode()))
    last, _ = _beside_family(of_rest, family_days(of_rest, "until"))
    least = pl.when((pl.col("share") - 1).abs() < NOISE).then(NOISE).otherwise(CLOSE)
    off = (pl.col("amount") / pl.col("expected") - 1).abs() > least
    odd = pl.concat([first.filter(off), last.filter(off)]).unique("at", keep="first")
    odd = odd.with_columns(fine=_as_fine(pl.col("amount"), pl.col("expected")))
    unstable = unstable_machines(prices)["series"].unique().implode()
    odd = odd.filter(~prices.machine_series["series"].gather(odd["at"]).is_in(unstable)).sort("at")
    is_exchanged = odd.select(exchanged(pl.col("amount"), pl.col("fine"))).to_series()
    off = _off_alone(prices, _far_off(odd.filter(~is_exchanged), rows, days))
    for rule, found in ((EXCHANGED, odd.filter(is_exchanged)), (OFF, off)):
        broken = prices.machine_series[found["at"]].with_columns(found["expected"], found["agree"])
        yield from price_findings(rule, "compute_prices", broken, ("source_id", "region"), _amount, _by_family)


def _far_off(odd: pl.DataFrame, rows: pl.DataFrame, days: FamilyDays) -> pl.DataFrame:
    """The odd rows that are farther off than their machine is elsewhere, where it stands beside its family often.

    Of a machine that is in proportion nearly everywhere, the days on which it is so are counted. One digit is enough
    where a machine is in proportion to the last digits elsewhere; and what is far off is told of a machine of few
    places too, where most of its family stands beside it.
    """
    flat = days.rows_in((days.groups["size"] > SIBLINGS) & (days.groups["most"] / days.groups["least"] - 1 <= NOISE))
    seldom = odd.filter(pl.col("often") < OFTEN)["kind"].unique()
    kinds = rows["kind"].gather(flat)
    steady = kinds.filter(kinds.is_in(seldom.implode())).value_counts(name="flat")
    told = odd.join(steady, on="kind", how="left", maintain_order="left")
    is_often = pl.col("often") >= OFTEN
    is_sure = (pl.col("flat").fill_null(0) < OFTEN) & (pl.col("agree") >= SURE)
    is_elsewhere = is_sure & (pl.col("often") > 1)
    often_off = pl.when(is_often | is_elsewhere).then(pl.col("often_off") * TIMES).otherwise(0.0)
    off = (pl.col("amount") - pl.col("expected")).abs()
    decimals = pl.max_horizontal(_decimals(pl.col("amount")), pl.lit(DECIMALS))
    is_exact = (often_off <= EXACT * TIMES) & (decimals >= FINE)
    is_digit = replaced(pl.col("amount"), pl.col("fine")) & is_exact
    least = pl.when(is_digit).then(EXACT).otherwise(LEAST)
    is_far = off > pl.max_horizontal(least, often_off) * pl.col("expected")
    is_rounded = off < ROUNDED * pl.lit(10.0).pow(-decimals)
    is_sure &= off >= FAR * pl.min_horizontal("amount", "expected")
    return told.filter(is_often | (pl.col("flat") >= OFTEN) | is_sure, is_far & ~is_rounded)


def _off_alone(prices: Prices, far: pl.DataFrame) -> pl.DataFrame:
    """The rows of machines that are off once: what is so in several regions or versions is a price of the machine."""
    machines = prices.machine_codes.of("source_id", "instance_type")
    off = machines.gather(prices.machine_series["series"].gather(far["at"]) - 1)
    return far.filter(~off.is_duplicated())


def _beside_family(rows: pl.DataFrame, days: FamilyDays) -> tuple[pl.DataFrame, pl.Series]:
    """Of rows whose family most agrees on the same day, those with the amount `expected` beside it.

    `agree` counts the machines that have theirs; `often` counts the rows of the machine anywhere, of which nearly all
    are off by `often_off` at most. Families whose prices are all in proportion have no row. Told besides are the
    families of which too many rows are in no group that agrees.
    """
    size, spread = days.groups["size"], days.groups["most"] / days.groups["least"] - 1
    is_few = size <= SIBLINGS
    is_apart = ~is_few & (spread > NOISE)
    apart = rows.select("at", "kind", "amount", "each", "size")[days.rows_in(is_apart)]
    each = pl.col("each")
    apart = apart.with_columns(days.numbers_in(is_apart).alias("group")).with_columns(usual=each.median().over("group"))
    share = pl.col("each") / pl.col("usual")
    usually = pl.when(pl.len() >= SIBLINGS).then(share.median()).otherwise(1.0)
    of_kind = apart.group_by("kind").agg(share=usually)
    apart = apart.join(of_kind, on="kind", maintain_order="left")
    apart = apart.with_columns(expected=pl.col("usual") * pl.col("share") * pl.col("size"))
    close = (pl.col("amount") / pl.col("expected") - 1).abs() < CLOSE
    agreed = apart.filter(close).group_by("group").agg(agree=pl.len())
    sizes = pl.lit(size).gather(pl.col("group"))
    held = agreed.filter(pl.col("agree") >= SIBLINGS, pl.col("agree") >= sizes * MOSTLY)
    told = apart.join(held, on="group").with_columns(often_off=(pl.col("amount") / pl.col("expected") - 1).abs())
    nearly = told.group_by("kind").agg(pl.col("often_off").quantile(MOST_DAYS, "lower"), often=pl.len())
    told = told.select("at", "kind", "amount", "share", "expected", "agree").join(nearly, on="kind")
    is_held = pl.zeros(len(size), pl.UInt8, eager=True).scatter(held["group"], 1).cast(pl.Boolean)
    is_unheld = is_few | (is_apart & ~is_held)
    rest = days.groups.with_columns(unheld=is_unheld * size).group_by("family").agg(pl.sum("unheld", "size"))
    return told, rest.filter(pl.col("unheld") > (1 - MOSTLY) * pl.col("size"))["family"]


def _amount(row: Cells) -> str:
    return f"{money(row['amount'])} {row['currency']} for {row['instance_type']} from {row['valid_from']}"


def _by_family(row: Cells) -> str:
    return f"{money(row['expected'])}, as {row['agree']} machines of its family cost that day"
