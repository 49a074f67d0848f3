"""A finding says what is printed and what follows, whatever the numbers are."""

from __future__ import annotations

from decimal import Decimal

import pytest

from canonical.intervals import Interval
from canonical.rules.compiled import compile_schema
from canonical.table_schema import load_schema
from tests.prints import GivenReference, Row, World, filled
from tests.validation.relations.worlds import now, quarters, year
from validation.causes.wording import shown_interval
from validation.consistency import check_facts
from validation.relations import relation_of
from validation.relations.facts import Facts

LONG = "1234567890" * 7


@pytest.mark.parametrize("number", [LONG, f"-{LONG}", f"0.{LONG}"])
def test_a_number_of_many_digits_is_shown(number: str):
    end = Decimal(number)
    assert shown_interval(Interval(None, end, end), Decimal(1)).startswith(number[:4])
    assert shown_interval(Interval(None, end, None), Decimal(1)).startswith("at least")
    assert " to " in shown_interval(Interval(None, end, end + 1), Decimal(1))


def test_a_print_of_many_digits_is_a_finding_and_no_failure():
    assert [f.row_id for f in World([now(LONG[:30]), now("1")]).findings("C.agreement_in_source")]


@pytest.mark.parametrize("column", ["printed_value", "printed_value_to"])
def test_the_schema_refuses_a_print_of_more_digits_than_anybody_prints(column: str):
    limits = [rule for rule in compile_schema(load_schema("observations")) if rule.columns == (column,)]
    assert ("max_length", (30,)) in [(rule.kind, rule.arguments) for rule in limits]


def test_a_contradiction_of_the_reporters_own_documents_is_an_error_though_the_press_comes_nearer():
    own = quarters("121.0", "175.0", "317.0", "246.0", source_id="filing")
    press = {**own[3], "printed_value": "290.0", "source_id": "news"}
    (found,) = World([year("2024-12-31", "905"), *own, press]).findings("C.sum_of_periods")
    assert (found.severity, found.expected) == ("error", "858.8 to 859.2 cny-100m")
    assert "p6" not in found.related.split()


class WithAPage(GivenReference):
    """The reference tables with a page of the reporter in the place of the older release."""

    def rows(self, table: str) -> list[Row]:
        """Rows with every column."""
        rows = super().rows(table)
        return [row | {"kind": "vendor_page"} if row.get("source_id") == "older-release" else row for row in rows]


def test_a_page_of_the_reporter_is_its_own_word():
    page = quarters("121.0", "175.0", "317.0", "246.0", source_id="older-release")
    facts = Facts.of(filled([year("2024-12-31", "905"), *page]), WithAPage())
    assert [f.severity for f in check_facts(facts, [relation_of("C.sum_of_periods")])] == ["error"]


def test_what_rests_on_the_press_alone_is_a_warning():
    (found,) = World([year("2024-12-31", "905"), *quarters("121", "175", "317", "246", source_id="news")]).findings(
        "C.sum_of_periods"
    )
    assert found.severity == "warning"
