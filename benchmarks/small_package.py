"""A checkout of its own with a package as small as can be: the program as it stands, tables of some rows each."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.hostile_releases import release_files
from benchmarks.hostile_schemas import OWN
from benchmarks.hostile_upstreams import upstream_files
from canonical.csv_lines import csv_lines
from canonical.table_schema import ROOT, load_schema

__all__ = ["ROWS", "make_checkout"]

FOLDERS = ("canonical", "validation", "release", "ingest", "schemas", "clients", "benchmarks", "docs")
FILES = (
    "package.yaml",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "LICENSE-DATA",
    "CITATION.cff",
    "SECURITY.md",
    "requirements.lock",
)
NO_COPY = shutil.ignore_patterns("__pycache__", "*.pyc", "assets", "reference")

ROWS: dict[str, list[dict[str, str]]] = {
    "vendors": [
        {"vendor_id": "acme", "name_en": "Acme", "name_zh": "顶点", "country": "US"},
    ],
    "vendor_clouds": [{"vendor_id": "acme", "entity_id": "acme-cloud"}],
    "entities": [
        {"entity_id": "acme-group", "vendor_id": "acme", "name_en": "Acme Group", "scope": "group"},
        {
            "entity_id": "acme-cloud", "vendor_id": "acme", "name_en": "Acme Cloud", "scope": "segment",
            "parent_entity_id": "acme-group", "reporting_currency": "CNY", "fiscal_year_end_month": "3",
        },
    ],
    "entity_breaks": [{"perimeter_id": "original"}],
    "breakdowns": [{"breakdown_id": "total", "name_en": "Total"}],
    "metrics": [
        {
            "metric_id": "revenue", "name_en": "Revenue", "definition": "Revenue", "quantity": "money",
            "period_kind": "duration", "aggregation": "sum", "sign": "nonnegative", "exact": "false",
        },
    ],
    "units": [
        {"unit_id": "cny-m", "symbol": "CNY m", "quantity": "money", "currency": "CNY", "canonical_unit_id": "cny-m",
         "factor": "1"},
        {"unit_id": "cny-100m", "symbol": "CNY 100m", "quantity": "money", "currency": "CNY",
         "canonical_unit_id": "cny-m", "factor": "100"},
        *({"unit_id": name, "symbol": name, "quantity": "token_volume", "canonical_unit_id": "token", "factor": factor}
          for name, factor in (("token", "1"), ("token-1k", "1000"), ("token-1m", "1000000"))),
    ],
    "sources": [
        {
            "source_id": "acme-2025", "title": "Results", "publisher": "Acme", "published_on": "2025-11-20",
            "published_precision": "day", "language": "en", "kind": "company_release",
            "url": "https://acme.example/results",
        },
    ],
    "observations": [
        {
            "source_id": "acme-2025", "locator": "p:3", "entity_id": "acme-cloud", "metric_id": "revenue",
            "period_type": "quarter", "period_end": end, "period_label": label, "printed_value": printed,
            "printed_unit_id": "cny-100m",
        }
        for end, label, printed in (("2025-09-30", "FY2026 Q2", "398.24"), ("2025-06-30", "FY2026 Q1", "333.98"))
    ],
    "reporting": [
        {
            "entity_id": "acme-cloud", "metric_id": "revenue", "breakdown_id": "total", "frequency": "quarter",
            "first_period_end": "2025-06-30", "source_id": "acme-2025",
        },
    ],
    "exchange_rates": [
        {"date": day, "base": "EUR", "quote": quote, "rate": rate, "source_id": "acme-2025"}
        for day in ("2025-04-01", "2025-06-30", "2025-07-01", "2025-09-30")
        for quote, rate in (("CNY", "8.2"), ("USD", "1.17"))
    ],
    "supply_chain_stages": [{"stage_id": "chips", "name_en": "Chips", "name_zh": "芯片"}],
}  # fmt: skip
"""What is typed in each table; filling completes it."""


def make_checkout(place: Path) -> Path:
    """Copy the program to `place` and write the small tables; nothing is filled or built yet. Returns `place`."""
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, place / folder, ignore=NO_COPY, dirs_exist_ok=True)
    for name in FILES:
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, place / name)
    (place / "data").mkdir(exist_ok=True)
    for table, rows in ROWS.items():
        write_table(place / "data" / f"{table}.csv", load_schema(table).columns, rows)
    issues = place / "validation" / "known_issues.csv"
    released = place / "release" / "versions" / "releases.csv"  # a release before would have to be in its history
    for emptied in (issues, released, place / "ingest" / "releases.csv"):
        header = emptied.read_text(encoding="utf-8").partition("\n")[0]
        emptied.write_text(header + "\n", encoding="utf-8")
    for path, content in (upstream_files() | OWN | release_files()).items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(content)
    return place


def write_table(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Write rows of a table."""
    cells = ([row.get(column, "") for column in columns] for row in rows)
    path.write_text("".join(csv_lines([list(columns), *cells])), encoding="utf-8", newline="")


def typed_row(path: Path, number: int) -> dict[str, str]:
    """Data row `number` (from 0) of a table as it stands."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))[number]
