"""What every command does when the machine or the user stops it: one line, the right exit code, no traceback."""

from __future__ import annotations

import contextlib
import functools
import io
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from canonical.interrupt import ENDING, leave
from canonical.places import ROOT
from canonical.reading.encodings import UnreadableError
from canonical.safe_text import safe_line

__all__ = ["INTERRUPTED", "TRACEBACK", "UNREADABLE", "guarded"]

UNREADABLE = 2
INTERRUPTED = 130
LONGEST = 1_000
"""Characters of the one line."""
TRACEBACK = "CVM_TRACEBACK"
"""The environment variable under which a fault of the program is shown as Python shows it."""


def guarded(name: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Let a command end in one line on stderr and an exit code where something outside it fails.

    Ctrl-C gives 130, and so does an order to end (SIGTERM, SIGHUP); a file that cannot be read or written, a text that
    is not in its encoding, a nesting or a size beyond the machine, and a library that gives up on a damaged file give
    2. So does whatever nobody has foreseen, with the place in the program: no user reads a traceback, and who wants
    one sets `CVM_TRACEBACK`.
    """

    def decorate(main: Callable[..., int]) -> Callable[..., int]:
        @functools.wraps(main)
        def run(*arguments: Sequence[str] | None) -> int:
            held = _prepare()
            try:
                code = main(*arguments)
                sys.stdout.flush()
                return code
            except KeyboardInterrupt:
                return _end(name, "interrupted", INTERRUPTED)
            except BrokenPipeError:
                _let_go()
                return 1
            except (UnreadableError, OSError, UnicodeError, RecursionError, MemoryError) as error:
                return _end(name, _reason(error), UNREADABLE)
            except _failures_of_polars() as error:
                return _end(name, f"a file cannot be read ({_first_line(error)})", UNREADABLE)
            except Exception as error:
                if os.environ.get(TRACEBACK):
                    raise
                return _end(name, _unforeseen(error), UNREADABLE)
            finally:
                for number in held:  # the work is done, or given up in a line: nothing is left to be ended
                    signal.signal(number, signal.SIG_IGN)

        return run

    return decorate


def _failures_of_polars() -> tuple[type[BaseException], ...]:
    """What polars raises where it gives up on a file; nothing where it is not imported, so that it is not for this."""
    polars = sys.modules.get("polars.exceptions")
    return () if polars is None else (polars.PanicException, polars.ComputeError)


def _prepare() -> list[int]:
    """Let what asks for the end raise from here on, and a terminal of another encoding show escapes for letters.

    Returned are the signals that `quiet_start` held until now.
    """
    held: list[int] = []
    if threading.current_thread() is threading.main_thread():
        for number in ENDING:
            before = signal.getsignal(number)
            if before in (leave, signal.SIG_DFL):
                signal.signal(number, signal.default_int_handler)
            if before is leave:
                held.append(number)
    # Where the shell has closed a stream there is none; what is said to it goes nowhere.
    sys.stdout, sys.stderr = sys.stdout or io.StringIO(), sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(OSError, ValueError):  # a closed stream says so when it is written to
                stream.reconfigure(errors="backslashreplace")
    return held


def _reason(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    if isinstance(error, RecursionError):
        return "the input is nested too deeply"
    if isinstance(error, MemoryError):
        return "the input is too large for the memory of this machine; fix: give it in parts"
    return str(error)


def _unforeseen(error: Exception) -> str:
    """What happened, and where in our own code the last step was."""
    steps = traceback.extract_tb(error.__traceback__)
    ours = [step for step in steps if Path(step.filename).is_relative_to(ROOT) and ".venv" not in step.filename]
    place = f" at {Path(ours[-1].filename).relative_to(ROOT)}:{ours[-1].lineno}" if ours else ""
    return (
        f"the input is none that was foreseen ({type(error).__name__}: {_first_line(error)}{place}); "
        f"fix: run git status for files that changed, and report it with the input; {TRACEBACK}=1 shows the way there"
    )


def _first_line(error: BaseException) -> str:
    return f"{next(iter(str(error).splitlines()), '')!s:.120}"


def _end(name: str, reason: str, code: int) -> int:
    line = f"{name}: {reason}"
    print(safe_line(line if len(line) <= LONGEST else f"{line[:LONGEST]}…"), file=sys.stderr)
    return code


def _let_go() -> None:
    """Send what is left of the output nowhere, so that closing it fails no more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
