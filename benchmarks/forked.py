"""Run a command of the checkout in a forked process, and tell its exit code, memory, output and seconds."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

__all__ = ["Ended", "called", "forget", "forked", "warm"]

MOST_SECONDS = 60
CACHED = type(cache(str))
"""What a function that remembers its answers is."""
ROOMS = ("canonical", "validation", "release", "ingest")


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit code (below 0 a signal), kilobytes of memory, what it printed, and seconds."""

    code: int
    memory: int
    output: str
    seconds: float


def warm(root: Path) -> None:
    """Do once what every forked process would do again: import modules, parse schemas, make rules and patterns of them.

    What polars computes runs in threads, which a fork does not take along; and so the schemas, which were found whole
    when the checkout was filled, are parsed without it.
    """
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            importlib.import_module(".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"))
    from canonical import table_schema
    from canonical.bound_words import bound_of_text
    from canonical.label_words import words_of_label
    from release.package.parquet import pandas_metadata
    from validation.engines.polars.row_rules import rules_by_column
    from validation.engines.polars.typed import readings_of
    from validation.structure.checks import plan_of

    with patch.object(table_schema, "schema_faults", _no_faults):
        for name in table_schema.table_names():
            schema = table_schema.load_schema(name)
            pandas_metadata(schema)
            readings_of(schema)
            rules_by_column(plan_of(schema, lambda table: None, "polars").of_rows, schema)
    bound_of_text("about 7 billion")
    words_of_label("FY2026 Q2")
    gc.collect()
    gc.freeze()


def _no_faults(descriptor: object) -> list[str]:
    """The faults of a schema that was found whole before."""
    return []


def forget() -> None:
    """Forget what was read of files, for a case that changed them before this process began."""
    gc.unfreeze()
    for kept in gc.get_objects():
        if isinstance(kept, CACHED):
            kept.cache_clear()


def forked(run: Callable[[], int], kill_after: float = 0.0) -> Ended:
    """Run a function in a child process that has the modules of this one; `kill_after` so many seconds it is killed."""
    reading, writing = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if not child:
        os.close(reading)
        _run(run, writing)
    os.close(writing)
    timer = threading.Timer(kill_after or MOST_SECONDS, _kill, (child,))
    timer.start()
    with os.fdopen(reading, "rb") as pipe:
        output = pipe.read()
    _, status, usage = os.wait4(child, 0)
    timer.cancel()
    timer.join()
    code, seconds = os.waitstatus_to_exitcode(status), time.monotonic() - started
    return Ended(code, usage.ru_maxrss, output.decode("utf-8", errors="replace"), seconds)


def called(arguments: list[str]) -> int:
    """The exit code of a command given as its module and arguments."""
    module, *rest = arguments
    command = importlib.import_module(module if "." in module else f"{module}.__main__")
    return int(command.main(rest))


def _kill(child: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


def _run(run: Callable[[], int], handle: int) -> None:
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    code = 70
    try:
        code = run()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)
