"""The conformance files, in sets of one table and form: each kind of damage to a file, each case that went wrong."""

from __future__ import annotations

import gzip
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

__all__ = ["added", "cases_of", "damaged_of", "folders_of"]

BESIDE = ("special files", "surroundings", "sizes", "schema")
"""What is no content of a file: pipes, folders in place of files, few files that may be open, another schema; and
contents of so many bytes that they take minutes."""
LARGEST = 1 << 20
ALONE = "circles"
"""A table that leads back to itself is a set of its own: rows of other files with its keys would lead elsewhere."""
PRINTS = """entity_id,metric_id,period_end,printed_value,printed_unit_id
alibaba-cloud,revenue,2025-09-30,398.24,cny-100m
alibaba-cloud,revenue,2025-12-31,4328.4,cny-100m
"""
PARTS = {
    "observations": {
        "period_type=quarter/year=2025": PRINTS,
        "period_type=qu%61rter2/year=2025": PRINTS,
        "period_type=__HIVE_DEFAULT_PARTITION__/year=2025": PRINTS,
        "period_type=quarter/vendor=x/plain": PRINTS.replace("entity_id", "period_type,entity_id").replace(
            "alibaba-cloud", "year,alibaba-cloud"
        ),
        "_temporary/period_type=quarter": PRINTS,
        "": PRINTS,
    },
    "statements": {
        "entity_id=aws/published_on=2025-13-01": "source_id,metric_id,text_en\naws-pricing,revenue,Words\n",
    },
    "vendors": {
        "country=US/year=1": "vendor_id,name_en\nmaker,Maker\nmaker,Second Maker\n",
        "country=Nowhere/year=1": "vendor_id,name_en\nother,Other\n",
        "country=CN/year=2": "vendor_id,name_en\nthird,Third\nother,Other Again\n",
    },
}
"""By table the folders of parts and the rows in each, as CSV."""
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


def folders_of(folder: Path) -> list[tuple[str, Path]]:
    """Folders of parts whose names tell columns, with their table: text, gzipped text and Parquet."""
    found: list[tuple[str, Path]] = []
    for form in ("csv", "csv.gz", "parquet"):
        for table, parts in PARTS.items():
            for inside, rows in parts.items():
                write_part(folder / table / form / inside / f"part-0.{form}", rows)
            found.append((table, folder / table / form))
    return found


def write_part(path: Path, rows: str) -> None:
    """Rows of CSV in the form that the name of a file says; in Parquet days are days, numbers as printed texts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        frame = pl.read_csv(rows.encode(), infer_schema=False)
        frame.with_columns(pl.col(c).str.to_date() for c in ("period_end",) if c in frame.columns).write_parquet(path)
    else:
        path.write_bytes(gzip.compress(rows.encode()) if path.suffix == ".gz" else rows.encode())


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
