"""Every table loads in pandas, polars, DuckDB, frictionless and R, with equal values, dates, nulls and Chinese text."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest
from cloud_vendor_metrics import load
from frictionless import Resource, Schema
from polars.testing import assert_frame_equal

from canonical.cells import DTYPES
from canonical.table_schema import ROOT, TableSchema, load_schema, table_names
from canonical.text_tables import DATA
from validation.structure.table_files import table_files

TEXT = [name for name in table_names() if (DATA / f"{name}.csv").exists()]
PARTS = [name for name in table_names() if (DATA / name).is_dir()]
ENOUGH_ROWS = 3000
"""frictionless reads a cell at a time; the first rows of a large table tell as much as all."""


@cache
def as_written(name: str) -> pl.DataFrame:
    """The table as its text says, read with nothing but the standard library and the types of the schema."""
    if name in PARTS:
        parts = pl.concat(pl.read_parquet(path, hive_partitioning=False) for path in table_files(DATA, name))
        return parts.with_columns(pl.col(pl.Categorical).cast(pl.String))
    schema = load_schema(name)
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header) == schema.columns
    columns = zip(*rows, strict=True) if rows else ((),) * len(header)
    cells = {
        field.name: [VALUES[field.type](text) if text else None for text in column]
        for field, column in zip(schema.fields, columns, strict=True)
    }
    return pl.DataFrame(cells, schema={field.name: DTYPES[field.type] for field in schema.fields})


VALUES: dict[str, Any] = {
    "string": str, "integer": int, "number": float, "boolean": {"true": True, "false": False}.get,
    "date": date.fromisoformat,
}  # fmt: skip


def same(name: str, frame: pl.DataFrame) -> None:
    """Hold a loaded table against the written one: columns, order of rows, types, values and nulls."""
    assert_frame_equal(frame, as_written(name), check_exact=True)


def files(name: str) -> list[str]:
    """The Parquet files of a table."""
    return [str(DATA / f"{name}.parquet")] if name in TEXT else [str(path) for path in table_files(DATA, name)]


def from_pandas(name: str, frame: pd.DataFrame) -> pl.DataFrame:
    """A pandas frame with the types of the schema; nothing but their names changes."""
    cast = {field.name: DTYPES[field.type] for field in load_schema(name).fields}
    return pl.from_pandas(frame).cast(cast)


@pytest.mark.parametrize("name", TEXT + PARTS)
def test_plain_pandas_reads_the_parquet(name: str) -> None:
    frame = pd.concat([pd.read_parquet(path, partitioning=None) for path in files(name)], ignore_index=True)
    same(name, from_pandas(name, frame))


@pytest.mark.parametrize("name", TEXT)
def test_plain_pandas_keeps_whole_numbers_whole_beside_an_empty_cell(name: str) -> None:
    kinds = {field.name: str(field.type) for field in load_schema(name).fields}
    frame = pd.read_parquet(DATA / f"{name}.parquet")
    for column, dtype in frame.dtypes.items():
        expected = {"integer": "Int64", "number": "float64", "boolean": "boolean", "date": "object"}
        assert str(dtype) == expected.get(kinds[str(column)], "string"), column


@pytest.mark.parametrize("name", TEXT)
def test_pandas_reads_the_parquet_with_arrow_types(name: str) -> None:
    frame = pd.read_parquet(DATA / f"{name}.parquet", dtype_backend="pyarrow")
    same(name, from_pandas(name, frame))
    assert_arrow_types(load_schema(name), frame)


@pytest.mark.parametrize("name", TEXT + PARTS)
def test_the_python_client_loads_the_table(name: str) -> None:
    frame = load(name, data=ROOT)
    same(name, from_pandas(name, frame))
    assert_plain_types(load_schema(name), frame)


def assert_plain_types(schema: TableSchema, frame: pd.DataFrame) -> None:
    """The types that ordinary lines of pandas work with; whole numbers and booleans stay so beside an empty cell."""
    full = {"string": "str", "integer": "int64", "number": "float64", "boolean": "bool", "date": "datetime64[us]"}
    gaps = full | {"integer": "Int64", "boolean": "boolean"}
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        field.name: (full if field.required else gaps)[field.type] for field in schema.fields
    }


def assert_arrow_types(schema: TableSchema, frame: pd.DataFrame) -> None:
    """Real dates, whole numbers that stay whole beside an empty cell, and booleans."""
    arrow = {"string": "string", "integer": "int64", "number": "double", "boolean": "bool", "date": "date32[day]"}
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        field.name: f"{arrow[field.type]}[pyarrow]" for field in schema.fields
    }


@pytest.mark.parametrize("name", TEXT)
def test_pandas_reads_the_text(name: str) -> None:
    schema = load_schema(name)
    arrow = {"string": "string", "integer": "int64", "number": "double", "boolean": "bool", "date": "date32"}
    types = {field.name: f"{arrow[field.type]}[pyarrow]" for field in schema.fields}
    path = DATA / f"{name}.csv"
    written = as_written(name)
    if written.is_empty():  # pandas gives columns without cells no type at all
        assert tuple(pd.read_csv(path).columns) == schema.columns
        return
    for column in (c for c in written.columns if written[c].is_null().all()):  # pandas reads nothing as a number
        types[column] = "double[pyarrow]"
    frame = pd.read_csv(path, engine="pyarrow", dtype=types, keep_default_na=False, na_values=[""])
    same(name, from_pandas(name, frame))


@pytest.mark.parametrize("name", TEXT + PARTS)
def test_polars_reads_the_parquet(name: str) -> None:
    read = pl.concat(pl.read_parquet(path, hive_partitioning=False) for path in files(name))
    same(name, read.with_columns(pl.col(pl.Categorical).cast(pl.String)))


@pytest.mark.parametrize("name", PARTS)
def test_a_bare_folder_of_parts_is_the_table_in_pandas_polars_and_duckdb(name: str) -> None:
    schema = load_schema(name)
    folder = DATA / name
    kinds = {field.name: DTYPES[field.type] for field in schema.fields}
    for frame in (
        from_pandas(name, pd.read_parquet(folder)),
        pl.read_parquet(folder).cast(kinds),
        duckdb.sql(f"FROM '{folder}/*/*.parquet'").pl().cast(kinds),
    ):
        key = list(schema.primary_key)
        assert_frame_equal(frame.sort(key), as_written(name).sort(key), check_exact=True)


@pytest.mark.parametrize("name", TEXT)
def test_polars_reads_the_text(name: str) -> None:
    same(name, pl.read_csv(DATA / f"{name}.csv", schema=as_written(name).schema))


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory."""
    with duckdb.connect() as opened:
        yield opened


@pytest.mark.parametrize("name", TEXT + PARTS)
def test_duckdb_reads_the_parquet(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    found = connection.execute("FROM read_parquet(?, hive_partitioning = false)", [files(name)]).pl()
    same(name, found)


@pytest.mark.parametrize("name", TEXT)
def test_duckdb_reads_the_text(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    sql = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
    columns = {field.name: sql[field.type] for field in load_schema(name).fields}
    found = connection.execute(
        f"FROM read_csv(?, columns = {columns}, header = true, auto_detect = false, quote = '\"', escape = '\"')",
        [str(DATA / f"{name}.csv")],
    ).pl()
    same(name, found)


@pytest.mark.parametrize("name", TEXT)
def test_frictionless_reads_the_text(name: str) -> None:
    schema = {key: value for key, value in load_schema(name).descriptor.items() if key != "foreignKeys"}
    with Resource(path=f"data/{name}.csv", basepath=str(ROOT), schema=Schema.from_descriptor(schema)) as resource:
        rows = [row.to_dict() for row in islice(resource.row_stream, ENOUGH_ROWS)]
    written = as_written(name).head(ENOUGH_ROWS)
    found = pl.DataFrame(
        {column: [number(row[column]) for row in rows] for column in written.columns}, schema=written.schema
    )
    assert_frame_equal(found, written, check_exact=True)


def number(cell: Any) -> Any:
    """A cell of frictionless; its exact decimals as the nearest double."""
    return float(cell) if cell is not None and not isinstance(cell, str | int | date) else cell


@pytest.fixture(scope="module")
def r_cells(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cells of every table as R read them, a file for each table and reader."""
    if not shutil.which("Rscript"):
        pytest.skip("Rscript is not on the PATH")
    out = tmp_path_factory.mktemp("r")
    command = ["Rscript", "--vanilla", str(Path(__file__).with_name("write_cells.R")), str(ROOT), str(out), *TEXT]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    return out


@pytest.mark.r
@pytest.mark.parametrize("reader", ["base", "readr", "fread"])
@pytest.mark.parametrize("name", TEXT)
def test_r_reads_the_text(r_cells: Path, name: str, reader: str) -> None:
    written = as_written(name)
    expected: list[str] = []
    for field in load_schema(name).fields:
        expected.append(f"{field.name} {R_CLASSES[field.type]} {written.height}")
        expected += [R_TEXTS[field.type](cell) for cell in written[field.name].to_list()]
    if reader == "fread" and not (r_cells / f"{name}.fread").exists():
        pytest.skip("data.table is not installed in R")
    found = (r_cells / f"{name}.{reader}").read_text(encoding="utf-8").split("\n")
    assert found[:-1] == expected


R_CLASSES = {"string": "character", "integer": "numeric", "number": "numeric", "boolean": "logical", "date": "Date"}
MISSING = r"\N"
R_TEXTS: dict[str, Any] = {
    "string": lambda cell: MISSING if cell is None else cell.replace("\n", r"\n"),
    "integer": lambda cell: MISSING if cell is None else f"{cell}",
    "number": lambda cell: MISSING if cell is None else format(cell, ".17g"),
    "boolean": lambda cell: MISSING if cell is None else str(cell).lower(),
    "date": lambda cell: MISSING if cell is None else cell.isoformat(),
}
"""How `write_cells.R` writes a cell of each type."""


def test_a_range_an_approximate_and_an_empty_value_survive_the_trip() -> None:
    frame = load("observations", data=ROOT)
    bounds, words = set(frame["bound"]), set(frame["precision_word"])
    assert {"range", "gt", "eq"} <= bounds and "approximately" in words
    between = frame[frame["bound"] == "range"].iloc[0]
    assert between["value_low"] < between["value"] < between["value_high"] and between["printed_value_to"]
    about = frame[(frame["precision_word"] == "approximately") & (frame["bound"] == "eq")].iloc[0]
    assert about["value_low"] < about["value"] < about["value_high"]
    above = frame[frame["bound"] == "gt"].iloc[0]
    assert pd.isna(above["value_high"]) and above["value_low"] == above["value"]
    upwards = frame[frame["value"].isna()]
    assert set(upwards["bound"]) <= {"range_up", "spread"}


def test_a_printed_zero_survives_the_trip() -> None:
    frame = load("observations", data=ROOT)
    padded = frame[frame["printed_value"].str.endswith("0") & frame["printed_value"].str.contains(".", regex=False)]
    assert len(padded) > 0 and (padded["decimals"] > 0).any()


def test_version_licence_and_citation_come_with_the_frame() -> None:
    attrs = pd.read_parquet(DATA / "observations.parquet").attrs
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    assert attrs["version"] == descriptor["version"] and attrs["licence"] == descriptor["licenses"][0]["name"]
    assert descriptor["title"] in attrs["citation"] and descriptor["version"] in attrs["citation"]


def test_every_number_is_finite() -> None:
    for name in TEXT + PARTS:
        for field in load_schema(name).fields:
            if field.type == "number":
                assert as_written(name)[field.name].drop_nulls().is_finite().all(), f"{name}.{field.name}"
