"""Interval arithmetic: sound for every pair of numbers, and no wider than the ends it can reach."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from canonical.arithmetic import (
    ANYTHING,
    at_least,
    at_most,
    contains,
    difference,
    exactly,
    growth,
    hull,
    meets,
    negated,
    product,
    ratio,
    scaled,
    sum_of,
)
from canonical.intervals import Interval, Print, interval_of

numbers = st.decimals(min_value=-1000, max_value=1000, allow_nan=False, places=2)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Bounded and unbounded intervals, ends open and closed, single points among them."""
    low, high = sorted((draw(numbers), draw(numbers)))
    if low == high:
        return exactly(low)
    shape = draw(st.sampled_from(["bounded", "bounded", "bounded", "from", "to"]))
    return Interval(
        None,
        None if shape == "to" else low,
        None if shape == "from" else high,
        draw(st.booleans()),
        draw(st.booleans()),
    )


@st.composite
def members(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    """An interval with a number that lies in it."""
    interval = draw(intervals())
    low = interval.low if interval.low is not None else (interval.high or Decimal(0)) - 5000
    high = interval.high if interval.high is not None else low + 5000
    inner = Decimal(draw(st.integers(0, 8))) / 8
    number = low + (high - low) * inner
    assume(is_in(Fraction(number), interval))
    return interval, number


def is_in(number: Fraction, interval: Interval) -> bool:
    """Membership in exact fractions, written apart from the code under test."""
    if interval.low is not None:
        low = Fraction(interval.low)
        if number < low or (number == low and interval.low_open):
            return False
    if interval.high is not None:
        high = Fraction(interval.high)
        if number > high or (number == high and interval.high_open):
            return False
    return True


def is_nearly_in(number: Fraction, interval: Interval) -> bool:
    """Membership where the ends may have been rounded in the 60th digit."""
    slack = Fraction(1, 10**40)
    wide = Interval(
        None,
        None if interval.low is None else interval.low,
        None if interval.high is None else interval.high,
    )
    low_ok = wide.low is None or number >= Fraction(wide.low) - slack
    return low_ok and (wide.high is None or number <= Fraction(wide.high) + slack)


@given(members(), members())
def test_sums_and_differences_hold_every_sum_and_difference(a: tuple[Interval, Decimal], b: tuple[Interval, Decimal]):
    assert is_in(Fraction(a[1]) + Fraction(b[1]), sum_of([a[0], b[0]]))
    assert is_in(Fraction(a[1]) - Fraction(b[1]), difference(a[0], b[0]))


@given(members(), members())
def test_a_product_holds_every_product(a: tuple[Interval, Decimal], b: tuple[Interval, Decimal]):
    assert is_in(Fraction(a[1]) * Fraction(b[1]), product(a[0], b[0]))


@given(members(), members())
def test_a_quotient_holds_every_quotient(a: tuple[Interval, Decimal], b: tuple[Interval, Decimal]):
    assume(b[1] != 0)
    assert is_nearly_in(Fraction(a[1]) / Fraction(b[1]), ratio(a[0], b[0]))


@given(members(), members())
def test_growth_holds_every_growth_from_a_positive_base(a: tuple[Interval, Decimal], b: tuple[Interval, Decimal]):
    assume(b[1] > 0)
    assert is_nearly_in((Fraction(a[1]) / Fraction(b[1]) - 1) * 100, growth(a[0], b[0]))


@given(intervals(), intervals())
def test_closed_ends_of_bounded_results_are_reached(a: Interval, b: Interval):
    """No interval is wider than needed: a closed end is a sum, product or quotient of two closed ends or zero."""
    assume(None not in (a.low, a.high, b.low, b.high))
    closed_a = {e for e, is_open in ((a.low, a.low_open), (a.high, a.high_open)) if not is_open}
    closed_b = {e for e, is_open in ((b.low, b.low_open), (b.high, b.high_open)) if not is_open}
    total, area = sum_of([a, b]), product(a, b)
    if not total.low_open:
        assert total.low in {x + y for x in closed_a for y in closed_b}
    if not area.high_open:
        assert area.high in {x * y for x in closed_a for y in closed_b} | {Decimal(0)}


@given(members(), intervals())
def test_intervals_that_share_a_number_meet(a: tuple[Interval, Decimal], b: Interval):
    assert meets(a[0], b) or not is_in(Fraction(a[1]), b)


@given(intervals(), intervals())
def test_intervals_meet_where_an_end_or_the_middle_of_what_lies_between_is_in_both(a: Interval, b: Interval):
    ends = sorted(Fraction(end) for end in (a.low, a.high, b.low, b.high) if end is not None)
    tried = [*ends, *((one + other) / 2 for one, other in pairwise(ends))]
    tried += [ends[0] - 1, ends[-1] + 1] if ends else [Fraction(0)]
    assert meets(a, b) == meets(b, a) == any(is_in(number, a) and is_in(number, b) for number in tried)


@given(intervals(), intervals())
def test_a_hull_contains_its_members_and_is_one_of_them_where_that_contains_the_other(a: Interval, b: Interval):
    around = hull([a, b])
    assert contains(around, a) and contains(around, b)
    assert contains(a, around) == contains(a, b)


@given(members())
def test_negation_and_scaling_mirror_and_stretch(a: tuple[Interval, Decimal]):
    assert is_in(-Fraction(a[1]), negated(a[0]))
    assert is_in(Fraction(a[1]) * -3, scaled(a[0], Decimal(-3)))


@given(intervals(), numbers)
def test_scaling_is_a_product_with_one_number(a: Interval, factor: Decimal):
    assert scaled(a, factor) == product(a, exactly(factor))


def test_rounded_parts_agree_with_a_total_within_their_rounding():
    """As in Calculations 1.1: 47 + 16 against 63, each known to its last digit."""
    parts = sum_of([interval_of(Print("47")), interval_of(Print("16"))])
    assert meets(parts, interval_of(Print("64")))
    assert not meets(parts, interval_of(Print("65")))


def test_a_truncated_print_reaches_up_to_the_next_unit_without_touching_it():
    cut = interval_of(Print("4.3", precision_word="truncated"))
    assert meets(cut, exactly(Decimal("4.39999")))
    assert not meets(cut, exactly(Decimal("4.4")))
    assert not meets(cut, exactly(Decimal("4.29999")))


def test_a_quotient_that_comes_out_even_reaches_its_closed_end():
    assert meets(ratio(exactly(Decimal(6)), exactly(Decimal(3))), exactly(Decimal(2)))
    assert ratio(exactly(Decimal(6)), exactly(Decimal(3))).low == 2


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [
        (exactly(Decimal(6)), at_least(Decimal(2)), Decimal(0), Decimal(3)),
        (exactly(Decimal(6)), Interval(None, Decimal(0), Decimal(2)), Decimal(3), None),
        (exactly(Decimal(-6)), Interval(None, Decimal(-2), Decimal(0)), Decimal(3), None),
        (exactly(Decimal(6)), at_most(Decimal(-2)), Decimal(-3), Decimal(0)),
    ],
)
def test_quotients_by_unbounded_intervals(a: Interval, b: Interval, low: Decimal | None, high: Decimal | None):
    found = ratio(a, b)
    assert (found.low, found.high) == (low, high)


def test_what_may_be_zero_or_negative_is_no_base():
    around_zero = Interval(None, Decimal(-1), Decimal(1))
    assert ratio(exactly(Decimal(1)), around_zero) == ANYTHING
    assert growth(exactly(Decimal(1)), around_zero) == ANYTHING
    assert growth(exactly(Decimal(1)), exactly(Decimal(0))) == ANYTHING


def test_no_intervals_have_no_hull():
    with pytest.raises(ValueError, match="no intervals"):
        hull([])
