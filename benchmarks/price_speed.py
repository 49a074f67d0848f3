"""What the rules over prices cost, rule by rule, in seconds of CPU: `python benchmarks/price_speed.py`.

Each run is a new process that checks the tables of prices and asks every rule once, as a check of the package does.
CPU is that of all threads in user and system mode, which other programs on the machine disturb less than they do the
clock. What the tables cost by themselves is not counted, the words of findings are. The least of some runs is printed.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BEFORE = "frames that rules share"


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
    least = {name: min(run[name] for run in runs) for name in runs[0]}
    print(f"{'rule':<32} {'CPU seconds':>11}")
    for name, seconds in sorted(least.items(), key=lambda item: item[1]):
        print(f"{name:<32} {seconds:>11.3f}")
    return 0


def _of_new_process() -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.price_speed", "--once"]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def _measured() -> dict[str, float]:
    """CPU seconds by rule, of what they share, and of all together with the order of a report."""
    gc.disable()  # as the command does
    from validation.package import Checker
    from validation.prices.checks import PRICE_RULES, PRICE_TABLES, prices_of

    checker = Checker()
    checker.check_tables(PRICE_TABLES)
    models, machines = (checker.references(name) for name in PRICE_TABLES)
    assert models is not None and machines is not None
    sources, units = checker.references("sources"), checker.reference.units.values()
    start = time.process_time()
    prices = prices_of(models, machines, {unit.unit_id: unit.canonical_unit_id for unit in units}, sources)
    spent = {BEFORE: time.process_time() - start}
    findings = 0
    for rule in PRICE_RULES:
        before = time.process_time()
        findings += sum(len(broken.findings()) for broken in rule(prices))
        spent[rule.__name__] = time.process_time() - before
    assert findings
    return spent | {f"all, over {models.height + machines.height:,} rows": time.process_time() - start}


if __name__ == "__main__":
    sys.exit(main())
