"""PostgreSQL makes and loads every table of a release with all keys on, and gives back the values that went in."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cloud_vendor_metrics as cvm
import pytest

from canonical.table_schema import load_schema
from tests.readers.rows import typed

BIN = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), Path("/usr/bin"))
pytestmark = pytest.mark.skipif(not (BIN / "initdb").exists(), reason="PostgreSQL is not installed")
OPTIONS = (
    "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 "
    "-c autovacuum=off"
)
"""A server that lives for some seconds keeps nothing for a crash, a copy or tomorrow."""
SMALL = 5_000
"""Rows up to which a table is taken back cell by cell; of larger ones rows and sums are."""


def as_nobody(*command: str) -> None:
    """Run a command of the server, which refuses to run as root."""
    user = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
    subprocess.run([*user, *command], check=True, timeout=120, stdout=subprocess.DEVNULL, cwd="/")


@dataclass(frozen=True)
class Server:
    """A server of its own, reached by a socket in a folder, that holds the release in another."""

    socket: Path
    release: Path

    def sql(self, *arguments: str) -> str:
        """Run psql in the folder of the release; it stops at the first error, which an AssertionError tells."""
        command = ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", str(self.socket), "-U", "tester", "-d", "postgres"]
        done = subprocess.run(
            [*command, *arguments], cwd=self.release, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def text(self, query: str) -> str:
        """What a query gives, as CSV."""
        return self.sql("-c", f"\\copy ({query}) TO STDOUT WITH (FORMAT csv, HEADER true)")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """A server that holds the release, loaded by its own scripts."""
    place = Path("/tmp") / f"cvm-postgresql-{os.getpid()}"
    place.mkdir(mode=0o755)
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(place, nobody.pw_uid, nobody.pw_gid)
    data = str(place / "data")
    try:
        as_nobody(str(BIN / "initdb"), "-D", data, "-E", "UTF8", "--locale=C", "-A", "trust", "-U", "tester")
        started = ("-o", f"-k {place} {OPTIONS}", "-l", str(place / "log"), "-w", "start")
        as_nobody(str(BIN / "pg_ctl"), "-D", data, *started)
        try:
            made = Server(place, folder)
            made.sql("-f", "sql/postgresql.sql", "-f", "sql/postgresql-load.sql")
            yield made
        finally:
            as_nobody(str(BIN / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def test_postgresql_holds_every_row(server: Server, rows: dict[str, int]) -> None:
    counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in rows)
    told = server.sql("-c", counts).splitlines()
    assert {name: int(count) for name, _, count in (line.partition("|") for line in told)} == rows


def test_every_cell_of_small_tables_comes_back(server: Server, rows: dict[str, int]) -> None:
    small = [name for name, count in rows.items() if count <= SMALL]
    different = [
        name
        for name in small
        if cvm.checksum(typed(server.text(f"SELECT * FROM {name}"), load_schema(name)))
        != cvm.checksum(cvm.load(name, data=server.release))
    ]
    assert len(small) > 25 and not different


def test_sums_of_large_tables_come_back(server: Server, rows: dict[str, int]) -> None:
    for name in (name for name, count in rows.items() if count > SMALL):
        frame = cvm.load(name, data=server.release)
        for number in [field.name for field in load_schema(name).fields if field.type == "number"][:1]:
            count, _, total = server.sql("-c", f"SELECT count({number}), sum({number}) FROM {name}").partition("|")
            assert int(count) == frame[number].notna().sum()
            assert float(total) == pytest.approx(float(frame[number].sum()), rel=1e-9), name


def test_every_key_is_on_and_every_column_has_a_comment(server: Server, rows: dict[str, int]) -> None:
    own = "FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND convalidated"
    asked = f"SELECT contype, count(*) {own} AND contype IN ('p', 'f') GROUP BY 1"
    schemas = [load_schema(name) for name in rows]
    foreign = sum(not key.many for schema in schemas for key in schema.foreign_keys)
    assert set(server.sql("-c", asked).split()) == {f"p|{len(rows)}", f"f|{foreign}"}
    comments = (
        "SELECT count(*) FROM pg_description d JOIN pg_class c ON c.oid = d.objoid "
        "WHERE d.objsubid > 0 AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
    )
    assert int(server.sql("-c", comments)) == sum(len(schema.fields) for schema in schemas)


def test_a_row_that_no_parent_has_is_refused(server: Server) -> None:
    with pytest.raises(AssertionError, match="violates foreign key"):
        server.sql("-c", "UPDATE entities SET vendor_id = 'nobody' WHERE entity_id = 'aws'")


def test_as_of_a_day_in_plain_sql_is_that_of_the_client(server: Server) -> None:
    asked = (
        "SELECT DISTINCT ON (fact_id) * FROM vintages WHERE known_on <= DATE '2023-07-25' "
        "ORDER BY fact_id, known_on DESC"
    )
    own = cvm.as_of("2023-07-25", data=server.release)
    assert len(own) > 100
    assert cvm.checksum(typed(server.text(asked), load_schema("vintages"))) == cvm.checksum(own)
