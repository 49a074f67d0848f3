"""Run hostile cases inside a small checkout: one forked process for each, every file put back in between.

Started in the checkout as `python -m benchmarks.robustness_worker`: it reads the numbers of cases, one a line, and
prints one line of JSON for each.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from benchmarks.forked import called, forget, forked, warm
from benchmarks.hostile_worlds import CLOSED
from benchmarks.robustness_cases import CASES, COMMANDS, Case
from benchmarks.tree import Files, files_of, put_back

__all__ = ["faults_of", "main"]

MOST_MEMORY = 1_500_000  # kilobytes
OPEN = 0o755


def main() -> None:
    """Run the cases and print how each ended."""
    root = Path.cwd()
    warm(root)
    good = files_of(root)
    for line in sys.stdin:
        print(json.dumps(_run(CASES[int(line)], root), ensure_ascii=True), flush=True)
        put_back(root, good)


def _run(case: Case, root: Path) -> dict[str, object]:
    target = root / case.kind.file
    table = target.stem
    if case.command == "feed":
        beside = root / "feed"
        beside.mkdir(exist_ok=True)
        if target.suffix in (".csv", ".parquet"):
            shutil.copy(target, beside / target.name)
            target = beside / target.name
            case.kind.change(target)
        else:
            case.kind.change(target)
            target = beside / f"{table}.csv"
            shutil.copy(root / "data" / f"{table}.csv", target)
    else:
        case.kind.change(target)
    before = files_of(root)
    arguments = [part.format(table=table, file=target) for part in COMMANDS[case.command]]
    ended = forked(lambda: _called(case, arguments))
    if case.kind.within:
        for place in CLOSED:
            (root / place).chmod(OPEN)
    after = files_of(root)
    shutil.rmtree(root / "feed", ignore_errors=True)
    return {
        "group": case.kind.group, "name": case.name, "code": ended.code, "seconds": round(ended.seconds, 2),
        "faults": faults_of(case, ended.code, ended.memory, ended.output, before, after),
        "output": ended.output[-1500:], "asserts": len(before) + 6,
    }  # fmt: skip


def _called(case: Case, arguments: list[str]) -> int:
    if case.kind.file.startswith("schemas/"):
        forget()
    if case.kind.within:
        case.kind.within()
    module, *rest = arguments
    if module != "load":
        return called(arguments)
    sys.path.insert(0, "clients/python")
    from cloud_vendor_metrics import DamagedPackageError, ForeignPackageError, UnknownNameError, load

    try:
        print(load(rest[0], data=Path.cwd()).shape)
    except (DamagedPackageError, ForeignPackageError, UnknownNameError, FileNotFoundError) as error:
        print(error)
        return 3
    return 0


def faults_of(case: Case, code: int, memory: int, output: str, before: Files, after: Files) -> list[str]:
    """What a careful user would not have expected."""
    faults: list[str] = []
    if code not in case.kind.codes[case.command]:
        faults.append(f"exit code {code}, expected {' or '.join(map(str, case.kind.codes[case.command]))}")
    if "Traceback (most recent call last)" in output:
        faults.append("a traceback")
    if "none that was foreseen" in output:
        faults.append("a fault of the program")
    if "\x1b" in output or "\u202e" in output:
        faults.append("raw signs on the terminal")
    if code and not output.strip() and case.kind.within is None:
        faults.append("no word")
    if code and case.command != "docs" and case.kind.words not in output:
        faults.append(f"no word of {case.kind.words}")
    if memory > MOST_MEMORY:
        faults.append(f"{memory // 1024} MB of memory")
    faults += _lost(case, code, before, after)
    return faults


def _lost(case: Case, code: int, before: Files, after: Files) -> list[str]:
    """Files that a command took away or changed and had no right to."""
    left = [f"left {path}" for path in after if path.endswith(".part") or ".ingest-" in path]
    writes = case.command.startswith(("fill", "build", "ingest")) and code == 0
    for path, content in before.items():
        is_typed = path.startswith("schemas") or path.endswith((".yaml", "known_issues.csv"))
        if path not in after or (after[path] != content and (is_typed or not writes)):
            left.append(f"lost: {path}")
    return left


if __name__ == "__main__":
    main()
