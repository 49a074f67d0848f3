"""Two digits exchanged are told by other lists and sellers of a model."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from tests.validation.prices.worlds import a_price, findings_of, rules_of
from validation.prices.digits import exchanged, may_be_exchanged, replaced


@pytest.mark.parametrize(
    ("amount", "other", "is_exchanged"),
    [
        (0.63, 0.36, True), (51.0, 15.0, True), (0.602638, 0.602368, True), (1024.5, 1042.5, True),
        (0.36, 0.36, False), (20.0, 2.0, False), (0.06, 0.6, False), (0.63, 0.35, False), (6.3, 0.36, False),
        (1.23, 3.21, False), (95_690_000.0, 9.569, False), (9.569, 95_690_000.0, False),
    ],
)  # fmt: skip
def test_two_digits_beside_each_other_and_no_others(amount: float, other: float, is_exchanged: bool) -> None:
    frame = pl.DataFrame({"amount": [amount], "other": [other]})
    both = pl.col("amount"), pl.col("other")
    assert frame.select(exchanged(*both)).item() is is_exchanged
    assert frame.select(may_be_exchanged(*both)).item() or not is_exchanged


@pytest.mark.parametrize(("amount", "may_be"), [(0.63, True), (0.81, True), (0.35, False), (0.36, False)])
def test_what_differs_by_no_nines_has_no_digits_exchanged(amount: float, may_be: bool) -> None:
    frame = pl.DataFrame({"amount": [amount], "other": [0.36]})
    assert frame.select(may_be_exchanged(pl.col("amount"), pl.col("other"))).item() is may_be


@pytest.mark.parametrize(
    ("amount", "other", "is_replaced"),
    [
        (0.63, 0.65, True), (1.727264, 1.757264, True), (12.5, 2.5, True), (4.604704, 4.604794, True),
        (0.36, 0.36, False), (2.007, 1.997, False), (0.63, 0.36, False), (1.22, 1.33, False),
        (95_690_000.0, 9.569, False),
    ],
)  # fmt: skip
def test_one_digit_and_no_other(amount: float, other: float, is_replaced: bool) -> None:
    frame = pl.DataFrame({"amount": [amount], "other": [other]})
    assert frame.select(replaced(pl.col("amount"), pl.col("other"))).item() is is_replaced


def test_a_model_beside_other_lists_and_sellers() -> None:
    others = [a_price(0.15, seller=seller) for seller in "abc"]
    assert rules_of(*others, a_price(0.51, seller="d")) == ["C.price_witnesses", "U.price_digits"]
    (finding,) = (f for f in findings_of(*others, a_price(0.51, seller="d")) if f.rule == "U.price_digits")
    assert (finding.row_id, finding.expected) == ("registry.004", "0.15, as 3 lists and sellers have it")


@pytest.mark.parametrize(
    ("ends", "named"), [(date(2026, 3, 31), ["page.002", "registry.001"]), (date(2026, 1, 15), [])]
)
def test_another_list_of_the_seller_tells_where_both_hold_for_a_month(ends: date, named: list[str]) -> None:
    first = a_price(0.15, date(2026, 1, 1), ends)
    found = findings_of(first, a_price(0.51, date(2026, 1, 1), date(2026, 6, 30), source_id="page"))
    assert sorted(f.row_id for f in found if f.rule == "U.price_digits") == named
    assert {f.expected for f in found if f.rule == "U.price_digits"} <= {
        f"{amount}, as another list of the seller has it" for amount in (0.15, 0.51)
    }


@pytest.mark.parametrize(("amount", "others"), [(5.4, 4.5), (4.5, 5.4), (1.02, 1.2)])
def test_a_markup_is_no_exchange_of_digits(amount: float, others: float) -> None:
    assert "U.price_digits" not in rules_of(*(a_price(others, seller=seller) for seller in "abc"), a_price(amount))
