"""What the words of the page would settle about a new number, from what the entity's other rows show."""

from __future__ import annotations

import pytest

from tests.prints import World
from validation.doubts import doubts

PERCENT = {"printed_unit_id": "percent"}


@pytest.mark.parametrize(
    ("new", "other", "column", "words"),
    [
        ({"printed_value": "300"}, {"printed_value": "432.84"}, "bound", "about, more than"),
        ({"metric_id": "ebita", "printed_value": "12.3"}, {"metric_id": "ebita", "printed_value": "-11.4"},
         "printed_value", "as -11.4 of other periods"),
        ({"printed_unit_id": "cny-m"}, {"printed_unit_id": "usd-m"}, "printed_unit_id", "CNY or HKD or USD"),
        ({"measure": "growth_yoy", **PERCENT}, {"measure": "growth_yoy", "basis": "constant_currency", **PERCENT},
         "basis", "constant_currency or reported"),
        ({"metric_id": "capex"}, {"metric_id": "capex-cash"}, "metric_id", "capex-cash, which other rows tell"),
        ({}, {"breakdown_id": "ai"}, "breakdown_id", "a part, such as ai"),
        ({}, {"period_type": "half_year"}, "period_type", "not of the half year"),
        ({}, {"measure": "annualised"}, "measure", "is it a run rate"),
        ({"printed_unit_id": "cny-m", "printed_text": "123.46"}, {"printed_unit_id": "usd-m"}, "printed_unit_id",
         "CNY or HKD or USD"),
    ],
)  # fmt: skip
def test_a_reading_is_in_doubt_where_other_rows_show_another(
    new: dict[str, str], other: dict[str, str], column: str, words: str
) -> None:
    before = {"period_end": "2025-09-30", "source_id": "filing", "printed_value": "123.45", **other}
    facts = World([{"printed_value": "123.46", **new}, before]).facts()
    found = [doubt for doubt in doubts(facts.by_row_id["p1"], facts) if doubt.column == column]
    assert len(found) == 1 and words in found[0].question
    alone = World([{"printed_value": "123.46", **new}]).facts()
    told = [doubt.column for doubt in doubts(alone.by_row_id["p1"], alone)]
    assert (column in told) == (column in ("bound", "printed_unit_id"))


def test_what_text_and_label_say_is_in_no_doubt() -> None:
    read = {"printed_text": "RMB300", "printed_label": "Capital expenditure", "metric_id": "capex"}
    facts = World([{"printed_value": "300", **read}, {"metric_id": "capex-cash", "source_id": "filing"}]).facts()
    assert list(doubts(facts.by_row_id["p1"], facts)) == []


@pytest.mark.parametrize(
    ("cells", "text"),
    [({"printed_unit_id": "cny-m"}, "RMB123.46 million"),
     ({"measure": "growth_yoy", **PERCENT}, "123.46% in constant currency")],
)  # fmt: skip
def test_a_text_that_names_the_currency_or_the_basis_leaves_no_doubt(cells: dict[str, str], text: str) -> None:
    other = {
        "measure": cells.get("measure", "level"),
        "source_id": "filing",
        "period_end": "2025-09-30",
        **(PERCENT if "measure" in cells else {"printed_unit_id": "usd-m"}),
        "basis": "constant_currency",
    }
    facts = World([{"printed_value": "123.46", "printed_text": text, **cells}, other]).facts()
    assert not {"basis", "printed_unit_id"} & {doubt.column for doubt in doubts(facts.by_row_id["p1"], facts)}
    untold = World([{"printed_value": "123.46", "printed_text": "123.46", **cells}, other]).facts()
    assert {"basis", "printed_unit_id"} & {doubt.column for doubt in doubts(untold.by_row_id["p1"], untold)}
