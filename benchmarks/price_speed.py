"""What the rules over prices cost, rule by rule, in seconds of CPU and wall: `python benchmarks/price_speed.py`.

Each run is a new process that checks the tables of prices and asks every rule once, as a check of the package does.
CPU is that of all threads in user and system mode, which other programs on the machine disturb less than they do the
clock. The sum counts all from the typed tables to the sorted findings: the frames that rules share are made in it, by
the first that asks or before all, and so are the words of findings. What the tables cost by themselves is not counted.
The least of some runs is printed.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import polars as pl

    from canonical.findings import Finding

ROOT = Path(__file__).resolve().parents[1]
BEFORE, AFTER = "frames made before all rules", "the order of a report"
MAKING = ("filter", "join", "with_columns", "select", "unique", "sort", "__getitem__")
"""What makes a new frame of another one."""

Spent = dict[str, tuple[float, float]]
"""CPU and wall seconds."""


class PriceTables(NamedTuple):
    """What `prices_of` asks: the tables of prices, the canonical unit of each unit, and the table of sources."""

    models: pl.DataFrame
    machines: pl.DataFrame
    units: dict[str, str]
    sources: pl.DataFrame | None


def main(arguments: list[str] | None = None) -> int:
    """Measure in new processes and print one line for each rule; with --once the measures of this process as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="runs, of which the least counts")
    parser.add_argument("--once", action="store_true", help="one run in this process, printed as JSON")
    options = parser.parse_args(arguments)
    if options.once:
        print(json.dumps(_measured()))
        return 0
    runs = [_of_new_process() for _ in range(options.runs)]
    least = {name: [min(run[name][at] for run in runs) for at in (0, 1)] for name in runs[0]}
    print(f"{'rule':<32} {'CPU seconds':>11} {'wall seconds':>12}")
    for name, (cpu, wall) in sorted(least.items(), key=lambda item: item[1]):
        print(f"{name:<32} {cpu:>11.3f} {wall:>12.3f}")
    return 0


def _of_new_process() -> Spent:
    command = [sys.executable, "-m", "benchmarks.price_speed", "--once"]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def package_tables() -> PriceTables:
    """The typed tables of the package that the rules over prices read."""
    from validation.package import Checker
    from validation.prices.checks import PRICE_TABLES

    checker = Checker()
    checker.check_tables(PRICE_TABLES)
    models, machines = (checker.references(name) for name in PRICE_TABLES)
    assert models is not None and machines is not None
    units = {unit.unit_id: unit.canonical_unit_id for unit in checker.reference.units.values()}
    return PriceTables(models, machines, units, checker.references("sources"))


def _measured() -> Spent:
    """CPU and wall seconds by rule, of what comes before and after them, and of all together."""
    gc.disable()  # as the command does
    from validation.prices.checks import PRICE_RULES, prices_of

    tables = package_tables()
    rows = tables.models.height + tables.machines.height
    clock = _Clock()
    prices = prices_of(*tables)
    spent = {BEFORE: clock.lap()}
    findings: list[Finding] = []
    for rule in PRICE_RULES:
        findings += [finding for broken in rule(prices) for finding in broken.findings()]
        spent[rule.__name__] = clock.lap()
    findings.sort(key=lambda finding: finding.sort_key)
    assert findings
    return spent | {AFTER: clock.lap(), f"all, over {rows:,} rows": clock.whole()}


class _Clock:
    """CPU and wall seconds since it was made, and since the last lap."""

    def __init__(self) -> None:
        self.start = self.last = self._now()

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.process_time(), time.perf_counter()

    def lap(self) -> tuple[float, float]:
        """The seconds since the last lap."""
        before, self.last = self.last, self._now()
        return self.last[0] - before[0], self.last[1] - before[1]

    def whole(self) -> tuple[float, float]:
        """The seconds since the start."""
        now = self._now()
        return now[0] - self.start[0], now[1] - self.start[1]


@contextmanager
def cells_made() -> Generator[list[int]]:
    """While it lasts, the cells of each frame that is made of another one are noted: what a rule costs in any case."""
    import polars as pl

    cells: list[int] = []

    def noting(method: str) -> None:
        made = getattr(pl.DataFrame, method)

        def noted(frame: pl.DataFrame, *asked: object, **options: object) -> object:
            found = made(frame, *asked, **options)
            if isinstance(found, pl.DataFrame):
                cells.append(found.height * found.width)
            return found

        before[method] = made
        setattr(pl.DataFrame, method, noted)

    before: dict[str, object] = {}
    try:
        for method in MAKING:
            noting(method)
        yield cells
    finally:
        for method, made in before.items():
            setattr(pl.DataFrame, method, made)


if __name__ == "__main__":
    sys.exit(main())
