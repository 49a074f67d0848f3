"""Ctrl-C before the command has begun its work, while Python still reads its modules: one line, no traceback."""

from __future__ import annotations

import os
import signal
import sys
import threading
from types import FrameType

__all__ = ["leave", "own_way"]

NAMES = ("-m", "cvm", "cvm.exe", "__main__.py")
"""How the program is called when it is this command; a notebook keeps its own way with Ctrl-C."""


def leave(number: int, frame: FrameType | None) -> None:
    """End the process at once with exit code 130."""
    os.write(2, b"cvm: interrupted\n")
    os._exit(130)


def own_way() -> None:
    """Let Ctrl-C raise again, once the command can catch it."""
    if signal.getsignal(signal.SIGINT) is leave:
        signal.signal(signal.SIGINT, signal.default_int_handler)


if os.path.basename(sys.argv[0] if sys.argv else "") in NAMES and threading.current_thread() is threading.main_thread():  # noqa: PTH119
    signal.signal(signal.SIGINT, leave)
