"""Reference rows are looked up by identifier, read as strictly as any table."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from canonical.reading.encodings import UnreadableError
from canonical.reference import Reference
from tests.builders import REFERENCE, a_typed_frame, write_csv, write_reference


def test_a_unit_knows_its_canonical_unit_and_exact_factor(reference: Reference) -> None:
    unit = reference.units["cny-100m"]
    assert (unit.quantity, unit.currency, unit.canonical_unit_id, unit.factor) == (
        "money",
        "CNY",
        "cny-m",
        Decimal(100),
    )


@pytest.mark.parametrize("factor", ["", "x", "0", "-1", "NaN", "Infinity"])
def test_a_unit_without_a_usable_factor_is_no_unit(tmp_path: Path, factor: str) -> None:
    units = [row | {"factor": factor} if row["unit_id"] == "token-1m" else row for row in REFERENCE["units"]]
    found = Reference(write_reference(tmp_path, units=units)).units
    assert "token-1m" not in found and "token" in found


def test_reference_tables_may_be_parquet(tmp_path: Path) -> None:
    a_typed_frame("units", REFERENCE["units"]).write_parquet(tmp_path / "units.parquet")
    assert Reference(tmp_path).units["cny-100m"].factor == 100


def test_a_table_the_folder_does_not_have_is_the_packages(tmp_path: Path) -> None:
    assert Reference(tmp_path).units["cny-100m"].factor == 100


def test_columns_that_lack_are_empty(tmp_path: Path) -> None:
    write_csv(tmp_path / "entities.csv", [{"entity_id": "e", "name_en": "E", "scope": "group"}])
    assert Reference(tmp_path).entities["e"]["reporting_currency"] == ""


def test_a_file_that_is_no_such_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("unit_id\ncny-m,extra\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"units.csv:1: symbol: the column is missing"):
        _ = Reference(tmp_path).units


@pytest.mark.parametrize(
    ("source", "perimeter"),
    [
        ("acme-results-2024", "original"),
        ("acme-results-2025", "acme-cloud-2025"),
        ("unknown-source", "acme-cloud-2025"),
    ],
)
def test_a_perimeter_is_in_force_from_its_first_publication(reference: Reference, source: str, perimeter: str) -> None:
    assert reference.perimeter("acme-cloud", "revenue", source) == perimeter
    assert reference.perimeter("acme-group", "revenue", source) == "original"


def test_a_break_that_touches_some_metrics_leaves_the_others_in_their_perimeter(tmp_path: Path) -> None:
    breaks = [row | {"metric_ids": "regions"} if row.get("entity_id") else row for row in REFERENCE["entity_breaks"]]
    touched = Reference(write_reference(tmp_path, entity_breaks=breaks))
    assert touched.perimeter("acme-cloud", "regions", "acme-results-2025") == "acme-cloud-2025"
    assert touched.perimeter("acme-cloud", "revenue", "acme-results-2025") == "original"


def test_a_frame_typed_or_text_gives_the_same_rows(tmp_path: Path, reference_folder: Path) -> None:
    a_typed_frame("metrics", REFERENCE["metrics"]).write_parquet(tmp_path / "metrics.parquet")
    assert Reference(tmp_path).metrics == Reference(reference_folder).metrics
    assert pl.read_parquet(tmp_path / "metrics.parquet").schema["exact"] == pl.Boolean
