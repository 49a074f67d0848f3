"""Put an adapter's rows into the tables of `data/`: its own sources' rows are replaced, others stay.

All that an adapter writes is written beside the tables first (`staged`). Only when it is complete, holds no key
twice and leaves each source most of its rows is it put in place, table by table in one go.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from canonical.fill import complete_row
from canonical.reference import Reference
from canonical.table_schema import load_schema
from canonical.text_tables import DATA, Row, read_rows, write_rows
from ingest.upstream import UpstreamError

__all__ = ["add_sources", "replace_rows", "staged"]

SortKey = Callable[[Row], tuple[str, ...]]
READ_IN = ("source_id", "via_source_id")


@contextmanager
def staged(folder: Path, least: float) -> Generator[Path]:
    """A folder that shows the tables of `folder`; what is written there takes their place at the end.

    Where the block fails, a key stands twice, or a source is left with less than the share `least` of the rows
    it had, UpstreamError is raised and `folder` is as it was.
    """
    with tempfile.TemporaryDirectory(dir=folder, prefix=".ingest-") as name:
        stage = Path(name) / folder.resolve().name
        for path in _tables(folder):
            link = stage / path.relative_to(folder)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(path.resolve())
        stage.mkdir(exist_ok=True)
        yield stage
        written = [path for path in _tables(stage) if not path.is_symlink()]
        for path in written:
            _check(path, folder / path.relative_to(stage), least)
        for path in written:
            target = folder / path.relative_to(stage)
            if not target.exists() or target.read_bytes() != path.read_bytes():
                target.parent.mkdir(exist_ok=True)
                path.replace(target)


def _tables(folder: Path) -> list[Path]:
    found = [*folder.glob("*.csv"), *folder.glob("*.parquet"), *folder.glob("*/*.parquet")]
    return [path for path in found if not path.relative_to(folder).parts[0].startswith(".")]


def _check(new: Path, old: Path, least: float) -> None:
    table = _table(new)
    key = list(load_schema(table).primary_key)
    frame = _texts(new, key)
    twice = frame.filter(pl.struct(key).is_duplicated())
    if twice.height:
        raise UpstreamError(f"{table}: two rows of {', '.join(map(str, twice.row(0)))}; was a file given twice?")
    if not old.exists():
        return
    counts, before = _counts(new), _counts(old)
    for source, rows in sorted(before.items()):
        if counts.get(source, 0) < least * rows:
            raise UpstreamError(
                f"{table}: {counts.get(source, 0):,} rows of {' via '.join(source)} where {rows:,} stood; "
                f"--force takes them up all the same"
            )


def _counts(path: Path) -> dict[tuple[str, ...], int]:
    columns = [column for column in READ_IN if column in load_schema(_table(path)).columns]
    if path.stem == "sources" or not columns:
        return {}
    frame = _texts(path, columns).with_columns(pl.all().fill_null(""))
    counted = frame.group_by(columns).len().iter_rows()
    return {tuple(filter(None, map(str, row[:-1]))): int(row[-1]) for row in counted}


def _table(path: Path) -> str:
    return path.stem if path.suffix == ".csv" else path.parent.name


def _texts(path: Path, columns: Sequence[str]) -> pl.DataFrame:
    if path.suffix == ".csv":
        return pl.read_csv(path, columns=list(columns), infer_schema=False)
    return pl.read_parquet(path, columns=list(columns), hive_partitioning=False)


def replace_rows(table: str, rows: Sequence[Row], sources: Collection[str], key: SortKey, folder: Path = DATA) -> int:
    """Replace the rows of `sources` in a CSV table by `rows`, sort the table by `key`, give its row count."""
    schema = load_schema(table)
    path = folder / f"{table}.csv"
    kept = [row for row in read_rows(path) if row["source_id"] not in sources]
    merged = sorted([*kept, *rows], key=key)
    write_rows(path, schema, merged)
    return len(merged)


def add_sources(rows: Sequence[Row], folder: Path = DATA) -> None:
    """Add or overwrite rows of `sources` by their id, completed, in the order of ids."""
    schema = load_schema("sources")
    path = folder / "sources.csv"
    known = {row["source_id"]: row for row in read_rows(path)}
    reference = Reference(folder)
    for row in rows:
        known[row["source_id"]] = complete_row(schema, row, reference)
    write_rows(path, schema, [known[source_id] for source_id in sorted(known)])
