"""Tables whose rows all belong to one group, such as one fact, document or whole, to see what a large group costs.

`python -m benchmarks.large_groups --rows 1000 4000 16000` checks a folder of each kind and prints the processor time.
Numbers are drawn, so that no print is a number of anybody.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from benchmarks.process_cost import Taken, run
from canonical.fill import complete_row
from canonical.reference import Reference
from canonical.table_schema import load_schema

__all__ = ["GROUPS", "checked", "main", "write_group"]

Row = dict[str, str]
Made = Iterator[tuple[str, Row]]
"""Rows as people type them, each with the name of its table."""
OWN = {"reporting_currency": "USD", "fiscal_year_end_month": "12", "fiscal_year_end_rule": "month_end"}
DAYS = {"published_on": "2025-11-05", "published_precision": "day"}


def _vendor(*entities: Row) -> Made:
    """One vendor with its group and the entities under it."""
    yield "vendors", {"vendor_id": "maker", "name_en": "Maker", "country": "US"}
    yield "entities", {"entity_id": "maker", "vendor_id": "maker", "name_en": "Maker", "scope": "group", **OWN}
    for row in entities:
        yield "entities", {"vendor_id": "maker", "scope": "segment", "parent_entity_id": "maker", **OWN, **row}


def _source(name: str, kind: str = "news", publisher: str = "", **cells: str) -> tuple[str, Row]:
    row = {"source_id": name, "title": f"Report {name}", "publisher": publisher or f"{name} watch", "language": "en"}
    return "sources", row | {"kind": kind, **DAYS, **cells}


def _print(number: int, value: object, **cells: str) -> tuple[str, Row]:
    """A print of revenue in one quarter, unless cells say otherwise."""
    label = f"Line {number}"
    return "observations", {
        "observation_id": f"made.{number:06}", "source_id": "made-0", "locator": f"table:Results row:{label}",
        "entity_id": "maker", "metric_id": "revenue", "breakdown_id": "total", "measure": "level",
        "printed_value": str(value), "printed_unit_id": "usd-m", "printed_text": f"{value}", "printed_label": label,
        "period_type": "quarter", "period_end": "2025-09-30", "period_label": "2025 Q3", **cells,
    }  # fmt: skip


def _quarter_of(names: Sequence[str], number: int, each: int) -> Row:
    """Entity and quarter of a row, where each entity has so many rows over eight quarters."""
    end = f"{2024 + number % 8 // 4}-{('03-31', '06-30', '09-30', '12-31')[number % 4]}"
    return {"entity_id": names[number // each % len(names)], "period_end": end, "period_label": ""}


def _several_documents(kind: str, publisher: str = "", by: int = 1) -> Callable[[int, random.Random], Made]:
    """One fact, printed by as many documents as there are rows, or by few; most print what others do not."""

    def made(rows: int, draw: random.Random) -> Made:
        yield from _vendor()
        for number in range(rows // by):
            day = date(2025, 11, 5) + timedelta(days=number % 300)
            yield _source(f"made-{number}", kind, publisher, published_on=day.isoformat())
        for number in range(rows):
            yield _print(number, draw.randrange(10_000, 99_999), source_id=f"made-{number // by}")

    return made


def _one_fact_of_one_document(rows: int, draw: random.Random) -> Made:
    """One fact that one document prints again and again."""
    yield from _vendor()
    yield _source("made-0")
    for number in range(rows):
        yield _print(number, draw.randrange(10_000, 99_999))


def _one_fact_told_alike(rows: int, draw: random.Random) -> Made:
    """One fact in the same digits, each time from another document."""
    yield from _vendor()
    for number in range(rows):
        yield _source(f"made-{number}")
        yield _print(number, 43_284, source_id=f"made-{number}")


def _one_fact_beside_others(rows: int, draw: random.Random) -> Made:
    """A fact with many prints, of a year, beside its quarters, its base and its growth."""
    yield from _vendor()
    for number in range(rows):
        yield _source(f"made-{number}")
        year = {
            "period_type": "year",
            "period_end": f"{2024 + number % 2}-12-31",
            "period_label": f"{2024 + number % 2}",
        }
        quarter = {"period_end": f"2025-{('03-31', '06-30', '09-30', '12-31')[number // 5 % 4]}", "period_label": ""}
        growth = {"measure": "growth_yoy", "printed_unit_id": "percent"}
        cells = (year, year | growth, quarter, year, quarter | growth)[number % 5]
        value = draw.randrange(1, 99) if "measure" in cells else draw.randrange(10_000, 99_999)
        yield _print(number, value, **({"source_id": f"made-{number}"} | cells))


def _one_series(rows: int, draw: random.Random) -> Made:
    """One series of days, all in one document."""
    yield from _vendor()
    yield _source("made-0")
    for number in range(rows):
        day = date(2000, 1, 1) + timedelta(days=number % 9_300)
        cells = {"period_type": "instant", "period_end": day.isoformat(), "period_label": day.isoformat()}
        metric = ("backlog", "cash", "data-centres")[number // 9_300]
        yield _print(number, draw.randrange(10_000, 99_999), metric_id=metric, **cells)


def _one_document(rows: int, draw: random.Random) -> Made:
    """One document on many entities of one vendor, each with its quarters."""
    names = [f"maker-{number}" for number in range(rows // 8)]
    yield from _vendor(*({"entity_id": name, "name_en": name} for name in names))
    yield _source("made-0")
    for number in range(rows):
        cells = _quarter_of(names, number, 8)
        yield _print(number, draw.randrange(10_000, 99_999), **cells)


def _one_whole(rows: int, draw: random.Random) -> Made:
    """One whole with many parts on a complete axis, their levels and growth, in one document."""
    yield from _vendor()
    yield _source("made-0")
    for number in range(rows // 2):
        name = f"part-{number}"
        yield "breakdowns", {"breakdown_id": name, "parent_breakdown_id": "total", "axis": "made", "complete": "true",
                             "name_en": name, "definition": f"The part {number}"}  # fmt: skip
        yield _print(2 * number, draw.randrange(10_000, 99_999), breakdown_id=name)
        growth = {"measure": "growth_yoy", "printed_unit_id": "percent"}
        yield _print(2 * number + 1, draw.randrange(1, 99), breakdown_id=name, **growth)
    yield _print(rows, draw.randrange(10_000, 99_999))
    yield _print(rows + 1, draw.randrange(1, 99), measure="growth_yoy", printed_unit_id="percent")


def _one_group(rows: int, draw: random.Random) -> Made:
    """Many entities of one vendor under one group, each with one number in a document of its own."""
    names = [f"maker-{number}" for number in range(rows)]
    yield from _vendor(*({"entity_id": name, "name_en": name} for name in names))
    for number, name in enumerate(names):
        yield _source(f"made-{number}")
        yield _print(number, draw.randrange(10_000, 99_999), entity_id=name, source_id=f"made-{number}")
    yield _print(rows, draw.randrange(10_000, 99_999))


def _one_chain(rows: int, draw: random.Random) -> Made:
    """Entities each of which is a part of the one before, thirty to a chain, with one number each."""
    names = [f"maker-{number}" for number in range(rows)]
    above = ["maker" if number % 30 == 0 else names[number - 1] for number in range(rows)]
    yield from _vendor(
        *({"entity_id": n, "name_en": n, "parent_entity_id": a} for n, a in zip(names, above, strict=True))
    )
    yield _source("made-0")
    for number, name in enumerate(names):
        yield _print(number, draw.randrange(10_000, 99_999), entity_id=name)


def _one_number(rows: int, draw: random.Random) -> Made:
    """The same digits for many entities, metrics and quarters, in one document under one label."""
    names = [f"maker-{number}" for number in range(rows // 16)]
    yield from _vendor(*({"entity_id": name, "name_en": name} for name in names))
    yield _source("made-0")
    for number in range(rows):
        cells = _quarter_of(names, number, 16)
        metric = ("revenue", "operating-income")[number % 16 // 8]
        yield _print(number, "43284", metric_id=metric, printed_label="Total", locator="p:1", **cells)


def _one_label(rows: int, draw: random.Random) -> Made:
    """One label and place in many documents of one publisher, with quarters of many entities."""
    names = [f"maker-{number}" for number in range(rows // 8)]
    yield from _vendor(*({"entity_id": name, "name_en": name} for name in names))
    for number in range(rows):
        yield _source(f"made-{number}", "company_release", "maker")
        cells = _quarter_of(names, number, 8)
        place = {"printed_label": "Cloud revenue", "locator": "table:Results row:Cloud revenue"}
        yield _print(number, draw.randrange(10_000, 99_999), source_id=f"made-{number}", **cells, **place)


def _one_market(rows: int, draw: random.Random) -> Made:
    """Shares of many entities in one market, and an aggregate of all of them with a spread."""
    names = [f"maker-{number}" for number in range(rows)]
    yield from _vendor(*({"entity_id": name, "name_en": name} for name in names))
    yield "entities", {"entity_id": "all-makers", "name_en": "All", "scope": "aggregate", "members": " ".join(names)}
    yield _source("made-0")
    for number, name in enumerate(names):
        if number % 2:
            yield _print(number, draw.randrange(10_000, 99_999), entity_id=name)
        else:
            share = {"measure": "share", "printed_unit_id": "percent", "of_entity_id": "all-makers"}
            yield _print(number, draw.randrange(1, 99), entity_id=name, **share)
    yield _print(rows, draw.randrange(10_000, 99_999), entity_id="all-makers")
    yield _print(rows + 1, "10000", printed_value_to="20000", bound="spread", entity_id="all-makers")


def _one_page(rows: int, draw: random.Random) -> Made:
    """Many sources with one title, publisher and day, each with a number of its own."""
    yield from _vendor()
    for number in range(rows):
        yield _source(f"made-{number}", publisher="maker watch", title="Results", url="https://maker.example/results")
        day = date(2000, 1, 1) + timedelta(days=number % 9_300)
        cells = {"period_type": "instant", "period_end": day.isoformat(), "period_label": day.isoformat()}
        yield _print(number, draw.randrange(10_000, 99_999), metric_id="backlog", source_id=f"made-{number}", **cells)


def _one_statement(rows: int, draw: random.Random) -> Made:
    """Statements of one document on one entity and period, beside two numbers."""
    yield from _vendor()
    yield _source("made-0")
    yield _print(1, 43_284)
    yield _print(2, 42_284, period_end="2025-06-30", period_label="2025 Q2")
    for number in range(rows):
        yield "statements", {
            "statement_id": f"made.{number:06}", "source_id": "made-0", "entity_id": "maker", "metric_id": "revenue",
            "kind": "comparison", "relation": "higher_than", "period_type": "quarter", "period_end": "2025-09-30",
            "versus": "2025-06-30", "locator": f"p:{number}", "claim_status": "actual", "measure": "level",
            "text_en": f"Revenue rose, line {number}", "text_zh": f"收入上升，第 {number} 行",
        }  # fmt: skip


GROUPS: dict[str, Callable[[int, random.Random], Made]] = {
    "one fact, many sources": _several_documents("news"),
    "one fact, many releases of its reporter": _several_documents("company_release", "maker"),
    "one fact, ten times in each source": _several_documents("news", by=10),
    "one fact, one document": _one_fact_of_one_document,
    "one fact, the same each time": _one_fact_told_alike,
    "one fact, with base, parts and growth": _one_fact_beside_others,
    "one series": _one_series,
    "one document": _one_document,
    "one whole": _one_whole,
    "one group": _one_group,
    "entities in chains": _one_chain,
    "one number": _one_number,
    "one label": _one_label,
    "one market": _one_market,
    "one page of many sources": _one_page,
    "statements on one fact": _one_statement,
}
"""What the rows of each kind of table have in common, and what makes them."""


def write_group(folder: Path, group: str, rows: int) -> None:
    """Write the tables of a group of `GROUPS` with about so many rows into a folder."""
    tables: dict[str, list[Row]] = {}
    for name, row in GROUPS[group](rows, random.Random(5)):
        tables.setdefault(name, []).append(row)
    reference = Reference()
    for name, made in tables.items():
        schema = load_schema(name)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, schema.columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(complete_row(schema, row, reference) for row in made)


def checked(group: str, rows: int, folder: Path) -> tuple[Taken, int]:
    """What the check of a group costs that is written to an empty folder, and how many findings are told."""
    write_group(folder, group, rows)
    report = folder / "report" / "findings.csv"
    report.parent.mkdir()
    command = [sys.executable, "-m", "validation", "--format", "csv", "--output", str(report), str(folder)]
    taken = run(command, (0, 1))
    with report.open(encoding="utf-8", newline="") as file:
        return taken, sum(1 for _ in csv.reader(file)) - 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Check each group with each number of rows, one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 4_000, 16_000])
    parser.add_argument("--group", nargs="+", choices=sorted(GROUPS), default=list(GROUPS))
    options = parser.parse_args(arguments)
    print(f"{'group':<42} {'rows':>8} {'processor':>11} {'peak':>11} {'told':>8}")
    for group in options.group:
        for rows in options.rows:
            with tempfile.TemporaryDirectory() as folder:
                taken, told = checked(group, rows, Path(folder))
            print(f"{group:<42} {rows:>8,} {taken.processor:>9.1f} s {taken.peak:>7,.0f} MiB {told:>8,}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
