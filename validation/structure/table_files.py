"""Which files of a folder hold a table, and which are gone."""

from __future__ import annotations

from pathlib import Path

from canonical.findings import Finding
from canonical.reading.content import shown_path
from canonical.reading.folders import files_below
from canonical.table_schema import is_table, typed_tables

__all__ = ["is_table_file", "missing_texts", "parts_below", "shown_path", "table_files", "table_of"]


def table_files(folder: Path, table: str) -> list[Path]:
    """The files of a table in a folder: its text, else its Parquet, else the parts of its Parquet."""
    for suffix in (".csv", ".parquet"):
        path = folder / f"{table}{suffix}"
        if path.is_symlink() or path.exists():
            return [path]
    return files_below(folder / table, ".parquet")


def table_of(path: Path) -> str | None:
    """The table a file is called after, None where no table has that name."""
    name = path.name.removesuffix(".gz")
    stem = name.removesuffix(".csv").removesuffix(".parquet")
    return stem if is_table(stem) else None


def is_table_file(path: Path) -> bool:
    """Whether a file is, by its name, CSV, plain or gzipped, or Parquet."""
    return path.name.endswith((".csv", ".csv.gz", ".parquet"))


def parts_below(folder: Path) -> list[Path]:
    """The parts of a table in a folder and the folders in it, in order.

    As for Spark and Hive, what begins with `.` or `_`, such as `_temporary` and `_delta_log`, is no part of it.
    """
    files = (path for path in files_below(folder) if is_table_file(path))
    return [path for path in files if not any(_is_hidden(name) for name in path.relative_to(folder).parts)]


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or (name.startswith("_") and "=" not in name)


def missing_texts(folder: Path) -> list[Finding]:
    """Typed tables of which a folder holds only the Parquet that a build made of their text."""
    return [
        Finding(
            "V.file", "error", name, found=f"{name}.parquet alone", expected=f"{name}.csv",
            message="the text that people edit is gone", fix=f"restore {name}.csv; a build writes the Parquet",
            file=shown_path(folder / f"{name}.csv"),
        )
        for name in typed_tables()
        if table_files(folder, name) == [folder / f"{name}.parquet"]
    ]  # fmt: skip
