"""Run every hostile case, print tried, as expected and lost by group, and write the page: `benchmarks.robustness`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.robustness_cases import CASES
from benchmarks.robustness_page import write_pages
from benchmarks.small_package import make_checkout

__all__ = ["main", "run_cases"]

WORKERS = 2
SETTING_UP = (("canonical.fill",), ("release", "build"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the cases; exit code 1 where one did not end as expected."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.robustness", description=__doc__)
    parser.add_argument("--page", action="store_true", help="write docs/method/robustness.md and its Chinese twin")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    ended = run_cases()
    for case in ended:
        if case["faults"]:
            print(f"{case['name']}: {'; '.join(case['faults'])}")
            print("    " + case["output"].strip().replace("\n", "\n    ")[-600:])
    rows = by_group(ended)
    for group, tried, expected, lost in rows:
        print(f"{group:<18} {tried:>5} tried {expected:>5} as expected {lost:>3} lost")
    print(f"{len(ended)} cases, {sum(row[2] for row in rows)} as expected, {sum(row[3] for row in rows)} lost, "
          f"{time.monotonic() - started:.0f} s")  # fmt: skip
    if options.page:
        write_pages(rows)
    return int(any(case["faults"] for case in ended))


def run_cases(workers: int = WORKERS) -> list[dict[str, Any]]:
    """How every case ended, in the order of `CASES`; each worker has a checkout of its own."""
    with tempfile.TemporaryDirectory(prefix="robustness-") as folder:
        places = [_ready(Path(folder) / str(number)) for number in range(workers)]
        running = [_started(place, number, workers) for number, place in enumerate(places)]
        lines = [process.communicate()[0].splitlines() for process in running]
        assert all(not process.returncode for process in running), "a worker failed"
    ended = [json.loads(line) for own in lines for line in own]
    order = {case.name: place for place, case in enumerate(CASES)}
    return sorted(ended, key=lambda case: order[case["name"]])


def by_group(ended: Sequence[dict[str, Any]]) -> list[tuple[str, int, int, int]]:
    """Group, cases tried, ended as expected, and with something lost, in the order of the cases."""
    tried = Counter(case["group"] for case in ended)
    expected = Counter(case["group"] for case in ended if not case["faults"])
    lost = Counter(case["group"] for case in ended if any(fault.startswith("lost") for fault in case["faults"]))
    return [(group, tried[group], expected[group], lost[group]) for group in tried]


def _ready(place: Path) -> Path:
    place.mkdir()
    make_checkout(place)
    for command in SETTING_UP:
        subprocess.run([sys.executable, "-m", *command], cwd=place, env=_environment(place), check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
    return place


def _started(place: Path, first: int, step: int) -> subprocess.Popen[str]:
    run = [sys.executable, "-m", "benchmarks.robustness_worker", str(first), str(step)]
    return subprocess.Popen(run, cwd=place, env=_environment(place), stdout=subprocess.PIPE, text=True)


def _environment(place: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{place}:{place / 'clients' / 'python'}", "POLARS_MAX_THREADS": "1"}


if __name__ == "__main__":
    sys.exit(main())
