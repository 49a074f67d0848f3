"""What every command does when the machine or the user stops it: one line, the right exit code, no traceback."""

from __future__ import annotations

import functools
import io
import os
import signal
import sys
from collections.abc import Callable, Sequence

import polars as pl

from canonical.interrupt import leave
from canonical.reading.encodings import UnreadableError
from canonical.safe_text import safe_line

__all__ = ["INTERRUPTED", "UNREADABLE", "guarded"]

UNREADABLE = 2
INTERRUPTED = 130


def guarded(name: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Let a command end in one line on stderr and an exit code where something outside it fails.

    Ctrl-C gives 130; a file that cannot be read or written, a text that is not in its encoding, a nesting or a size
    beyond the machine, and a library that gives up on a damaged file give 2. Everything else is a fault of the
    program and stays a traceback.
    """

    def decorate(main: Callable[..., int]) -> Callable[..., int]:
        @functools.wraps(main)
        def run(*arguments: Sequence[str] | None) -> int:
            _prepare()
            try:
                code = main(*arguments)
                _flush()
                return code
            except KeyboardInterrupt:
                return _end(name, "interrupted", INTERRUPTED)
            except BrokenPipeError:
                _let_go()
                return 1
            except (UnreadableError, OSError, UnicodeError, RecursionError, MemoryError) as error:
                return _end(name, _reason(error), UNREADABLE)
            except (pl.exceptions.PanicException, pl.exceptions.ComputeError) as error:
                return _end(name, f"a file cannot be read ({str(error).splitlines()[0]:.120})", UNREADABLE)

        return run

    return decorate


def _prepare() -> None:
    """Let Ctrl-C raise from here on, and let a terminal of another encoding show escapes in place of letters."""
    if signal.getsignal(signal.SIGINT) is leave:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _reason(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    if isinstance(error, RecursionError):
        return "the input is nested too deeply"
    if isinstance(error, MemoryError):
        return "the input is too large for the memory of this machine; fix: give it in parts"
    return str(error)


def _end(name: str, reason: str, code: int) -> int:
    print(safe_line(f"{name}: {reason}"), file=sys.stderr)
    return code


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _let_go() -> None:
    """Send what is left of the output nowhere, so that closing it fails no more."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
