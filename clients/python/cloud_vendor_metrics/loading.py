"""Load a table of the package as a pandas frame: whole numbers stay whole, dates are dates, empty cells are missing."""

from __future__ import annotations

import os

import pandas as pd

from cloud_vendor_metrics.package_files import parquet_files, table_names
from cloud_vendor_metrics.package_folder import package_folder

__all__ = ["load"]


def load(name: str, directory: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """A table of the package as a pandas frame of Arrow types.

    Parameters: `name` of the table, as in the data dictionary; `directory` of the unpacked package (see
    `package_folder`). Returned: one row per row of the table, its columns in the order of the schema, types
    `string`, `int64`, `double`, `bool` and `date32` of Arrow, missing values as `pandas.NA`; version, licence and
    citation stand in `frame.attrs`. Raises FileNotFoundError, with the names there are, for anything but the name
    of a table, and `DamagedPackageError` where a file is missing, stands there too many or is not the one that
    `datapackage.json` describes: no row is lost or added without a word.
    """
    folder = package_folder(directory)
    names = table_names(folder)
    if name not in names:
        raise FileNotFoundError(f"no table {name!r} in {folder / 'data'}; there are {', '.join(names) or 'none'}")
    files = parquet_files(folder, name)
    parts = [pd.read_parquet(file, dtype_backend="pyarrow", partitioning=None) for file in files]
    frame = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    frame.attrs = parts[0].attrs
    return frame
