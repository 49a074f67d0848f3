"""Say which version is read, and whether every file of it is the one that was published."""

from __future__ import annotations

from typing import Any, Literal, overload

import pandas as pd

from cloud_vendor_metrics.frames import As, Other, handed
from cloud_vendor_metrics.package import Package, Place, open_package

__all__ = ["verify", "version"]


def version(*, data: Place | None = None) -> str:
    """The version of the data that is read, such as `1.0.0`."""
    package = open_package(data)
    found = package.descriptor.get("version")
    if not isinstance(found, str):
        raise package.damaged("no version")
    return found


@overload
def verify(*, as_: Literal["pandas"] = "pandas", data: Place | None = None) -> pd.DataFrame: ...
@overload
def verify(*, as_: Other, data: Place | None = None) -> Any: ...
def verify(*, as_: As = "pandas", data: Place | None = None) -> Any:
    """Hold every file against the sums of the descriptor.

    Returned: a row a file, those that are not as published first: `file`, `table_name`, `bytes`, and `state`, which is
    `ok`, `missing`, `changed`, or `unlisted` for a file among the tables that the descriptor does not list.
    """
    package = open_package(data)
    listed = package.resources()
    rows = [(one.path, one.table, one.bytes, STATES.get(package.fault(one), "changed")) for one in listed]
    rows += [(name, None, package.files.size(name), "unlisted") for name in _unlisted(package)]
    frame = pd.DataFrame(rows, columns=["file", "table_name", "bytes", "state"])
    frame = frame.sort_values("state", key=lambda states: states == "ok", kind="stable").reset_index(drop=True)
    return handed(frame.astype({"file": "str", "table_name": "str", "bytes": "int64", "state": "str"}), as_)


STATES = {"": "ok", "the file is missing": "missing"}


def _unlisted(package: Package) -> list[str]:
    """Files in the folders of the tables that nobody lists."""
    listed = {one.path for one in package.resources()}
    tables = (".csv", ".parquet", ".gz")
    return [name for name in package.files.names("data") if name.endswith(tables) and name not in listed]
