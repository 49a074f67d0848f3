"""Relations in a process of their own find what they find here, and no process is left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canonical.reading.encodings import UnreadableError
from canonical.reference import Reference
from canonical.text_tables import DATA, Row
from tests.builders import an_observation, write_csv, write_reference
from validation import apart
from validation.apart import relations_apart
from validation.related import related, related_to_edits


def _dies(*arguments: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _is_refused(*arguments: Any) -> None:
    raise OSError("no room")


def _not_here(*arguments: Any, **options: Any) -> None:
    pytest.fail("asked in another place")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which a print of growth does not meet the two values it is between."""
    reference = Reference(write_reference(tmp_path))
    growth = {"printed_unit_id": "percent", "measure": "growth_yoy"}
    cells: list[Row] = [
        {"period_end": "2024-12-31", "printed_value": "100"},
        {"period_end": "2025-12-31", "printed_value": "150"},
        {"period_end": "2025-12-31", "printed_value": "10", **growth},
    ]
    ids = [f"acme-results-2025.00{number}" for number in (1, 2, 3)]
    rows = [an_observation(reference, observation_id=name, **row) for name, row in zip(ids, cells, strict=True)]
    write_csv(tmp_path / "observations.csv", rows)
    return tmp_path


def test_another_process_finds_what_this_one_finds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = related(folder)
    assert "C.growth_yoy" in {finding.rule for finding in expected.findings} & set(expected.rules or ())
    monkeypatch.setattr(apart, "processors", lambda: 2)
    with relations_apart(folder) as relations:
        monkeypatch.setattr(apart, "related", _not_here)
        assert relations() == expected


def test_edits_are_asked_apart_as_here(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = related_to_edits(DATA)
    monkeypatch.setattr(apart, "processors", lambda: 2)
    with relations_apart(DATA, related_to_edits) as relations:
        assert relations() == expected


@pytest.mark.parametrize("work", [_dies, _is_refused], ids=["dies", "is refused"])
def test_a_process_that_comes_to_no_end_loses_no_finding(
    folder: Path, monkeypatch: pytest.MonkeyPatch, work: Callable[..., None]
) -> None:
    monkeypatch.setattr(apart, "processors", lambda: 2)
    monkeypatch.setattr(apart, "_tell", work)
    with relations_apart(folder) as relations:
        assert relations() == related(folder)


def test_what_the_other_process_cannot_read_is_said_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "processors", lambda: 2)
    (folder / "observations.csv").write_bytes(b"observation_id\x00\n")
    with pytest.raises(UnreadableError, match=r"observations\.csv"), relations_apart(folder) as relations:
        relations()


def test_one_processor_asks_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "get_context", _not_here)
    with relations_apart(folder) as relations:
        assert relations() == related(folder)


def test_an_interruption_leaves_no_process_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "processors", lambda: 2)
    with pytest.raises(KeyboardInterrupt), relations_apart(folder):
        assert len(multiprocessing.active_children()) == 1
        raise KeyboardInterrupt
    assert multiprocessing.active_children() == []


COPIED = """
import os, signal, sys
from pathlib import Path
from validation import apart
from validation.related import Related

def ask(folder):
    print(os.getpid(), flush=True)
    return Related([], ("x" * (1 << 20),))

apart.processors = lambda: 2
with apart.relations_apart(Path("."), lambda folder: ask(folder)) as relations:
    if sys.argv[1] == "ends":
        os.kill(os.getpid(), signal.SIGKILL)
    print(os.getpid(), len(relations().rules[0]))
"""
"""A function without a name is asked: it can be copied, and cannot be sent to a process that starts Python anew."""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems start Python anew")
def test_a_process_with_one_thread_is_copied() -> None:
    done = subprocess.run([sys.executable, "-c", COPIED, "waits"], capture_output=True, text=True, check=True)
    there, here, size = done.stdout.split()
    assert there != here and size == str(1 << 20)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems start Python anew")
def test_a_copy_ends_where_nobody_waits_for_it_any_more() -> None:
    done = subprocess.run([sys.executable, "-c", COPIED, "ends"], stdout=subprocess.PIPE, text=True, timeout=60)
    assert done.returncode == -signal.SIGKILL
    for there in done.stdout.split():
        until = time.monotonic() + 30
        while Path(f"/proc/{there}").exists() and time.monotonic() < until:
            time.sleep(0.05)
        assert not Path(f"/proc/{there}").exists()
