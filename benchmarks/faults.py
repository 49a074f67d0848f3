"""Faults of the machine under every command that writes: deaths, full and read-only disks, Ctrl-C, two writers, clocks.

Started in a small checkout as `python -m benchmarks.faults SHARE`: it prints one line of JSON for each trial. A fault
at a step strikes where the command is about to open, rename or take away a file, one step after the other, as SQLite
is tested; SHARE, from 0 to 1, says how many of them are tried.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks.forked import Ended, called, forked
from benchmarks.small_package import typed_row, write_table
from benchmarks.tree import Files, files_of, put_back

__all__ = ["main"]

COMMANDS: dict[str, list[str]] = {
    "fill": ["canonical.fill"],
    "build": ["release", "build"],
    "ingest": ["ingest", "exchange_rates", "upstream/rates.csv", "--data", "data"],
    "docs": ["release", "docs"],
}
"""Every command that writes files of the package."""
READERS = {"check": ["validation"], "changed": ["validation", "--changed"], "table": ["validation", "--table", "units"]}
STEPS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "shutil.rmtree")
"""What is about to change a file, as Python's audit events call it."""
ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EDQUOT)
CLOCKS = (
    "1975-01-01 00:00:00",
    "1999-12-31 23:59:59",
    "2024-02-29 12:00:00",
    "2038-01-19 03:14:08",
    "2106-02-07 06:28:16",
)
LEFT_BY_THE_DEAD = (".part", ".ingest-")
Strike = Callable[[], object]
Item = TypeVar("Item")


@dataclass(frozen=True)
class World:
    """A command with the files before it and after it where nothing goes wrong, and the steps and seconds it takes."""

    name: str
    root: Path
    before: Files
    after: Files
    steps: int
    seconds: float


def main(share: float) -> None:
    """Run every trial and print how it ended."""
    import ingest.__main__
    from release.pages import write_pages  # noqa: F401

    del ingest
    root = Path.cwd()
    _edited(root)
    start = files_of(root)
    for name in COMMANDS:
        world = _world(name, root, start)
        for trials in (_deaths, _errors, _interrupts, _full_disks):
            for trial in trials(world, share):
                print(json.dumps(trial), flush=True)
        put_back(root, start)
    for trials in (_two_writers, _read_only, _clocks):
        for trial in trials(root, start, share):
            print(json.dumps(trial), flush=True)
        put_back(root, start)


def _edited(root: Path) -> None:
    """Type one more row, so that each command has something to do."""
    path = root / "data" / "observations.csv"
    rows = [typed_row(path, 0), typed_row(path, 1)]
    blank = dict.fromkeys(rows[0], "")
    typed = ("source_id", "locator", "entity_id", "metric_id", "period_type", "printed_value", "printed_unit_id")
    more = (
        blank
        | {column: rows[0][column] for column in typed}
        | {"period_end": "2025-03-31", "period_label": "FY2025 Q4"}
    )
    write_table(path, list(rows[0]), [*rows, more | {"printed_value": "301.27"}])


def _world(name: str, root: Path, start: Files) -> World:
    """The command's own start: what it builds on is filled, and what it writes is not there yet."""
    put_back(root, start)
    if name != "fill":
        assert forked(lambda: called(COMMANDS["fill"])).code == 0
    if name == "docs":
        assert forked(lambda: called(COMMANDS["build"])).code == 0
    before = files_of(root)
    counted = root / "steps.txt"
    ended = forked(lambda: _counted(COMMANDS[name], counted))
    assert ended.code == 0, ended.output
    steps = int(counted.read_text())
    counted.unlink()
    return World(name, root, before, files_of(root), steps, ended.seconds)


def _deaths(world: World, share: float) -> Iterator[dict[str, object]]:
    """The process dies at a step, or at any moment."""
    for step in _some(range(world.steps), share):
        yield _struck(world, "deaths", f"at step {step}", step, lambda: os.kill(os.getpid(), signal.SIGKILL), (-9,))
    rng = random.Random(world.name)
    for number in range(round(30 * share)):
        put_back(world.root, world.before)
        after = rng.uniform(0.01, world.seconds)
        ended = forked(lambda: called(COMMANDS[world.name]), kill_after=after)
        yield _judged(world, "deaths", f"after {after:.3f} s, no. {number}", ended, (-9, 0))


def _errors(world: World, share: float) -> Iterator[dict[str, object]]:
    """The system refuses a step: a full disk, a failing one, no right to write."""
    for place, step in enumerate(_some(range(world.steps), share)):
        number = ERRORS[place % len(ERRORS)]

        def refuse(number: int = number) -> None:
            raise OSError(number, os.strerror(number), "data/…")

        name = f"{errno.errorcode[number]} at step {step}"
        yield _struck(world, "errors of the disk", name, step, refuse, (0, 2))


def _interrupts(world: World, share: float) -> Iterator[dict[str, object]]:
    """Ctrl-C at a step."""
    for step in _some(range(world.steps), share / 2):
        strike = lambda: os.kill(os.getpid(), signal.SIGINT)  # noqa: E731
        yield _struck(world, "interruptions", f"at step {step}", step, strike, (0, 130))


def _full_disks(world: World, share: float) -> Iterator[dict[str, object]]:
    """No file may grow beyond a size; and, on a disk of its own, so many bytes are left."""
    for size in _some((0, 1, 100, 1_000, 4_000, 10_000, 30_000, 100_000), share):
        put_back(world.root, world.before)

        def limited(size: int = size) -> int:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            return called(COMMANDS[world.name])

        ended = forked(limited)
        yield _judged(world, "full disks", f"files of at most {size} bytes", ended, (0, 2))
    for left in _some((0, 4, 16, 64, 256), share):
        put_back(world.root, world.before)
        if not _resized(world.root, left):
            return
        ended = forked(lambda: called(COMMANDS[world.name]))
        _resized(world.root, None)
        yield _judged(world, "full disks", f"{left} KiB left", ended, (0, 2))


def _two_writers(root: Path, start: Files, share: float) -> Iterator[dict[str, object]]:
    """Two commands begin at once: neither dies, and neither loses what the other wrote."""
    pairs = [(one, other) for one in COMMANDS for other in COMMANDS]
    for one, other in _some(pairs, share):
        put_back(root, start)
        forked(lambda: called(COMMANDS["fill"]))
        forked(lambda: called(COMMANDS["build"]))
        before = files_of(root)
        begun = [_begun(COMMANDS[name], root, number) for number, name in enumerate((one, other))]
        ended = [end() for end in begun]
        faults = [fault for end in ended for fault in _talk(end, (0, 1) if "docs" in (one, other) else (0,))]
        now = files_of(root)
        faults += [f"lost: {path}" for path in before if path not in now]
        faults += [f"left {path}" for path in now if any(mark in path for mark in LEFT_BY_THE_DEAD)]
        if now["data/observations.csv"] != before["data/observations.csv"]:
            faults.append("lost: rows of data/observations.csv")
        rebuilt = forked(lambda: called(COMMANDS["build"]))
        faults += [f"a build afterwards: {fault}" for fault in _talk(rebuilt, (0,))]
        yield _told("two writers", f"{one} and {other}", ended[0], faults, len(now) + 4)


def _read_only(root: Path, start: Files, share: float) -> Iterator[dict[str, object]]:
    """Nothing can be written: who writes says so in a line, who reads works as before."""
    put_back(root, start)
    forked(lambda: called(COMMANDS["fill"]))
    forked(lambda: called(COMMANDS["build"]))
    before = files_of(root)
    for name, command in (COMMANDS | READERS).items():
        if not _remounted(root, "ro"):
            return
        ended = forked(lambda command=command: called(command))
        _remounted(root, "rw")
        faults = [*_talk(ended, (0, 2) if name in COMMANDS else (0,))]
        faults += [f"lost: {path}" for path, content in files_of(root).items() if before.get(path) != content]
        yield _told("read-only", name, ended, faults, len(before) + 3)


def _clocks(root: Path, start: Files, share: float) -> Iterator[dict[str, object]]:
    """The clock is wrong, or jumps while a command runs: nothing is lost, and what is written is the same."""
    put_back(root, start)
    forked(lambda: called(COMMANDS["fill"]))
    for name, command in _some(tuple((COMMANDS | READERS).items()), 1):
        before = files_of(root)

        def jumping(command: list[str] = command) -> int:
            rng = random.Random(7)
            time.time = lambda: rng.uniform(0, 4e9)
            time.monotonic = lambda: rng.uniform(0, 4e9)
            return called(command)

        ended = forked(jumping)
        yield _told("clocks", f"{name} under a clock that jumps", ended, _talk(ended, (0, 1, 2)), 3)
        put_back(root, before)
        for clock in _some(CLOCKS, share) if shutil.which("faketime") else ():
            run = ["faketime", clock, sys.executable, "-m", *command]
            ran = subprocess.run(run, cwd=root, capture_output=True, text=True, timeout=120, check=False)
            ended = Ended(ran.returncode, 0, ran.stdout + ran.stderr, 0.0)
            faults = _talk(ended, (0, 1, 2))
            faults += [f"lost: {path}" for path in before.keys() - files_of(root).keys()]
            yield _told("clocks", f"{name} on {clock}", ended, faults, len(before) + 3)
            put_back(root, before)


def _struck(
    world: World, group: str, name: str, step: int, strike: Strike, codes: tuple[int, ...]
) -> dict[str, object]:
    put_back(world.root, world.before)

    def run() -> int:
        _strike_at(step, strike)
        return called(COMMANDS[world.name])

    return _judged(world, group, name, forked(run), codes)


def _judged(world: World, group: str, name: str, ended: Ended, codes: tuple[int, ...]) -> dict[str, object]:
    """Hold every file against what it was and what it was to be, then run the command again and hold it once more."""
    faults, now = _talk(ended, codes), files_of(world.root)
    for path in world.before.keys() | now.keys():
        is_whole = now.get(path) in (world.before.get(path), world.after.get(path))
        if not is_whole and not (ended.code == -9 and any(mark in path for mark in LEFT_BY_THE_DEAD)):
            faults.append(f"lost: {path}" if path in world.before else f"left {path}")
    again = forked(lambda: called(COMMANDS[world.name]))
    faults += [f"once more: {fault}" for fault in _talk(again, (0,))]
    now = files_of(world.root)
    odd = sorted(path for path in world.after.keys() | now.keys() if now.get(path) != world.after.get(path))
    faults += [f"once more: {path} is another" for path in odd[:3]]
    return _told(group, f"{world.name} {name}", ended, faults, 2 * len(now) + 4)


def _talk(ended: Ended, codes: tuple[int, ...]) -> list[str]:
    """What a user would not have expected to see."""
    faults = [] if ended.code in codes else [f"exit code {ended.code}, expected {' or '.join(map(str, codes))}"]
    if "Traceback (most recent call last)" in ended.output or "none that was foreseen" in ended.output:
        faults.append("a traceback")
    if ended.code > 1 and not ended.output.strip():
        faults.append("no word")
    return faults


def _told(group: str, name: str, ended: Ended, faults: list[str], asserts: int) -> dict[str, object]:
    output = ended.output[-800:] if faults else ""
    return {"group": group, "name": f"{group}: {name}", "code": ended.code, "faults": faults, "output": output,
            "asserts": asserts}  # fmt: skip


def _some(items: Iterable[Item], share: float) -> list[Item]:
    """Evenly so many of the items, at least one."""
    listed = list(items)
    count = max(1, round(len(listed) * min(1.0, share)))
    return [listed[place * len(listed) // count] for place in range(count)]


def _counted(command: list[str], place: Path) -> int:
    steps = [0]
    _at_each_step(lambda: steps.__setitem__(0, steps[0] + 1))
    code = called(command)
    total = steps[0]
    place.write_text(str(total))
    return code


def _strike_at(step: int, strike: Strike) -> None:
    passed = [0]

    def count() -> None:
        passed[0] += 1
        if passed[0] == step + 1:
            strike()

    _at_each_step(count)


def _at_each_step(act: Callable[[], object]) -> None:
    """Do something whenever a file of the checkout is about to be opened to write, renamed or taken away."""
    root, writes = str(Path.cwd()), os.O_WRONLY | os.O_RDWR | os.O_CREAT

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event not in STEPS or not arguments:
            return
        path = os.fspath(arguments[0]) if isinstance(arguments[0], str | os.PathLike) else ""
        flags = arguments[2] if event == "open" and len(arguments) > 2 else os.O_WRONLY
        if str(path).startswith(root) and "__pycache__" not in str(path) and int(flags or 0) & writes:  # type: ignore[call-overload]
            act()

    sys.addaudithook(hook)


def _begun(command: list[str], root: Path, number: int) -> Callable[[], Ended]:
    """Begin a command in a process of its own; returned is what waits for its end."""
    log = root.parent / f"writer-{number}.txt"
    with log.open("w") as out:
        process = subprocess.Popen([sys.executable, "-m", *command], cwd=root, stdout=out, stderr=out)

    def end() -> Ended:
        code = process.wait(180)
        return Ended(code, 0, log.read_text(encoding="utf-8", errors="replace"), 0.0)

    return end


def _resized(root: Path, kib_left: int | None) -> bool:
    """Leave so many KiB on the checkout's own disk, without number half of the memory; False where it has none."""
    used = shutil.disk_usage(root).used // 1024
    return _remounted(root, "size=50%" if kib_left is None else f"size={used + kib_left}k")


def _remounted(root: Path, how: str) -> bool:
    if not os.path.ismount(root):
        return False
    with contextlib.suppress(OSError):
        return (
            subprocess.run(["mount", "-o", f"remount,{how}", str(root)], capture_output=True, check=False).returncode
            == 0
        )
    return False


if __name__ == "__main__":
    main(float(sys.argv[1]))
