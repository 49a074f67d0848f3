"""Put an adapter's rows into the tables of `data/`: its own sources' rows are replaced, others stay.

All that an adapter writes is written beside the tables first (`staged`). Only when it is complete, holds no key
twice and leaves each source most of its rows is it put in place, table by table in one go.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import polars as pl
import pyarrow.parquet as pq

from canonical.file_writing import only_writer, replace_files
from canonical.fill import complete_row
from canonical.findings import one_line
from canonical.reading.content import real_path, refuse_no_file
from canonical.reading.encodings import UnreadableError
from canonical.reading.folders import files_below, files_in
from canonical.reading.reader import read_table
from canonical.reference import Reference
from canonical.table_schema import load_schema
from canonical.text_faults import CONTROL, HIDDEN, LINE_END, LOST, RUNS
from canonical.text_tables import DATA, Row, text_rows, write_rows
from ingest.upstream import UpstreamError, shown

__all__ = ["add_sources", "put_rows", "replace_rows", "staged", "standing_rows"]

_State = tuple[int, int, int]
SortKey = Callable[[Row], tuple[str, ...]]
UNSAFE = re.compile(f"{CONTROL}|{HIDDEN}|{LINE_END}|{LOST}|[\ud800-\udfff]")
LONGEST = 2_000
AT_A_TIME = 65_536
STAGE = ".ingest-"
READ_IN = ("source_id", "via_source_id")


@contextmanager
def staged(folder: Path, least: float) -> Generator[Path]:
    """A folder that shows the tables of `folder`; what is written there takes their place at the end.

    Where the block fails, a key stands twice, or a source is left with less than the share `least` of the rows
    it had, UpstreamError is raised and `folder` is as it was.
    """
    with only_writer(folder), _stage_in(folder) as name:
        stage = Path(name) / folder.resolve().name
        stage.mkdir()
        stood = {path.relative_to(folder): _state(path) for path in _tables(folder)}
        copies = {table: _copied(folder / table, stage / table) for table in stood}
        yield stage
        found = {path.relative_to(stage): path for path in _tables(stage)}
        written = {table: path for table, path in found.items() if _state(path) != copies.get(table)}
        for table, path in written.items():
            _check(path, folder / table, least)
            if _state(folder / table) != stood.get(table):
                raise UpstreamError(f"{table}: changed while it was worked on", "run the command again")
            (folder / table).parent.mkdir(parents=True, exist_ok=True)
        contents = {folder / table: path.read_bytes() for table, path in written.items()}
        replace_files({path: new for path, new in contents.items() if not path.exists() or path.read_bytes() != new})


@contextmanager
def _stage_in(folder: Path) -> Generator[str]:
    """A folder for the stage; those that adapters left as they died are taken away, as no other is at work now."""
    for left in [path for path in files_in(folder) if path.name.startswith(STAGE)]:
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=STAGE) as name:
        yield name


def _copied(path: Path, copy: Path) -> _State | None:
    """Show a table in the stage, as another name of the same file where the system allows it; what it is then."""
    refuse_no_file(path, path.name)
    copy.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(real_path(path), copy)
    except OSError:
        shutil.copy2(path, copy)
    return _state(copy)


def _state(path: Path) -> _State | None:
    """What changes with a file's content; None where there is none."""
    about = path.stat() if path.exists() else None
    return None if about is None else (about.st_ino, about.st_mtime_ns, about.st_size)


def _tables(folder: Path) -> list[Path]:
    found = [*files_in(folder, ".csv"), *files_below(folder, ".parquet")]
    return [path for path in found if not path.relative_to(folder).parts[0].startswith(".")]


def _check(new: Path, old: Path, least: float) -> None:
    table = _table(new)
    key = list(load_schema(table).primary_key)
    twice = _repeated(new, key)
    if twice.height:
        named = ", ".join(f"{column} {cell}" for column, cell in zip(key, twice.row(0), strict=True))
        raise UpstreamError(
            f"{table}: found two rows of {named}, expected one",
            "give each file once, and take one of the two out of the file where it stands there twice",
        )
    if not old.exists():
        return
    counts, before = _counts(new), _counts(old)
    for source, rows in sorted(before.items()):
        if counts.get(source, 0) < least * rows:
            raise UpstreamError(
                f"{table}: found {counts.get(source, 0):,} rows of {' via '.join(source)}, expected about the {rows:,} "
                f"that stood",
                "give the whole upstream, or --force, which takes them up all the same",
            )


def _repeated(path: Path, key: Sequence[str]) -> pl.DataFrame:
    """The rows of a table whose key stands twice; of all the others a number is held, which needs little room."""
    alike = pl.concat([rows.hash_rows() for rows in _texts(path, key)]).is_duplicated()
    if not alike.any():
        return pl.DataFrame()
    rows = pl.concat(list(_texts(path, key))).filter(alike)
    return rows.filter(pl.struct(key).is_duplicated())


def _counts(path: Path) -> Counter[tuple[str, ...]]:
    columns = [column for column in READ_IN if column in load_schema(_table(path)).columns]
    found: Counter[tuple[str, ...]] = Counter()
    if path.stem != "sources" and columns:
        for rows in _texts(path, columns):
            for *source, count in rows.group_by(columns).len().iter_rows():
                found[tuple(filter(None, source))] += count
    return found


def _table(path: Path) -> str:
    """The table of a file: of its text, or of a part in a folder `COLUMN=VALUE` of it."""
    return path.stem if path.suffix == ".csv" else path.parent.parent.name


def _texts(path: Path, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
    """Some columns of a table: of a text all at once, of Parquet, which may have a million rows, some at a time."""
    if path.suffix == ".csv":
        yield pl.read_csv(path, columns=list(columns), infer_schema=False)
        return
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=AT_A_TIME, columns=list(columns)):
            yield cast(pl.DataFrame, pl.from_arrow(batch))


def replace_rows(table: str, rows: Sequence[Row], sources: Collection[str], key: SortKey, folder: Path = DATA) -> int:
    """Replace the rows of `sources` in a CSV table by `rows`, sort the table by `key`, give its row count."""
    kept = [row for row in standing_rows(table, folder) if row["source_id"] not in sources]
    merged = sorted([*kept, *rows], key=key)
    put_rows(table, merged, folder)
    return len(merged)


def standing_rows(table: str, folder: Path = DATA) -> list[Row]:
    """The rows a CSV table has, none where there is no file; UnreadableError where the file is no such table."""
    path, schema = folder / f"{table}.csv", load_schema(table)
    if not path.exists():
        return []
    found, findings = read_table(path, schema, f"{folder.name}/{path.name}")
    if found is None:
        raise UnreadableError(one_line(findings[0]))
    return text_rows(found.frame)


def put_rows(table: str, rows: Sequence[Row], folder: Path = DATA) -> None:
    """Write all rows of a CSV table; UpstreamError where a text is none that a table may hold."""
    for row in rows:
        for column, cell in row.items():
            if UNSAFE.search(cell) or RUNS.match(cell) or len(cell) > LONGEST:
                raise UpstreamError(
                    f"{table} of {row['source_id']}: {column} is {shown(cell)}, no text a table may hold",
                    "take the letters out that nobody sees, the sign a spreadsheet would run, or what is too long",
                )
    write_rows(folder / f"{table}.csv", load_schema(table), rows)


def add_sources(rows: Sequence[Row], folder: Path = DATA) -> None:
    """Add or overwrite rows of `sources` by their id, completed; a new one stands before the first greater id."""
    schema, reference = load_schema("sources"), Reference(folder)
    merged = standing_rows("sources", folder)
    for row in rows:
        done = complete_row(schema, row, reference)
        ids = [one["source_id"] for one in merged]
        if done["source_id"] in ids:
            merged[ids.index(done["source_id"])] = done
        else:
            greater = (at for at, source_id in enumerate(ids) if source_id > done["source_id"])
            merged.insert(next(greater, len(merged)), done)
    put_rows("sources", merged, folder)
