"""Say on a terminal how far a long check is: rows, rows a second, findings; nothing in its first seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TextIO

from canonical.safe_text import safe_line

__all__ = ["Progress", "progress_on"]

QUIET = 2.0
"""Seconds in which a check says nothing."""
BETWEEN = 0.2
"""Seconds between two lines."""


@dataclass
class Progress:
    """A line on a terminal that is written over; without a `stream` nothing is."""

    stream: TextIO | None
    now: Callable[[], float] = time.monotonic
    started: float = field(init=False)
    last: float = field(init=False, default=0.0)
    width: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Begin to count."""
        self.started = self.now()

    def of(self, file: str) -> Callable[[int, int], None]:
        """What is told of the rows of a file that were read, and of the findings so far."""
        began = self.now()

        def watch(rows: int, findings: int) -> None:
            self.say(
                f"{file}: {rows:,} rows, {rows / max(self.now() - began, 0.001):,.0f} a second, {findings:,} findings"
            )

        return watch

    def say(self, line: str) -> None:
        """Show a line in place of the last one, where it is time to."""
        moment = self.now()
        if self.stream is None or moment - self.started < QUIET or moment - self.last < BETWEEN:
            return
        self.last = moment
        self._write(safe_line(line))

    def clear(self) -> None:
        """Leave nothing of the line behind."""
        if self.stream is not None and self.width:
            self._write("")
            self.stream.write("\r")
            self.stream.flush()

    def _write(self, line: str) -> None:
        assert self.stream is not None
        self.stream.write("\r" + line.ljust(self.width))
        self.stream.flush()
        self.width = len(line)


def progress_on(stream: TextIO | None = None) -> Progress:
    """Progress on stderr, or another stream, where that is a terminal; else one that says nothing."""
    stream = sys.stderr if stream is None else stream
    return Progress(stream if stream is not None and stream.isatty() else None)
