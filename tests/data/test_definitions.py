"""What the keys of the package stand for is said in both languages."""

from __future__ import annotations

import pytest

from canonical.text_tables import DATA, read_rows


@pytest.mark.parametrize("table", ["entities", "breakdowns", "metrics"])
def test_every_key_has_a_definition_in_both_languages(table: str) -> None:
    rows = read_rows(DATA / f"{table}.csv")
    assert rows
    assert [row for row in rows if not row["definition"] or not row["definition_zh"]] == []


def test_what_software_sellers_call_cloud_is_told_apart_from_infrastructure() -> None:
    entities = {row["entity_id"]: row for row in read_rows(DATA / "entities.csv")}
    for name in ("sap-cloud", "salesforce", "snowflake", "ibm-software"):
        assert "infrastructure" in entities[name]["comparability"]
        assert "基础设施" in entities[name]["comparability_zh"]


def test_what_keeps_numbers_of_a_metric_apart_is_said_in_both_languages() -> None:
    rows = read_rows(DATA / "metrics.csv")
    assert [row["metric_id"] for row in rows if bool(row["comparability"]) != bool(row["comparability_zh"])] == []
