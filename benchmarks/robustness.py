"""Run every hostile case, print tried, as expected and lost by group, and write the page: `benchmarks.robustness`."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.robustness_cases import CASES
from benchmarks.robustness_page import write_pages
from benchmarks.small_package import make_checkout

__all__ = ["main", "run_cases", "worker"]

Ended = dict[str, Any]
"""How a case ended: its group and name, the exit code, seconds, what nobody would have expected, and the output."""
Keep = Callable[[Ended], object]
"""What is told of each case as it ends."""
WORKERS = 2
SETTING_UP = (("canonical.fill",), ("release", "build"))


def _forget(case: Ended) -> None:
    """Keep nothing."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the cases and the faults; exit code 1 where one did not end as expected."""
    options = _parser().parse_args(arguments)
    started = time.monotonic()
    done = {case["name"] for case in _kept(options.keep)}
    named = [n for n, case in enumerate(CASES) if options.only in case.name and case.name not in done]
    with options.keep.open("a", encoding="utf-8") if options.keep else contextlib.nullcontext() as file:

        def keep(case: Ended) -> None:
            if file:
                print(json.dumps(case), file=file, flush=True)

        ended = run_cases(named, keep=keep) if options.part in ("all", "cases") else []
        if options.part in ("all", "faults"):
            ended += run_faults(options.share, options.only, keep)
    for case in ended:
        if case["faults"]:
            print(f"{case['name']}: {'; '.join(case['faults'])}")
            print("    " + case["output"].strip().replace("\n", "\n    ")[-600:])
    if options.keep:
        ended = _kept(options.keep)
    rows = by_group(ended)
    for group, tried, expected, lost in rows:
        print(f"{group:<18} {tried:>5} tried {expected:>5} as expected {lost:>3} lost")
    asserts = sum(case["asserts"] for case in ended)
    print(f"{len(ended)} tried, {sum(row[2] for row in rows)} as expected, {sum(row[3] for row in rows)} lost; "
          f"{asserts:,} asserts, {time.monotonic() - started:.0f} s")  # fmt: skip
    if options.page:
        write_pages(rows, asserts)
    return int(any(case["faults"] for case in ended))


def _kept(path: Path | None) -> list[Ended]:
    """How cases ended in runs before this one, the last time of each name."""
    lines = path.read_text(encoding="utf-8").splitlines() if path and path.exists() else []
    return list({case["name"]: case for case in map(json.loads, lines)}.values())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.robustness", description=__doc__)
    parser.add_argument("--part", choices=("all", "cases", "faults", "kept"), default="all",
                        help="the cases, the faults of the machine, both (default), or what --keep holds")  # fmt: skip
    parser.add_argument("--only", default="", metavar="WORDS", help="cases, commands or faults whose name holds WORDS")
    parser.add_argument("--share", type=float, default=1.0, metavar="S", help="of the faults at each step, from 0 to 1")
    parser.add_argument(
        "--keep", type=Path, metavar="FILE", help="add how each ended to FILE, and count all in it, each name once"
    )
    parser.add_argument("--page", action="store_true", help="write docs/method/robustness.md and its Chinese twin")
    return parser


def run_cases(numbers: Iterable[int], workers: int = WORKERS, keep: Keep = _forget) -> list[Ended]:
    """How the cases of these numbers in `CASES` ended, in that order; each worker has a checkout of its own.

    `keep` is told of each as it ends.
    """
    waiting = queue.SimpleQueue[int]()
    for number in numbers:
        waiting.put(number)
    ended: dict[int, Ended] = {}
    with tempfile.TemporaryDirectory(prefix="robustness-") as folder:
        places = [Path(folder) / str(number) for number in range(workers)]
        threads = [threading.Thread(target=_work, args=(place, waiting, ended, keep)) for place in places]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert waiting.empty(), "a worker failed"
    return [ended[number] for number in sorted(ended)]


def run_faults(share: float, only: str = "", keep: Keep = _forget) -> list[Ended]:
    """How every fault ended whose command or kind holds `only`, of which `share` are tried; on a disk of its own."""
    with tempfile.TemporaryDirectory(prefix="robustness-") as folder:
        place = Path(folder) / "checkout"
        place.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=50%", "tmpfs", str(place)]
        is_mounted = shutil.which("mount") is not None and not subprocess.run(mount, capture_output=True).returncode
        if not is_mounted:
            print("faults: no disk of its own can be mounted here; full disks are files of limited size alone")
        try:
            _ready(place)
            ended: list[Ended] = []
            for module in ("benchmarks.parquet_bits", "benchmarks.faults"):
                run = [sys.executable, "-m", module, str(share), only]
                with subprocess.Popen(
                    run, cwd=place, env=_environment(place), stdout=subprocess.PIPE, text=True
                ) as ran:
                    for line in ran.stdout or ():
                        ended.append(json.loads(line))
                        keep(ended[-1])
                assert not ran.returncode, f"{module} failed"
        finally:
            if is_mounted:
                subprocess.run(["umount", "-l", str(place)], check=True)
    return ended


def by_group(ended: Sequence[Ended]) -> list[tuple[str, int, int, int]]:
    """Group, cases tried, ended as expected, and with something lost, in the order of the cases."""
    tried = Counter(case["group"] for case in ended)
    expected = Counter(case["group"] for case in ended if not case["faults"])
    lost = Counter(case["group"] for case in ended if any(fault.startswith("lost") for fault in case["faults"]))
    return [(group, tried[group], expected[group], lost[group]) for group in tried]


def _ready(place: Path) -> Path:
    place.mkdir(exist_ok=True)
    make_checkout(place)
    for command in SETTING_UP:
        subprocess.run([sys.executable, "-m", *command], cwd=place, env=_environment(place), check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
    return place


def _work(place: Path, waiting: queue.SimpleQueue[int], ended: dict[int, Ended], keep: Keep) -> None:
    """Take one case after the other and have it run in a checkout."""
    with worker(place) as run:
        while not waiting.empty():
            with contextlib.suppress(queue.Empty):
                number = waiting.get_nowait()
                ended[number] = run(number)
                keep(ended[number])


@contextlib.contextmanager
def worker(place: Path) -> Iterator[Callable[[int], Ended]]:
    """What runs the case of a number in `CASES` in a small checkout at `place`: one process, which forks for each."""
    _ready(place)
    run = [sys.executable, "-m", "benchmarks.robustness_worker"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(run, cwd=place, env=_environment(place), text=True, **pipes) as process:
        sent, received = process.stdin, process.stdout
        assert sent and received

        def run_case(number: int) -> Ended:
            print(number, file=sent, flush=True)
            return json.loads(received.readline())

        yield run_case
        sent.close()


def _environment(place: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{place}:{place / 'clients' / 'python'}", "POLARS_MAX_THREADS": "1"}


if __name__ == "__main__":
    sys.exit(main())
