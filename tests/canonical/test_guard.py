"""The guard of every command: one line and the right exit code, whatever happens."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from collections.abc import Callable

import polars as pl
import pytest

from canonical.guard import TRACEBACK, guarded
from canonical.interrupt import quiet_start
from canonical.reading.encodings import UnreadableError
from canonical.table_schema import ROOT

COMMANDS = (["validation"], ["canonical.fill"], ["release", "build"], ["release", "docs"], ["ingest", "--help"])


def raising(error: BaseException) -> Callable[[], int]:
    """A command that fails in one way."""

    @guarded("command")
    def main() -> int:
        raise error

    return main


def nested(depth: int) -> int:
    """Call itself without end."""
    return nested(depth + 1) + 1


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (KeyboardInterrupt(), 130, "command: interrupted"),
        (UnreadableError("a.csv:1: found nothing"), 2, "command: a.csv:1: found nothing"),
        (OSError(errno.ENOSPC, "No space left", "data/a.csv"), 2, "command: data/a.csv: No space left"),
        (PermissionError(errno.EACCES, "Permission denied"), 2, "command: Permission denied"),
        (UnicodeError("no such byte"), 2, "command: no such byte"),
        (RecursionError("maximum"), 2, "command: the input is nested too deeply"),
        (MemoryError(), 2, "command: the input is too large for the memory of this machine; fix: give it in parts"),
        (pl.exceptions.PanicException("out of range\nbacktrace"), 2, "command: a file cannot be read (out of range)"),
        (UnreadableError("a\x1b[2J\nb\u202ec"), 2, "command: a\\x1b[2J b\\u202ec"),
    ],
)  # fmt: skip
def test_what_fails_outside_the_program_is_one_line(
    error: BaseException, code: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert raising(error)() == code
    assert capsys.readouterr().err == f"{line}\n"


@pytest.mark.parametrize("error", [KeyError("a"), ValueError("b"), TypeError("c"), AssertionError("d")])
def test_what_nobody_foresaw_is_one_line_that_says_where(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(TRACEBACK)
    assert raising(error)() == 2
    line = capsys.readouterr().err
    assert line.count("\n") == 1 and line.startswith(
        f"command: the input is none that was foreseen ({type(error).__name__}"
    )
    assert "at tests/canonical/test_guard.py:" in line


@pytest.mark.parametrize("error", [KeyError("a"), ValueError("b"), TypeError("c"), AssertionError("d")])
def test_who_asks_for_it_sees_where_a_fault_came_from(error: Exception) -> None:
    with pytest.raises(type(error)):
        raising(error)()


def test_a_line_is_never_longer_than_a_screen(capsys: pytest.CaptureFixture[str]) -> None:
    assert raising(UnreadableError("x" * 100_000))() == 2
    assert len(capsys.readouterr().err) < 1_100


def test_a_terminal_of_another_encoding_gets_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))

    @guarded("command")
    def main() -> int:
        print("云")
        return 0

    assert main() == 0
    assert written.getvalue() == b"\\u4e91\n"


def test_a_command_without_an_output_still_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)

    @guarded("command")
    def main() -> int:
        print("said to nobody")
        sys.stdout.write("nor this")
        return 1

    assert main() == 1


@pytest.mark.parametrize("asked", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_what_asks_for_the_end_while_modules_are_read_is_one_line(command: list[str], asked: str) -> None:
    early = "import os, signal, sys, importlib.abc\n"
    early += "class At(importlib.abc.MetaPathFinder):\n"
    early += "    def find_spec(self, name, *given):\n"
    early += "        if name in ('canonical.findings', 'ingest.upstream', 'canonical.intervals'):"
    early += f" os.kill(os.getpid(), signal.{asked})\n"
    early += "sys.meta_path.insert(0, At())\nimport runpy\nsys.argv = ['-m']\n"
    early += f"import {command[0].partition('.')[0]}\nsys.argv = ['x', *{command[1:]!r}]\n"
    early += f"runpy.run_module({command[0]!r}, run_name='__main__')"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", early], env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "interrupted\n")


@pytest.mark.parametrize("asked", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize(
    ("moment", "code", "line"),
    [
        ("os.kill(os.getpid(), number)", 130, "command: interrupted\n"),
        ("atexit.register(os.kill, os.getpid(), number)", 0, ""),  # all is done and said
    ],
)
def test_an_order_to_end_is_one_line_at_work_and_none_after_it(asked: str, moment: str, code: int, line: str) -> None:
    run = "import atexit, os, signal, sys\nsys.argv = ['-m']\nfrom canonical.guard import guarded\n"
    run += f"number = signal.{asked}\n@guarded('command')\ndef main():\n    {moment}\n    return 0\nsys.exit(main())"
    ran = subprocess.run([sys.executable, "-c", run], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
                         text=True, check=False)  # fmt: skip
    assert (ran.returncode, ran.stdout, ran.stderr) == (code, "", line)


@pytest.mark.parametrize("asked", ["SIGINT", "SIGTERM"])
def test_an_order_to_end_waits_for_imports(asked: str) -> None:
    run = "import os, signal, sys\nsys.argv = ['-m']\nfrom canonical.guard import guarded\n"
    run += "from canonical.interrupt import interrupted_later\n@guarded('command')\ndef main():\n"
    run += f"    with interrupted_later():\n        os.kill(os.getpid(), signal.{asked})\n        print('imported')\n"
    run += "    print('checked')\n    return 0\nsys.exit(main())"
    ran = subprocess.run([sys.executable, "-c", run], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
                         text=True, check=False)  # fmt: skip
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "imported\n", "command: interrupted\n")


def test_what_a_program_around_it_ignores_stays_ignored() -> None:
    run = "import os, signal, sys\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\nsys.argv = ['-m']\n"
    run += "from canonical.guard import guarded\n@guarded('command')\ndef main():\n"
    run += "    os.kill(os.getpid(), signal.SIGHUP)\n    return 0\nsys.exit(main())"
    ran = subprocess.run([sys.executable, "-c", run], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert ran.returncode == 0


def test_a_notebook_keeps_its_own_way_with_ctrl_c() -> None:
    import signal

    before = signal.getsignal(signal.SIGINT)
    quiet_start()
    assert signal.getsignal(signal.SIGINT) is before
