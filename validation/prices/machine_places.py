"""Layer C of machine prices: what hardly any other price of a list has, and discounts and licences the wrong way round.

A list is of one vendor's machines on one system; reserved capacity costs less than on demand, three years less than
one, and a licensed system more than a free one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.prices.entries import TWO, cell
from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings, row_id
from validation.prices.frames import Prices, together
from validation.prices.machines import OFFER, RESERVED, SPOT
from validation.prices.offers import FREE

__all__ = ["discounts_for_nothing", "machines_of_others"]

MANY, FEW = 100, 2
"""Of so many prices of a list so few are an exception."""
PLACES = 10
"""So many machines of a region tell whose it is."""
COLUMNS = (("operating_system", ()), ("purchase_option", ()), ("vendor_id", ("region",)))
"""What hardly any price of a list has otherwise, and within what of the list it is counted."""
ANYWHERE = ("source_id", "instance_type", "operating_system", "purchase_option")
OF_SYSTEMS = ("source_id", "vendor_id", "region", "instance_type", "purchase_option", "currency")
NAMED = ("purchase_option", "operating_system")
FREE_SYSTEM = "linux"
SAME = 0.0005
"""Relative distance within which two machines cost the same."""

ODD = replace(TWO, severity="notice", message="hardly any other price of the list has this one")
STATE = replace(
    FREE, severity="notice", message="hardly any other price of a machine is so in the list",
    fix="look the machine up in the list and type the price that it prints",
)  # fmt: skip
NO_GAIN = replace(
    SPOT, message="the longer commitment costs what the shorter one does, as with this machine nowhere else"
)
LICENCE = replace(
    SPOT, message="a system with a licence costs no more than the same machine without one",
    fix="look up the machine on the vendor's page, or in a third list; report the wrong or stale price to the list",
)  # fmt: skip


def machines_of_others(prices: Prices) -> Iterator[Broken]:
    """Prices of a system, a way of buying or a vendor that two at most of a large list have, and free or unknown ones.

    A vendor is counted by region, since a list of several vendors has the regions of each.
    """
    keys = prices.machine_keys.with_row_index("series", 1)
    for column, within in COLUMNS:
        place = ("source_id", *within)
        counts = keys.group_by(*place, column).len()
        most = PLACES if within else MANY
        odd = counts.filter(pl.col("len") <= FEW, pl.col("len").max().over(place) >= most)
        if odd.is_empty():
            continue
        usual = counts.sort("len", descending=True).unique(place, keep="first").select(*place, usual=column)
        named = keys.join(odd.select(*place, column), on=(*place, column), how="semi").select("series", *place)
        series = named.join(usual, on=place).select("series", "usual")
        rows = prices.machine_series.filter(pl.col("series").is_in(series["series"].implode()))
        broken = rows.join(series, on="series", maintain_order="left")
        yield from price_findings(
            replace(ODD, column=column), "compute_prices", broken, ("source_id", "region"), cell(column), cell("usual")
        )
    states = prices.machines.group_by("source_id", "price_state").len()
    few = states.filter(pl.col("price_state") != "priced", pl.col("len") <= FEW)
    few = few.filter(pl.col("source_id").is_in(states.filter(pl.col("len") >= MANY)["source_id"].implode()))
    if not few.is_empty():
        broken = prices.machines.join(few.drop("len"), on=("source_id", "price_state"), maintain_order="left")
        yield from price_findings(
            STATE, "compute_prices", broken, ("source_id", "region"), cell("price_state"), lambda row: "a price"
        )


def discounts_for_nothing(prices: Prices) -> Iterator[Broken]:
    """Reserved capacity at the price on demand, three years at that of one, and licensed systems at that of Linux.

    A machine that the list has so in two regions has no discount there, as two families of Google's, or no licence to
    pay, as Amazon's smallest.
    """
    keys = prices.machine_keys
    of_reserved = keys["source_id"].filter(keys["purchase_option"].is_in(RESERVED)).unique().implode()
    is_committed = pl.col("source_id").is_in(of_reserved) & (pl.col("purchase_option") != "spot")
    rows = prices.machine_rows(is_committed, *NAMED, offer=OFFER, machine=ANYWHERE)
    reserved = rows.filter(pl.col("purchase_option").is_in(RESERVED))
    shorter = rows.filter(pl.col("purchase_option") != RESERVED[1]).drop("machine", "operating_system")
    pairs = reserved.join(shorter, on="offer", suffix="_other").filter(together("_other"))
    times = pl.col("amount") / pl.col("amount_other")
    of_years = pl.col("purchase_option_other") == RESERVED[0]
    pairs = pairs.filter(pl.col("purchase_option") != pl.col("purchase_option_other"), times >= 1 - SAME)
    pairs = pairs.filter(of_years | (times <= 1 + SAME))
    alone = pairs.filter(pl.col("offer").n_unique().over("machine") == 1)
    yield from _named(prices, NO_GAIN, alone)
    of_licensed = keys["source_id"].filter(keys["operating_system"] != FREE_SYSTEM).unique().implode()
    is_of_several = pl.col("source_id").is_in(of_licensed)
    systems = prices.machine_rows(is_of_several, *NAMED, offer=OF_SYSTEMS, machine=ANYWHERE)
    is_free = pl.col("operating_system") == FREE_SYSTEM
    free = systems.filter(is_free).drop("machine", "purchase_option")
    pairs = (
        systems.filter(~is_free).join(free, on="offer", suffix="_other").filter(together("_other"), times < 1 + SAME)
    )
    pairs = pairs.filter((times < 1 - SAME) | (pl.col("offer").n_unique().over("machine") == 1))
    yield from _named(prices, LICENCE, pairs)


def _named(prices: Prices, rule: PriceRule, pairs: pl.DataFrame) -> list[Broken]:
    """The findings on the first row of each pair, once for each row, beside the second."""
    once = pairs.sort("at", "at_other").unique("at", keep="first", maintain_order=True)
    beside = prices.machine_series[once["at_other"]].select(other_id=row_id("compute_prices"), other="amount")
    broken = pl.concat([prices.machine_series[once["at"]], beside], how="horizontal")
    return price_findings(rule, "compute_prices", broken, ("source_id", "region"), _amount, _other)


def _amount(row: Cells) -> str:
    return f"{money(row['amount'])} {row['currency']} for {row['instance_type']} from {row['valid_from']}"


def _other(row: Cells) -> str:
    return f"another amount than {money(row['other'])}"
