"""Parquet: equal rows give equal bytes, types are exact, and the file explains itself."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from canonical.cells import DTYPES
from canonical.table_schema import load_schema, table_names
from release.package.metadata import citation, version
from release.package.parquet import arrow_schema, parquet_bytes
from tests.builders import a_schema


def a_described_field(name: str, kind: str, **more: Any) -> dict[str, Any]:
    """A field with the texts that every column of the package has."""
    return {"name": name, "type": kind, "title": name.title(), "description": f"The {name}.", **more}


THINGS = a_schema(
    a_described_field("text", "string", constraints={"required": True}),
    a_described_field("whole", "integer"),
    a_described_field("number", "number", unit="cny-m"),
    a_described_field("flag", "boolean"),
    a_described_field("day", "date"),
    title="Things",
)
TYPES = {field.name: DTYPES[field.type] for field in THINGS.fields}


def a_frame(*rows: tuple[Any, ...]) -> pl.DataFrame:
    """A typed frame of things."""
    return pl.DataFrame(rows, schema=TYPES, orient="row")


GOOD = a_frame(("云", 7, 36.0, True, date(2025, 9, 30)), ("a", None, None, None, None))

frames = st.lists(
    st.tuples(
        st.text(st.characters(exclude_categories=["Cs"])),
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.none() | st.floats(allow_nan=False, allow_infinity=False),
        st.none() | st.booleans(),
        st.none() | st.dates(),
    ),
    max_size=5,
).map(lambda rows: a_frame(*rows))


@given(frames)
@settings(max_examples=50)
def test_every_value_and_every_null_survives(frame: pl.DataFrame) -> None:
    content = parquet_bytes(THINGS, frame)
    assert_frame_equal(pl.read_parquet(content), frame, check_exact=True)
    back = pd.read_parquet(io.BytesIO(content), dtype_backend="pyarrow")
    assert_frame_equal(pl.from_pandas(back).cast(TYPES), frame, check_exact=True)


def test_equal_rows_give_equal_bytes_however_the_frame_was_made() -> None:
    once = parquet_bytes(THINGS, GOOD)
    in_pieces = pl.concat([GOOD.head(1), GOOD.tail(1)], rechunk=False)
    reordered = GOOD.select(reversed(GOOD.columns))
    assert parquet_bytes(THINGS, GOOD) == parquet_bytes(THINGS, in_pieces) == parquet_bytes(THINGS, reordered) == once


def test_a_table_without_rows_has_its_columns() -> None:
    empty = pl.read_parquet(parquet_bytes(THINGS, a_frame()))
    assert dict(empty.schema) == TYPES and empty.height == 0


def test_a_frame_that_lacks_a_column_is_refused() -> None:
    with pytest.raises(pl.exceptions.ColumnNotFoundError, match="day"):
        parquet_bytes(THINGS, GOOD.drop("day"))


def test_the_file_is_written_as_every_reader_likes_it() -> None:
    found = pq.ParquetFile(io.BytesIO(parquet_bytes(THINGS, GOOD))).metadata
    column = found.row_group(0).column(0)
    assert (found.num_row_groups, found.format_version, column.compression) == (1, "2.6", "ZSTD")
    assert "RLE_DICTIONARY" in column.encodings and column.statistics.has_min_max


def test_every_page_has_a_checksum_that_a_turned_bit_breaks() -> None:
    content = bytearray(parquet_bytes(THINGS, GOOD))
    column = pq.ParquetFile(io.BytesIO(content)).metadata.row_group(0).column(0)
    content[column.data_page_offset + column.total_compressed_size // 2] ^= 1
    with pytest.raises(OSError, match="CRC checksum"):
        pq.ParquetFile(io.BytesIO(content), page_checksum_verification=True).read()


def test_title_description_and_unit_stand_on_the_field() -> None:
    field = pq.read_schema(io.BytesIO(parquet_bytes(THINGS, GOOD))).field("number")
    assert field.metadata == {b"title": b"Number", b"description": b"The number.", b"unit": b"cny-m"}


def test_required_columns_are_not_nullable() -> None:
    schema = arrow_schema(THINGS)
    assert [schema.field(name).nullable for name in TYPES] == [False, True, True, True, True]


def test_plain_pandas_shows_version_licence_and_citation_and_keeps_whole_numbers() -> None:
    frame = pd.read_parquet(io.BytesIO(parquet_bytes(THINGS, GOOD)))
    assert frame.attrs == {
        "name": "things", "title": "Things", "package": "cloud-vendor-metrics", "version": version(),
        "licence": "CC-BY-4.0", "citation": citation(),
    }  # fmt: skip
    assert [str(dtype) for dtype in frame.dtypes] == ["string", "Int64", "float64", "boolean", "object"]
    assert frame["whole"].tolist() == [7, pd.NA] and frame["day"].iloc[0] == date(2025, 9, 30)


@pytest.mark.parametrize("name", table_names())
def test_every_table_of_the_package_has_an_arrow_schema(name: str) -> None:
    schema = arrow_schema(load_schema(name))
    assert schema.names == list(load_schema(name).columns)
    assert json.loads(schema.metadata[b"PANDAS_ATTRS"])["name"] == name
    assert all(field.metadata[b"title"] and field.metadata[b"description"] for field in schema)
