"""Do the same work on many pieces with all cores: few are in memory at a time, results come in their order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

__all__ = ["MOST_WORKERS", "in_order"]

MOST_WORKERS = 4
"""More blocks at once would need more memory than is promised; the libraries below use the other cores."""
Piece = TypeVar("Piece")
Done = TypeVar("Done")


def in_order(pieces: Iterator[Piece], work: Callable[[Piece], Done]) -> Iterator[Done]:
    """What `work` makes of each piece; a single piece is worked on in this thread."""
    first, second = next(pieces, None), next(pieces, None)
    if first is None:
        return
    if second is None:
        yield work(first)
        return
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    pool = ThreadPoolExecutor(workers)
    running: deque[Future[Done]] = deque([pool.submit(work, first), pool.submit(work, second)])
    try:
        while running:
            if len(running) <= workers and (piece := next(pieces, None)) is not None:
                running.append(pool.submit(work, piece))
                continue
            yield running.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
