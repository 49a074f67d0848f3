"""A list beside what a reader saw on the seller's page on one day, and beside documents that hold for longer."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.validation.prices import worlds
from tests.validation.prices.worlds import AUTUMN, BEFORE, SPRING, SUMMER, Row, a_price, findings_of

READ = date(2026, 5, 4)
"""A day on which a reader looked a price up."""
MAINLAND = {"region": "cn", "currency": "CNY"}


def page(amount: float, since: date | None = READ, until: date | None = READ, **cells: Any) -> Row:
    return a_price(amount, since, until, source_id="page", date_basis="first_observed", **cells)


def named(*rows: Row, sources: tuple[Row, ...] = worlds.SOURCES) -> list[tuple[str, str]]:
    found = [f for f in findings_of(*rows, sources=sources) if f.rule == "C.price_page"]
    return [(row.row_id, f.expected) for f in found for row in f.rows if row.role == "subject"]


def test_what_a_list_has_on_the_day_a_reader_looked_the_price_up_is_held_to_it() -> None:
    """litellm had Claude Sonnet 4.5 in AWS's region for the government at 3.3 USD, where 3.6 was asked."""
    wrong, mended = a_price(3.3, SPRING, BEFORE), a_price(3.6, SUMMER)
    assert named(wrong, mended, page(3.6)) == [("registry.001", "3.6 as page")]
    assert named(wrong, page(3.3)) == []
    assert named(wrong, page(3.6, SUMMER, SUMMER)) == []
    assert named(wrong, page(3.6, region="east"), page(3.6, seller="other"), page(3.6, model="acme-2")) == []


def test_a_path_before_the_name_is_no_other_model_and_a_scope_is_one() -> None:
    assert named(a_price(3.3, model="gate/acme-1"), page(3.6)) != []
    assert named(a_price(3.3, model="us/acme-1"), page(3.6)) == []


def test_every_list_is_held_to_a_reader_though_two_agree() -> None:
    assert len(named(a_price(3.3), a_price(3.3, source_id="other"), page(3.6))) == 2


def test_a_document_that_holds_for_longer_leaves_thirty_days_to_follow() -> None:
    printed = page(2.0, date(2026, 5, 15), None)
    assert named(a_price(2.5, SPRING, BEFORE), printed) == []
    assert named(a_price(2.5, SPRING, date(2026, 6, 20)), printed) == [("registry.001", "2 as page")]
    assert named(a_price(2.5, date(2026, 5, 20), BEFORE), printed) == [("registry.001", "2 as page")]
    both = [a_price(2.5, SPRING, AUTUMN), a_price(2.5, SPRING, AUTUMN, source_id="other")]
    assert named(*both, printed) == []


def test_a_list_of_many_sellers_documents_its_makers_prices_alone() -> None:
    of_list = [page(9.0, SPRING, None, seller=f"s{n}", maker=f"s{n}", model=f"m{n}") for n in range(5)]
    resold = a_price(2.5, SUMMER, seller="shop")
    assert named(resold, page(2.0, SPRING, None, seller="shop"), *of_list) == []
    assert named(a_price(2.5, SUMMER), page(2.0, SPRING, None), *of_list) != []


def test_a_document_without_a_first_day_speaks_of_its_last() -> None:
    assert named(a_price(2.5, SPRING, BEFORE), page(2.0, None, AUTUMN)) == []
    assert named(a_price(2.5, SPRING, None), page(2.0, None, SUMMER)) == []
    assert named(a_price(2.5, SUMMER, None), page(2.0, None, SPRING)) == []


def test_a_document_without_any_day_speaks_of_the_day_on_which_it_is_known() -> None:
    """A report had DeepSeek V4-Pro at 3 yuan, which dify's plugins had at 12 for months and lobehub for two days."""
    sources = (*worlds.SOURCES, {"source_id": "report", "publisher": "report", "published_on": date(2026, 6, 29)})
    printed = page(3.0, None, None, currency="CNY") | {"source_id": "report", "date_basis": "documented"}
    stale, left = a_price(12.0, SPRING, AUTUMN, **MAINLAND), a_price(12.0, SPRING, BEFORE, **MAINLAND)
    assert named(stale, printed, sources=sources) == [("registry.001", "3 as report")]
    assert named(left, printed, sources=sources) == []
    assert named(a_price(3.0, SPRING, AUTUMN, **MAINLAND), printed, sources=sources) == []
    undated = a_price(12.0, None, None, **MAINLAND)
    assert named(undated, printed, sources=sources) == [], "a list that says no day is not of that day"
    dollars = page(3.0, None, None) | {"source_id": "report", "date_basis": "documented"}
    assert named(a_price(12.0, SPRING, AUTUMN, region="cn"), dollars, sources=sources) == [], (
        "yuan are asked in the mainland, dollars anywhere"
    )
