"""Layer C on feeds of any size: rows that are held together are asked together, part by part, on all processors."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
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
from validation.feed_cut import CutFeed, Large, Part, cut
from validation.feed_rows import FeedFile
from validation.structure.answers import Watch
from validation.structure.table_files import shown_path

__all__ = ["InParts", "check_in_parts"]

ALONE = 2
"""Fewer parts than these are asked in the process that has cut them."""


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
    with TemporaryDirectory() as folder:
        feed = cut(files, others, reference, Path(folder))
        asker = Asker([_without_rows(file) for file in files], others, feed.hand)
        findings: list[Finding] = []
        read = 0
        for asked in _asked(asker, feed):
            findings += asked.findings
            read += asked.read
            if watch:
                watch(read, len(findings))
    return InParts(sorted(findings, key=lambda finding: (finding.file, *finding.sort_key)), read, feed.too_many)


def _without_rows(file: Large) -> FeedFile:
    schema, is_text = load_schema(file.one.table_name), file.one.path.suffix != ".parquet"
    table = Table(schema, shown_path(file.one.path), pl.DataFrame(), is_text)
    return FeedFile(file.label, file.one.path, table, file.one.findings)


def _asked(asker: Asker, feed: CutFeed) -> Iterator[Asked]:
    """What was found in each part, in their order; by several processes where there are processors and parts for it."""
    workers = min(processors(), len(feed.parts))
    if workers < 2 or len(feed.parts) <= ALONE:
        yield from map(asker.ask, feed.parts)
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (asker,))
    try:
        yield from pool.map(_ask, feed.parts)
    except BrokenProcessPool:
        raise UnreadableError(
            "relations: the system ended a process of the check, as it does where memory runs out; "
            "fix: give the files in parts, each with whole families of entities"
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


_ASKERS: list[Asker] = []
"""In a process of its own, what asks the parts."""


def _begin(asker: Asker) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is answered by the process that waits for this one
    gc.disable()
    _ASKERS.append(asker)


def _ask(part: Part) -> Asked:
    return _ASKERS[0].ask(part)
