"""With how many decimals amounts are written, and to which unit a list rounds."""

from __future__ import annotations

import polars as pl
import pytest

from canonical.table_schema import load_schema
from tests.validation.prices.worlds import UNITS, a_machine, frame_of
from validation.prices.checks import prices_of
from validation.prices.decimals import decimals, units_of_lists


@pytest.mark.parametrize(
    ("amount", "count"), [(2.0, 0), (0.1, 1), (0.30000000000000004, 1), (2.25, 2), (0.0104, 4), (1.1054291, 7)]
)
def test_decimals_of_an_amount(amount: float, count: int) -> None:
    assert pl.DataFrame({"amount": [amount]}).select(decimals(pl.col("amount"))).item() == count


@pytest.mark.parametrize(
    ("amounts", "unit"),
    [
        ((0.05015321, 0.10030642, 0.2), 1e-8), ((0.096, 0.1536, 0.0052), 1e-3), ((0.096, 0.154, 0.121), 1e-3),
        ((0.09, 0.154, 0.121), 1e-2), ((2.0, 4.0), 1.0), ((), None),
    ],
)  # fmt: skip
def test_the_unit_to_which_a_list_rounds(amounts: tuple[float, ...], unit: float | None) -> None:
    rows = [a_machine(amount, instance_type=f"d{n}") for n, amount in enumerate(amounts)]
    rows += [a_machine(0.0321, source_id="other", instance_type="d1")]
    prices = prices_of(None, frame_of(load_schema("compute_prices"), rows), UNITS, None)
    units = units_of_lists(prices, prices.machine_series["series"]).to_list()
    assert units == pytest.approx([unit] * len(amounts) + [1e-3])
