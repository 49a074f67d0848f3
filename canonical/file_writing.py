"""Write files so that nothing is lost: beside their place and then over it, one writer at a time, all or none."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import sys
import threading
import time
from collections.abc import Generator, Mapping
from pathlib import Path

from canonical.interrupt import ENDING
from canonical.places import ROOT
from canonical.reading.content import real_path, shown_path
from canonical.reading.encodings import UnreadableError

__all__ = ["PART", "only_writer", "replace_file", "replace_files"]

PART = ".part"
"""What the name of a file ends in while it is written."""
PATIENCE = 120.0
"""Seconds that a writer waits for another one."""


@contextlib.contextmanager
def only_writer(folder: Path, patience: float = PATIENCE) -> Generator[None]:
    """Hold the right to write in `folder`; a second writer says that it waits, and waits.

    The lock is the system's own on the folder: it leaves no file, and a writer that dies gives it back. Raises
    `UnreadableError` where the other one is not done after `patience` seconds. Where the system has no such lock
    (Windows) nothing is held.
    """
    if sys.platform == "win32":
        yield
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        _wait_for(held, folder, patience)
        yield
    finally:
        os.close(held)


def _wait_for(held: int, folder: Path, patience: float) -> None:
    import fcntl

    until = time.monotonic() + patience
    said = False
    while True:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise UnreadableError(
                    f"{folder.name}: another command is writing there; fix: wait until it is done and try again"
                ) from None
        if not said:
            print(f"{folder.name}: another command is writing there; waiting", file=sys.stderr, flush=True)
            said = True
        time.sleep(min(0.05, patience))


def replace_file(path: Path, content: bytes, was: bytes | None = None) -> None:
    """Put `content` in the place of a file, which is the old one or the new one at any time.

    `was` is the content that the new one was made from. Raises `UnreadableError`, and leaves the file as it is,
    where it holds something else by now: somebody saved it in between.
    """
    replace_files({path: content}, {} if was is None else {path: was})


def replace_files(files: Mapping[Path, bytes], were: Mapping[Path, bytes] | None = None) -> None:
    """Put all contents in place, in order, or none of them where one cannot be written.

    `were` holds the contents that some files had when the new ones were made; see `replace_file`. A symbolic link
    stays one, and the file it names is replaced. Raises OSError where a disk is full or a folder read-only, and
    `UnreadableError` where something else than an ordinary file stands there, as a device that a rename would take
    away, or where a link leads out of the package.
    """
    targets = {_target(path): content for path, content in files.items()}
    parts = {target: target.with_name(target.name + PART) for target in targets}
    try:
        for target, content in targets.items():
            _write(parts[target], content, target)
        for path, content in (were or {}).items():
            _refuse_changed(path, content)
        with _uninterrupted():
            for target, part in parts.items():
                part.replace(target)
    finally:
        with _uninterrupted():
            for part in parts.values():
                # On a disk that fails, taking the part away may fail too; what is told is the first failure.
                with contextlib.suppress(OSError):
                    part.unlink(missing_ok=True)


def _target(path: Path) -> Path:
    target = real_path(path)
    if target.exists() and not target.is_file():
        raise UnreadableError(
            f"{shown_path(path)}: no ordinary file stands there; nothing was written; fix: take it away"
        )
    if path.is_symlink() and path.is_relative_to(ROOT) and not _is_within(target, (ROOT, path.parent)):
        raise UnreadableError(
            f"{path.relative_to(ROOT)}: a link that leads out of the package; nothing was written; "
            "fix: put the file itself there"
        )
    return target


def _is_within(target: Path, folders: tuple[Path, ...]) -> bool:
    return any(target.is_relative_to(real_path(folder)) for folder in folders)


def _write(part: Path, content: bytes, target: Path) -> None:
    """Write a part with the rights that the file has whose place it takes."""
    with part.open("wb") as file:
        if target.exists():
            part.chmod(stat.S_IMODE(target.stat().st_mode))
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _refuse_changed(path: Path, was: bytes) -> None:
    if path.read_bytes() != was:
        raise UnreadableError(
            f"{path.parent.name}/{path.name}: the file changed while it was worked on; nothing was written; "
            "fix: run the command again"
        )


@contextlib.contextmanager
def _uninterrupted() -> Generator[None]:
    """Put Ctrl-C, and orders to end, off until the block is done; it lasts as long as some renames."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {number: kept for number in ENDING if (kept := signal.getsignal(number)) not in (None, signal.SIG_IGN)}
    try:
        for number in before:
            signal.signal(number, lambda number, _: came.append(number))
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came:
        raise KeyboardInterrupt
