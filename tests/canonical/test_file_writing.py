"""Writing: the old file or the new one at any time, one writer at a time, and nothing of others overwritten."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from canonical import file_writing
from canonical.file_writing import only_writer, replace_file, replace_files
from canonical.reading.encodings import UnreadableError
from canonical.table_schema import ROOT

HOLD = "import sys, pathlib\nfrom canonical.file_writing import only_writer\n"
HOLD += "with only_writer(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"


def names(folder: Path) -> set[str]:
    """What lies in a folder."""
    return {path.name for path in folder.iterdir()}


def test_a_file_is_replaced_as_a_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    replace_file(path, b"old")
    replace_file(path, b"new", was=b"old")
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == {"a.csv"}


def test_a_file_saved_in_the_meantime_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"saved since")
    with pytest.raises(UnreadableError, match=r"a\.csv: the file changed while"):
        replace_file(path, b"made from the old one", was=b"old")
    assert path.read_bytes() == b"saved since"
    assert names(tmp_path) == {"a.csv"}


def test_where_one_of_many_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "folder").write_bytes(b"a file where a folder is needed")
    with pytest.raises(OSError, match="folder"):
        replace_files({tmp_path / "a": b"new", tmp_path / "folder" / "b": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == {"a", "folder"}


@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_what_is_no_file_is_not_replaced(tmp_path: Path, kind: str) -> None:
    """A rename over /dev/null would take the device away."""
    place = tmp_path / "place"
    os.mkfifo(place) if kind == "pipe" else place.mkdir()
    with pytest.raises(UnreadableError, match="no ordinary file stands there; nothing was written"):
        replace_files({tmp_path / "other": b"new", place: b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


def test_a_link_of_the_package_that_leads_out_of_it_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"kept")
    (tmp_path / "package" / "data").mkdir(parents=True)
    monkeypatch.setattr(file_writing, "ROOT", tmp_path / "package")
    link = tmp_path / "package" / "data" / "vintages.csv"
    link.symlink_to(outside)
    with pytest.raises(UnreadableError, match=r"data/vintages\.csv: a link that leads out of the package"):
        replace_file(link, b"new")
    assert outside.read_bytes() == b"kept"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    replace_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_an_interruption_waits_until_all_files_are_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {tmp_path / name: b"new" for name in "abc"}
    replace = Path.replace

    def interrupted(part: Path, target: Path) -> Path:
        os.kill(os.getpid(), signal.SIGINT)
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        replace_files(files)
    assert names(tmp_path) == {"a", "b", "c"}


@pytest.mark.parametrize("asked", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_an_order_to_end_waits_as_ctrl_c_does_and_leaves_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    number = getattr(signal, asked)
    before = signal.signal(number, signal.default_int_handler)
    monkeypatch.setattr(os, "fsync", lambda file: os.kill(os.getpid(), number))
    try:
        with pytest.raises(KeyboardInterrupt):
            replace_files({tmp_path / "a": b"new"})
    finally:
        signal.signal(number, before)
    assert names(tmp_path) == set()


@pytest.mark.parametrize("rights", [0o600, 0o644, 0o664])
def test_a_file_keeps_its_rights(tmp_path: Path, rights: int) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(rights)
    before = os.umask(0o027)
    try:
        replace_file(path, b"new")
    finally:
        os.umask(before)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", rights)


def test_a_thread_writes_too(tmp_path: Path) -> None:
    thread = threading.Thread(target=replace_file, args=(tmp_path / "a", b"new"))
    thread.start()
    thread.join()
    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_second_writer_waits_says_so_and_gives_up_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as holder:
        assert holder.stdin and holder.stdout and holder.stdout.readline() == b"held\n"
        with pytest.raises(UnreadableError, match="another command is writing"), only_writer(tmp_path, patience=0.1):
            pass
        assert capsys.readouterr().err == f"{tmp_path.name}: another command is writing there; waiting\n"
        holder.stdin.close()
        holder.wait()
    with only_writer(tmp_path, patience=0.0):
        assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().err == ""


def test_a_writer_waits_some_minutes_at_most() -> None:
    assert 30 <= file_writing.PATIENCE <= 600
