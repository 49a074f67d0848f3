"""What a row refers to stands above it, and nothing else moves."""

from __future__ import annotations

import pytest

from canonical.row_order import parents_first
from canonical.table_schema import load_schema
from canonical.text_tables import csv_path, read_rows

SELF = ("breakdowns", "entities", "metrics", "supply_chain_stages", "units")


@pytest.mark.parametrize("table", SELF)
def test_the_rows_of_the_package_can_be_loaded_one_by_one(table: str) -> None:
    rows = read_rows(csv_path(table))
    assert parents_first(load_schema(table), rows) == rows, "run make fill"


def test_a_parent_moves_before_its_first_child_and_the_others_stay() -> None:
    rows = [{"breakdown_id": name, "parent_breakdown_id": parent} for name, parent in
            (("b", "a.a"), ("x", ""), ("a.a", "a"), ("a", ""), ("y", "x"))]  # fmt: skip
    ordered = parents_first(load_schema("breakdowns"), rows)
    assert [row["breakdown_id"] for row in ordered] == ["a", "a.a", "b", "x", "y"]


def test_a_circle_is_left_as_it_stands() -> None:
    rows = [{"breakdown_id": name, "parent_breakdown_id": parent} for name, parent in (("a", "b"), ("b", "a"))]
    assert sorted(row["breakdown_id"] for row in parents_first(load_schema("breakdowns"), rows)) == ["a", "b"]


def test_a_chain_may_be_as_long_as_the_table() -> None:
    rows = [{"breakdown_id": f"n{n}", "parent_breakdown_id": f"n{n + 1}"} for n in range(20_000)]
    assert parents_first(load_schema("breakdowns"), rows) == rows[::-1]
