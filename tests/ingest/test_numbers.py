"""Printed prices without the noise of binary fractions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numbers import plain_text, printed_number, squashed
from ingest.upstream import UpstreamError


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("0.21840000000000001", "0.2184"),
        ("25.6621022835069", "25.6621022835"),
        ("56.77000045776367", "56.77"),
        ("12.175994688", "12.175994688"),
        ("30", "30"),
        ("2.5e-07", "0.00000025"),
        ("0", "0"),
    ],
)
def test_noise_goes_and_printed_digits_stay(printed: str, meant: str) -> None:
    assert plain_text(squashed(printed_number(printed, "cell"))) == meant


@given(st.decimals(min_value="0.000001", max_value="99999", places=6))
def test_a_price_survives_being_kept_as_a_binary_fraction(price: Decimal) -> None:
    assert squashed(Decimal(float(price))) == price


@pytest.mark.parametrize("text", ["", "n/a", "-1", "NaN", "1,5"])
def test_what_is_no_price_is_named_with_its_place(text: str) -> None:
    with pytest.raises(UpstreamError, match="line 3: value"):
        printed_number(text, "line 3: value")
