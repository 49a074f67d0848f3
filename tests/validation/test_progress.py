"""What a terminal is told of a long check, and that nothing else is."""

from __future__ import annotations

import io

from validation.progress import Progress, progress_on


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_rows_pace_and_findings_stand_in_one_line_after_two_seconds() -> None:
    moments = iter([0.0, 0.0, 1.0, 1.0, 3.0, 3.0, 3.1, 3.1])
    terminal = Terminal()
    watch = Progress(terminal, lambda: next(moments)).of("feed.csv")
    watch(1000, 0)
    assert terminal.getvalue() == ""
    watch(30_000, 2)
    watch(40_000, 2)
    assert terminal.getvalue() == "\rfeed.csv: 30,000 rows, 10,000 a second, 2 findings"


def test_the_line_is_taken_away_at_the_end() -> None:
    moments = iter([0.0, 3.0])
    terminal = Terminal()
    progress = Progress(terminal, lambda: next(moments))
    progress.say("a line")
    progress.clear()
    assert terminal.getvalue().endswith("\r" + " " * len("a line") + "\r")


def test_what_is_no_terminal_is_told_nothing() -> None:
    assert progress_on(io.StringIO()).stream is None and progress_on(Terminal()).stream is not None
