"""Layer C on feeds of any size: rows that are held together are asked together, part by part, on all processors."""

from __future__ import annotations

import gc
import signal
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from multiprocessing.queues import Queue
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
    with TemporaryDirectory() as folder, _processes(count_of_parts(files)) as processes:
        feed = cut(files, others, reference, Path(folder))
        asker = Asker([_without_rows(file) for file in files], others, feed.hand, feed.mixed)
        findings: list[Finding] = []
        read = 0
        for asked in map(asker.ask, feed.parts) if processes is None else _asked(processes, asker, feed):
            findings += asked.findings
            read += asked.read
            if watch:
                watch(read, len(findings))
    return InParts(sorted(findings, key=lambda finding: (finding.file, *finding.sort_key)), read, feed.too_many)


def _without_rows(file: Large) -> FeedFile:
    schema, is_text = load_schema(file.one.table_name), file.one.path.suffix != ".parquet"
    table = Table(schema, shown_path(file.one.path), pl.DataFrame(), is_text)
    return FeedFile(file.label, file.one.path, table, file.one.findings)


@dataclass(frozen=True)
class _Processes:
    """A pool of so many processes, and where each of them takes what asks the parts."""

    pool: ProcessPoolExecutor
    askers: Queue[Asker]
    count: int


@contextmanager
def _processes(parts: int) -> Generator[_Processes | None]:
    """Processes that are begun while a feed is cut into so many parts, and import what asks these meanwhile.

    None where there are few parts or one processor: the parts are asked in this process then.
    """
    workers = min(processors(), parts)
    if workers < 2 or parts <= ALONE:
        yield None
        return
    context = get_context("spawn")
    askers: Queue[Asker] = context.Queue()
    pool = ProcessPoolExecutor(workers, context, _begin, (askers,))
    try:
        for _ in range(workers):
            pool.submit(_begun)
        yield _Processes(pool, askers, workers)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        askers.cancel_join_thread()  # a process that was asked nothing has left its own there
        askers.close()


def _asked(processes: _Processes, asker: Asker, feed: CutFeed) -> Iterator[Asked]:
    """What was found in each part, in their order; each process is handed once what asks them."""
    for _ in range(processes.count):
        processes.askers.put(asker)
    try:
        yield from processes.pool.map(_ask, feed.parts)
    except BrokenProcessPool:
        raise UnreadableError(
            "relations: the system ended a process of the check, as it does where memory runs out; "
            "fix: give the files in parts, each with whole families of entities"
        ) from None


_HANDED: list[Queue[Asker]] = []
"""Where this process takes what asks its parts, once it has begun."""


def _begin(askers: Queue[Asker]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is answered by the process that waits for this one
    gc.disable()
    _HANDED.append(askers)


def _begun() -> None:
    """Nothing: a process that is asked for this has begun."""


@lru_cache(maxsize=1)
def _asker() -> Asker:
    return _HANDED[0].get()


def _ask(part: Part) -> Asked:
    return _asker().ask(part)
