"""data-dict of the tidyverse judges Parquet as we do: types, keys, codes and ranges, on made tables and on our own."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from canonical.reading.reader import read_table
from canonical.table_schema import TableSchema, load_schema, typed_tables
from canonical.text_tables import DATA
from tests.builders import a_field, a_schema
from tests.data_dictionary import Fault, dictionary_of, faults_by_data_dict
from tests.referees import needs_referees
from validation.structure.checks import check_structure
from validation.structure.table_files import table_files

KINDS = {
    "S.required": "required", "S.not_filled": "required", "S.enum": "enum", "S.at_least": "limit", "S.at_most": "limit",
    "S.above": "limit", "S.below": "limit", "S.foreign_key": "foreign key", "S.type": "type", "S.unique": "unique",
}  # fmt: skip
POOLS: dict[str, list[Any]] = {
    "string": ["a", "b", "云", "A", None], "integer": [1, 2, 3, -1, None], "number": [0.5, 1.5, -2.0, 12.0, None],
    "date": [date(2021, 3, 1), date(1999, 1, 1), None], "boolean": [True, False, None],
}  # fmt: skip
TABLES = 60


def made_table(draw: random.Random) -> tuple[TableSchema, pl.DataFrame]:
    """A schema over a column of each type, and up to eight rows of which some break it."""
    fields = [
        a_field("id", "integer"), a_field("up", "integer"),
        a_field("code", "string", **draw.choice([{}, {"enum": ["a", "云"]}, {"required": True}])),
        a_field("size", "number", **draw.choice([{}, {"minimum": 1e-09}, {"exclusiveMaximum": 1.5}, {"unique": True}])),
        a_field("count", "integer", **draw.choice([{}, {"maximum": 2}, {"exclusiveMinimum": 1}, {"required": True}])),
        a_field("day", "date", **draw.choice([{}, {"required": True}])), a_field("flag", "boolean"),
    ]  # fmt: skip
    key = {"fields": ["up"], "reference": {"fields": ["id"]}}
    rows = [
        (draw.choice([n, n, 1]), draw.choice([None, 1, 2, 99]), draw.choice(POOLS["string"]),
         *(draw.choice(POOLS[kind]) for kind in ("number", "integer", "date", "boolean")))
        for n in range(1, draw.randint(2, 8))
    ]  # fmt: skip
    columns = {"id": pl.Int64, "up": pl.Int64, "code": pl.String, "size": pl.Float64, "count": pl.Int64,
               "day": pl.Date, "flag": pl.Boolean}  # fmt: skip
    return a_schema(*fields, primaryKey=["id"], foreignKeys=[key]), pl.DataFrame(rows, schema=columns, orient="row")


def faults_by_us(name: str, path: Path, schema: TableSchema) -> set[Fault]:
    """What layer S finds in a Parquet file, in the form of the other verdict."""
    table, findings = read_table(path, schema)
    assert table is not None and not findings
    rows: dict[tuple[str, str], list[int]] = {}
    for finding in check_structure(table, lambda other: None)[1]:
        rows.setdefault((finding.column, KINDS[finding.rule]), []).append(finding.row_number or 0)
    return {
        Fault(name, column, kind, _as_told(kind, found, table.frame, column)) for (column, kind), found in rows.items()
    }


def _as_told(kind: str, rows: list[int], frame: pl.DataFrame, column: str) -> tuple[int, ...] | int:
    """The rows as data-dict tells them: of a repeated key the later ones, of empty cells how many."""
    if kind == "type":
        return 0
    if kind == "required":
        return len(rows)
    if kind == "unique":
        first = frame.select(pl.col(column).is_first_distinct()).to_series()
        rows = [row for row in rows if not first[row - 1]]
    return tuple(sorted(rows))


@needs_referees
def test_made_tables_are_judged_alike_cell_by_cell(tmp_path: Path) -> None:
    draw = random.Random(7)
    made = {f"t{n}": made_table(draw) for n in range(TABLES)}
    for name, (_, frame) in made.items():
        frame.write_parquet(tmp_path / f"{name}.parquet")
    schemas = {name: schema for name, (schema, _) in made.items()}
    # Each table refers to itself: for the dictionary it has a name of its own.
    own = {name: _called(schema, name) for name, schema in schemas.items()}
    theirs = faults_by_data_dict(dictionary_of(own, {name: f"{name}.parquet" for name in own}), tmp_path)
    ours = set[Fault]().union(*(faults_by_us(n, tmp_path / f"{n}.parquet", schema) for n, schema in schemas.items()))
    assert ours == theirs
    assert {fault.kind for fault in ours} == {"required", "unique", "enum", "limit", "foreign key"}


def _called(schema: TableSchema, name: str) -> TableSchema:
    return replace(schema, name=name, foreign_keys=tuple(replace(key, resource=name) for key in schema.foreign_keys))


@needs_referees
@pytest.mark.parametrize(
    ("column", "cells"),
    [("count", ["1"]), ("size", ["1.5"]), ("code", [1]), ("day", ["2021-03-01"]), ("flag", ["true"]), ("flag", [1])],
)
def test_a_column_of_another_type_is_one_to_both(column: str, cells: list[Any], tmp_path: Path) -> None:
    kinds = {"count": "integer", "size": "number", "code": "string", "day": "date", "flag": "boolean"}
    schema = a_schema(*(a_field(name, kind) for name, kind in kinds.items()))
    good = {"count": [1], "size": [1.5], "code": ["a"], "day": [date(2021, 3, 1)], "flag": [True]}
    pl.DataFrame(good | {column: cells}).write_parquet(tmp_path / "things.parquet")
    theirs = faults_by_data_dict(dictionary_of({"things": schema}, {"things": "things.parquet"}), tmp_path)
    assert theirs == faults_by_us("things", tmp_path / "things.parquet", schema) == {Fault("things", column, "type", 0)}


def whole_file(name: str, folder: Path) -> str:
    """Where the Parquet of a table of the package lies; parts, which the program does not read, are put together."""
    whole = DATA / f"{name}.parquet"
    if whole.is_file():
        return str(whole)
    pl.read_parquet(sorted((DATA / name).rglob("*.parquet")), hive_partitioning=False).write_parquet(
        folder / f"{name}.parquet"
    )
    return f"{name}.parquet"


@needs_referees
def test_our_own_parquet_is_good_to_data_dict_too(tmp_path: Path) -> None:
    names = [name for name in typed_tables() if table_files(DATA, name)]
    schemas = {name: load_schema(name) for name in names}
    sources = {name: whole_file(name, tmp_path) for name in names}
    dictionary = dictionary_of(schemas, sources)
    assert len(dictionary["relationships"]) > 30
    assert faults_by_data_dict(dictionary, tmp_path) == set()
