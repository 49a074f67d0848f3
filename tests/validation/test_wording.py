"""A finding says what is printed and what follows, whatever the numbers are."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.prints import World
from tests.validation.relations.worlds import GROWTH, now
from validation.intervals import Interval
from validation.rules import compile_schema
from validation.table_schema import load_schema
from validation.wording import shown_interval

LONG = "1234567890" * 7


@pytest.mark.parametrize("number", [LONG, f"-{LONG}", f"0.{LONG}"])
def test_a_number_of_many_digits_is_shown(number: str):
    end = Decimal(number)
    assert shown_interval(Interval(None, end, end), Decimal(1)).startswith(number[:4])
    assert shown_interval(Interval(None, end, None), Decimal(1)).startswith("at least")
    assert " to " in shown_interval(Interval(None, end, end + 1), Decimal(1))


def test_a_print_of_many_digits_is_a_finding_and_no_failure():
    assert [f.row_id for f in World([now(LONG), now("1")]).findings("C.agreement_in_source")]


@pytest.mark.parametrize("column", ["printed_value", "printed_value_to"])
def test_the_schema_refuses_a_print_of_more_digits_than_anybody_prints(column: str):
    limits = [rule for rule in compile_schema(load_schema("observations")) if rule.columns == (column,)]
    assert ("max_length", (30,)) in [(rule.kind, rule.arguments) for rule in limits]
