"""Wrong prices that people reported to the lists we read: each of their rows stands in a finding of the package.

`reported_prices.csv` has the report, the wrong amount as the list had it, in its currency for a million tokens, and
the right one where the report or a page gives it.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from benchmarks.price_slips import tables
from release.series.price_states import DISPUTING, UNSTABLE
from validation.prices.checks import check_prices

REPORTED = pl.read_csv(Path(__file__).with_name("reported_prices.csv"), infer_schema_length=None)
SAME = 0.002


@pytest.fixture(scope="module")
def named() -> tuple[pl.DataFrame, set[str]]:
    """The prices of models in the package, and the rows that findings make disputed or unstable."""
    given = tables()
    found = check_prices(given.models, given.machines, given.units, given.sources)
    doubted = [f for f in found if f.rule in (*DISPUTING, UNSTABLE) and f.table == "model_prices"]
    return given.models, {row.row_id for f in doubted for row in f.rows if row.role == "subject"}


@pytest.mark.parametrize("case", REPORTED.to_dicts(), ids=lambda case: f"{case['model']}-{case['meter']}")
def test_every_row_of_a_reported_price_is_doubted(
    case: dict[str, object], named: tuple[pl.DataFrame, set[str]]
) -> None:
    models, doubted = named
    rows = models.filter(
        pl.col("source_id") == case["source_id"], pl.col("seller") == case["seller"], pl.col("model") == case["model"],
        pl.col("meter") == case["meter"], pl.col("region") == case["region"], pl.col("mode") == "standard",
        (pl.col("amount") / pl.lit(case["amount"]) - 1).abs() < SAME,
        pl.col("valid_from") <= pl.lit(case["day"]).str.to_date(),
        pl.col("valid_to").fill_null(pl.date(9999, 1, 1)) >= pl.lit(case["day"]).str.to_date(),
    )  # fmt: skip
    assert rows.height > 0
    assert set(rows["model_price_id"]) <= doubted
    assert case["amount"] != case["right_amount"]
