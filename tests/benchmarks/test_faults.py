"""The loops over faults tell a writer that loses from one that does not, and count what they strike."""

from __future__ import annotations

import errno
import os
import signal
from pathlib import Path

import pytest

from benchmarks import trials
from benchmarks.forked import called, forked
from benchmarks.strikes import counted
from benchmarks.tree import files_of, put_back
from benchmarks.trials import World, some, struck
from tests.benchmarks.writers import NEW, OLD

WRITERS = "tests.benchmarks.writers"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of one table, in which the commands run."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_bytes(OLD)
    commands = {name: [WRITERS, name] for name in ("bare", "careful", "loud")}
    monkeypatch.setattr(trials, "COMMANDS", commands)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def a_world(root: Path, name: str) -> World:
    """The command, its files, and how many steps it takes."""
    total = root / "steps.txt"
    assert forked(lambda: counted([WRITERS, name], total)).code == 0
    put_back(root, {"data/a.csv": OLD})
    return World(name, root, {"data/a.csv": OLD}, {"data/a.csv": NEW}, int(total.read_text()), 0.1)


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refused() -> None:
    raise OSError(errno.ENOSPC, "No space left on device", "data/a.csv")


def test_a_bare_writer_that_is_killed_has_lost_the_table(root: Path) -> None:
    world = a_world(root, "bare")
    assert world.steps == 2
    ended = [struck(world, "deaths", f"at step {step}", step, killed, (-9,)) for step in range(world.steps)]
    assert [told["faults"] for told in ended] == [[], ["lost: data/a.csv"]]


def test_a_careful_writer_that_is_killed_or_refused_has_lost_nothing(root: Path) -> None:
    world = a_world(root, "careful")
    assert world.steps >= 3, "a part is opened, renamed and taken away"
    for step in range(world.steps):
        assert struck(world, "deaths", f"at step {step}", step, killed, (-9,))["faults"] == []
        assert struck(world, "errors of the disk", f"at step {step}", step, refused, (0, 2))["faults"] == []


def test_a_traceback_is_told(root: Path) -> None:
    told = struck(a_world(root, "loud"), "errors of the disk", "at step 0", 0, refused, (0, 2))
    assert told["faults"] == ["exit code 70, expected 0 or 2", "a traceback"]


def test_a_share_is_spread_over_all_and_never_none() -> None:
    assert some(range(10), 1) == list(range(10))
    assert some(range(10), 0.3) == [0, 3, 6]
    assert some(range(10), 0.0) == [0]


def test_a_file_that_changes_at_once_and_keeps_its_size_is_read_again(root: Path) -> None:
    path = root / "data" / "a.csv"
    for content in (b"a\n1\n", b"a\n2\n", b"a\n3\n"):
        path.write_bytes(content)
        assert files_of(root) == {"data/a.csv": content}
    put_back(root, {"data/a.csv": OLD})
    assert path.read_bytes() == OLD and called([WRITERS, "bare"]) == 0 and path.read_bytes() == NEW


def test_whatever_stands_in_place_of_a_file_or_beside_it_is_taken_away(root: Path) -> None:
    data = root / "data"
    (data / "a.csv").unlink()
    (data / "a.csv").symlink_to(data / "a.csv")
    os.mkfifo(data / "b.csv")
    (data / "c.csv" / "deep").mkdir(parents=True)
    (data / "new" / "deep").mkdir(parents=True)
    (data / "new" / "deep" / "file").write_bytes(b"x")
    (data / "led").symlink_to(data / "new")
    assert files_of(root) == {"data/new/deep/file": b"x"}
    good = {"data/a.csv": OLD, "data/b.csv": OLD, "data/c.csv": OLD, "own/d.csv": OLD}
    put_back(root, good)
    assert files_of(root) == good
    assert sorted(path.name for path in data.iterdir()) == ["a.csv", "b.csv", "c.csv"]
