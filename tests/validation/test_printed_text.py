"""The second reading of a print: digits in many notations, magnitudes, currencies, signs and words of bound."""

from __future__ import annotations

import pytest

from validation.printed_text import bound_of_text, currency_of_text, figures_of_text, is_negative_text


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("$24.3 billion", ["24.3"]),
        ("(56,941)", ["56941"]),
        ("3 278 786", ["3278786"]),
        ("+10,3 %", ["10.3"]),
        ("1.084,6", ["1084.6"]),
        ("30・0%", ["30.0"]),
        ("$28.4 – $28.7", ["28.4", "28.7"]),
        ("433億2千万", ["433", "2"]),
        ("翻倍", []),
        ("1 2", ["1", "2"]),
    ],
)
def test_digits_are_read_in_every_notation(text: str, digits: list[str]):
    assert [figure.digits for figure in figures_of_text(text)] == digits


@pytest.mark.parametrize(
    ("text", "power"),
    [("26.5 billion", 9), ("$310B", 9), ("$796.00M", 6), ("432.84 亿元", 8), ("近 5 万亿", 12), ("18 万", 4),
     ("4,698", None), ("5 bytes", None), ("15 Microsoft regions", None)],
)  # fmt: skip
def test_magnitudes_stand_behind_the_number(text: str, power: int | None):
    assert figures_of_text(text)[0].power == power


@pytest.mark.parametrize(
    ("text", "currency"),
    [("$24.3", "USD"), ("US$5 billion", "USD"), ("1000 亿美元", "USD"), ("RMB6 billion", "CNY"), ("63 亿元", "CNY"),
     ("€993", "EUR"), ("5 billion yuan", "CNY"), ("4,698", ""), ("RMB7 (US$1)", "")],
)  # fmt: skip
def test_one_currency_is_recognised(text: str, currency: str):
    assert currency_of_text(text) == currency


@pytest.mark.parametrize("text", ["(15.3)", "-9%", "−9 %", "operating loss of $5 million", "环比下降 9%"])
def test_negative_numbers_show(text: str):
    assert is_negative_text(text)


@pytest.mark.parametrize("text", ["28.4 – 28.7", "+9%", "9", "2025-12-31"])
def test_dashes_between_numbers_are_no_signs(text: str):
    assert not is_negative_text(text)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("more than 5", ("gt", "none")),
        ("no more than 5", ("le", "none")),
        ("近 5 万亿", ("lt", "nearly")),
        ("不超过 5", ("le", "none")),
        ("400+ models", ("gt", "none")),
        ("+6%", None),
        ("overall 5", None),
        ("5", None),
    ],
)
def test_words_of_bound_are_those_of_the_interval_table(text: str, bound: tuple[str, str] | None):
    assert bound_of_text(text) == bound
