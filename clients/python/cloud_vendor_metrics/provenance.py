"""From rows to where they come from: their sources, and the findings that the checks have on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, overload

import pandas as pd

from cloud_vendor_metrics.frames import As, Column, Frame, Other, Rows, frame_from, handed
from cloud_vendor_metrics.loading import frame_of
from cloud_vendor_metrics.package import Package, Place, open_package

__all__ = ["findings", "source_ids", "sources"]

SOURCES = ("source_id", "source_ids", "via_source_id")
OBSERVATIONS = ("observation_id", "observation_ids")
LINKS = {
    "model_price_id": "model_prices",
    "exchange_rate_id": "exchange_rate_means",
    "statement_id": "statements",
}
"""Columns that name a row of another table, which states its source; asked where a row names no source itself."""


@overload
def sources(frame: Rows, *, as_: Literal["pandas"] = "pandas", data: Place | None = None) -> pd.DataFrame: ...
@overload
def sources(frame: Rows, *, as_: Other, data: Place | None = None) -> Any: ...
def sources(frame: Rows, *, as_: As = "pandas", data: Place | None = None) -> Any:
    """The sources of rows: those they name, those of the observations behind them, and those of conversions.

    Parameters: `frame`, rows of any table, or of a verb, with the columns that name sources or observations.
    Returned: rows of table `sources`, in the order of their ids. Raises ValueError where no column names one.
    """
    package = open_package(data)
    ids = source_ids(package, frame_from(frame))
    known = frame_of(package, "sources")
    return handed(known[known["source_id"].isin(ids)].sort_values("source_id").reset_index(drop=True), as_)


def source_ids(package: Package, frame: Frame) -> set[str]:
    """The ids of the sources of rows. Raises ValueError where no column names one."""
    columns = [column for column in (*SOURCES, *OBSERVATIONS, "model_price_id", "statement_id") if column in frame]
    if not columns:
        raise ValueError(f"no column names a source; expected one of {', '.join((*SOURCES, *OBSERVATIONS))}: keep it "
                         "when columns are picked")  # fmt: skip
    ids = _cells(frame, SOURCES)
    if observed := _cells(frame, OBSERVATIONS):
        table = frame_of(package, "observations", ["observation_id", "source_id", "via_source_id"])
        ids |= _cells(table[table["observation_id"].isin(observed)], SOURCES)
    for column in ("model_price_id", "statement_id", "exchange_rate_id"):
        if named := _cells(frame, (column,)):
            table = frame_of(package, LINKS[column], [column, "source_id"])
            ids |= _cells(table[table[column].isin(named)], SOURCES)
    return ids


@overload
def findings(frame: Rows, *, as_: Literal["pandas"] = "pandas", data: Place | None = None) -> pd.DataFrame: ...
@overload
def findings(frame: Rows, *, as_: Other, data: Place | None = None) -> Any: ...
def findings(frame: Rows, *, as_: As = "pandas", data: Place | None = None) -> Any:
    """What the checks found on rows: on the observations behind them, on their sources, or on the rows themselves.

    Parameters: `frame`, rows of any table, or of a verb, with the columns that name them. Returned: rows of table
    `findings`, open, accepted and corrected ones, in the order of their ids; none where nothing was found. Raises
    ValueError where no column names a row.
    """
    package, frame = open_package(data), frame_from(frame)
    ids = _cells(frame, ("finding_id", "finding_ids"))
    columns = [column for column in frame.columns if str(column).endswith(("_id", "_ids"))]
    if not columns:
        raise ValueError("no column names a row, such as observation_id; keep it when columns are picked")
    rows = _row_ids(package, frame)
    held = frame_of(package, "finding_rows", ["finding_id", "row_id"])
    ids |= set(held.loc[held["row_id"].isin(rows), "finding_id"])
    known = frame_of(package, "findings")
    return handed(known[known["finding_id"].isin(ids)].sort_values("finding_id").reset_index(drop=True), as_)


def _row_ids(package: Package, frame: Frame) -> set[str]:
    """The ids by which findings name these rows and the observations behind them; the key of many columns is joined."""
    ids = _cells(frame, (*OBSERVATIONS, "model_price_id", "statement_id"))
    name = str(frame.attrs.get("name", ""))
    key = _key(package, name)
    if key and all(column in frame for column in key):
        parts = [_texts(frame[column]) for column in key]
        ids |= set(parts[0] if len(parts) == 1 else parts[0].str.cat(parts[1:], sep="|"))
    return ids


def _key(package: Package, name: str) -> list[str]:
    if not name or package.files.size(f"schemas/{name}.json") is None:
        return []
    key = package.schema(name).get("primaryKey", [])
    return [key] if isinstance(key, str) else list(key)


def _texts(column: Column) -> Column:
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        column = column.dt.strftime("%Y-%m-%d")
    return column.astype("str").fillna("")


def _cells(frame: Frame, columns: Iterable[str]) -> set[str]:
    """Every id of some columns; a cell may hold several, divided by blanks."""
    found = [frame[column].dropna().astype("str") for column in columns if column in frame]
    return {one for cells in found for cell in cells.unique() for one in cell.split()}
