"""Run hostile cases inside a small checkout: one forked process for each, every file put back in between.

Started in the checkout as `python -m benchmarks.robustness_worker FIRST STEP`: it takes every STEP-th case from
FIRST on and prints one line of JSON for each.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path

from benchmarks.robustness_cases import CASES, COMMANDS, Case

__all__ = ["main"]

PLACES = ("data", "schemas", "validation/known_issues.csv", "package.yaml", "datapackage.json", "dist")
MOST_SECONDS = 60
MOST_MEMORY = 1_500_000  # kilobytes
SOURCES = (".csv", ".json", ".yaml")

Files = dict[str, bytes]


def main(first: int, step: int) -> None:
    """Run the cases and print how each ended."""
    from release.pages import write_pages  # noqa: F401

    root = Path.cwd()
    good = _files(root)
    for case in CASES[first::step]:
        print(json.dumps(_run(case, root, good), ensure_ascii=True), flush=True)
        _put_back(root, good)


def _run(case: Case, root: Path, good: Files) -> dict[str, object]:
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
    before = _files(root)
    arguments = [part.format(table=table, file=target) for part in COMMANDS[case.command]]
    started = time.monotonic()
    code, memory, output = _child(arguments, root)
    after = _files(root)
    shutil.rmtree(root / "feed", ignore_errors=True)
    return {
        "group": case.kind.group, "name": case.name, "code": code, "seconds": round(time.monotonic() - started, 2),
        "faults": _faults(case, code, memory, output, before, after), "output": output[-1500:],
    }  # fmt: skip


def _child(arguments: list[str], root: Path) -> tuple[int, int, str]:
    """Exit code, memory in kilobytes and output of a command, run in a process of its own."""
    log = root / "output.txt"
    child = os.fork()
    if not child:
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        signal.alarm(MOST_SECONDS)
        code = 70
        try:
            code = _called(arguments)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    _, status, usage = os.wait4(child, 0)
    output = log.read_text(encoding="utf-8", errors="replace")
    log.unlink()
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss, output


def _called(arguments: list[str]) -> int:
    module, *rest = arguments
    if module == "load":
        sys.path.insert(0, "clients/python")
        from cloud_vendor_metrics import load

        try:
            print(load(rest[0], data=Path.cwd()).shape)
        except (ValueError, LookupError, FileNotFoundError) as error:
            print(error)
            return 3
        return 0
    command = importlib.import_module(module if "." in module else f"{module}.__main__")
    return int(command.main(rest))


def _faults(case: Case, code: int, memory: int, output: str, before: Files, after: Files) -> list[str]:
    """What a careful user would not have expected."""
    faults: list[str] = []
    if code not in case.kind.codes[case.command]:
        faults.append(f"exit code {code}, expected {' or '.join(map(str, case.kind.codes[case.command]))}")
    if "Traceback (most recent call last)" in output:
        faults.append("a traceback")
    if "\x1b" in output or "\u202e" in output:
        faults.append("raw signs on the terminal")
    if code and not output.strip():
        faults.append("no word")
    if code and case.command != "docs" and case.kind.words not in output:
        faults.append(f"no word of {case.kind.words}")
    if memory > MOST_MEMORY:
        faults.append(f"{memory // 1024} MB of memory")
    faults += _lost(case, code, before, after)
    return faults


def _lost(case: Case, code: int, before: Files, after: Files) -> list[str]:
    """Files that a command took away or changed and had no right to."""
    left = [f"left {path}" for path in after if path.endswith(".part")]
    writes = case.command in ("fill", "build") and code == 0
    for path, content in before.items():
        is_typed = path.startswith("schemas") or path.endswith((".yaml", "known_issues.csv"))
        if path not in after or (after[path] != content and (is_typed or not writes)):
            left.append(f"lost: {path}")
    return left


def _files(root: Path) -> Files:
    """The content of every ordinary file that commands read or write."""
    found: Files = {}
    for place in PLACES:
        paths = [root / place] if (root / place).is_file() else sorted((root / place).rglob("*"))
        for path in paths:
            if path.is_file() and path.stat().st_size < 1 << 24:
                found[path.relative_to(root).as_posix()] = path.read_bytes()
    return found


def _put_back(root: Path, good: Files) -> None:
    for place in PLACES:
        for path in sorted((root / place).rglob("*"), reverse=True):
            name = path.relative_to(root).as_posix()
            if path.is_symlink() or (name not in good and not path.is_dir()):
                path.unlink()
            elif path.is_dir() and name in good:
                shutil.rmtree(path)
    for name, content in good.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            path.unlink()
        if not path.is_file() or path.stat().st_size >= 1 << 24 or path.read_bytes() != content:
            path.write_bytes(content)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
