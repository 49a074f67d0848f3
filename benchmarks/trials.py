"""A command that writes, what it begins with and ends with, and whether a trial of it ended as a user expects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks.forked import Ended, called, forked
from benchmarks.strikes import counted, strike_at
from benchmarks.tree import Files, files_of, put_back
from release.package.metadata import version

__all__ = ["COMMANDS", "LEFT_BY_THE_DEAD", "READERS", "World", "judged", "some", "struck", "talk", "told", "world_of"]

COMMANDS: dict[str, list[str]] = {
    "fill": ["canonical.fill"],
    "build": ["release", "build"],
    "ingest": ["ingest", "exchange_rates", "upstream/rates.csv", "--data", "data"],
    "release": ["release", "make", version()],
    "docs": ["release", "docs"],
}
"""Every command that writes files of the package."""
READERS = {"check": ["validation"], "changed": ["validation", "--changed"], "table": ["validation", "--table", "units"]}
LEFT_BY_THE_DEAD = (".part", ".ingest-")
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


def world_of(name: str, root: Path, start: Files) -> World:
    """The command's own start: what it builds on is filled, and what it writes is not there yet."""
    put_back(root, start)
    if name != "fill":
        assert forked(lambda: called(COMMANDS["fill"])).code == 0
    if name in ("release", "docs"):
        assert forked(lambda: called(COMMANDS["build"])).code == 0
    before = files_of(root)
    total = root / "steps.txt"
    ended = forked(lambda: counted(COMMANDS[name], total))
    assert ended.code == 0, ended.output
    steps = int(total.read_text())
    total.unlink()
    return World(name, root, before, files_of(root), steps, ended.seconds)


def struck(
    world: World, group: str, name: str, step: int, strike: Callable[[], object], codes: tuple[int, ...]
) -> dict[str, object]:
    """How the command ended that was struck at a step."""
    put_back(world.root, world.before)

    def run() -> int:
        strike_at(step, strike)
        return called(COMMANDS[world.name])

    return judged(world, group, name, forked(run), codes)


def judged(world: World, group: str, name: str, ended: Ended, codes: tuple[int, ...]) -> dict[str, object]:
    """Hold every file against what it was and what it was to be, then run the command again and hold it once more."""
    faults, now = talk(ended, codes), files_of(world.root)
    for path in world.before.keys() | now.keys():
        is_whole = now.get(path) in (world.before.get(path), world.after.get(path))
        if not is_whole and not (ended.code == -9 and any(mark in path for mark in LEFT_BY_THE_DEAD)):
            faults.append(f"lost: {path}" if path in world.before else f"left {path}")
    again = forked(lambda: called(COMMANDS[world.name]))
    faults += [f"once more: {fault}" for fault in talk(again, (0,))]
    now = files_of(world.root)
    odd = sorted(path for path in world.after.keys() | now.keys() if now.get(path) != world.after.get(path))
    faults += [f"once more: {path} is another" for path in odd[:3]]
    return told(group, f"{world.name} {name}", ended, faults, 2 * len(now) + 4)


def talk(ended: Ended, codes: tuple[int, ...]) -> list[str]:
    """What a user would not have expected to see."""
    faults = [] if ended.code in codes else [f"exit code {ended.code}, expected {' or '.join(map(str, codes))}"]
    if "Traceback (most recent call last)" in ended.output or "none that was foreseen" in ended.output:
        faults.append("a traceback")
    if ended.code > 1 and not ended.output.strip():
        faults.append("no word")
    return faults


def told(group: str, name: str, ended: Ended, faults: list[str], asserts: int) -> dict[str, object]:
    """One line of the report."""
    output = ended.output[-800:] if faults else ""
    return {"group": group, "name": f"{group}: {name}", "code": ended.code, "faults": faults, "output": output,
            "asserts": asserts}  # fmt: skip


def some(items: Iterable[Item], share: float) -> list[Item]:
    """Evenly so many of the items, at least one."""
    listed = list(items)
    count = max(1, round(len(listed) * min(1.0, share)))
    return [listed[place * len(listed) // count] for place in range(count)]
