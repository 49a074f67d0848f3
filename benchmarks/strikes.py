"""Strike a command at one of its steps: where it is about to open, rename or take away a file of the checkout."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.forked import called

__all__ = ["counted", "strike_at"]

STEPS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "shutil.rmtree")
"""What is about to change a file, as Python's audit events call it."""


def counted(command: list[str], place: Path) -> int:
    """Run a command and write into the file `place` how many steps it took; returns its exit code."""
    steps = [0]
    _at_each_step(lambda: steps.__setitem__(0, steps[0] + 1))
    code = called(command)
    total = steps[0]
    place.write_text(str(total))
    return code


def strike_at(step: int, strike: Callable[[], object]) -> None:
    """Do `strike` when this process comes to step number `step`, counted from 0."""
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
