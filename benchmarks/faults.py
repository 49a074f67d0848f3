"""Faults of the machine under every command that writes: deaths, full and read-only disks, Ctrl-C, two writers, clocks.

Started in a small checkout as `python -m benchmarks.faults SHARE [WORDS]`: it prints one line of JSON for each trial.
A fault at a step strikes where the command is about to open, rename or take away a file, one step after the other, as
SQLite is tested; SHARE, from 0 to 1, says how many of them are tried, WORDS which commands or kinds of faults.
"""

from __future__ import annotations

import errno
import json
import os
import random
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.faults_around import clocks, read_only, two_writers
from benchmarks.forked import called, forked, warm
from benchmarks.own_disk import resized
from benchmarks.signals import ending_signals
from benchmarks.small_package import typed_row, write_table
from benchmarks.tree import files_of, put_back
from benchmarks.trials import COMMANDS, World, judged, some, struck, world_of
from canonical.table_schema import load_schema, typed_tables

__all__ = ["main"]

ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EDQUOT)
KILLS = 50
"""Deaths of each command at any moment, beside those at its steps."""
AROUND = {"two writers": two_writers, "read-only": read_only, "clocks": clocks}


def main(share: float, only: str = "") -> None:
    """Run every trial of the commands, and of what is around them, whose name holds `only`; print how each ended."""
    root = Path.cwd()
    warm(root)
    _edited(root)
    start = files_of(root)
    for name in COMMANDS:
        asked = [trials for kind, trials in STRUCK.items() if only in f"{kind}: {name}"]
        if asked:
            world = world_of(name, root, start)
            for trials in asked:
                _tell(trials(world, share))
    for name, around in AROUND.items():
        if only in name:
            _tell(around(root, start, share))
    put_back(root, start)


def _tell(trials: Iterator[dict[str, object]]) -> None:
    for trial in trials:
        print(json.dumps(trial), flush=True)


def _edited(root: Path) -> None:
    """Type one more row, so that each command has something to do; a release has every table, if without rows."""
    path = root / "data" / "observations.csv"
    rows = [typed_row(path, 0), typed_row(path, 1)]
    typed = ("source_id", "locator", "entity_id", "metric_id", "period_type", "printed_value", "printed_unit_id")
    more = dict.fromkeys(rows[0], "") | {column: rows[0][column] for column in typed}
    more |= {"period_end": "2025-03-31", "period_label": "FY2025 Q4", "printed_value": "301.27"}
    write_table(path, list(rows[0]), [*rows, more])
    for table in typed_tables():
        if not (root / "data" / f"{table}.csv").exists():
            write_table(root / "data" / f"{table}.csv", load_schema(table).columns, [])


def _deaths(world: World, share: float) -> Iterator[dict[str, object]]:
    """The process dies at a step, or at any moment."""
    for step in some(range(world.steps), share):
        yield struck(world, "deaths", f"at step {step}", step, lambda: os.kill(os.getpid(), signal.SIGKILL), (-9,))
    rng = random.Random(world.name)
    for number in range(round(KILLS * share)):
        put_back(world.root, world.before)
        after = rng.uniform(0.01, world.seconds)
        ended = forked(lambda: called(COMMANDS[world.name]), kill_after=after)
        yield judged(world, "deaths", f"after {after:.3f} s, no. {number}", ended, (-9, 0))


def _errors(world: World, share: float) -> Iterator[dict[str, object]]:
    """The system refuses a step: a full disk, a failing one, no right to write."""
    for place, step in enumerate(some(range(world.steps), share)):
        number = ERRORS[place % len(ERRORS)]

        def refuse(number: int = number) -> None:
            raise OSError(number, os.strerror(number), "data/…")

        name = f"{errno.errorcode[number]} at step {step}"
        yield struck(world, "errors of the disk", name, step, refuse, (0, 2))


def _interrupts(world: World, share: float) -> Iterator[dict[str, object]]:
    """Ctrl-C at a step."""
    for step in some(range(world.steps), share / 2):
        strike = lambda: os.kill(os.getpid(), signal.SIGINT)  # noqa: E731
        yield struck(world, "interruptions", f"at step {step}", step, strike, (0, 130))


def _full_disks(world: World, share: float) -> Iterator[dict[str, object]]:
    """No file may grow beyond a size; and, on a disk of its own, so many bytes are left."""
    for size in some((0, 1, 100, 1_000, 4_000, 10_000, 30_000, 100_000), share):
        put_back(world.root, world.before)

        def limited(size: int = size) -> int:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            return called(COMMANDS[world.name])

        ended = forked(limited)
        yield judged(world, "full disks", f"files of at most {size} bytes", ended, (0, 2))
    for left in some((0, 4, 16, 64, 256), share):
        put_back(world.root, world.before)
        if not resized(world.root, left):
            return
        ended = forked(lambda: called(COMMANDS[world.name]))
        resized(world.root, None)
        yield judged(world, "full disks", f"{left} KiB left", ended, (0, 2))


STRUCK = {
    "deaths": _deaths, "errors of the disk": _errors, "interruptions": _interrupts, "orders to end": ending_signals,
    "full disks": _full_disks,
}  # fmt: skip
"""What strikes each command, by its name in the report."""

if __name__ == "__main__":
    main(float(sys.argv[1]), *sys.argv[2:])
