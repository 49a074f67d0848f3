"""Layer P of prices: one list states one price a day, and says where it was silent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import polars as pl

from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import LIST, Prices

__all__ = [
    "OVERLAP", "VERSIONS", "price_gaps", "price_overlaps", "price_repeats", "prices_ahead", "prices_left_open",
    "prices_outlast_others",
]  # fmt: skip

OVERLAP = PriceRule(
    "P.price_overlap",
    "error",
    "valid_from",
    "one list states two prices for the same days",
    "end the earlier row on the day before the later one begins, or tell the two prices apart by mode, region or tier",
)
TWICE = replace(
    OVERLAP,
    message="one list states the same price twice for the same days",
    fix="keep one of the two rows, or begin the later one on the day after the earlier ends",
)
REPEATED = replace(
    OVERLAP,
    severity="notice",
    message="a span states the price of the one that ended on the day before it",
    fix="look which price the list had from that day; where it is the same, let the earlier row go on",
)
VERSIONS = ("commit", "snapshot")
"""Days read off the versions of a list: the version that shows the next price ends the one before."""
LEFT_OPEN = PriceRule(
    "P.price_left_open",
    "notice",
    "valid_from",
    "the source states this later price and no end of the one before",
    "read the earlier row as ended by this one; type its valid_to where the source prints it",
)
OUTLASTING = replace(
    LEFT_OPEN,
    column="valid_to",
    message="the list has ended all other prices of the model, and this one goes on",
    fix="look whether the list still has this price; where it went with the others, type their last day",
)
AHEAD = PriceRule(
    "P.price_future",
    "error",
    "valid_from",
    "the price begins or ends after the day on which its source is known",
    "check the year; where the list was read again since, type that day in retrieved_on of its source; a price that is "
    "announced ahead is documented, and at most a year away",
)
ANNOUNCED = pl.when(pl.col("date_basis") == "documented").then(366).otherwise(0)
"""Days by which a document may announce a price; no list shows one after its last version."""
END_BEFORE = "an end of the row before"
OUT_OF_STEP = (
    pl.col("before_valid_to").is_null()
    | (pl.col("before_since") == pl.col("since"))
    | ((pl.col("since") - pl.col("before_valid_to")).dt.total_days() != 1)
)
"""Whether a span does not begin on the day after the one before, as nearly all do: what the rules here look at."""
GAP = PriceRule(
    "P.price_gap",
    "notice",
    "valid_from",
    "the list was silent on this price between two spans",
    "nothing to mend where the list took the price out and put it back; fill no gap by hand",
)


def price_overlaps(prices: Prices) -> Iterator[Broken]:
    """Spans of one key that share a day: the earlier ends too late or not at all, or both begin on one day.

    An earlier span without an end is `prices_left_open` where no version of the list tells it.
    """
    open_in_versions = pl.col("before_valid_to").is_null() & pl.col("date_basis").is_in(VERSIONS)
    shared = (pl.col("before_valid_to") >= pl.col("since")) | (pl.col("before_since") == pl.col("since"))
    is_same = (pl.col("amount") == pl.col("before_amount")).fill_null(False)
    for table, after, group in _lists(prices):
        broken = after(shared.fill_null(False) | open_in_versions)
        for rule, those in ((OVERLAP, broken.filter(~is_same)), (TWICE, broken.filter(is_same))):
            yield from price_findings(rule, table, those, group, _begins, _after_the_one_before)


def price_repeats(prices: Prices) -> Iterator[Broken]:
    """Spans with the amount of the one that ended on the day before: a list begins a span where its price changes.

    The old price may stand in place of the new one. Of 245,000 prices of machines that follow another at once none has
    its amount. Where all prices of a model begin again the list has put it under another key.
    """
    days = (pl.col("since") - pl.col("before_valid_to")).dt.total_days()
    again = ((pl.col("amount") == pl.col("before_amount")) & (days == 1)).fill_null(False)
    models = prices.models_after(again).filter(pl.len().over(*LIST, "seller", "model", "since") == 1)
    for table, rows, group in (
        ("model_prices", models, (*LIST, "seller")),
        ("compute_prices", prices.machines_after(again), ("source_id", "region")),
    ):
        yield from price_findings(REPEATED, table, rows, group, _same_again, lambda row: "another price, or one span")


def prices_left_open(prices: Prices) -> Iterator[Broken]:
    """Spans without an end that another of the same key follows, one finding for each list."""
    goes_on = pl.col("before_valid_to").is_null() & (pl.col("before_since") < pl.col("since"))
    goes_on &= pl.col("date_basis").is_in(VERSIONS).fill_null(False).not_()
    for table, after, _ in _lists(prices):
        yield from price_findings(LEFT_OPEN, table, after(goes_on), _list_of(table), _begins, lambda row: END_BEFORE)


def prices_outlast_others(prices: Prices) -> Iterator[Broken]:
    """The one price of a model that goes on where all others of the list and seller have ended since it began.

    A model leaves a list with all of its prices: of 16,000 in the lists one has a single price left.
    """
    series = prices.model_series.select("row_number", "model_price_id", "series", "since", "valid_to")
    last = series.filter((pl.col("series") != pl.col("series").shift(-1)).fill_null(True))
    last = last.with_columns(offer=prices.coded(last, *LIST, "seller", "region", "model", "currency"))
    is_open = pl.col("valid_to").is_null()
    still = last.filter(is_open)["offer"]
    some = last.filter(pl.col("offer").is_in(still.filter(~still.is_duplicated()).implode()))
    ended = some.group_by("offer").agg(
        pl.len(), row_number=pl.col("row_number").filter(is_open).first(),
        began=pl.col("since").filter(is_open).first(), ended=pl.max("valid_to"),
        other_id=pl.col("model_price_id").filter(~is_open).first(),
    )  # fmt: skip
    alone = ended.filter(pl.col("len") > 1, pl.col("began") <= pl.col("ended"))
    told = alone.select("row_number", "other_id", "ended").sort("row_number")
    broken = prices.models.join(told, on="row_number", maintain_order="right")
    yield from price_findings(
        OUTLASTING, "model_prices", broken, (*LIST, "seller"), lambda row: f"{row['meter']} without an end",
        lambda row: f"an end, as the others have by {row['ended']}",
    )  # fmt: skip


def price_gaps(prices: Prices) -> Iterator[Broken]:
    """Spans that begin more than a day after the one before ended, one finding for each list."""
    days = (pl.col("since") - pl.col("before_valid_to")).dt.total_days()
    for table, after, _ in _lists(prices):
        yield from price_findings(GAP, table, after(days > 1), _list_of(table), _begins, _after_the_one_before)


def prices_ahead(prices: Prices) -> Iterator[Broken]:
    """Prices from or until a day that their source cannot know."""
    printed = pl.max_horizontal("published_on", "retrieved_on", "known_on")
    known = prices.sources.select("source_id", known=printed).drop_nulls()
    tables = (("model_prices", prices.models, "seller"), ("compute_prices", prices.machine_series, "region"))
    for table, rows, group in tables:
        ends = rows.group_by("source_id").agg(pl.max("valid_from"), pl.max("valid_to"))
        last = ends.select(pl.col("source_id").cast(pl.String), last=pl.max_horizontal("valid_from", "valid_to"))
        late = last.join(known, on="source_id").filter(pl.col("last") > pl.col("known"))
        dated = rows.filter(pl.col("source_id").is_in(late["source_id"].implode()))
        dated = dated.join(late.cast({"source_id": rows.schema["source_id"]}), on="source_id", maintain_order="left")
        for column in ("valid_from", "valid_to"):
            broken = dated.filter(pl.col(column) > pl.col("known") + pl.duration(days=ANNOUNCED))
            yield from price_findings(
                replace(AHEAD, column=column), table, broken, ("source_id", group),
                lambda row, column=column: str(row[column]), _known,
            )  # fmt: skip


def _same_again(row: Cells) -> str:
    amount = f"{money(row['amount'])} {row['currency']}"
    return f"{amount} from {row['before_valid_from'] or 'no day'} and from {row['valid_from']}"


def _known(row: Cells) -> str:
    return f"a day not after {row['known']}" + (
        ", or in the year after it" if row["date_basis"] == "documented" else ""
    )


def _lists(prices: Prices) -> Iterator[tuple[str, Callable[[pl.Expr], pl.DataFrame], tuple[str, ...]]]:
    """Each table with what gives its rows that follow another, and the columns that make one finding of several."""
    models = prices.shared("models out of step", _models_out_of_step)
    machines = prices.shared("machines out of step", _machines_out_of_step)
    yield "model_prices", models.filter, (*LIST, "seller", "model")
    yield "compute_prices", machines.filter, ("source_id", "region")


def _models_out_of_step(prices: Prices) -> pl.DataFrame:
    return prices.models_after(OUT_OF_STEP)


def _machines_out_of_step(prices: Prices) -> pl.DataFrame:
    return prices.machines_after(OUT_OF_STEP)


def _list_of(table: str) -> tuple[str, ...]:
    return LIST if table == "model_prices" else ("source_id",)


def _begins(row: Cells) -> str:
    return f"{row['valid_from'] or 'no day'} after a span to {row['before_valid_to'] or 'no day'}"


def _after_the_one_before(row: Cells) -> str:
    if row["before_valid_to"]:
        return "the day after the span before"
    return END_BEFORE if row["before_since"] < row["since"] else "a later day"
