"""A number of the year before that stands alone in a document of another period."""

from __future__ import annotations

from tests.prints import World
from tests.validation.relations.worlds import GROWTH, Cells, at, now


def named(*rows: Cells) -> list[str]:
    """The rows that the rule names."""
    return [finding.row_id for finding in World(list(rows)).findings("V.main_period")]


def estimate(name: str, value: str, end: str = "2025-12-31") -> Cells:
    """A tracker's estimate of an entity's share of a market."""
    share = {"measure": "share", "printed_unit_id": "percent", "of_entity_id": "market"}
    return at(end, value, entity_id=name, claim_status="estimate", source_id="news", **share)


def test_estimates_of_all_companies_make_the_period_of_a_trackers_document():
    others = [estimate("rival", "32"), estimate("acme-media", "10")]
    assert named(estimate("acme-cloud", "4", "2024-12-31"), *others) == ["p1"]
    assert named(estimate("acme-cloud", "4", "2024-12-31"), estimate("acme-cloud", "5"), *others) == []


def test_growth_of_the_year_before_alone_beside_this_years_level_is_named():
    last_year = at("2024-12-31", "47", **GROWTH)
    assert named(last_year, now("100")) == ["p1"]
    assert named(last_year, now("36", **GROWTH), now("100")) == []
    assert named(last_year, now("100", metric_id="capex")) == []


def test_an_estimates_growth_of_the_year_before_may_stand_beside_its_level():
    told = {"claim_status": "estimate", "source_id": "news"}
    assert named(at("2024-12-31", "47", **told, **GROWTH), now("100", **told)) == []


def test_a_number_told_twice_is_one_of_the_period():
    rows = [at("2024-12-31", "5", metric_id="capex"), now("100"), now("100", locator="p:9")]
    assert named(*rows) == []
    assert named(*rows, now("20", metric_id="ebita")) == ["p1"]
