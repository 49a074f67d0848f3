"""By how many percent of the sales exchange rates move the lines of a vendor."""

from __future__ import annotations

import pytest

from tests.prints import World
from tests.validation.relations.worlds import GROWTH, Cells, now


def lines(*rates: tuple[str, str], metric_id: str = "revenue") -> list[Cells]:
    """Growth of some lines in constant currency and as reported; of the first the metric may be another."""
    names = ("acme-cloud", "acme-media", "acme", "acme-compute", "acme-films")
    return [
        now(value, entity_id=name, basis=basis, metric_id=metric_id if name == names[0] else "revenue", **GROWTH)
        for name, both in zip(names, rates, strict=False)
        for value, basis in zip(both, ("constant_currency", "reported"), strict=True)
    ]


def named(rows: list[Cells]) -> list[str]:
    """The rows that the rule names."""
    return [finding.row_id for finding in World(rows).findings("C.currency_effect")]


OTHERS = (("25", "23"), ("28", "26"), ("19", "17"))
"""Lines of which a strong dollar takes 1.6 % of the sales, to 1.7 %."""


def test_five_points_of_a_large_growth_are_as_many_percent_as_two_of_a_small_one():
    assert named(lines(("121", "117"), *OTHERS)) == []
    assert named(lines(("121", "112"), *OTHERS)) == ["p1"]


@pytest.mark.parametrize(("constant", "found"), [("3", []), ("5", []), ("1", ["p1"]), ("8", ["p1"])])
def test_three_lines_tell_the_effect_on_a_fourth_to_less_than_two_percent(constant: str, found: list[str]):
    assert named(lines((constant, "3"), *OTHERS)) == found


@pytest.mark.parametrize(("constant", "found"), [("8", []), ("5", []), ("0", ["p1"]), ("16", ["p1"])])
def test_a_result_goes_farther_than_sales_where_they_go_and_not_the_other_way(constant: str, found: list[str]):
    assert named(lines((constant, "3"), *OTHERS, metric_id="operating-income")) == found
