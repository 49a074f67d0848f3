"""Quotients find their metrics where a break has moved one of them to another perimeter."""

from __future__ import annotations

import pytest

from tests.prints import GivenReference, Row, filled
from tests.validation.relations.worlds import Cells, margin, year
from validation.relations import relation_of
from validation.relations.facts import Facts
from validation.relations.relation import evaluated

BREAK = "acme-cloud.2025-01"
RECAST = {"perimeter_id": BREAK}


class WithABreak(GivenReference):
    """The reference tables with a recast of the cloud's profit and margin in the year before; revenue is untouched."""

    def rows(self, table: str) -> list[Row]:
        """Rows with every column, the break last."""
        rows = super().rows(table)
        if table != "entity_breaks":
            return rows
        cells = {
            "entity_id": "acme-cloud",
            "first_published_on": "2025-01-01",
            "metric_ids": "ebita ebita-margin capex",
        }
        return [*rows, {**rows[0], "perimeter_id": BREAK, **cells}]


def verdicts(rule: str, *prints: Cells) -> list[bool]:
    """Whether each case of a rule holds where the break is known."""
    facts = Facts.of(filled(prints), WithABreak())
    return [case.holds for case in evaluated(relation_of(rule), facts)]


def profit(value: str, **cells: str) -> Cells:
    """The profit of a year."""
    return year("2025-03-31", value, metric_id="ebita", **cells)


@pytest.mark.parametrize(("printed", "holds"), [("9", True), ("12", False)])
def test_a_margin_is_not_lost_to_a_break_that_leaves_revenue_alone(printed: str, holds: bool):
    prints = [margin("2025-03-31", printed, **RECAST), profit("9", **RECAST), year("2025-03-31", "100")]
    assert verdicts("C.margin", *prints) == [holds]


def test_a_margin_keeps_to_its_own_perimeter_where_all_of_it_is_printed_there():
    old = [margin("2025-03-31", "9"), profit("9"), year("2025-03-31", "100")]
    assert verdicts("C.margin", *old, profit("20", **RECAST)) == [True]


def test_a_quotient_finds_its_revenue_on_another_perimeter():
    assert verdicts("C.quotient", profit("500", **RECAST), year("2025-03-31", "100")) == [False]


def test_a_narrower_metric_finds_the_broader_one_on_another_perimeter():
    cash, all_of_it = (
        year("2025-03-31", value, metric_id=metric) for value, metric in (("50", "capex-cash"), ("40", "capex"))
    )
    assert verdicts("C.narrower_metric", cash, {**all_of_it, **RECAST}) == [False]
