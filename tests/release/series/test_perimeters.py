"""The perimeter a series is shown in: the newest of the reporter's own word, as far back as it reaches."""

from __future__ import annotations

from pathlib import Path

from canonical.reference import Reference
from release.series.perimeters import are_one_perimeter, newest_known
from release.series.vintage import Vintage
from tests.builders import write_reference
from tests.release.series.test_vintage import a_vintage

BREAKS = [
    {"perimeter_id": "original"},
    {"perimeter_id": "acme-cloud.2023-04", "entity_id": "acme-cloud", "first_published_on": "2023-04-25",
     "metric_ids": "operating-income"},
    {"perimeter_id": "acme-cloud.2025-05", "entity_id": "acme-cloud", "first_published_on": "2025-05-01"},
]  # fmt: skip


def old(value: str, known_on: str, **cells: object) -> Vintage:
    """What the reporter's word gives in the first perimeter."""
    return a_vintage(value, known_on, **({"is_own_word": True} | cells))


def new(value: str, known_on: str, **cells: object) -> Vintage:
    """What it gives in the perimeter after a recast."""
    return old(value, known_on, **({"perimeter_id": "recast", "place": 1} | cells))


def shown(*histories: list[Vintage], printed: list[Vintage] | None = None) -> list[tuple[str, int]]:
    return [(v.known_on, int(v.value or 0)) for v in newest_known(histories, printed or [])]


def test_a_value_that_follows_in_a_newer_perimeter_takes_the_place_of_an_older_print() -> None:
    printed, follows = [old("25123", "2023-08-10")], [new("25065", "2023-11-16", derivation="difference")]
    assert shown(printed, follows) == [("2023-08-10", 25123), ("2023-11-16", 25065)]


def test_a_later_print_of_the_older_perimeter_changes_nothing() -> None:
    assert shown([old("100", "2026-01-01")], [new("90", "2025-01-01")]) == [("2025-01-01", 90)]


def test_another_party_in_a_newer_perimeter_stands_only_until_the_reporter_speaks() -> None:
    news, own = new("95", "2025-01-01", is_own_word=False), old("100", "2025-06-01")
    assert shown([own], [news], printed=[news, own]) == [("2025-01-01", 95), ("2025-06-01", 100)]


def test_a_flagged_value_of_a_newer_perimeter_gives_way_to_a_clean_one() -> None:
    flagged, own = new("90", "2025-06-01", flags=("bound",)), old("100", "2025-01-01")
    assert shown([own], [flagged], printed=[own]) == [("2025-01-01", 100)]


def test_a_break_that_leaves_a_metric_as_it_was_parts_nothing(tmp_path: Path) -> None:
    reference = Reference(write_reference(tmp_path, entity_breaks=BREAKS))

    def together(revenue: str, income: str) -> bool:
        return are_one_perimeter(reference, "acme-cloud", ("revenue", revenue), ("operating-income", income))

    assert together("original", "original") and together("original", "acme-cloud.2023-04")
    assert together("acme-cloud.2025-05", "acme-cloud.2025-05")
    assert not together("acme-cloud.2025-05", "acme-cloud.2023-04") and not together("original", "acme-cloud.2025-05")
