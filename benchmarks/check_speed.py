"""How long the checks of the package take, beside reading its files: `python benchmarks/check_speed.py`.

A copy of the checkout is made; in it one cell of one row of a table is changed and `python -m validation --changed`,
the command behind `make check`, is run as a contributor runs it: a new process, imports included, with the bytecode
that the run before left. The last line is the check of the whole package. The bare read is polars reading every file
of `data/` in a process of its own; each time is the median of some runs, and the ratio is over the bare read. A run
that ends in anything but its own last line is no measurement.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EDITS = (
    ("observations", "printed_label"), ("observations", "note"), ("observations", "printed_value"),
    ("observations", "value"), ("sources", "title"), ("statements", "text_en"), ("metrics", "definition"),
    ("units", "symbol"), ("model_prices", "note"),
)  # fmt: skip
"""The tables edited and the column in which a cell is changed: relations read printed labels and titles, not notes."""
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
BARE = """
import sys, polars as pl
from pathlib import Path
for path in sorted(Path(sys.argv[1]).rglob("*")):
    if path.suffix == ".csv": pl.read_csv(path, infer_schema=False)
    if path.suffix == ".parquet": pl.read_parquet(path, hive_partitioning=False)
"""


def main(arguments: list[str] | None = None) -> int:
    """Copy, edit, run and print one line for each measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="runs of each measurement, of which the median counts")
    runs = parser.parse_args(arguments).runs
    with tempfile.TemporaryDirectory() as folder:
        checkout = _copied(Path(folder) / "checkout")
        bare = _median([sys.executable, "-c", BARE, str(checkout / "data")], checkout, runs)
        print(f"{'measured':<44} {'seconds':>8} {'ratio':>6}")
        print(f"{'bare read of every file':<44} {bare:>8.2f} {1:>6.1f}", flush=True)
        for table, column in EDITS:
            with _edited(checkout / "data" / f"{table}.csv", column):
                _report(f"after an edit of {table}.{column}", ["--changed"], checkout, runs, bare)
        _report("check of the whole package", [], checkout, runs, bare)
    return 0


def _copied(target: Path) -> Path:
    kept = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, kept.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    return target


@contextmanager
def _edited(path: Path, column: str) -> Iterator[None]:
    """A table with another text, or another last digit, in one cell of its middle row, put back at the end."""
    before = path.read_bytes()
    rows = list(csv.reader(io.StringIO(before.decode("utf-8"), newline="")))
    row, at = rows[len(rows) // 2], rows[0].index(column)
    row[at] = _other_number(row[at]) if NUMBER.fullmatch(row[at]) else f"{row[at]} again"
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    path.write_bytes(file.getvalue().encode("utf-8"))
    try:
        yield
    finally:
        path.write_bytes(before)


def _other_number(text: str) -> str:
    """A number with another last digit, as a slip of the hand gives."""
    return text[:-1] + str((int(text[-1]) + 1) % 10)


def _report(what: str, options: list[str], checkout: Path, runs: int, bare: float) -> None:
    command = [sys.executable, "-m", "validation", *options]
    seconds = _median(command, checkout, runs, codes=(0, 1), last_line="checked ")
    print(f"{what:<44} {seconds:>8.2f} {seconds / bare:>6.1f}", flush=True)


def _median(
    command: list[str], checkout: Path, runs: int, codes: tuple[int, ...] = (0,), last_line: str = ""
) -> float:  # fmt: skip
    """The median wall time of a command in seconds.

    Another exit code than those given stops the benchmark, and so does a last line on stderr that begins otherwise
    than the one given: a traceback ends in the exit code of a check that found errors.
    """
    times: list[float] = []
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(runs):
        start = time.perf_counter()
        ran = subprocess.run(
            command, cwd=checkout, env=environment | {"PYTHONPATH": "."}, capture_output=True, text=True
        )
        times.append(time.perf_counter() - start)
        lines = ran.stderr.splitlines() or [""]
        if ran.returncode not in codes or not lines[-1].startswith(last_line):
            raise SystemExit(f"{' '.join(command[:3])}: exit code {ran.returncode}\n{ran.stderr}")
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())
