"""Ask relations in a process of their own: they keep one core busy with Python while another reads the tables.

Little is imported here, so that the other process can be begun first and import beside this one: numpy alone, which
both need, and which leaves the process in one thread.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

from canonical.interrupt import interrupted_later
from validation.related import Related, related

__all__ = ["processors", "relations_apart"]

COMMAND = "validation.__main__"
"""The command of this room, as Python names it where it is what runs."""


def processors() -> int:
    """How many processors the command may use; one in a program of others, which each new process would run again."""
    spec = getattr(sys.modules["__main__"], "__spec__", None)
    if spec is None or spec.name != COMMAND:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def relations_apart(folder: Path, ask: Callable[[Path], Related] = related) -> Generator[Callable[[], Related]]:
    """Begin to `ask` relations of a folder; given is what waits for their findings, which may be asked once.

    Where there is one processor, or the other process does not come to its end, they are asked in this one: what it
    finds, and what it raises, is the same. Whatever happens, no process is left behind.
    """
    if processors() < 2:
        yield lambda: ask(folder)
        return
    _import_for_both()
    context = get_context("fork") if _has_one_thread() else get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(here, there, ask, folder), daemon=True)
    try:
        with interrupted_later(), suppress(OSError):  # the system gives no process: the pipe ends at once
            process.start()
        there.close()
        yield lambda: _told(here, ask, folder)
    finally:
        here.close()
        if process.pid is not None:
            process.kill()
            process.join()


def _import_for_both() -> None:
    """Import numpy for this process and its copy; without threads for matrices, as those of rates are small."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with interrupted_later():
        import numpy

        del numpy  # it stays imported


def _has_one_thread() -> bool:
    """Whether nothing else runs in this process, so that a copy of it is whole and need not start Python anew."""
    try:
        return "\nThreads:\t1\n" in Path("/proc/self/status").read_text()  # Linux alone has it
    except OSError:
        return False


def _told(connection: Connection, ask: Callable[[Path], Related], folder: Path) -> Related:
    try:
        return cast(Related, connection.recv())
    except (EOFError, OSError):
        return ask(folder)


def _tell(reader: Connection, connection: Connection, ask: Callable[[Path], Related], folder: Path) -> None:
    """In the other process: send the findings on a folder, or, where there are none for some reason, end.

    The `reader` is that of the process that waits: held open here too, nobody would notice that it ended.
    """
    reader.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is answered by the process that waits for this one
    gc.disable()
    with suppress(Exception):  # the process that waits asks itself, and says what is wrong
        connection.send(ask(folder))
    connection.close()
