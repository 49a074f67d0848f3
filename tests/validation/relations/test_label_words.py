"""What the words of a page say of a number, against the cells that were typed: slips are named, right rows are not."""

from __future__ import annotations

import pytest

from tests.prints import World
from tests.validation.relations.worlds import Cells, now


def columns(rule: str, **cells: str) -> list[str]:
    """The columns that a relation names in a world of one print."""
    return [finding.column for finding in World([now(**cells)]).findings(rule)]


RATE: Cells = {"value": "36", "measure": "growth_yoy"}


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ({**RATE, "printed_text": "up 36% year over year"}, []),
        ({**RATE, "measure": "growth_prev", "printed_text": "up 36% year over year"}, ["measure"]),
        ({**RATE, "printed_text": "up 36% sequentially"}, ["measure"]),
        ({**RATE, "printed_text": "同比增长 36%，环比增长 9%"}, []),
        ({"value": "400", "printed_text": "an annualized run rate of RMB40 billion"}, ["measure"]),
        ({"value": "400", "measure": "annualised", "printed_text": "an annualized run rate of RMB40 billion"}, []),
        ({"value": "400", "printed_text": "RMB40 billion, up 36% year over year"}, []),
        ({**RATE, "printed_text": "36% in constant currency"}, ["basis"]),
        ({**RATE, "basis": "constant_currency", "printed_text": "36% in constant currency"}, []),
        ({"value": "400", "printed_text": "预计达 400 亿元"}, ["claim_status"]),
        ({"value": "400", "claim_status": "forecast", "printed_text": "预计达 400 亿元"}, []),
        ({"value": "400", "printed_label": "全年收入"}, ["period_type"]),
        ({"value": "400", "period_type": "year", "printed_label": "单季收入"}, ["period_type"]),
        ({"value": "400", "printed_label": "单季收入"}, []),
    ],
)
def test_the_words_name_the_cell_that_says_otherwise(cells: dict[str, str], named: list[str]) -> None:
    assert columns("C.label_words", **cells) == named


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ({"printed_text": "(loss)", "printed_label": "EBITA"}, True),
        ({"printed_text": "15", "printed_label": "adjusted EBITA loss"}, True),
        ({"printed_text": "15", "printed_label": "operating income (loss)"}, False),
        ({"printed_text": "15", "printed_label": "亏损收窄"}, True),
        ({"printed_text": "15", "printed_label": "扭亏为盈"}, False),
    ],
)
def test_what_is_called_a_loss_is_negative(cells: dict[str, str], named: bool) -> None:
    found = columns("U.text_sign", value="15", metric_id="ebita", **cells)
    assert found == (["printed_value"] if named else [])
    assert columns("U.text_sign", value="-15", metric_id="ebita", **cells) == []


@pytest.mark.parametrize(
    ("text", "value", "measure", "holds"),
    [
        ("tripled", "3", "multiple_yoy", True), ("tripled", "200", "growth_yoy", True),
        ("tripled", "300", "growth_yoy", False), ("翻番", "2", "multiple_yoy", True),
        ("翻番", "100", "growth_yoy", True), ("翻番", "200", "growth_yoy", False),
        ("sixfold", "9", "multiple_yoy", False),
    ],
)  # fmt: skip
def test_words_of_multiples_are_a_second_reading(text: str, value: str, measure: str, holds: bool) -> None:
    unit = "times" if measure == "multiple_yoy" else "percent"
    found = columns("U.text_digits", value=value, measure=measure, printed_text=text, printed_unit_id=unit)
    assert found == ([] if holds else ["printed_value"])


def test_a_label_in_another_currency_is_named() -> None:
    cells = {"value": "24.3", "printed_text": "24.3", "printed_unit_id": "cny-bn"}
    assert columns("U.text_unit", **cells, printed_label="Revenue (US$ billion)") == ["printed_unit_id"]
    assert columns("U.text_unit", **cells, printed_label="Revenue (RMB billion)") == []


@pytest.mark.parametrize(
    ("label", "metric", "named"),
    [
        ("EBITA", "revenue", True), ("EBITA", "ebita-margin", False), ("Revenue", "revenue", False),
        ("us-gaap:EBITA", "revenue", False),
        ("EBITA per user", "revenue", False), ("sales of the cloud", "revenue", False),
    ],
)  # fmt: skip
def test_a_label_names_the_metric_of_its_row_or_one_akin(label: str, metric: str, named: bool) -> None:
    unit = "percent" if metric.endswith("margin") else "cny-100m"
    found = columns("C.label_metric", value="15", metric_id=metric, printed_label=label, printed_unit_id=unit)
    assert found == (["metric_id"] if named else [])
