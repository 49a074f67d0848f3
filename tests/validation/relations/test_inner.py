"""Arithmetic in doubles proves of numbers only what exact decimals say of them too."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canonical import arithmetic
from canonical.intervals import Interval
from validation.relations import inner
from validation.relations.inner import Ends, ends_of

NUMBER = st.one_of(
    st.decimals(-1000, 1000, places=3, allow_nan=False),
    st.sampled_from([Decimal(0), Decimal("0.1"), Decimal("1e-12"), Decimal("1e24"), Decimal("-0.3")]),
)
END = st.one_of(st.none(), NUMBER)
INTERVAL = st.builds(Interval, st.none(), END, END, st.booleans(), st.booleans()).filter(
    lambda i: i.low is None or i.high is None or i.low < i.high or (i.low == i.high and not i.low_open | i.high_open)
)
FORMULAS: dict[str, Callable[..., Any]] = {
    "sum_of": lambda on, a, b: on.sum_of([a, b, a]),
    "difference": lambda on, a, b: on.difference(a, b),
    "negated": lambda on, a, b: on.negated(a),
    "scaled": lambda on, a, b: on.scaled(on.scaled(a, Decimal("0.01")), Decimal(4)),
    "shifted": lambda on, a, b: on.shifted(on.shifted(a, Decimal(-100)), Decimal("0.1")),
    "product": lambda on, a, b: on.product(a, b),
    "ratio": lambda on, a, b: on.ratio(a, b),
    "growth": lambda on, a, b: on.growth(a, b),
    "hull": lambda on, a, b: on.hull([a, b]),
    "upwards": lambda on, a, b: on.upwards(a),
    "downwards": lambda on, a, b: on.downwards(on.fixed(Interval(None, None, Decimal("0.1"), True, False))),
}


@pytest.mark.parametrize("name", FORMULAS)
@given(a=INTERVAL, b=INTERVAL)
def test_what_is_calculated_lies_inside_the_exact_interval(name: str, a: Interval, b: Interval):
    with np.errstate(all="ignore"):
        found = FORMULAS[name](inner, ends_of([a]), ends_of([b]))
    assert lies_inside(found, FORMULAS[name](arithmetic, a, b))


@given(a=INTERVAL, b=INTERVAL)
def test_what_meets_in_doubles_meets(a: Interval, b: Interval):
    assert arithmetic.meets(a, b) or not inner.meet(ends_of([a]), ends_of([b]))[0]


def test_prints_that_have_much_in_common_meet():
    a, b = (ends_of([Interval(None, Decimal(low), Decimal(high))]) for low, high in (("1.05", "1.15"), ("1.1", "1.2")))
    assert inner.meet(a, b).tolist() == [True]
    assert inner.meet(inner.ratio(a, b), inner.fixed(Interval(None, Decimal(1), Decimal(2)))).tolist() == [True]
    assert inner.meet(inner.growth(b, a), inner.fixed(Interval(None, Decimal(15), None))).tolist() == [False]


def test_doubles_prove_nothing_of_a_single_number_or_of_a_quotient_by_what_may_be_zero():
    one, about_zero = (
        ends_of([Interval(None, Decimal(low), Decimal(high))]) for low, high in (("7", "7"), ("-1", "1"))
    )
    assert not inner.meet(one, one).any()
    assert not inner.meet(inner.ratio(about_zero, about_zero), about_zero).any()


def test_no_terms_have_no_sum_and_a_factor_is_above_zero():
    for call in (lambda: inner.sum_of([]), lambda: inner.hull([]), lambda: inner.scaled(ends_of([]), Decimal(0))):
        with pytest.raises(ValueError):
            call()


def lies_inside(found: Ends, exact: Interval) -> bool:
    """Whether nothing of what was found in doubles lies outside the exact interval; what is no number holds nothing."""
    low, high = float(found.low[0]), float(found.high[0])
    if np.isnan(low):
        return bool(np.isnan(high))
    is_low = exact.low is None or exact.low <= Decimal(low)
    return low < high and is_low and (exact.high is None or Decimal(high) <= exact.high)
