"""The typed cells against the text: numbers in pieces, and which way a bound points."""

from __future__ import annotations

import pytest

from tests.prints import REFERENCE, World
from tests.validation.relations.worlds import now


def rules(rule: str, **cells: str) -> list[str]:
    """The rows that a relation finds in a world of one print."""
    return [finding.row_id for finding in World([now(**cells)]).findings(rule)]


@pytest.mark.parametrize(
    ("text", "value", "unit", "holds"),
    [
        ("330億600万ドル", "330.06", "cny-100m", True),
        ("398億2,400萬元", "398.24", "cny-100m", True),
        ("398億2,400萬元", "398.2400", "cny-100m", True),
        ("398億2,400萬元", "398.42", "cny-100m", False),
        ("398億2,400萬元", "3982.4", "cny-100m", False),
    ],
)
def test_a_number_in_pieces_is_their_sum(text: str, value: str, unit: str, holds: bool):
    assert rules("U.text_digits", value=value, printed_text=text, printed_unit_id=unit) == ([] if holds else ["p1"])


def test_a_number_in_pieces_has_the_unit_it_is_typed_in():
    assert rules("U.text_unit", value="398.24", printed_text="398億2,400萬元") == []
    assert rules("U.text_unit", value="398.24", printed_text="398億2,400萬元", printed_unit_id="cny-bn") == ["p1"]


@pytest.mark.parametrize(
    ("text", "value", "bound", "word", "holds"),
    [
        ("over 750 million", "750", "gt", "none", True),
        ("over 750 million", "750", "lt", "none", False),
        ("近 5 万亿", "5", "lt", "nearly", True),
        ("近 5 万亿", "5", "gt", "none", False),
        ("近 5 万亿", "5", "lt", "none", False),
        ("cut by more than 20%", "-20", "lt", "none", True),
        ("cut by more than 20%", "-20", "gt", "none", False),
        ("above -20%", "-20", "gt", "none", True),
        ("about 20%", "-20", "eq", "approximately", True),
    ],
)
def test_a_bound_points_the_way_its_word_says(text: str, value: str, bound: str, word: str, holds: bool):
    cells = {"value": value, "printed_text": text, "bound": bound, "precision_word": word}
    assert rules("U.text_bound", measure="growth_yoy", **cells) == ([] if holds else ["p1"])


def test_the_ends_of_a_range_are_left_to_what_was_typed():
    assert rules("U.text_bound", value="5", printed_value_to="7", bound="range", printed_text="over 5 to 7") == []


def test_a_coarse_print_that_meets_both_does_not_settle_a_contradiction():
    note = now("1851", printed_unit_id="cny-m", source_id="note")
    coarse = now("1.9", printed_unit_id="cny-bn", source_id="press", precision_word="approximately")
    filing = now("1915", printed_unit_id="cny-m", source_id="filing")
    for prints in ([note, coarse, filing], [coarse, note, filing], [filing, note, coarse]):
        assert len(World(prints).findings("C.agreement")) == 1


def test_the_words_of_its_own_metric_name_no_other_scope(monkeypatch: pytest.MonkeyPatch):
    words = {"name_en": "Capex with AI-related products", "aliases": "spending; AI-related capex"}
    metrics = {**REFERENCE.metrics, "capex": REFERENCE.metrics["capex"] | words}
    monkeypatch.setitem(REFERENCE.__dict__, "metrics", metrics)  # what the reference has read once
    for label in ("capex with AI-related products", "AI-related capex"):
        assert rules("C.label_scope", value="8", metric_id="capex", printed_label=label) == []
    assert rules("C.label_scope", value="8", metric_id="capex", printed_label="AI-related products") == ["p1"]


def test_money_in_a_label_is_the_currency_of_an_amount_and_not_of_a_percentage():
    large = "customers paying more than $100,000 a year"
    growth = {"value": "23", "printed_text": "23%", "printed_unit_id": "percent", "measure": "growth_yoy"}
    assert rules("U.text_unit", printed_label=large, **growth) == []
    assert rules("U.text_unit", value="398.24", printed_text="398.24", printed_label="revenue, US$ 100 million") == [
        "p1"
    ]


@pytest.mark.parametrize(
    ("finer", "word", "found"), [("104.2", "none", []), ("104.2", "approximately", ["p1"]), ("104.7", "none", ["p1"])]
)
def test_digits_that_a_finer_plain_print_is_rounded_to_have_lost_no_word(finer: str, word: str, found: list[str]):
    about = now("104", precision_word="approximately", printed_text="about $104B", source_id="call")
    prints = [now("104"), about, now(finer, decimals="1", precision_word=word, printed_text=finer, source_id="results")]
    assert [finding.row_id for finding in World(prints).findings("U.bound_elsewhere")] == found
