"""Layer C of prices: names that hardly any price has, one slip of the pen beside a name that many have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

import polars as pl

from validation.prices.entries import FEW, TWO, cell
from validation.prices.findings import Broken, PriceRule, price_findings
from validation.prices.frames import LIST, Prices

__all__ = ["machines_of_one_place", "misspelt", "misspelt_machines", "misspelt_names", "transposed"]

WORD = r"[a-z]{4,}"
"""A word in the name of a model."""
LONG = 5
"""Words and names so long may lack a letter, or have one too many or another one; shorter ones are names of others."""
RARE, COMMON = 3, 20
"""So few prices have a name that is misspelt, and so many the one that is meant."""
NAMES = ("seller", "maker", "region")
PRICES, REGION, FEW_TYPES, FEW_REGIONS = 100, 5, 0.01, 0.1
"""A list of so many prices, and of so many in each other region, tells which type or region has but one or two; such a
share of its types or regions may be so."""
VERSION = re.compile(r"(?:_v\d+|-[a-z]+)$")
"""How names of machines end that have a version or disks."""
MACHINES = 3
"""So many prices of a list has the machine that is meant, and one the other."""

MISSPELT = replace(
    TWO, message="hardly any price has this name, and many have one that differs by a slip of the pen",
)  # fmt: skip
ALONE = replace(
    TWO, severity="notice", message="the list has this name with one price or two, and each other one with many",
)  # fmt: skip


def misspelt_names(prices: Prices) -> Iterator[Broken]:
    """Sellers, makers, regions and words of models that differ by a slip of the pen from common ones.

    Of 1,000 words, 234 sellers and 61 regions none does. A word counts once for each model.
    """
    models = prices.models
    for column in NAMES:
        meant = misspelt(_counts(models.get_column(column)), RARE, COMMON)
        odd = models.filter(pl.col(column).is_in(list(meant))).with_columns(meant=pl.col(column).replace(meant))
        yield from _named(prices, column, odd)
    words = models.select(pl.col("model").unique()).with_columns(
        meant=pl.col("model").str.to_lowercase().str.extract_all(WORD).list.unique()
    )
    words = words.explode("meant").drop_nulls()
    meant = misspelt(_counts(words["meant"]), 1, COMMON)
    odd = words.filter(pl.col("meant").is_in(list(meant))).unique("model", keep="first", maintain_order=True)
    yield from _named(prices, "model", models.join(odd.with_columns(pl.col("meant").replace(meant)), on="model"))


def misspelt_machines(prices: Prices) -> Iterator[Broken]:
    """Types of machines with one price in their list that are one with several but for two letters or a version."""
    types = _of_list(prices, "instance_type").with_columns(pl.col("source_id", "instance_type").cast(pl.String))
    several = {(source, name) for source, name, count in types.iter_rows() if count >= MACHINES}
    shorter = {(source, stem): name for source, name in sorted(several) if (stem := VERSION.sub("", name)) != name}
    found = [
        (source, name, other)
        for source, name, count in types.iter_rows()
        if count == 1
        for other in [*transposed(name), shorter.get((source, name))]
        if (source, other) in several
    ]
    meant = pl.DataFrame(found, schema=dict.fromkeys(["source_id", "instance_type", "meant"], pl.String), orient="row")
    yield from _machines(prices, MISSPELT, "instance_type", meant.unique(meant.columns[:2], keep="first"))


def machines_of_one_place(prices: Prices) -> Iterator[Broken]:
    """Regions and types that have a price or two in a list all of whose others have several."""
    for column, several, share in (("region", REGION, FEW_REGIONS), ("instance_type", FEW, FEW_TYPES)):
        counts = _of_list(prices, column)
        is_few = pl.col("len") < several
        lists = counts.group_by("source_id").agg(pl.sum("len"), few=is_few.sum(), names=pl.len())
        seldom = pl.col("few") <= pl.max_horizontal(FEW, pl.col("names") * share)
        tells = lists.filter(seldom, pl.col("len") >= PRICES, pl.col("names") > FEW + 1)["source_id"]
        odd = counts.filter(is_few, pl.col("len") <= FEW, pl.col("source_id").is_in(tells.implode()))
        yield from _machines(
            prices, ALONE, column, odd.select(pl.col("source_id", column).cast(pl.String), meant=pl.lit(""))
        )


def misspelt(counts: Mapping[str, int], rare: int, common: int) -> dict[str, str]:
    """The names that occur so rarely and differ by a slip from one that is so common, each with that one.

    A slip exchanges two letters beside each other, or leaves out, adds or replaces one that is neither the first nor
    the last.

    >>> misspelt({"gemini": 30, "gemni": 1, "gmeini": 1, "gemeni": 1, "gemina": 1, "minigem": 1}, 1, 20)
    {'gemni': 'gemini', 'gmeini': 'gemini', 'gemeni': 'gemini'}
    """
    often = {name for name, count in counts.items() if count >= common and len(name) >= LONG - 1}
    shortened = {hole: name for name in often for hole in _holes(name)}
    as_one_shorter = {short: name for (short, _), name in shortened.items()}
    found: dict[str, str] = {}
    for name, count in counts.items():
        if count > rare or len(name) < LONG - 1:
            continue
        near = [other for other in transposed(name) if other in often]
        if len(name) >= LONG and not near:
            holes = _holes(name)
            near = [short for short, _ in holes if short in often and len(short) >= LONG]
            near += [shortened[hole] for hole in holes if hole in shortened]
            near += [as_one_shorter[name]] if name in as_one_shorter else []
        if near:
            found[name] = near[0]
    return found


def transposed(name: str) -> list[str]:
    """A name with each two different letters beside each other exchanged.

    >>> transposed("moon")
    ['omon', 'mono']
    """
    pairs = enumerate(pairwise(name))
    return [name[:at] + other + one + name[at + 2 :] for at, (one, other) in pairs if one != other]


def _holes(name: str) -> list[tuple[str, int]]:
    """A name without one of its inner letters, and which: word forms differ in their last two."""
    return [(name[:at] + name[at + 1 :], at) for at in range(1, len(name) - 2)]


def _counts(names: pl.Series) -> dict[str, int]:
    return dict(names.drop_nulls().value_counts(sort=True).iter_rows())


def _of_list(prices: Prices, column: str) -> pl.DataFrame:
    """How many prices of machines each list has by the cells of a column."""
    return prices.shared(
        f"{column} of lists", lambda p: p.machine_keys.group_by("source_id", column, maintain_order=True).len()
    )


def _named(prices: Prices, column: str, odd: pl.DataFrame) -> list[Broken]:
    return price_findings(
        replace(MISSPELT, column=column), "model_prices", odd.sort("row_number"), (*LIST, column), cell(column),
        lambda row: f"perhaps {row['meant']}",
    )  # fmt: skip


def _machines(prices: Prices, rule: PriceRule, column: str, odd: pl.DataFrame) -> list[Broken]:
    """The findings on the machines of a list that have an odd cell of a column."""
    if odd.is_empty():
        return []
    coded = odd.with_columns(pl.col("source_id", column).cast(pl.Categorical))
    broken = prices.machine_series.join(coded, on=("source_id", column), maintain_order="left")
    return price_findings(
        replace(rule, column=column), "compute_prices", broken, ("source_id", column), cell(column),
        lambda row: f"perhaps {row['meant']}" if row["meant"] else "a name that the list has many prices of",
    )  # fmt: skip
