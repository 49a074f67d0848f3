"""Hostile surroundings: folders that cannot be listed, few files and little memory, no place to stand, deaf streams."""

from __future__ import annotations

import ctypes
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.hostile_kind import VENDORS, Codes, Kind

__all__ = ["CLOSED", "world_kinds"]

CAPABILITIES = 0x20080522
"""The version of the system's own list of what a process may do beyond the rights of files."""
CLOSED = ("data", "schemas", "docs", "own/release")
"""The folders that kinds close."""
LISTED = 0o311
"""A folder whose files may be opened by those who know their names, and that nobody may list."""
READS: Codes = dict.fromkeys(("feed", "table", "check", "changed", "fill", "build"), (0,))
REFUSED: Codes = dict.fromkeys(("check", "changed", "build", "docs"), (2,))


def world_kinds() -> Iterator[Kind]:
    """Every kind of surroundings in which commands begin; the files of the package are whole."""
    yield _kind(
        "data that cannot be listed", lambda: _close("data"), {**REFUSED, "fill": (2,), "cvm verify": (2,)}, "data"
    )
    yield _kind("schemas that cannot be listed", lambda: _close("schemas"),
                {**REFUSED, "fill": (2,), "table": (2,), "feed": (2,)}, "schemas")  # fmt: skip
    yield _kind("a release that cannot be listed", lambda: _close("own/release"), {"verify": (2,)}, "own")
    yield _kind("pages that cannot be listed", lambda: _close("docs"), {"docs": (2,)})
    yield _kind("no folder to stand in", _stand_nowhere, {**READS, "docs": (0,)})
    yield _kind("files that nobody may read, by the umask", lambda: os.umask(0o777), {**READS, "fill": (0,)})
    few = dict.fromkeys(READS, (0, 2))
    yield _kind("sixteen open files", lambda: _limit(resource.RLIMIT_NOFILE, 16), few)
    yield _kind("no folder for what is passing", lambda: _pass_by("/nowhere"), few)
    yield _kind("no home", lambda: os.environ.pop("HOME", None), READS)
    yield _kind("a terminal of ASCII", lambda: _encode("ascii"), READS)
    yield _kind("a terminal of GBK", lambda: _encode("gbk"), READS)
    yield _kind("no standard input", lambda: os.close(0), READS)
    yield _kind("no standard output", lambda: os.close(1), dict.fromkeys(READS, (0, 1, 2)))
    yield _kind("a standard output that nobody reads", _write_to_nobody, dict.fromkeys(READS, (0, 1)))


def _kind(name: str, within: Callable[[], object], codes: Codes, words: str = "") -> Kind:
    return Kind("surroundings", name, VENDORS, lambda path: None, codes, words, within)


def _close(folder: str) -> None:
    """Let a folder be listed by nobody, and give up what lets an administrator list it all the same."""
    Path(folder).chmod(LISTED)
    if sys.platform == "linux":
        ctypes.CDLL(None).capset((ctypes.c_uint32 * 2)(CAPABILITIES, 0), (ctypes.c_uint32 * 6)())


def _stand_nowhere() -> None:
    place = tempfile.mkdtemp()
    os.chdir(place)
    Path(place).rmdir()


def _limit(what: int, most: int) -> None:
    resource.setrlimit(what, (most, most))


def _pass_by(folder: str) -> None:
    os.environ["TMPDIR"] = folder
    tempfile.tempdir = None


def _encode(encoding: str) -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding=encoding)  # pyright: ignore[reportAttributeAccessIssue]


def _write_to_nobody() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    os.dup2(writing, 1)
