"""Layer U of prices: machines beside their family on one day, told by what they cost beside it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.prices.decimals import decimals, units_of_lists
from validation.prices.digits import EXCHANGED, exchanged
from validation.prices.family_days import FamilyDays, family_days
from validation.prices.findings import Broken, Cells, money, price_findings
from validation.prices.flips import unstable_machines
from validation.prices.frames import Prices
from validation.prices.sizes import OUT_OF_SIZE, PLACE, days_of_families, sized_rows

__all__ = ["machines_beside_family"]

SIBLINGS, MOSTLY, CLOSE = 3, 0.75, 0.001
"""So many machines of a family, and such a share of it, agree on a price by size, within so much."""
ANYWHERE = ("source_id", "instance_type", "operating_system", "purchase_option")
OFTEN, MOST_DAYS, TIMES, LEAST = 8, 0.9, 3, 0.0025
"""So often a machine stands beside its family to tell how far it is off on such a share of its days: so many times
that, and so much of its price, is odd."""
EXACT = 0.0001
"""Off by less than so much elsewhere, a machine is odd wherever it is off by more than a rounding."""
SURE, FAR = 4, 0.15
"""Beside so many machines of its family that agree, so much off is odd however seldom the machine stands there."""
ROUNDED = 0.5
"""A list rounds by so much of the unit of its last decimal."""
CENT, MILL = 0.01, 0.001
"""An amount in mills is not rounded to cents, and a list that rounds to cents tells of large differences only."""
NOISE = 1e-6
"""Relative distance within which an amount is the one expected."""

OFF = replace(
    OUT_OF_SIZE,
    severity="notice",
    message="the machine costs another multiple of its family's prices that day than elsewhere",
)


def _rounded() -> pl.Expr:
    """How far an amount lies at most from what is expected where both are rounded."""
    return pl.max_horizontal("slack", NOISE * pl.col("expected"))


def _as_fine(amount: pl.Expr, other: pl.Expr) -> pl.Expr:
    """The other amount, rounded to as many decimals as the amount has."""
    scale = pl.lit(10.0).pow(decimals(amount))
    return (other * scale).round() / scale


def machines_beside_family(prices: Prices) -> Iterator[Broken]:
    """Machines that stand otherwise beside their family than elsewhere, on the first or last day of the price.

    It is a finding by list and region; prices that go back and forth are told as such. What a machine costs beside its
    family is what it costs beside it in most regions and versions, where there are three or more.
    """
    rows = sized_rows(prices)
    days = prices.shared("family_days", days_of_families)
    first, rest = _beside_family(prices, rows, days)
    of_rest = rows.filter(pl.col("family").is_in(rest.implode()))
    last, _ = _beside_family(prices, of_rest, family_days(of_rest, "until"))
    least = pl.when((pl.col("share") - 1).abs() < NOISE).then(NOISE).otherwise(CLOSE)
    off = (pl.col("amount") / pl.col("expected") - 1).abs() > least
    odd = pl.concat([first.filter(off), last.filter(off)]).unique("at", keep="first")
    odd = odd.with_columns(fine=_as_fine(pl.col("amount"), pl.col("expected")))
    unstable = unstable_machines(prices)["series"].unique().implode()
    odd = odd.filter(~prices.machine_series["series"].gather(odd["at"]).is_in(unstable)).sort("at")
    is_exchanged = odd.select(exchanged(pl.col("amount"), pl.col("fine"))).to_series()
    off = _off_alone(prices, _far_off(prices, odd.filter(~is_exchanged), rows, days))
    for rule, found in ((EXCHANGED, odd.filter(is_exchanged)), (OFF, off)):
        broken = prices.machine_series[found["at"]].with_columns(found["expected"], found["agree"])
        yield from price_findings(rule, "compute_prices", broken, ("source_id", "region"), _amount, _by_family)


def _far_off(prices: Prices, odd: pl.DataFrame, rows: pl.DataFrame, days: FamilyDays) -> pl.DataFrame:
    """The odd rows that are farther off than their machine is elsewhere, where it stands beside its family often.

    Of a machine that is in proportion nearly everywhere, the days on which it is so are counted, and there the last
    decimal of the list is enough. What all others of its family contradict to that decimal, or most of them by far, is
    told of a machine of few places too.
    """
    flat = days.rows_in((days.groups["size"] > SIBLINGS) & (days.groups["most"] / days.groups["least"] - 1 <= NOISE))
    seldom = odd.filter(pl.col("often") < OFTEN)["kind"].unique()
    kinds = _kinds(prices, rows["series"].gather(flat))
    steady = kinds.filter(kinds.is_in(seldom.implode())).value_counts(name="flat")
    told = odd.join(steady, on="kind", how="left", maintain_order="left")
    is_often = pl.col("often") >= OFTEN
    is_sure = (pl.col("flat").fill_null(0) < OFTEN) & (pl.col("agree") >= SURE)
    is_elsewhere = is_sure & (pl.col("often") > 1)
    often_off = pl.when(is_often | is_elsewhere).then(pl.col("often_off") * TIMES).otherwise(0.0)
    off = (pl.col("amount") - pl.col("expected")).abs()
    unit = units_of_lists(prices, prices.machine_series["series"].gather(told["at"]))
    least = pl.when((often_off <= EXACT) & (unit < CENT)).then(NOISE).otherwise(LEAST)
    is_far = off > pl.max_horizontal(least, often_off) * pl.col("expected")
    own = pl.max_horizontal(pl.lit(10.0).pow(-decimals(pl.col("amount"))), MILL)
    is_rounded = off < _rounded() * pl.min_horizontal(own / unit, 1.0)
    is_sure &= (off >= FAR * pl.min_horizontal("amount", "expected")) | pl.col("is_lone")
    return told.filter(is_often | (pl.col("flat") >= OFTEN) | is_sure, is_far & ~is_rounded)


def _kinds(prices: Prices, series: pl.Series) -> pl.Series:
    """Numbers for the machines of some series, wherever they stand."""
    return prices.machine_codes.of(*ANYWHERE).gather(series - 1).alias("kind")


def _off_alone(prices: Prices, far: pl.DataFrame) -> pl.DataFrame:
    """The rows of machines that are off once: what is so in several regions or versions is a price of the machine.

    So is what two machines of a place cost by size.
    """
    series = prices.machine_series["series"].gather(far["at"]) - 1
    machines, places = (prices.machine_codes.of(*key).gather(series) for key in (("source_id", "instance_type"), PLACE))
    alike = pl.struct("place", pl.col("times").round_sig_figs(5))
    is_alike = (
        far.select(place=places, times=pl.col("amount") / pl.col("expected")).select(alike.is_duplicated()).to_series()
    )
    return far.filter(~machines.is_duplicated() & ~is_alike)


def _beside_family(prices: Prices, rows: pl.DataFrame, days: FamilyDays) -> tuple[pl.DataFrame, pl.Series]:
    """Of rows whose family most agrees on the same day, those with the amount `expected` beside it.

    `agree` counts the machines that have theirs, and `is_lone` says that all others have it to the last decimal;
    `often` counts the rows of the machine anywhere, of which nearly all are off by `often_off` at most, beside the
    `slack` of what is rounded: more of a large machine than of the middle one, whose price tells that of the others.
    Families whose prices are all in proportion have no row. Told besides are the families of which too many rows are in
    no group that agrees.
    """
    size, spread = days.groups["size"], days.groups["most"] / days.groups["least"] - 1
    is_few = size <= SIBLINGS
    is_apart = ~is_few & (spread > NOISE)
    order, numbers = days.rows_in(is_apart), days.numbers_in(is_apart)
    units = units_of_lists(prices, rows["series"].gather(days.first_rows()))
    # Sizes of a family double, so that the middle one is half the mean.
    scale = (rows["size"].gather(order) / (days.means(rows["size"]) / 2).gather(numbers)).clip(1.0)
    slack = units.gather(numbers) * (1 + ROUNDED * scale)
    named = {column: rows[column].gather(order) for column in ("at", "amount", "each", "size")}
    kinds = _kinds(prices, rows["series"].gather(order))
    apart = pl.DataFrame(named | {"kind": kinds, "group": numbers, "slack": slack})
    apart = apart.with_columns(usual=pl.col("each").median().over("group"))
    share = pl.col("each") / pl.col("usual")
    usually = pl.when(pl.len() >= SIBLINGS).then(share.median()).otherwise(1.0)
    of_kind = apart.group_by("kind").agg(share=usually)
    apart = apart.join(of_kind, on="kind", maintain_order="left")
    apart = apart.with_columns(expected=pl.col("usual") * pl.col("share") * pl.col("size"))
    off = (pl.col("amount") - pl.col("expected")).abs()
    agreed = apart.filter(off < CLOSE * pl.col("expected")).group_by("group").agg(
        agree=pl.len(), exact=(off <= _rounded()).sum()
    )  # fmt: skip
    sizes, unit = (pl.lit(of_all).gather(pl.col("group")) for of_all in (size, units))
    enough = pl.when(unit < NOISE).then(SIBLINGS).otherwise(SURE)
    is_lone = (pl.col("exact") >= enough) & (pl.col("exact") == sizes - 1) & (unit < CENT)
    held = agreed.filter(pl.col("agree") >= SIBLINGS, pl.col("agree") >= sizes * MOSTLY)
    held = held.select("group", "agree", is_lone=is_lone)
    told = apart.join(held, on="group").with_columns(often_off=(off - _rounded()) / pl.col("expected"))
    nearly = told.group_by("kind").agg(pl.col("often_off").quantile(MOST_DAYS, "lower"), often=pl.len())
    columns = ("at", "kind", "amount", "share", "expected", "agree", "is_lone", "slack")
    told = told.select(columns).join(nearly, on="kind")
    is_held = pl.zeros(len(size), pl.UInt8, eager=True).scatter(held["group"], 1).cast(pl.Boolean)
    is_unheld = is_few | (is_apart & ~is_held)
    rest = days.groups.with_columns(unheld=is_unheld * size).group_by("family").agg(pl.sum("unheld", "size"))
    return told, rest.filter(pl.col("unheld") > (1 - MOSTLY) * pl.col("size"))["family"]


def _amount(row: Cells) -> str:
    return f"{money(row['amount'])} {row['currency']} for {row['instance_type']} from {row['valid_from']}"


def _by_family(row: Cells) -> str:
    return f"{money(row['expected'])}, as {row['agree']} machines of its family cost that day"
