"""Layer U of prices: two digits exchanged, told by what the price must be as others have it."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from validation.prices.family_days import FamilyDays, family_days
from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.flips import unstable_machines
from validation.prices.frames import Prices
from validation.prices.sizes import days_of_families, sized_rows

__all__ = ["EXCHANGED", "exchanged", "machines_exchanged"]

SIBLINGS, MOSTLY, CLOSE = 3, 0.75, 0.001
"""So many machines of a family, and such a share of it, agree on a price by size, within so much."""
ANYWHERE = ("source_id", "instance_type", "operating_system", "purchase_option")
NOISE = 1e-6
"""Relative distance within which an amount is the one expected."""
PLACES = 12
"""So many decimals an amount has at most."""
FINEST = 10.0**12
"""Amounts are compared to so many parts of a unit of money."""

EXCHANGED = PriceRule(
    "U.price_digits", "warning", "amount", "two digits beside each other are exchanged, as others have the price",
    "read the price in the source again; report the slip to the list where it stands there",
)  # fmt: skip


def exchanged(amount: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether an amount has the digits of another, two beside each other exchanged, and as many before the point.

    Twenty for two is a power of ten, and no exchange.
    """
    mine, its = ((cells * FINEST).round().cast(pl.Int64) for cells in (amount, other))
    ninths = ((mine - its).abs() // 9).cast(pl.Float64)
    place = pl.lit(10, dtype=pl.Int64).pow(
        pl.when(ninths >= 1).then((ninths.log10() + NOISE).floor()).otherwise(0).cast(pl.Int64)
    )
    left, right = (mine // (place * 10)) % 10, (mine // place) % 10
    as_large = (amount.log10() + NOISE).floor() == (other.log10() + NOISE).floor()
    return (mine != its) & (mine + 9 * (right - left) * place == its) & as_large


def _as_fine(amount: pl.Expr, other: pl.Expr) -> pl.Expr:
    """The other amount, rounded to as many decimals as the amount has."""
    parts = (amount * 10.0**place for place in range(PLACES))
    decimals = pl.sum_horizontal((part / part.round() - 1).abs() > NOISE**2 for part in parts)
    scale = pl.lit(10.0).pow(decimals)
    return (other * scale).round() / scale


def machines_exchanged(prices: Prices) -> Iterator[Broken]:
    """Machines beside whose family two digits are exchanged, on the first or last day of the price.

    It is a finding by list and region; prices that go back and forth are told as such. What a machine costs beside its
    family is what it costs beside it in most regions and versions, where there are three or more.
    """
    rows = sized_rows(prices)
    rows = rows.with_columns(kind=prices.machine_codes.of(*ANYWHERE).gather(rows["series"] - 1))
    first, rest = _beside_family(rows, prices.shared("family_days", days_of_families))
    of_rest = rows.filter(pl.col("family").is_in(rest.implode()))
    last, _ = _beside_family(of_rest, family_days(of_rest, "until"))
    least = pl.when((pl.col("share") - 1).abs() < NOISE).then(NOISE).otherwise(CLOSE)
    off = (pl.col("amount") / pl.col("expected") - 1).abs() > least
    odd = pl.concat([first.filter(off), last.filter(off)]).unique("at", keep="first")
    odd = odd.with_columns(fine=_as_fine(pl.col("amount"), pl.col("expected")))
    found = odd.filter(odd.select(exchanged(pl.col("amount"), pl.col("fine"))).to_series()).sort("at")
    unstable = unstable_machines(prices)["series"].unique().implode()
    found = found.filter(~prices.machine_series["series"].gather(found["at"]).is_in(unstable))
    broken = prices.machine_series[found["at"]].with_columns(found["expected"], found["agree"])
    yield from price_findings(EXCHANGED, "compute_prices", broken, ("source_id", "region"), _amount, _by_family)


def _beside_family(rows: pl.DataFrame, days: FamilyDays) -> tuple[pl.DataFrame, pl.Series]:
    """Of rows whose family most agrees on the same day, those with the amount `expected` beside it.

    `agree` counts the machines that have theirs. Families whose prices are all in proportion have no row. Told besides
    are the families of which too many rows are in no group that agrees.
    """
    size, spread = days.groups["size"], days.groups["most"] / days.groups["least"] - 1
    is_few = size <= SIBLINGS
    is_apart = ~is_few & (spread > NOISE)
    apart = rows.select("at", "kind", "amount", "each", "size")[days.rows_in(is_apart)]
    each = pl.col("each")
    apart = apart.with_columns(days.numbers_in(is_apart).alias("group")).with_columns(usual=each.median().over("group"))
    share = pl.col("each") / pl.col("usual")
    usually = pl.when(pl.len() >= SIBLINGS).then(share.median()).otherwise(1.0)
    apart = apart.join(apart.group_by("kind").agg(share=usually), on="kind", maintain_order="left")
    apart = apart.with_columns(expected=pl.col("usual") * pl.col("share") * pl.col("size"))
    close = (pl.col("amount") / pl.col("expected") - 1).abs() < CLOSE
    agreed = apart.filter(close).group_by("group").agg(agree=pl.len())
    sizes = pl.lit(size).gather(pl.col("group"))
    held = agreed.filter(pl.col("agree") >= SIBLINGS, pl.col("agree") >= sizes * MOSTLY)
    told = apart.join(held, on="group").select("at", "amount", "share", "expected", "agree")
    is_held = pl.zeros(len(size), pl.UInt8, eager=True).scatter(held["group"], 1).cast(pl.Boolean)
    is_unheld = is_few | (is_apart & ~is_held)
    rest = days.groups.with_columns(unheld=is_unheld * size).group_by("family").agg(pl.sum("unheld", "size"))
    return told, rest.filter(pl.col("unheld") > (1 - MOSTLY) * pl.col("size"))["family"]


def _amount(row: Cells) -> str:
    return f"{money(row['amount'])} {row['currency']} for {row['instance_type']} from {row['valid_from']}"


def _by_family(row: Cells) -> str:
    return f"{money(row['expected'])}, as {row['agree']} machines of its family cost that day"
