"""Layer S of one table: text and Parquet, keys, caps, and the words of a finding."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from canonical.findings import Finding
from canonical.reading.reader import read_table
from canonical.table_schema import TableSchema
from tests.builders import a_field, a_schema, write_csv
from validation.structure.checks import CAP, check_structure, restrict

THINGS = a_schema(
    a_field("id", required=True), a_field("count", "integer"), a_field("size", "number"), a_field("day", "date"),
    primaryKey=["id"],
)  # fmt: skip


def found_in(path: Path, schema: TableSchema = THINGS, **references: pl.DataFrame) -> list[Finding]:
    """What breaks layer S in a file."""
    table, findings = read_table(path, schema, path.name)
    assert table is not None and findings == []
    return check_structure(table, references.get)[1]


def a_parquet(tmp_path: Path, **columns: Any) -> Path:
    """A Parquet file of things; columns as given, the others as the schema has them."""
    good: dict[str, Any] = {"id": ["a", "b"], "count": [1, None], "size": [1.5, None], "day": [date(2025, 1, 1), None]}
    path = tmp_path / "things.parquet"
    pl.DataFrame(good | columns).write_parquet(path)
    return path


def test_a_finding_says_where_what_was_found_what_was_expected_and_the_fix(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "things.csv", [{"id": "a", "count": "1"}, {"id": "b", "count": "1.5"}])
    assert found_in(path) == [
        Finding(
            "S.type",
            "error",
            "things",
            row_id="b",
            row_number=2,
            column="count",
            found="1.5",
            expected="a whole number such as 12, of at most 18 digits",
            message="not a whole number",
            fix="write a whole number in plain digits, without separators; leave the cell empty where there is none",
            line_number=3,
            file="things.csv",
        )
    ]


def test_a_cell_of_the_wrong_type_is_named_once(tmp_path: Path) -> None:
    schema = a_schema(a_field("id"), a_field("count", "integer", required=True, minimum=1))
    path = write_csv(tmp_path / "things.csv", [{"id": "a", "count": "x"}])
    assert [finding.rule for finding in found_in(path, schema)] == ["S.type"]


def test_a_key_of_several_parts_names_the_row(tmp_path: Path) -> None:
    schema = a_schema(a_field("a"), a_field("b"), a_field("n", "integer"), primaryKey=["a", "b"])
    (finding,) = found_in(write_csv(tmp_path / "things.csv", [{"a": "x", "b": "y", "n": "z"}]), schema)
    assert finding.row_id == "x|y"


def test_many_broken_rows_are_named_to_a_limit_and_counted_beyond_it(tmp_path: Path) -> None:
    schema = a_schema(a_field("id"), a_field("code", enum=["x"]))
    path = write_csv(tmp_path / "things.csv", [{"id": str(n), "code": "y"} for n in range(CAP + 50)])
    findings = found_in(path, schema)
    assert len(findings) == CAP + 1
    assert findings[-1].message == f"50 more rows break this rule, {CAP + 50} in all"


def test_a_file_without_a_column_is_not_held_to_its_rules() -> None:
    schema = restrict(a_schema(a_field("a"), a_field("b"), primaryKey=["a", "b"], uniqueKeys=[["a"]]), ["a"])
    assert (schema.columns, schema.primary_key, schema.unique_keys) == (("a",), (), (("a",),))


def test_a_table_may_refer_to_itself(tmp_path: Path) -> None:
    schema = a_schema(
        a_field("id"), a_field("up"), primaryKey="id", foreignKeys=[{"fields": "up", "reference": {"fields": "id"}}]
    )
    path = write_csv(tmp_path / "things.csv", [{"id": "a", "up": ""}, {"id": "b", "up": "a"}, {"id": "c", "up": "d"}])
    assert [(finding.rule, finding.row_id, finding.found) for finding in found_in(path, schema)] == [
        ("S.foreign_key", "c", "d")
    ]


def test_a_parquet_file_with_the_types_of_its_schema_is_good(tmp_path: Path) -> None:
    assert found_in(a_parquet(tmp_path)) == []


@pytest.mark.parametrize(
    "columns",
    [
        {"count": [1.0, None]},
        {"count": pl.Series([1, None], dtype=pl.Int8)},
        {"size": [1, 2]},
        {"size": pl.Series(["1.5", None]).cast(pl.Decimal(10, 2))},
        {"day": [datetime(2025, 1, 1), None]},
        {"day": [None, None]},
        {"id": pl.Series(["a", "b"], dtype=pl.Categorical)},
    ],
)
def test_a_parquet_column_that_changes_no_value_is_good(tmp_path: Path, columns: dict[str, Any]) -> None:
    assert found_in(a_parquet(tmp_path, **columns)) == []


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"count": ["1", "2"]}, "String"),
        ({"count": pl.Series(["1", "2"], dtype=pl.Categorical)}, "Categorical"),
        ({"size": ["1.5", "2"]}, "String"),
        ({"size": [True, False]}, "Boolean"),
        ({"day": ["2025-01-01", None]}, "String"),
        ({"day": [20250101, None]}, "Int64"),
        ({"id": [1, 2]}, "Int64"),
        ({"id": [["a"], ["b"]]}, "List(String)"),
        ({"id": [{"a": 1}, None]}, "Struct({'a': Int64})"),
    ],
)
def test_a_parquet_column_of_another_type_is_named(tmp_path: Path, columns: dict[str, Any], found: str) -> None:
    findings = [finding for finding in found_in(a_parquet(tmp_path, **columns)) if finding.rule == "S.type"]
    assert [(finding.column, finding.found) for finding in findings] == [(next(iter(columns)), found)]


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"count": [1.5, 2.0]}, "1.5"),
        ({"count": [float("nan"), 1.0]}, "nan"),
        ({"count": [2.0**80, 1.0]}, str(2.0**80)),
        ({"count": pl.Series(["1.5", "2"]).cast(pl.Decimal(10, 2))}, "1.50"),
        ({"day": [datetime(2025, 1, 1, 12), None]}, "2025-01-01 12:00:00"),
    ],
)
def test_a_parquet_cell_that_is_no_value_of_its_type_is_named_and_the_others_are_read(
    tmp_path: Path, columns: dict[str, Any], found: str
) -> None:
    (finding,) = found_in(a_parquet(tmp_path, **columns))
    assert (finding.rule, finding.row_number, finding.column) == ("S.type", 1, next(iter(columns)))
    assert finding.found == found


@pytest.mark.parametrize("rows", [0, 2])
def test_a_parquet_file_with_no_good_column_is_reported_whole(tmp_path: Path, rows: int) -> None:
    numbers, texts = pl.Series([1] * rows, dtype=pl.Int64), pl.Series(["x"] * rows, dtype=pl.String)
    path = a_parquet(tmp_path, id=numbers, count=texts, size=texts, day=texts)
    assert [(f.rule, f.column) for f in found_in(path)] == [("S.type", name) for name in THINGS.columns]


def test_a_number_that_is_not_finite_is_named_with_its_row(tmp_path: Path) -> None:
    findings = found_in(a_parquet(tmp_path, size=[float("nan"), float("-inf")]))
    assert [(finding.row_number, finding.column, finding.found.lower()) for finding in findings] == [
        (1, "size", "nan"),
        (2, "size", "-inf"),
    ]


def test_rows_of_a_parquet_file_have_no_line(tmp_path: Path) -> None:
    (first, second) = found_in(a_parquet(tmp_path, id=["a", "a"]))
    assert (first.row_number, first.line_number, second.row_number) == (1, None, 2)
