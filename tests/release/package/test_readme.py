"""The table in the README shows the last quarter of each cloud, as the table it is made from has it."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from canonical.table_schema import ROOT
from release.package import readme
from release.package.readme import BEGIN, END, RECENT, latest_quarters, readme_bytes

QUARTERS = ROOT / "data" / "cloud_quarters.csv"


def quarter(**cells: object) -> dict[str, object]:
    """A row of `cloud_quarters` with what the README shows of it."""
    row: dict[str, object] = {
        "vendor_id": "acme", "vendor_name": "Acme", "entity_id": "acme-cloud", "calendar_quarter": "2025-Q4",
        "period_end": date(2025, 12, 31), "currency": "USD", "revenue": 1200.0, "revenue_usd": 1200.0,
        "growth_yoy": 20.0, "growth_yoy_printed": 19.0, "operating_margin": None,
    }  # fmt: skip
    return row | cells


def shown_rows() -> list[list[str]]:
    """The cells of the table that stands in the README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = text.split(BEGIN)[1].split(END)[0].strip().splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_readme_shows_the_last_revenue_of_every_vendor() -> None:
    with QUARTERS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["revenue"]]
    latest = {row["vendor_id"]: row for row in sorted(rows, key=lambda row: (row["period_end"], row["entity_id"]))}
    newest = max(date.fromisoformat(row["period_end"]) for row in latest.values())
    expected = {
        (f"{row['vendor_name']} (`{row['entity_id']}`)", row["calendar_quarter"], row["currency"]): float(
            row["revenue"]
        )
        for row in latest.values()
        if newest - date.fromisoformat(row["period_end"]) <= RECENT
    }
    shown = {}
    for cloud, calendar_quarter, revenue, *_ in shown_rows():
        amount, currency = revenue.split(" ")
        shown[cloud, calendar_quarter, currency] = float(amount.replace(",", ""))
    assert shown == {key: pytest.approx(revenue, abs=0.5) for key, revenue in expected.items()}


def test_a_margin_of_another_result_names_it() -> None:
    adjusted = {"operating_result_metric_id": "ebita", "operating_result_metric_name": "EBITA", "operating_margin": 9.0}
    assert "| 9.0 % (EBITA) |" in latest_quarters(pl.DataFrame([quarter() | adjusted]))
    usual = adjusted | {"operating_result_metric_id": "operating-income"}
    assert "| 9.0 % |" in latest_quarters(pl.DataFrame([quarter() | usual]))


def test_the_readme_shows_the_largest_cloud_first() -> None:
    dollars = [float(cells[3].replace(",", "")) for cells in shown_rows() if cells[3]]
    assert dollars == sorted(dollars, reverse=True)


def test_the_printed_growth_stands_in_where_none_can_be_computed() -> None:
    text = latest_quarters(pl.DataFrame([quarter(growth_yoy=None)]))
    assert "| 19.0 % |" in text


def test_a_later_quarter_without_revenue_is_passed_over() -> None:
    later = quarter(calendar_quarter="2026-Q1", period_end=date(2026, 3, 31), revenue=None)
    text = latest_quarters(pl.DataFrame([quarter(), later]))
    assert re.findall(r"20\d\d-Q\d", text) == ["2025-Q4"]


def test_a_cloud_that_stopped_reporting_is_left_out() -> None:
    old = quarter(vendor_id="gone", vendor_name="Gone", calendar_quarter="2018-Q2", period_end=date(2018, 6, 30))
    text = latest_quarters(pl.DataFrame([quarter(), old]))
    assert "Acme" in text
    assert "Gone" not in text


def test_a_readme_without_its_markers_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "README.md").write_text("nothing", encoding="utf-8")
    monkeypatch.setattr(readme, "README", tmp_path / "README.md")
    with pytest.raises(ValueError, match=r"README\.md: no lines"):
        readme_bytes(pl.DataFrame([quarter()]))
