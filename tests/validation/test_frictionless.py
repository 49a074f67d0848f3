"""Our verdict on a table and that of frictionless agree cell by cell; where they differ we mean it.

Each difference of docs/method/differences-from-frictionless.md is asserted here by a test of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings

from tests.builders import a_field
from tests.tables import TextTable, text_tables
from tests.verdicts import Fault, our_verdict, their_verdict


@given(text_tables())
@settings(max_examples=100)
def test_both_verdicts_agree_cell_by_cell(tmp_path_factory: pytest.TempPathFactory, table: TextTable) -> None:
    typed, ours = our_verdict(table, tmp_path_factory.mktemp("table"))
    theirs = their_verdict(table)
    assert _without_first_rows(typed, ours, table) == _without_half_keys(typed, theirs, table)


def _without_first_rows(typed: pl.DataFrame, faults: set[Fault], table: TextTable) -> set[Fault]:
    """The faults without the first row of each repeated key, which frictionless does not name."""
    key = table.descriptor["primaryKey"]
    parts = {"primary key": [key] if isinstance(key, str) else key}
    first = {
        fault
        for fault in faults
        if fault.kind in ("unique", "primary key")
        and typed.select(pl.struct(parts.get(fault.kind, [fault.column])).is_first_distinct())[fault.row - 1].item()
    }
    return faults - first


def _without_half_keys(typed: pl.DataFrame, faults: set[Fault], table: TextTable) -> set[Fault]:
    """The faults without keys of which a part is empty: to us such a key names no row and refers to none."""
    key = table.descriptor["primaryKey"]
    parts = {("foreign key", "count"): ["count", "day"], ("primary key", "word"): key}
    half = {
        fault
        for fault in faults
        if (fault.kind, fault.column) in parts
        and None in typed.select(parts[fault.kind, fault.column]).row(fault.row - 1)
    }
    return faults - half


def one_cell(kind: str, cell: str, tmp_path: Path, **constraints: Any) -> tuple[bool, bool]:
    """Whether a cell is good to us, and to frictionless; beside it stands a column that never is empty."""
    fields = [a_field("cell", kind, **constraints), a_field("beside")]
    if "format" in constraints:
        fields[0] = {"name": "cell", "type": kind, "format": constraints["format"]}
    table = TextTable({"fields": fields}, [[cell, "x"]])
    return not our_verdict(table, tmp_path)[1], not their_verdict(table)


ONLY_THEIRS = [
    ("integer", "+5"), ("integer", " 5"), ("integer", "1_000"), ("integer", "５"), ("integer", "9" * 19),
    ("number", "+5"), ("number", "5 "), ("number", ".5"), ("number", "5."), ("number", "1_000"), ("number", "５"),
    ("number", "NaN"), ("number", "INF"), ("number", "-Infinity"), ("number", "1e999"),
    ("date", "2021-2-3"), ("date", "2021-02-3"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "cell"), ONLY_THEIRS)
def test_a_loose_spelling_of_a_value_is_taken_by_frictionless_only(kind: str, cell: str, tmp_path: Path) -> None:
    assert one_cell(kind, cell, tmp_path) == (False, True)


@pytest.mark.parametrize("cell", ["true", "True", "TRUE", "1", "false", "False", "FALSE", "0", "yes", "t", "2", "tRUE"])
@pytest.mark.parametrize("stated", [{}, {"trueValues": ["true"], "falseValues": ["false"]}, {"trueValues": ["yes"]}])
def test_truth_values_are_those_of_the_standard_or_of_the_field(
    cell: str, stated: dict[str, Any], tmp_path: Path
) -> None:
    table = TextTable({"fields": [a_field("cell", "boolean") | stated, a_field("beside")]}, [[cell, "x"]])
    assert our_verdict(table, tmp_path)[1] == their_verdict(table)


@pytest.mark.parametrize("cell", ["https://example.org/a?b=c#d", "http://192.0.2.1/", "https://example.org/%E4%BA%91"])
def test_a_full_address_is_taken_by_both(cell: str, tmp_path: Path) -> None:
    assert one_cell("string", cell, tmp_path, format="uri") == (True, True)


@pytest.mark.parametrize("cell", ["example.org", "/path"])
def test_an_address_without_scheme_is_taken_by_neither(cell: str, tmp_path: Path) -> None:
    assert one_cell("string", cell, tmp_path, format="uri") == (False, False)


@pytest.mark.parametrize("cell", ["mailto:a@example.org", "https:", "https://example.org/a b"])
def test_an_address_that_cannot_be_opened_is_taken_by_frictionless_only(cell: str, tmp_path: Path) -> None:
    assert one_cell("string", cell, tmp_path, format="uri") == (False, True)


@pytest.mark.parametrize(("cell", "verdicts"), [("ax", (False, True)), ("b", (True, True))])
def test_every_alternative_of_a_pattern_is_held_to_the_whole_cell(
    cell: str, verdicts: tuple[bool, bool], tmp_path: Path
) -> None:
    assert one_cell("string", cell, tmp_path, pattern="a|b") == verdicts


def test_a_line_end_at_the_end_of_a_cell_is_part_of_it(tmp_path: Path) -> None:
    assert one_cell("string", "a\n", tmp_path, pattern="a") == (False, True)


def test_limits_are_compared_as_doubles(tmp_path: Path) -> None:
    assert one_cell("number", "0.10000000000000000001", tmp_path, maximum=0.1) == (True, False)


def keyed(rows: list[list[str]], **properties: Any) -> TextTable:
    """A table with columns a and b and the given keys."""
    return TextTable(
        {"fields": [a_field("a"), a_field("b"), a_field("beside")], **properties}, [[*r, "x"] for r in rows]
    )


def test_every_row_of_a_repeated_key_is_named_not_only_the_later_ones(tmp_path: Path) -> None:
    table = keyed([["k", ""], ["k", ""], ["k", ""]], primaryKey=["a"])
    assert {fault.row for fault in our_verdict(table, tmp_path)[1]} == {1, 2, 3}
    assert {fault.row for fault in their_verdict(table)} == {2, 3}


def test_each_part_of_a_primary_key_is_required(tmp_path: Path) -> None:
    table = keyed([["k", ""]], primaryKey=["a", "b"])
    assert our_verdict(table, tmp_path)[1] == {Fault(1, "b", "required")}
    assert their_verdict(table) == set()


def test_unique_keys_beside_the_primary_key_are_checked(tmp_path: Path) -> None:
    table = keyed([["k", "l"], ["k", "l"]], uniqueKeys=[["a", "b"]])
    assert {fault.kind for fault in our_verdict(table, tmp_path)[1]} == {"unique"}
    assert their_verdict(table) == set()


def test_a_foreign_key_with_an_empty_part_refers_to_nothing(tmp_path: Path) -> None:
    pairs = ({"fields": [a_field("a"), a_field("b")]}, [["k", "l"]])
    key = {"fields": ["a", "b"], "reference": {"resource": "pairs", "fields": ["a", "b"]}}
    table = TextTable(keyed([], foreignKeys=[key]).descriptor, [["k", "", "x"]], {"pairs": pairs})
    assert our_verdict(table, tmp_path)[1] == set()
    assert their_verdict(table) == {Fault(1, "a", "foreign key")}


def test_a_list_of_keys_in_one_cell_is_looked_up_key_by_key(tmp_path: Path) -> None:
    listed = {"name": "a", "type": "string", "itemReference": {"resource": "words", "field": "word"}}
    words = ({"fields": [a_field("word")]}, [["k"], ["l"]])
    table = TextTable({"fields": [listed]}, [["k l"], ["k m"], ["k  l"]], {"words": words})
    assert our_verdict(table, tmp_path)[1] == {Fault(2, "a", "foreign key"), Fault(3, "a", "foreign key")}
    assert their_verdict(table) == set()


def test_a_row_of_empty_cells_is_judged_cell_by_cell(tmp_path: Path) -> None:
    table = TextTable({"fields": [a_field("a", required=True), a_field("b")]}, [["", ""]])
    assert our_verdict(table, tmp_path)[1] == {Fault(1, "a", "required")}
    with pytest.raises(AssertionError, match="blank-row"):
        their_verdict(table)
