"""Numbers as collectors print them, taken apart."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.evidence.prints import PrintedNumber, read_print


@pytest.mark.parametrize(
    ("text", "digits", "magnitude", "bound", "word"),
    [
        ("30,873", "30873", 1, "", ""),
        ("$1.2 billion", "1.2", 10**9, "", ""),
        ("over RMB6 billion", "6", 10**9, "gt", "none"),
        ("近400亿元", "400", 10**8, "lt", "nearly"),
        ("约1,237亿", "1237", 10**8, "eq", "approximately"),
        ("超过20%", "20", 1, "gt", "none"),
        ("9.5+", "9.5", 1, "gt", "none"),
        ("at least 12", "12", 1, "ge", "none"),
        ("(11,955)", "-11955", 1, "", ""),
        ("operating loss of $591 million", "-591", 10**6, "", ""),
        ("−9%", "-9", 1, "", ""),
        ("1.084,6", "1084.6", 1, "", ""),
        ("3,4", "3.4", 1, "", ""),
        ("eight", "8", 1, "", ""),
    ],
)
def test_a_print_falls_into_digits_magnitude_and_words(
    text: str, digits: str, magnitude: int, bound: str, word: str
) -> None:
    assert read_print(text) == PrintedNumber(digits, magnitude, bound, word)


def test_a_second_number_adds_what_the_first_magnitude_leaves() -> None:
    printed = read_print("433億2千万")
    assert (printed.digits, printed.magnitude) == ("433.2", 10**8)
    assert printed.value == Decimal("43320000000")


def test_a_magnitude_alone_claims_one_of_it_and_no_decimals() -> None:
    printed = read_print("超千亿")
    assert (printed.digits, printed.bound, printed.decimals) == ("1", "gt", 0)
    assert printed.value == 10**11


@pytest.mark.parametrize("text", ["", "n/a", "umpteen billion", "1.2.3"])
def test_a_print_that_cannot_be_read_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"number|word"):
        read_print(text)
