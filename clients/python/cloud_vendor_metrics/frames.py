"""The types in which rows are handed over: ordinary pandas lines work, and polars, Arrow and DuckDB get real dates."""

# pyarrow ships no types: what it returns is unknown to the checker.
# pyright: reportUnknownParameterType=false
from __future__ import annotations

import importlib
from typing import Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa

__all__ = [
    "DAY", "TEXT", "As", "Column", "Frame", "Other", "Rows", "frame_from", "handed", "handed_arrow", "to_arrow",
    "to_pandas",
]  # fmt: skip

Frame = Any
Column = Any
"""A pandas frame and a column of it inside the client: by the types of pandas itself each may be the other."""
Other = Literal["polars", "arrow", "duckdb"]
As = Literal["pandas", "polars", "arrow", "duckdb"]
Rows = Any
"""Rows in any form that the client hands over, or one row or column of a pandas frame."""
TEXT = pd.StringDtype(na_value=np.nan)
"""Plain pandas text: a missing cell is NaN, and a comparison with it is False."""
DAY = "datetime64[us]"
"""What pandas itself reads a time into; holds the year 9999, compares with text, datetimes and Timestamps."""


def to_pandas(table: pa.Table) -> Frame:
    """An Arrow table as pandas; its metadata stand in `attrs`."""
    columns = {field.name: _series(table.column(field.name), field) for field in table.schema}
    frame = pd.DataFrame(columns, index=pd.RangeIndex(table.num_rows), copy=False)
    frame.attrs = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
    return frame


def frame_from(rows: Rows) -> Frame:
    """Rows that a verb is given, as pandas.

    `rows` is a pandas frame, one row or one column of it, a polars frame, an Arrow table or a DuckDB relation. Raises
    TypeError for anything else.
    """
    if isinstance(rows, pd.DataFrame):
        return rows
    if isinstance(rows, pd.Series):
        is_row = any(str(name).endswith(("_id", "_ids")) for name in rows.index)
        return pd.DataFrame([rows]).reset_index(drop=True).infer_objects() if is_row else rows.to_frame()
    for name in ("to_arrow", "to_arrow_table"):
        if hasattr(rows, name):
            rows = getattr(rows, name)()
            break
    if not isinstance(rows, pa.Table):
        expected = "expected a frame of pandas or polars, an Arrow table or a DuckDB relation"
        raise TypeError(f"rows of type {type(rows).__name__}: {expected}")
    return to_pandas(rows.cast(pa.schema([_plain_text(field) for field in rows.schema], rows.schema.metadata)))


def _plain_text(field: pa.Field) -> pa.Field:
    others = (pa.types.is_large_string, pa.types.is_string_view, pa.types.is_dictionary)
    return field.with_type(pa.string()) if any(is_text(field.type) for is_text in others) else field


def _series(column: pa.ChunkedArray, field: pa.Field) -> Any:
    if pa.types.is_string(field.type):
        return pd.Series(column.to_pandas(types_mapper={pa.string(): TEXT}.get))
    if pa.types.is_date32(field.type):
        return column.to_pandas(date_as_object=False).astype(DAY)
    if field.nullable and pa.types.is_int64(field.type):
        return column.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    if field.nullable and pa.types.is_boolean(field.type):
        return column.to_pandas(types_mapper={pa.bool_(): pd.BooleanDtype()}.get)
    return column.to_pandas()


def to_arrow(frame: Frame) -> pa.Table:
    """A pandas frame as Arrow: a column of days as `date32`, its attributes as metadata, its index left out."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    fields = [_field(field) for field in table.schema]
    about = {str(key): str(value) for key, value in frame.attrs.items() if isinstance(value, str)}
    return table.cast(pa.schema(fields)).replace_schema_metadata(about or None)


def _field(field: pa.Field) -> pa.Field:
    if pa.types.is_timestamp(field.type):
        return field.with_type(pa.date32())
    if pa.types.is_large_string(field.type) or pa.types.is_null(field.type):
        return field.with_type(pa.string())
    return field


def handed(frame: Frame, as_: As) -> Any:
    """A pandas frame in the form that was asked for."""
    if as_ == "pandas":
        return frame
    named = frame if isinstance(frame.index, pd.RangeIndex) else frame.reset_index()
    return handed_arrow(to_arrow(named), as_)


def handed_arrow(table: pa.Table, as_: As) -> Any:
    """An Arrow table in the form that was asked for. Raises ValueError for no form, ImportError without its library."""
    if as_ == "arrow":
        return table
    if as_ not in ("polars", "duckdb"):
        raise ValueError(f"as_={as_!r}: expected pandas, polars, arrow or duckdb")
    try:
        library = importlib.import_module(as_)
    except ImportError:
        raise ImportError(f"as_={as_!r} needs {as_}; fix: pip install {as_}") from None
    return library.from_arrow(table)
