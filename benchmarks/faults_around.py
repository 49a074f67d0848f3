"""Faults around a command that writes: a second writer, a disk that is read-only, a clock that is wrong."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.forked import Ended, called, forked
from benchmarks.own_disk import remounted
from benchmarks.tree import Files, files_of, put_back
from benchmarks.trials import COMMANDS, LEFT_BY_THE_DEAD, READERS, some, talk, told

__all__ = ["clocks", "read_only", "two_writers"]

CLOCKS = (
    "1975-01-01 00:00:00",
    "1999-12-31 23:59:59",
    "2024-02-29 12:00:00",
    "2038-01-19 03:14:08",
    "2106-02-07 06:28:16",
)


def two_writers(root: Path, start: Files, share: float) -> Iterator[dict[str, object]]:
    """Two commands begin at once: neither dies, and neither loses what the other wrote."""
    pairs = [(one, other) for one in COMMANDS for other in COMMANDS]
    for one, other in some(pairs, share):
        put_back(root, start)
        forked(lambda: called(COMMANDS["fill"]))
        forked(lambda: called(COMMANDS["build"]))
        before = files_of(root)
        begun = [_begun(COMMANDS[name], root, number) for number, name in enumerate((one, other))]
        ended = [end() for end in begun]
        faults = [fault for end in ended for fault in talk(end, (0, 1) if "docs" in (one, other) else (0,))]
        now = files_of(root)
        faults += [f"lost: {path}" for path in before if path not in now]
        faults += [f"left {path}" for path in now if any(mark in path for mark in LEFT_BY_THE_DEAD)]
        if now["data/observations.csv"] != before["data/observations.csv"]:
            faults.append("lost: rows of data/observations.csv")
        rebuilt = forked(lambda: called(COMMANDS["build"]))
        faults += [f"a build afterwards: {fault}" for fault in talk(rebuilt, (0,))]
        yield told("two writers", f"{one} and {other}", ended[0], faults, len(now) + 4)


def read_only(root: Path, start: Files, share: float) -> Iterator[dict[str, object]]:
    """Nothing can be written: who writes says so in a line, who reads works as before."""
    put_back(root, start)
    forked(lambda: called(COMMANDS["fill"]))
    forked(lambda: called(COMMANDS["build"]))
    before = files_of(root)
    for name, command in (COMMANDS | READERS).items():
        if not remounted(root, "ro"):
            return
        ended = forked(lambda command=command: called(command))
        remounted(root, "rw")
        faults = [*talk(ended, (0, 2) if name in COMMANDS else (0,))]
        faults += [f"lost: {path}" for path, content in files_of(root).items() if before.get(path) != content]
        yield told("read-only", name, ended, faults, len(before) + 3)


def clocks(root: Path, start: Files, share: float) -> Iterator[dict[str, object]]:
    """The clock is wrong, or jumps while a command runs: nothing is lost, and what is written is the same."""
    put_back(root, start)
    forked(lambda: called(COMMANDS["fill"]))
    for name, command in some(tuple((COMMANDS | READERS).items()), 1):
        before = files_of(root)

        def jumping(command: list[str] = command) -> int:
            rng = random.Random(7)
            time.time = lambda: rng.uniform(0, 4e9)
            time.monotonic = lambda: rng.uniform(0, 4e9)
            return called(command)

        ended = forked(jumping)
        yield told("clocks", f"{name} under a clock that jumps", ended, talk(ended, (0, 1, 2)), 3)
        put_back(root, before)
        for clock in some(CLOCKS, share) if shutil.which("faketime") else ():
            run = ["faketime", clock, sys.executable, "-m", *command]
            ran = subprocess.run(run, cwd=root, capture_output=True, text=True, timeout=120, check=False)
            ended = Ended(ran.returncode, 0, ran.stdout + ran.stderr, 0.0)
            faults = talk(ended, (0, 1, 2))
            faults += [f"lost: {path}" for path in before.keys() - files_of(root).keys()]
            yield told("clocks", f"{name} on {clock}", ended, faults, len(before) + 3)
            put_back(root, before)


def _begun(command: list[str], root: Path, number: int) -> Callable[[], Ended]:
    """Begin a command in a process of its own; returned is what waits for its end."""
    log = root.parent / f"writer-{number}.txt"
    with log.open("w") as out:
        process = subprocess.Popen([sys.executable, "-m", *command], cwd=root, stdout=out, stderr=out)

    def end() -> Ended:
        code = process.wait(180)
        return Ended(code, 0, log.read_text(encoding="utf-8", errors="replace"), 0.0)

    return end
