"""Load a table of the package, its files held against their sums first: as pandas, or as polars, Arrow or DuckDB."""

# pyarrow ships no types: what it returns is unknown to the checker.
# pyright: reportUnknownParameterType=false
from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any, Literal, overload

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cloud_vendor_metrics.errors import AGAIN, DamagedPackageError, UnknownNameError
from cloud_vendor_metrics.frames import As, Frame, Other, handed_arrow, to_pandas
from cloud_vendor_metrics.package import Package, Place, Resource, open_package

__all__ = ["arrow_table", "frame_of", "load", "table_names"]


@overload
def load(table: str, *, as_: Literal["pandas"] = "pandas", data: Place | None = None) -> pd.DataFrame: ...
@overload
def load(table: str, *, as_: Other, data: Place | None = None) -> Any: ...
def load(table: str, *, as_: As = "pandas", data: Place | None = None) -> Any:
    """A whole table.

    Parameters: `table`, its name as in the data dictionary; `as_`, `pandas`, `polars`, `arrow` (a `pyarrow.Table`) or
    `duckdb` (a relation); `data`, a downloaded release, folder or zip. Returned: a row per row of the table, its
    columns in the order of the schema. In pandas text is `str`, a day `datetime64[us]`, a number `float64`, a whole
    number `int64` or `Int64` and true or false `bool` or `boolean`, with a capital or long name where cells may be
    empty; version, licence and citation stand in `frame.attrs`. Raises `UnknownNameError` for what is no table and
    `DamagedPackageError` where a file is missing, stands there too many or is not the one that the descriptor lists.
    """
    found = arrow_table(open_package(data), table)
    return to_pandas(found) if as_ == "pandas" else handed_arrow(found, as_)


def table_names(package: Package) -> list[str]:
    """The tables that the package holds a Parquet file of, in alphabetical order."""
    return sorted({resource.table for resource in package.resources() if resource.format == "parquet"})


def frame_of(package: Package, table: str, columns: Sequence[str] | None = None) -> Frame:
    """A table, or some of its columns, as pandas."""
    return to_pandas(arrow_table(package, table, columns))


def arrow_table(package: Package, table: str, columns: Sequence[str] | None = None) -> pa.Table:
    """A table, or some of its columns, as Arrow, with a day as `date32`."""
    own = _resources(package, table)
    parts = [_part(package, resource, columns) for resource in own]
    joined = pa.concat_tables(parts) if len(parts) > 1 else parts[0]
    about = parts[0].schema.metadata or {}
    return joined.replace_schema_metadata({key: value for key, value in about.items() if key in KEPT} or None)


KEPT = (b"name", b"title", b"package", b"version", b"licence", b"citation")
"""What the metadata of a file say of the table, without what pandas alone reads."""


def _resources(package: Package, table: str) -> list[Resource]:
    """The Parquet files of a table in the order of their names, and no other one beside them."""
    known = table_names(package)
    if table not in known:
        left_out: list[str] = package.descriptor.get("not_carried", [])
        if table in left_out:
            raise DamagedPackageError(f"{package.where}: {table} is too large to be carried; download the release and "
                                      "name it: data=PATH, or set CVM_DATA")  # fmt: skip
        raise UnknownNameError("table", "表", table, known)
    own = sorted((one for one in package.resources() if one.format == "parquet" and one.table == table),
                 key=lambda one: one.path)  # fmt: skip
    listed, folder = {one.path for one in own}, f"data/{table}"
    for name in package.files.names(folder) if any(one.path.startswith(f"{folder}/") for one in own) else ():
        if name.endswith(".parquet") and name not in listed:
            raise DamagedPackageError(f"{package.where / name}: no file of the package; take it away, or {AGAIN}")
    return own


def _part(package: Package, resource: Resource, columns: Sequence[str] | None) -> pa.Table:
    """One file, with the columns that the names of its folders state where it does not hold them itself."""
    file = pq.ParquetFile(io.BytesIO(package.checked(resource)))
    held = file.schema_arrow.names
    stated = dict(part.split("=", 1) for part in PurePosixPath(resource.path).parent.parts if "=" in part)
    added = {name: text for name, text in stated.items() if name not in held}
    found = _plain(file.read(columns=[name for name in columns if name in held] if columns is not None else None))
    for name, text in added.items():
        if columns is None or name in columns:
            field = pa.field(name, pa.string(), nullable=False)
            found = found.append_column(field, pa.array([text] * found.num_rows, pa.string()))
    if not added:
        return found.select(columns) if columns is not None else found
    order = columns or [field["name"] for field in package.schema(resource.table)["fields"]]
    return found.select([name for name in order if name in found.schema.names])


def _plain(table: pa.Table) -> pa.Table:
    """The table with texts that Parquet keeps as a dictionary as texts."""
    fields = [field.with_type(pa.string()) if pa.types.is_dictionary(field.type) else field for field in table.schema]
    return table.cast(pa.schema(fields, metadata=table.schema.metadata))
