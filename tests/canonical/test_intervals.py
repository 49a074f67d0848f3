"""A print becomes the interval the convention says, in exact decimals."""

from __future__ import annotations

import csv
from decimal import Decimal, localcontext

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from canonical.conventions import last_counting_unit
from canonical.intervals import (
    EXACT,
    Interval,
    Print,
    decimal_text,
    interval_of,
    printed_decimals,
)
from canonical.table_schema import SCHEMAS

# Printed form, its print, the value it names, and the ends with their brackets; an absent end is unbounded.
TABLE = [
    ("432.84 亿元", Print("432.84", factor=Decimal(100)), "43284", "[43283.5, 43284.5]"),
    ("36 %", Print("36"), "36", "[35.5, 36.5]"),
    ("36.00 %", Print("36.00"), "36", "[35.995, 36.005]"),
    ("$24.2 billion", Print("24.2", factor=Decimal(1000)), "24200", "[24150, 24250]"),
    ("89 regions, exact", Print("89", exact=True), "89", "[89, 89]"),
    ("约 3800 亿", Print("3800", precision_word="approximately"), "3800", "[3700, 3900]"),
    ("about 3805", Print("3805", precision_word="approximately"), "3805", "[3804, 3806]"),
    ("about 4, no more than a tenth", Print("4", precision_word="approximately"), "4", "[3.5, 4.5]"),
    ("about 30", Print("30", precision_word="approximately"), "30", "[27, 33]"),
    ("10 万亿量级", Print("10", precision_word="order_of_magnitude"), "10", "[8, 12.5]"),
    ("cut off at 3.2", Print("3.2", precision_word="truncated"), "3.2", "[3.2, 3.3)"),
    ("近 5 万亿", Print("5", bound="lt", precision_word="nearly"), "5", "(4.5, 5)"),
    ("nearly 90", Print("90", bound="lt", precision_word="nearly"), "90", "(81, 90)"),
    ("超 1000", Print("1000", bound="gt"), "1000", "(1000, ]"),
    ("20 万以上", Print("20", bound="ge"), "20", "[20, ]"),
    ("不足 15", Print("15", bound="lt"), "15", "[, 15)"),
    ("up to 15", Print("15", bound="le"), "15", "[, 15]"),
    ("16-17 万亿", Print("16", "17", bound="range"), "16.5", "[16, 17]"),
    ("18 万至 20 万以上", Print("18", bound="range_up"), "", "[18, ]"),
    ("18 万至 20 万以上, both ends typed", Print("18", "20", bound="range_up"), "", "[18, ]"),
    ("5%-34%", Print("5", "34", bound="spread"), "", "[5, 34]"),
    ("more than about 30", Print("30", bound="gt", precision_word="approximately"), "30", "(27, ]"),
    ("up to about 30", Print("30", bound="le", precision_word="approximately"), "30", "[, 33]"),
    ("about 16 to 17", Print("16", "17", bound="range", precision_word="approximately"), "16.5", "[15, 18]"),
    ("nearly -9", Print("-9", bound="gt", precision_word="nearly"), "-9", "(-9, -8.1)"),
    ("cut by over 80 %", Print("-80", bound="lt"), "-80", "[, -80)"),
    ("a loss of 10 on the order", Print("-10", precision_word="order_of_magnitude"), "-10", "[-12.5, -8]"),
    ("a loss cut off at 3.2", Print("-3.2", precision_word="truncated"), "-3.2", "(-3.3, -3.2]"),
    ("67–97 % off", Print("-97", "-67", bound="range"), "-82", "[-97, -67]"),
    ("a dump 26431.0", Print("26431.0", decimals=0), "26431", "[26430.5, 26431.5]"),
    ("XBRL dollars", Print("1072000000", decimals=-6), "1072000000", "[1071500000, 1072500000]"),
    ("zero", Print("0", precision_word="approximately"), "0", "[-0.5, 0.5]"),
]


def shown(interval: Interval) -> str:
    """An interval in brackets: round ones are open."""
    low, high = "(" if interval.low_open else "[", ")" if interval.high_open else "]"
    return f"{low}{decimal_text(interval.low)}, {decimal_text(interval.high)}{high}"


@pytest.mark.parametrize(("number", "value", "ends"), [pytest.param(*row[1:], id=row[0]) for row in TABLE])
def test_a_printed_form_stands_for_its_interval(number: Print, value: str, ends: str) -> None:
    interval = interval_of(number)
    assert (decimal_text(interval.value), shown(interval)) == (value, ends)


def test_every_convention_is_stated_above() -> None:
    with (SCHEMAS / "precision.csv").open(encoding="utf-8", newline="") as file:
        stated = {(row["bound"], row["precision_word"]) for row in csv.DictReader(file)}
    assert stated <= {(number.bound, number.precision_word) for _, number, _, _ in TABLE}


digits = st.from_regex(r"-?[0-9]{1,9}(\.[0-9]{1,4})?", fullmatch=True)
factors = st.sampled_from([Decimal(text) for text in ("1", "100", "0.000001", "1000000000000", "0.01")])
one_end = st.sampled_from(
    [
        ("eq", "none"), ("eq", "approximately"), ("eq", "order_of_magnitude"), ("eq", "truncated"), ("gt", "none"),
        ("lt", "none"), ("ge", "none"), ("le", "none"), ("gt", "approximately"), ("le", "approximately"),
    ]
)  # fmt: skip


@st.composite
def prints(draw: st.DrawFn) -> Print:
    """Prints with one end, as a source may hold them."""
    bound, word = draw(one_end)
    decimals = draw(st.none() | st.integers(-6, 4))
    return Print(draw(digits), "", decimals, bound, word, draw(factors), draw(st.booleans()))


@given(prints())
def test_the_value_lies_between_the_ends(number: Print) -> None:
    interval = interval_of(number)
    assert interval.value is not None
    assert interval.low is None or interval.low <= interval.value
    assert interval.high is None or interval.value <= interval.high


@given(prints())
def test_an_interval_is_mirrored_below_zero(number: Print) -> None:
    assume(number.value.strip("-0."))
    mirror = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le", "eq": "eq"}
    negative = number.value[1:] if number.value.startswith("-") else f"-{number.value}"
    one, other = interval_of(number), interval_of(number._replace(value=negative, bound=mirror[number.bound]))
    assert one.value == -(other.value or 0)
    assert (one.low, one.low_open) == (None if other.high is None else -other.high, other.high_open)
    assert (one.high, one.high_open) == (None if other.low is None else -other.low, other.low_open)


@given(prints(), factors)
def test_a_unit_scales_value_and_ends_alike(number: Print, factor: Decimal) -> None:
    with localcontext(EXACT):
        plain = interval_of(number._replace(factor=Decimal(1)))
        scaled = interval_of(number._replace(factor=factor))
        ends = [None if end is None else end * factor for end in (plain.value, plain.low, plain.high)]
    assert [scaled.value, scaled.low, scaled.high] == ends


@given(digits, digits, st.sampled_from(["range", "spread"]), factors)
def test_two_ends_are_the_ends(one: str, other: str, bound: str, factor: Decimal) -> None:
    low, high = sorted((one, other), key=Decimal)
    interval = interval_of(Print(low, high, bound=bound, factor=factor))
    assert (interval.low, interval.high) == (Decimal(low) * factor, Decimal(high) * factor)
    assert interval.value is None or 2 * interval.value == (Decimal(low) + Decimal(high)) * factor


@given(prints())
def test_fewer_claimed_decimals_never_narrow_an_interval(number: Print) -> None:
    shown_decimals = printed_decimals(number.value)
    fine = interval_of(number._replace(bound="eq", precision_word="none", decimals=shown_decimals))
    coarse = interval_of(number._replace(bound="eq", precision_word="none", decimals=shown_decimals - 1))
    assert coarse.low is not None and fine.low is not None and coarse.low <= fine.low
    assert coarse.high is not None and fine.high is not None and coarse.high >= fine.high


@given(digits)
def test_claiming_more_decimals_than_printed_changes_nothing(text: str) -> None:
    assert interval_of(Print(text, decimals=9)) == interval_of(Print(text))


@pytest.mark.parametrize(
    ("printed", "decimals", "unit"),
    [("1200", 0, "100"), ("36", 0, "1"), ("36.00", 2, "0.01"), ("0", 0, "1"), ("1072000000", -6, "1000000"),
     ("1072500000", -6, "1000000"), ("30.5", 0, "10")],
)  # fmt: skip
def test_the_last_digit_that_counts_is_the_last_decimal_or_the_last_non_zero_one(
    printed: str, decimals: int, unit: str
) -> None:
    assert last_counting_unit(printed, decimals) == Decimal(unit)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (Print("1,072"), "is not a printed number"),
        (Print("16-17"), "is not a printed number"),
        (Print("٣"), "is not a printed number"),
        (Print("16\n"), "is not a printed number"),
        (Print("16", bound="range"), "needs a second end"),
        (Print("16", "17"), "has one end, but printed_value_to is filled"),
        (Print("17", "16", bound="spread"), "falling order"),
        (Print("16", "17", bound="range", precision_word="nearly"), "does not go with bound range"),
        (Print("5", bound="gt", precision_word="nearly"), "does not go with bound gt"),
        (Print("-5", bound="lt", precision_word="nearly"), "does not go with bound lt"),
        (Print("5", precision_word="nearly"), "does not go with bound eq"),
        (Print("5", decimals=-999_999_999_999), "claim no digit"),
    ],
)
def test_a_print_that_makes_no_sense_is_refused_in_words(number: Print, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        interval_of(number)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_decimal_text_is_the_shortest_and_exact(number: Decimal) -> None:
    text = decimal_text(number)
    assert Decimal(text) == number
    assert "E" not in text and not (("." in text) and text.endswith(("0", ".")))
    assert text != "-0"


def test_no_number_is_an_empty_text() -> None:
    assert decimal_text(None) == ""


def test_an_interval_says_its_value_and_ends_as_texts():
    assert interval_of(Print("398.20", factor=Decimal(100))).texts == ("39820", "39819.5", "39820.5")
    assert interval_of(Print("5", bound="gt")).texts == ("5", "5", "")
