"""Layer P of prices: a list that comes back to a price it had left goes back and forth, and is not believed on it."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import LIST, Prices
from validation.prices.second_voices import borne_out

__all__ = ["SETTLED", "price_flips", "unstable_machines", "unstable_models"]

SETTLED, LASTING = 10, 90
"""A price that stood in so many versions of its list, and for so many days, after the last return is steady again."""
LIST_OF = {"model_prices": ("source_id", "via_source_id"), "compute_prices": ("source_id",)}
SIDE_BY_SIDE = (*LIST, "seller", "region", "model", "mode", "tier", "currency")
"""What two meters of one offer share."""
DAY = pl.duration(days=1)
PASSING = ("promotional", "introductory")
FLIPPED = PriceRule(
    "P.price_flip", "warning", "amount", "the list comes back to a price it had left",
    "look which of the amounts the seller charges, in a second list or beside machines of its family; until then the "
    "price is unstable",
)  # fmt: skip


def price_flips(prices: Prices) -> Iterator[Broken]:
    """Prices that go back and forth: one finding for each list and purchase option, of models for each seller."""
    models, machines = unstable_models(prices).sort("row_number"), unstable_machines(prices)
    yield from price_findings(
        FLIPPED, "model_prices", models, ("source_id", "via_source_id", "seller"), _flip, _one_price
    )
    yield from price_findings(
        FLIPPED, "compute_prices", machines, ("source_id", "purchase_option"), _flip, _one_price
    )  # fmt: skip


def unstable_models(prices: Prices) -> pl.DataFrame:
    """The rows of models whose price goes back and forth; see `_unstable`.

    A passing offer is no price left, one that begins after its list was read is no return, and no more is a maker's
    price that comes back with a new list: on that day another meter of the offer has an amount it never had.
    """
    return prices.shared("unstable_models", _unstable_models)


def _unstable_models(prices: Prices) -> pl.DataFrame:
    read = prices.sources.select("source_id", read=pl.max_horizontal("published_on", "retrieved_on", "known_on"))
    lasting = pl.col("amount").is_not_null() & ~pl.col("offer").is_in(PASSING).fill_null(False)
    days = prices.model_series.select("source_id", "amount", "offer", "since")
    days = days.join(read, on="source_id", how="left", maintain_order="left")
    begun = (pl.col("since") <= pl.col("read")).fill_null(True)
    rows = prices.model_series.filter(days.select(lasting & begun).to_series())
    stated = borne_out(prices).implode()
    found = _unstable(rows.with_columns(is_stated=pl.col("row_number").is_in(stated)), "model_prices")
    return found.join(_with_new_lists(rows, found), on="series", how="anti", maintain_order="left")


def _with_new_lists(rows: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """The series of `found` whose every return came with an amount that another meter of a maker's offer never had."""
    changed = (pl.col("series") == pl.col("series").shift(1)) & (pl.col("amount") != pl.col("amount").shift(1))
    is_new = pl.struct("series", "amount").is_first_distinct()
    own = rows.with_columns(is_change=changed.fill_null(False), is_new=is_new).filter(
        pl.col("seller") == pl.col("maker")
    )
    ends = found.group_by("series").agg(last=pl.max("until"))
    back = own.join(ends, on="series").filter("is_change", ~pl.col("is_new"), pl.col("since") <= pl.col("last") + DAY)
    fresh = own.filter("is_change", "is_new").select(*SIDE_BY_SIDE, "since", fresh="meter")
    told = back.join(fresh, on=(*SIDE_BY_SIDE, "since"), nulls_equal=True).filter(pl.col("meter") != pl.col("fresh"))
    unexplained = back.join(told, on="model_price_id", how="anti")
    return back.join(unexplained, on="series", how="anti").select("series").unique()


def unstable_machines(prices: Prices) -> pl.DataFrame:
    """The rows of machines whose price goes back and forth; see `_unstable`.

    A market may come back to a price by chance, so that spot prices count only where they alternate.
    """
    return prices.shared(
        "unstable_machines",
        lambda p: _unstable(p.machine_series, "compute_prices"),
    )


def _unstable(rows: pl.DataFrame, table: str) -> pl.DataFrame:
    """The rows of series that came back to a price, from that price on, until one settled.

    `rows` stand in their series by day. Added are `low` and `high`, the ends of what the unstable rows of the series
    say, and `others`, its first amounts as texts.
    """
    option = [column for column in ("purchase_option",) if column in rows.columns]
    read = rows.with_row_index("_at").select("_at", *LIST_OF[table], "series", "amount", "since", *option)
    priced = read.filter(pl.col("amount").is_not_null())
    begins = (pl.col("amount") != pl.col("amount").shift(1)) | (pl.col("series") != pl.col("series").shift(1))
    numbered = priced.with_columns(run=begins.fill_null(True).cum_sum())
    back = _returns(numbered.lazy().filter(begins.fill_null(True)))
    suspect = numbered.select("_at", "series", "run").filter(pl.col("series").is_in(back["series"].unique().implode()))
    some = rows[suspect["_at"]].with_columns(suspect["run"])
    stood = some.with_columns(_stood(priced, some, table))
    long = (pl.col("versions") >= SETTLED) & (pl.col("days") >= LASTING)
    is_stated = pl.col("is_stated") if "is_stated" in rows.columns else pl.lit(True)
    returned = _ends_of_returns(back, stood.filter(long, is_stated)["run"].unique())
    suspects = stood.join(returned, on="series", maintain_order="left").filter(
        pl.col("run") >= pl.col("first_run"), ~pl.col("is_market") | (pl.col("run") <= pl.col("last_run"))
    )
    steady = long & (pl.col("run") >= pl.col("last_run"))
    unstable = suspects.with_columns(settled=steady.cast(pl.Int8).cum_max().over("series")).filter(
        pl.col("settled") == 0
    )
    texts = pl.col("amount").cast(pl.String).head(4).str.join(", ").over("series")
    return unstable.with_columns(
        low=pl.col("amount").min().over("series"), high=pl.col("amount").max().over("series"), others=texts
    )


def _returns(runs: pl.LazyFrame) -> pl.DataFrame:
    """By series the run left first, the run of the last return, and whether it is a market's price.

    `runs` are the first rows of spans of one amount; a return has the amount of the run two before it, or three: a
    list that takes one of several items at random passes through another. A market's comes back over one other only.
    """
    is_market = pl.col("purchase_option") == "spot" if "purchase_option" in runs.collect_schema() else pl.lit(False)
    over_one, over_two = (
        (pl.col("series") == pl.col("series").shift(n)) & (pl.col("amount") == pl.col("amount").shift(n))
        for n in (2, 3)
    )
    left = pl.when(over_one).then(2).when(over_two & ~is_market).then(3)
    found = runs.select("series", "run", left=left, is_market=is_market).collect()
    back = pl.col("left").is_not_null()
    beside = (back.shift(n) & (pl.col("series") == pl.col("series").shift(n)) for n in (1, -1))
    return found.filter(back & (~pl.col("is_market") | pl.any_horizontal(beside).fill_null(False)))


def _ends_of_returns(back: pl.DataFrame, lasting: pl.Series) -> pl.DataFrame:
    """By series, the run left first and the run of the last return, without returns over a price that was `lasting`.

    What stood long in between was a price, of a model where a second publisher states it; leaving it is a change.
    """
    over_lasting = (pl.col("run") - 1).is_in(lasting.implode())
    over_lasting |= (pl.col("left") == 3) & (pl.col("run") - 2).is_in(lasting.implode())
    return (
        back.filter(~over_lasting)
        .group_by("series")
        .agg(
            first_run=(pl.col("run") - pl.col("left")).min(),
            last_run=pl.col("run").max(),
            is_market=pl.col("is_market").first(),
        )
    )


def _stood(rows: pl.DataFrame, suspects: pl.DataFrame, table: str) -> list[pl.Series]:
    """In how many `versions` of its list each suspect stood, and how many `days`, both to the last version.

    A version is a day on which the list changed a price.
    """
    key = LIST_OF[table]
    listed = rows.group_by(key).agg(day=pl.col("since").unique().sort())
    versions, days = (pl.Series(name, [0] * suspects.height, dtype=pl.Int64) for name in ("versions", "days"))
    placed = suspects.select(*key, "since", "until").with_row_index("at")
    for name, group in placed.partition_by(key, as_dict=True).items():
        known = _of_list(listed, key, name)
        stood = known.search_sorted(group["until"], "right") - known.search_sorted(group["since"], "left")
        lasted = group.select((pl.min_horizontal("until", pl.lit(known.max())) - pl.col("since")).dt.total_days())
        versions = versions.scatter(group["at"], stood.cast(pl.Int64))
        days = days.scatter(group["at"], lasted.to_series().cast(pl.Int64))
    return [versions, days]


def _of_list(days: pl.DataFrame, key: tuple[str, ...], name: tuple[object, ...]) -> pl.Series:
    same = pl.all_horizontal(pl.col(column).eq_missing(pl.lit(value)) for column, value in zip(key, name, strict=True))
    return days.filter(same)["day"].explode()


def _flip(row: Cells) -> str:
    return f"{row['others']} {row['currency']}"


def _one_price(row: Cells) -> str:
    return f"one price at a time, between {money(row['low'])} and {money(row['high'])}"
