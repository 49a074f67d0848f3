"""PostgreSQL makes and loads every table of a release with all keys on."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

BIN = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), Path("/usr/bin"))
needs_postgresql = pytest.mark.skipif(not (BIN / "initdb").exists(), reason="PostgreSQL is not installed")
SERVER = "-c listen_addresses='' -c fsync=off -c full_page_writes=off"


def as_nobody(*command: str) -> None:
    """Run a command of the server, which refuses to run as root."""
    user = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
    subprocess.run([*user, *command], check=True, timeout=120, stdout=subprocess.DEVNULL, cwd="/")


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A server of its own; the folder of its socket."""
    folder = Path("/tmp") / f"cvm-postgresql-{os.getpid()}"
    folder.mkdir(mode=0o755)
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    data = folder / "data"
    try:
        as_nobody(str(BIN / "initdb"), "-D", str(data), "-E", "UTF8", "--locale=C", "-A", "trust", "-U", "tester")
        as_nobody(str(BIN / "pg_ctl"), "-D", str(data), "-o", f"-k {folder} {SERVER}", "-l", str(folder / "log"),
                  "-w", "start")  # fmt: skip
        try:
            yield folder
        finally:
            as_nobody(str(BIN / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@needs_postgresql
def test_postgresql_holds_every_row_with_its_keys_on(folder: Path, rows: dict[str, int], server: Path) -> None:
    call = ["psql", "-qAt", "-v", "ON_ERROR_STOP=1", "-h", str(server), "-U", "tester", "-d", "postgres"]
    scripts = ["-f", "sql/postgresql.sql", "-f", "sql/postgresql-load.sql"]
    subprocess.run([*call, *scripts], cwd=folder, check=True, timeout=300)
    counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in rows)
    told = subprocess.run([*call, "-c", counts], capture_output=True, text=True, check=True, timeout=120).stdout
    assert {name: int(count) for name, _, count in (line.partition("|") for line in told.splitlines())} == rows
    comment = subprocess.run([*call, "-c", "SELECT col_description('observations'::regclass, 1)"], capture_output=True,
                             text=True, check=True, timeout=60).stdout  # fmt: skip
    assert comment.strip()
