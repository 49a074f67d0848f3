"""Write a table as Parquet: pinned settings, units and texts in its metadata, the same bytes every time."""

# pyarrow ships no types: what it returns is unknown to the checker.
# pyright: reportUnknownParameterType=false
from __future__ import annotations

import io
import json
from functools import lru_cache

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from canonical.table_schema import Field, TableSchema
from release.package.metadata import citation, package_metadata, version

__all__ = ["ROW_GROUP", "arrow_schema", "pandas_metadata", "parquet_bytes"]

ROW_GROUP = 1_048_576
ARROW: dict[str, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
PANDAS = {"string": "string", "integer": "Int64", "number": "float64", "boolean": "boolean", "date": "object"}
"""Types that plain pandas reads into: an empty whole number stays empty and does not turn into a float."""


def parquet_bytes(schema: TableSchema, frame: pl.DataFrame) -> bytes:
    """A typed frame as a Parquet file.

    `frame` holds the columns of `schema` in order. Format: zstd, dictionaries, data pages version 1, each with a
    checksum, one row group to a million rows; equal rows give equal bytes for one pyarrow version.
    """
    arrow = frame.select(schema.columns).to_arrow().cast(_plain(schema)).combine_chunks()
    table = pa.Table.from_arrays(arrow.columns, schema=arrow_schema(schema))
    file = io.BytesIO()
    pq.write_table(
        table,
        file,
        version="2.6",
        compression="zstd",
        compression_level=9,
        use_dictionary=True,
        data_page_version="1.0",
        row_group_size=ROW_GROUP,
        write_statistics=True,
        write_page_checksum=True,
        store_schema=True,
    )
    return file.getvalue()


def arrow_schema(schema: TableSchema) -> pa.Schema:
    """The Arrow schema of a table: title, description and unit on each field; version, licence, citation on all."""
    fields = [
        pa.field(field.name, ARROW[field.type], nullable=not field.required, metadata=_field_metadata(field))
        for field in schema.fields
    ]
    about = {"name": schema.name, "title": schema.descriptor["title"], **_about()}
    metadata = {**about, "PANDAS_ATTRS": json.dumps(about, ensure_ascii=False), "pandas": pandas_metadata(schema)}
    return pa.schema(fields, metadata=metadata)


def _plain(schema: TableSchema) -> pa.Schema:
    return pa.schema([pa.field(field.name, ARROW[field.type]) for field in schema.fields])


def _about() -> dict[str, str]:
    package = package_metadata()
    return {
        "package": package["name"],
        "version": version(),
        "licence": package["licences"]["data"]["name"],
        "citation": citation(),
    }


def _field_metadata(field: Field) -> dict[str, str]:
    words = {"title": field.descriptor["title"], "description": field.descriptor["description"], "unit": field.unit}
    return {key: text for key, text in words.items() if text}


def pandas_metadata(schema: TableSchema) -> str:
    """What pandas stores of a table, as JSON, to rebuild the types of its columns; made by pandas itself."""
    return _of_empty(tuple((field.name, PANDAS[field.type]) for field in schema.fields))


@lru_cache(maxsize=256)
def _of_empty(columns: tuple[tuple[str, str], ...]) -> str:
    """The same of an empty frame with columns of these names and types, which takes some milliseconds."""
    empty = pd.DataFrame({name: pd.Series(dtype=of) for name, of in columns})
    stored = pa.Schema.from_pandas(empty, preserve_index=False).metadata
    return stored[b"pandas"].decode() if stored else "{}"
