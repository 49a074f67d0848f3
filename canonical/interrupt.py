"""Ctrl-C or an order to end before a command has begun its work, while Python reads its modules: one line."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

__all__ = ["ENDING", "interrupted_later", "leave", "quiet_start"]

ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What asks a command to end: Ctrl-C, the order of a system that shuts down, a terminal that is closed."""
UNTOUCHED = (signal.SIG_DFL, signal.default_int_handler)
"""How Python is started with these; what a program around it ignores, as `nohup` does, stays ignored."""


def quiet_start() -> None:
    """End in one line when asked to, where Python was started with `-m`; a notebook keeps its own way."""
    if sys.argv[:1] == ["-m"] and threading.current_thread() is threading.main_thread():
        for number in ENDING:
            if signal.getsignal(number) in UNTOUCHED:
                signal.signal(number, leave)


def leave(number: int, frame: FrameType | None) -> None:
    """End the process at once with exit code 130."""
    os.write(2, b"interrupted\n")
    os._exit(130)


@contextmanager
def interrupted_later() -> Generator[None]:
    """Let Ctrl-C or an order to end wait for what is done within, such as imports: then KeyboardInterrupt is raised.

    A module that runs Python anew while it is imported would make the process end by the signal, though it is caught.
    """
    asked: list[int] = []
    is_main = threading.current_thread() is threading.main_thread()
    held = [number for number in ENDING if is_main and signal.getsignal(number) is signal.default_int_handler]
    for number in held:
        signal.signal(number, lambda number, frame: asked.append(number))
    try:
        yield
    finally:
        for number in held:
            signal.signal(number, signal.default_int_handler)
    if asked:
        raise KeyboardInterrupt
