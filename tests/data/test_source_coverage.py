"""The coverage table of the documents transcribed in full, counted again from the tables."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

import pytest

from canonical.table_schema import load_schema, typed_tables
from canonical.text_tables import csv_path, read_rows

NUMBER_CELLS = {
    "observations": ("printed_value", "printed_value_to"),
    "model_prices": ("printed_amount", "printed_amount_to"),
}


@cache
def rows_of(table: str) -> tuple[dict[str, str], ...]:
    return tuple(read_rows(csv_path(table)))


def coverage() -> tuple[dict[str, str], ...]:
    return rows_of("source_coverage")


def place(row: dict[str, str]) -> tuple[str, str]:
    return row["source_id"], row["locator"]


def located_tables() -> list[str]:
    return [
        table
        for table in typed_tables()
        if table != "source_coverage" and {"source_id", "locator"} <= set(load_schema(table).columns)
    ]


@cache
def rows_by_place() -> dict[tuple[str, str], Counter[str]]:
    """How many rows of each table carry each source and locator of a covered source."""
    covered = {row["source_id"] for row in coverage()}
    found: dict[tuple[str, str], Counter[str]] = {}
    for table in located_tables():
        for row in rows_of(table):
            if row["source_id"] in covered:
                found.setdefault(place(row), Counter())[table] += 1
    return found


def named_sources(row: dict[str, str]) -> list[str]:
    """The sources a coverage row names in its reason: the document itself or one that it cites."""
    words = set(re.findall(r"[a-z0-9][a-z0-9._-]*[a-z0-9]", row["reason"]))
    return [
        source["source_id"]
        for source in rows_of("sources")
        if source["source_id"] in words
        and (source["source_id"] == row["source_id"] or row["source_id"] in source["cited_by"].split())
    ]


def test_rows_and_tables_are_those_that_carry_the_locator() -> None:
    for row in coverage():
        found = Counter(rows_by_place().get(place(row), Counter()))
        if "sources" in row["tables"].split():
            found["sources"] = len(named_sources(row))
        assert int(row["rows"]) == found.total(), f"{place(row)}: the tables hold {dict(found)}"
        assert set(row["tables"].split()) == set(found), f"{place(row)}: the tables hold {dict(found)}"


def test_every_locator_of_a_covered_source_stands_in_the_coverage() -> None:
    missing = set(rows_by_place()) - {place(row) for row in coverage()}
    assert not missing, f"add to source_coverage: {sorted(missing)}"


def test_a_place_without_rows_says_why() -> None:
    assert [place(row) for row in coverage() if row["rows"] == "0" and not row["reason"]] == []


def test_no_place_has_more_numbers_in_the_tables_than_it_prints() -> None:
    for row in coverage():
        printed, kept = int(row["printed_numbers"]), numbers_kept()[place(row)]
        assert kept <= printed, f"{place(row)}: {kept} numbers in the tables, {printed} printed"


def test_each_printed_number_is_a_number_of_a_row_or_has_a_reason() -> None:
    rating_levels = {place(row) for row in rows_of("rating_scales")}
    for row in coverage():
        short = int(row["printed_numbers"]) - numbers_kept()[place(row)]
        assert short == 0 or row["reason"] or place(row) in rating_levels, (
            f"{place(row)}: {short} numbers without a row"
        )


@cache
def numbers_kept() -> Counter[tuple[str, str]]:
    """How many printed numbers, both ends of a range, the rows of each place hold."""
    kept: Counter[tuple[str, str]] = Counter()
    for table, cells in NUMBER_CELLS.items():
        for row in rows_of(table):
            kept[place(row)] += sum(bool(row[cell]) for cell in cells)
    return kept


def test_blocks_are_counted_without_a_gap_in_document_order() -> None:
    for source in dict.fromkeys(row["source_id"] for row in coverage()):
        locators = [row["locator"] for row in coverage() if row["source_id"] == source]
        blocks = [int(match[1]) for locator in locators if (match := re.match(r"p:(\d+)", locator))]
        tables = len({locator.split()[0] for locator in locators if locator.startswith("table:")})
        steps = [later - earlier for earlier, later in pairwise(blocks)]
        # A table is a block too, named by `table:`: each leaves one number out.
        assert blocks[0] == 1 and set(steps) <= {0, 1, 2} and steps.count(2) == tables, f"{source}: {blocks}"


def test_totals_of_the_coverage(capsys: pytest.CaptureFixture[str]) -> None:
    """Print what each document prints and became; no document may be listed without a row."""
    with capsys.disabled():
        for source in dict.fromkeys(row["source_id"] for row in coverage()):
            rows = [row for row in coverage() if row["source_id"] == source]
            numbers, became = (sum(int(row[column]) for row in rows) for column in ("printed_numbers", "rows"))
            print(f"\n{source}: {len(rows)} places, {numbers} printed numbers, {became} rows", end="")
            assert became > 0
