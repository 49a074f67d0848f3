"""Ask a command to end at any moment, with Ctrl-C and the orders of a system, in a process of its own as users have."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks.forked import Ended
from benchmarks.tree import put_back
from benchmarks.trials import COMMANDS, World, judged, told

__all__ = ["ending_signals"]

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
MOMENTS = 20
MOST_LINES = 2
"""What a command that is ended says: that it was, and at most that it waited."""


def ending_signals(world: World, share: float) -> Iterator[dict[str, object]]:
    """The command is asked to end at any moment: one line and exit code 130, nothing half written, nothing lost."""
    put_back(world.root, world.before)
    whole = _ended(world, None, 0.0).seconds
    rng = random.Random(world.name)
    for number in range(max(1, round(MOMENTS * share))):
        asked, after = SIGNALS[number % len(SIGNALS)], rng.uniform(0.0, whole)
        put_back(world.root, world.before)
        ended = _ended(world, asked, after)
        name = f"{asked.name} after {after:.3f} s, no. {number}"
        trial = judged(world, "orders to end", name, ended, (0, 130))
        if ended.code == 130 and len(ended.output.splitlines()) > MOST_LINES:
            trial = told("orders to end", f"{world.name} {name}", ended, ["more than a line"], 1)
        yield trial


def _ended(world: World, asked: signal.Signals | None, after: float) -> Ended:
    """How the command ends that is asked so many seconds after it has begun to listen, and the seconds from there."""
    run = [sys.executable, "-m", *COMMANDS[world.name]]
    with subprocess.Popen(
        run, cwd=world.root, text=True, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        while process.poll() is None and not _listens(process.pid):
            time.sleep(0.005)
        begun = time.monotonic()
        if asked:
            with suppress(subprocess.TimeoutExpired):
                process.wait(after)
            process.send_signal(asked)
        output, _ = process.communicate(timeout=120)
    return Ended(process.returncode, 0, output, time.monotonic() - begun)


def _listens(pid: int) -> bool:
    """Whether a process has said what it does when it is asked to end: before that Python itself ends it."""
    with suppress(OSError), Path(f"/proc/{pid}/status").open(encoding="ascii") as file:
        caught = next((line for line in file if line.startswith("SigCgt")), "SigCgt: 0").split()[1]
        return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1)
    return False
