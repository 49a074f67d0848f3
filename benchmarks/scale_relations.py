"""Relations over a made world of many observations: `python -m benchmarks.scale_relations --rows 1000000`.

A world (`scale_world`) is written to a folder, and `python -m validation FOLDER` checks it as somebody's own, in all
layers. Wall and processor time are those of the command with all its processes, `peak` is the most memory that they
have held together, read ten times a second; `found` counts findings, `wrong` the prints that were made wrong.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.scale_world import write_world

__all__ = ["Taken", "main", "run"]

ROOT = Path(__file__).resolve().parents[1]
BETWEEN = 0.1


class Taken(NamedTuple):
    """Seconds of wall and processor time, and the MiB that all processes of a command held at once."""

    wall: float
    processor: float
    peak: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a world for each number of rows, check it, and print one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000])
    parser.add_argument("--one-in", type=int, default=1000, help="one print in so many is wrong; 0 for none")
    parser.add_argument("--folder", help="where worlds are made; needs some 900 bytes a row, parts included")
    options = parser.parse_args(arguments)
    print(f"{'rows':>12} {'wall':>9} {'processor':>11} {'peak':>11} {'found':>9} {'wrong':>7}")
    for rows in options.rows:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            wrong = write_world(Path(folder), rows, options.one_in)
            report = Path(folder) / "report" / "findings.csv"
            report.parent.mkdir()
            command = [sys.executable, "-m", "validation", "--format", "csv", "--output", str(report), folder]
            taken = run(command, (0, 1))
            with report.open(encoding="utf-8", newline="") as file:
                found = sum(1 for _ in csv.reader(file)) - 1
        told = f"{taken.wall:>7.1f} s {taken.processor:>9.1f} s {taken.peak:>7,.0f} MiB"
        print(f"{rows:>12,} {told} {found:>9,} {wrong:>7,}", flush=True)
    return 0


def run(command: Sequence[str], codes: Sequence[int] = (0,)) -> Taken:
    """What a command takes, all processes that it starts among it. SystemExit where it ends with another code."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = 0.0
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as child:
        while child.poll() is None:
            peak = max(peak, sum(_held(process) for process in _family(child.pid)))
            time.sleep(BETWEEN)
        said = child.stderr.read() if child.stderr else ""
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if child.returncode not in codes:
        raise SystemExit(f"exit code {child.returncode}: {said[-500:]}")
    return Taken(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak)


def _family(process: int) -> list[int]:
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


def _held(process: int) -> float:
    """The MiB that a process holds, 0 where it has ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


if __name__ == "__main__":
    sys.exit(main())
