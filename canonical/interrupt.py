"""Ctrl-C before a command has begun its work, while Python still reads its modules: one line, no traceback."""

from __future__ import annotations

import os
import signal
import sys
import threading
from types import FrameType

__all__ = ["leave", "quiet_start"]


def quiet_start() -> None:
    """Let Ctrl-C end the process in one line where Python was started with `-m`; a notebook keeps its own way."""
    if sys.argv[:1] == ["-m"] and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, leave)


def leave(number: int, frame: FrameType | None) -> None:
    """End the process at once with exit code 130."""
    os.write(2, b"interrupted\n")
    os._exit(130)
