"""Relations over a made world of many observations: `python -m benchmarks.scale_relations --rows 1000000`.

A world (`scale_world`) is written to a folder, and `python -m validation FOLDER` checks it as somebody's own, in all
layers. Wall and processor time are those of the command with all its processes, `peak` is the most memory that they
have held together, read ten times a second; `found` counts findings, `wrong` the prints that were made wrong.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.made_folder import made_folder
from benchmarks.process_cost import run
from benchmarks.scale_world import write_world

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a world for each number of rows, check it, and print one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000])
    parser.add_argument("--one-in", type=int, default=1000, help="one print in so many is wrong; 0 for none")
    parser.add_argument(
        "--folder", type=made_folder, help="where worlds are made; needs some 900 bytes a row, parts included"
    )
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


if __name__ == "__main__":
    sys.exit(main())
