"""The conformance files, in sets of one table and form: each kind of damage to a file, each case that went wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl

from benchmarks.hostile_kind import Kind
from benchmarks.robustness_cases import CASES as HOSTILE
from benchmarks.small_package import ROWS, write_table
from canonical.cells import typed_frame
from canonical.reference import OwnTable
from canonical.table_schema import load_schema
from tests.validation.test_cases import CASES, EVERY, MENDED, Case, odd_frames, read
from validation.own_files import tables_of

__all__ = ["added", "cases_of", "damaged_of"]

BESIDE = ("special files", "surroundings", "sizes", "schema")
"""What is no content of a file: pipes, folders in place of files, few files that may be open, another schema; and
contents of so many bytes that they take minutes."""
LARGEST = 1 << 20
ALONE = "circles"
"""A table that leads back to itself is a set of its own: rows of other files with its keys would lead elsewhere."""
Files = dict[tuple[str, str, str], list[Path]]
"""Files by their table, their form, and what sets them apart from others."""


def added() -> list[OwnTable]:
    """The tables that some cases are checked beside."""
    return [own for name in ("own_calendar", "own_entity", "own_sources") for own in tables_of(CASES / name)]


def cases_of(folder: Path) -> Files:
    """The files of `test_cases`, as text and as Parquet, and the frames that Parquet alone can hold."""
    found: Files = {}
    for case in dict.fromkeys(Case(case.file, case.table) for case in (*EVERY, *map(Case, MENDED))):
        text = _place(found, folder, case.table, "csv", Path(case.file).stem)
        shutil.copy(CASES / case.file, text)
        read(case).write_parquet(_place(found, folder, case.table, "parquet", text.stem))
    for name, (frame, _) in odd_frames().items():
        frame.write_parquet(_place(found, folder, "observations", "parquet", name))
    return found


def damaged_of(folder: Path) -> Files:
    """A small table for each kind of damage to a table, with that damage."""
    found: Files = {}
    kinds = [case.kind for case in HOSTILE if case.command == "feed" and case.kind.group not in BESIDE]
    for number, kind in enumerate(kinds):
        table, _, form = Path(kind.file).name.partition(".")
        name = f"{number:03}"
        path = _place(found, folder, table, form, name, name if kind.group == ALONE else "")
        _damaged(kind, table, path)
        if path.stat().st_size > LARGEST:
            found[table, form, ""].remove(path)
    return found


def _damaged(kind: Kind, table: str, path: Path) -> None:
    schema = load_schema(table)
    write_table(path, schema.columns, ROWS[table])
    if path.suffix == ".parquet":
        typed_frame(schema, pl.read_csv(path, infer_schema=False)).write_parquet(path)
    kind.change(path)


def _place(found: Files, folder: Path, table: str, form: str, name: str, apart: str = "") -> Path:
    path = folder / table / form / f"{name}.{form}"
    path.parent.mkdir(parents=True, exist_ok=True)
    found.setdefault((table, form, apart), []).append(path)
    return path
