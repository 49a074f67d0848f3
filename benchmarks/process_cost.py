"""What a command costs: wall and processor time, and the memory that all its processes hold at once."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

__all__ = ["Taken", "family", "held", "run"]

ROOT = Path(__file__).resolve().parents[1]
BETWEEN = 0.1


class Taken(NamedTuple):
    """Seconds of wall and processor time, the MiB that all processes of a command held at once, and what it printed."""

    wall: float
    processor: float
    peak: float
    printed: str


def run(command: Sequence[str], codes: Sequence[int] = (0,)) -> Taken:
    """What a command takes, all processes that it starts among it; it prints little.

    The system's own peak of a child (`ru_maxrss`) is no measure, as it begins with what its parent held. SystemExit
    where the command ends with another code than `codes`.
    """
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = 0.0
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        while child.poll() is None:
            peak = max(peak, sum(held(process) for process in family(child.pid)))
            time.sleep(BETWEEN)
        printed, said = child.communicate()
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if child.returncode not in codes:
        raise SystemExit(f"exit code {child.returncode}: {said[-500:]}")
    return Taken(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak, printed)


def family(process: int) -> list[int]:
    """A process and all that it has started."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            children.setdefault(_parent(folder), []).append(int(folder.name))
    found = [process]
    for one in found:
        found += children.get(one, [])
    return found


def _parent(folder: Path) -> int:
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def held(process: int) -> float:
    """The MiB that a process holds, 0 where it has ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
