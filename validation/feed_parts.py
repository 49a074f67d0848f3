"""Layer C on feeds of any size: rows that are held together are asked together, part by part, on all processors."""

from __future__ import annotations

import gc
import pickle
import signal
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from canonical.findings import Finding
from canonical.reading.reader import Table, UnreadableError
from canonical.reference import Reference
from canonical.table_schema import load_schema
from validation.apart import processors
from validation.feed_asked import Asked, Asker
from validation.feed_cut import CutFeed, Large, Part, count_of_parts, cut
from validation.feed_rows import FeedFile
from validation.structure.answers import Watch
from validation.structure.table_files import shown_path

__all__ = ["InParts", "check_in_parts"]

ALONE = 1
"""As many parts, or fewer, are asked in the process that has cut them."""


@dataclass(frozen=True)
class InParts:
    """What relations found, how many rows they read, and how many look across families, where these are too many."""

    findings: list[Finding]
    read: int
    too_many: int


def check_in_parts(
    files: Sequence[Large], others: Sequence[FeedFile], reference: Reference, watch: Watch | None = None
) -> InParts:  # fmt: skip
    """What the relations find that touches rows of files, as `check_feed` does, in memory that does not grow with them.

    Parameters: `files` are of observations, `others` of other tables; `watch` is told of the rows that were read. What
    explains a finding is looked for in its own family alone.
    """
    with TemporaryDirectory() as folder, _processes(count_of_parts(files)) as pool:
        feed = cut(files, others, reference, Path(folder))
        asker = Asker([_without_rows(file) for file in files], others, feed.hand, feed.mixed)
        findings: list[Finding] = []
        read = 0
        for asked in map(asker.ask, feed.parts) if pool is None else _asked(pool, asker, feed, Path(folder) / "asker"):
            findings += asked.findings
            read += asked.read
            if watch:
                watch(read, len(findings))
    return InParts(sorted(findings, key=lambda finding: (finding.file, *finding.sort_key)), read, feed.too_many)


def _without_rows(file: Large) -> FeedFile:
    schema, is_text = load_schema(file.one.table_name), file.one.path.suffix != ".parquet"
    table = Table(schema, shown_path(file.one.path), pl.DataFrame(), is_text)
    return FeedFile(file.label, file.one.path, table, file.one.findings)


@contextmanager
def _processes(parts: int) -> Generator[ProcessPoolExecutor | None]:
    """Processes that are begun while a feed is cut into so many parts, and import what asks these meanwhile.

    None where there are few parts or one processor: the parts are asked in this process then.
    """
    workers = min(processors(), parts)
    if workers < 2 or parts <= ALONE:
        yield None
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin)
    try:
        for _ in range(workers):
            pool.submit(_begun)
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _asked(pool: ProcessPoolExecutor, asker: Asker, feed: CutFeed, kept: Path) -> Iterator[Asked]:
    """What was found in each part, in their order; each process reads once what asks them from the file `kept`."""
    kept.write_bytes(pickle.dumps(asker))
    try:
        yield from pool.map(partial(_ask, kept), feed.parts)
    except BrokenProcessPool:
        raise UnreadableError(
            "relations: the system ended a process of the check, as it does where memory runs out; "
            "fix: give the files in parts, each with whole families of entities"
        ) from None


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is answered by the process that waits for this one
    gc.disable()


def _begun() -> None:
    """Nothing: a process that is asked for this has begun."""


@lru_cache(maxsize=1)
def _read(kept: Path) -> Asker:
    return pickle.loads(kept.read_bytes())


def _ask(kept: Path, part: Part) -> Asked:
    return _read(kept).ask(part)
