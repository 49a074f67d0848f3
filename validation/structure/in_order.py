"""Do the same work on many pieces with all cores: few are in memory at a time, results come in their order."""

from __future__ import annotations

import ctypes
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

__all__ = ["MOST_WORKERS", "in_order"]

MOST_WORKERS = 4
"""More blocks at once would need more memory than is promised; the libraries below use the other cores."""
TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
"""What `mallopt` of the GNU library calls the bytes that it gives back to the system at its end, and by themselves."""
KEPT, LARGEST = 128 << 20, 32 << 20
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
    _keep_memory()
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


def _keep_memory() -> None:
    """Let the C library keep what one block held for the next: the system would clear every page of it anew."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return  # another library than that of GNU
    mallopt(TRIM_THRESHOLD, KEPT)
    mallopt(MMAP_THRESHOLD, LARGEST)
