"""A reporter's own lag, from its publication days: median, 90th percentile, and whose days were counted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from canonical.reference import Reference
from release.series.facts import Facts
from release.series.lags import Lag, Lags
from tests.builders import REFERENCE, Row, an_observation, write_csv, write_reference

ENTITIES = [
    {"entity_id": entity, "vendor_id": vendor, "name_en": entity, "scope": "group", "fiscal_year_end_month": "12"}
    for entity, vendor in (("acme-group", "acme"), ("acme-cloud", "acme"), ("rival", ""))
]
ENDS = ("2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31", "2025-03-31", "2025-06-30")


def lags(folder: Path, *prints: tuple[str, str, int], **source: str) -> Lags:
    """The lags over prints of an entity for a period, published so many days after its end."""
    sources, rows = list[Row](), list[Row]()
    for n, (_, end, days) in enumerate(prints):
        day = str(date.fromisoformat(end) + timedelta(days=days))
        sources.append(REFERENCE["sources"][0] | {"source_id": f"s{n}", "published_on": day} | source)
    reference = Reference(write_reference(folder, entities=ENTITIES, sources=sources))
    for n, (entity, end, _) in enumerate(prints):
        cells = {"observation_id": f"s{n}.001", "source_id": f"s{n}", "entity_id": entity, "period_end": end}
        rows.append(an_observation(reference, **cells))
    write_csv(folder / "observations.csv", rows)
    return Lags(Facts(Reference(folder)))


def quarters(*days: int) -> list[tuple[str, str, int]]:
    return [("acme-cloud", end, lag) for end, lag in zip(ENDS, days, strict=False)]


def test_the_lag_of_a_quarter_is_that_of_the_quarters_that_end_no_year(tmp_path: Path) -> None:
    found = lags(tmp_path, *quarters(30, 28, 40, 80, 29, 31))
    assert found.of("acme-cloud", date(2025, 9, 30)) == Lag(30, 40, 5, "own")


def test_the_lag_of_a_year_end_is_its_own_where_it_is_known_and_else_that_of_all_periods(tmp_path: Path) -> None:
    found = lags(tmp_path, *quarters(30, 28, 40, 80, 29, 31))
    assert found.of("acme-cloud", date(2025, 12, 31)) == Lag(30, 80, 6, "reporter")
    ends = [("acme-cloud", f"{year}-12-31", 80 + year - 2020) for year in range(2020, 2024)]
    assert lags(tmp_path, *ends, *quarters(30)).of("acme-cloud", date(2025, 12, 31)) == Lag(81, 83, 4, "own")


def test_all_entities_of_a_vendor_publish_together_and_another_reporter_borrows_their_days(tmp_path: Path) -> None:
    found = lags(tmp_path, *quarters(30, 28, 40))
    assert found.of("acme-group", date(2025, 9, 30)) == Lag(30, 40, 3, "own")
    assert found.of("rival", date(2025, 9, 30)) == Lag(30, 40, 3, "all")


def test_a_comparative_a_year_later_and_a_call_of_the_same_day_are_no_lag(tmp_path: Path) -> None:
    found = lags(tmp_path, *quarters(30, 395, 0, 80, 29, 31))
    assert found.of("acme-cloud", date(2025, 9, 30)) == Lag(30, 31, 3, "own")


@pytest.mark.parametrize("source", [{"kind": "news"}, {"published_precision": "month"}])
def test_other_parties_and_coarse_dates_tell_no_lag(tmp_path: Path, source: dict[str, str]) -> None:
    found = lags(tmp_path, *quarters(30, 28, 40), **source)
    assert found.of("acme-cloud", date(2025, 9, 30)).periods == 0
    assert found.published("acme-cloud", date(2024, 3, 31)) is None


def test_the_first_of_several_documents_counts(tmp_path: Path) -> None:
    found = lags(tmp_path, *quarters(30), ("acme-group", "2024-03-31", 35))
    assert found.published("acme-cloud", date(2024, 3, 31)) == date(2024, 4, 30)
