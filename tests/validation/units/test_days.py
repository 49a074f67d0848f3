"""Units and periods of tables beside observations: spans, fiscal grids, days to come, rates of exchange."""

from __future__ import annotations

from pathlib import Path

import pytest

from canonical.reference import OwnTable
from tests.builders import Row, write_csv
from validation.own_files import check_own

QUARTER = {
    "source_id": "amazon-results-2025-q4", "kind": "trend", "entity_id": "aws", "metric_id": "revenue",
    "period_type": "quarter", "period_start": "2025-10-01", "period_end": "2025-12-31", "relation": "none",
    "text_en": "sales", "text_zh": "销售",
}  # fmt: skip
EXPECTED = {"entity_id": "oracle", "metric_id": "revenue", "frequency": "quarter", "first_period_end": "2025-05-31"}
NVIDIA = {"entity_id": "nvidia", "first_period_end": "2025-04-27"}
WEEKS = {"entity_id": "nvidia", "period_start": "2025-01-27", "period_end": "2025-04-27"}
"""The first quarter of a year that ends on the last Sunday of January."""
RATE = {"date": "2026-01-05", "base": "EUR", "quote": "USD", "rate": "1.17", "source_id": "ecb-euro-reference-rates"}
REGION = {
    "source_id": "botocore-regions", "vendor_id": "amazon", "partition": "aws", "region": "xx-east-1",
    "first_seen_on": "2025-05-01", "last_seen_on": "2026-05-01", "left_censored": "false",
}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "row", "rule"),
    [
        ("statements", QUARTER, ""),
        ("statements", QUARTER | {"period_start": "2024-10-01"}, ""),
        ("statements", QUARTER | {"period_start": "2025-11-01"}, "P.span"),
        ("reporting", EXPECTED, ""),
        ("reporting", EXPECTED | {"first_period_end": "2025-03-31"}, "P.reporting_grid"),
        ("reporting", EXPECTED | {"last_period_end": "2026-05-30"}, "P.reporting_grid"),
        ("reporting", EXPECTED | NVIDIA, ""),
        ("reporting", EXPECTED | NVIDIA | {"first_period_end": "2025-04-30"}, "P.reporting_grid"),
        ("reporting", EXPECTED | NVIDIA | {"frequency": "year"}, "P.reporting_grid"),
        ("statements", QUARTER | WEEKS, ""),
        ("statements", QUARTER | WEEKS | {"period_start": "2024-10-28"}, ""),
        ("statements", QUARTER | WEEKS | {"period_start": "2025-02-01"}, "P.span"),
        ("statements", QUARTER | WEEKS | {"period_end": "2025-04-30"}, "P.span"),
        ("exchange_rates", RATE, ""),
        ("exchange_rates", RATE | {"rate": "11.7"}, "U.exchange_rate"),
        ("exchange_rates", RATE | {"base": "USD", "quote": "CNY", "rate": "7.0"}, ""),
        ("exchange_rates", RATE | {"base": "CNY", "quote": "USD", "rate": "7.0"}, "U.exchange_rate"),
        ("exchange_rates", RATE | {"quote": "EUR"}, "U.exchange_rate"),
        ("exchange_rates", RATE | {"date": "2062-01-05"}, "P.seen_ahead"),
        ("regions", REGION, ""),
        ("regions", REGION | {"last_seen_on": "2025-04-01"}, "P.order"),
        ("regions", REGION | {"last_seen_on": "2062-04-01"}, "P.seen_ahead"),
    ],
)
def test_a_row_of_another_table_is_asked_for_its_units_and_periods(
    tmp_path: Path, table: str, row: Row, rule: str
) -> None:
    findings = check_own([OwnTable(table, write_csv(tmp_path / "feed.csv", [row]))]).findings
    asked = [f for f in findings if f.rule.startswith(("P.", "U."))]
    assert [(f.rule, f.row_number, f.line_number) for f in asked] == ([(rule, 1, 2)] if rule else [])
