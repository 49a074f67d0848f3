"""PostgreSQL takes every table with all keys and comments, and gives back the values that went in."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cloud_vendor_metrics as cvm
import pandas as pd
import pytest

from canonical.table_schema import load_schema
from canonical.text_tables import DATA
from release.build import packaged_files
from release.dialects.catalogue import Catalogue, catalogue_of
from release.dialects.sql import load_script, table_definitions
from release.making.texts import gzipped_texts
from release.series.tables import Tables
from tests.readers.rows import typed

SMALL = 20_000
"""Rows up to which a table is held cell by cell; of larger ones rows and sums are."""


def program(name: str) -> str | None:
    """A program of PostgreSQL, from the path or from where Debian keeps it."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return shutil.which(name) or (str(places[0]) if places else None)


pytestmark = pytest.mark.skipif(not (program("initdb") and program("psql")), reason="PostgreSQL is not installed")


@dataclass(frozen=True)
class Server:
    """A server of its own, reached by a socket in a folder."""

    folder: Path
    release: Path

    def run(self, *command: str) -> str:
        """Run a program of PostgreSQL as the user that may run the server."""
        own = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        name, *rest = command
        environment = {
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "PGHOST": str(self.folder),
            "PGUSER": "postgres",
        }
        done = subprocess.run(
            [*own, str(program(name)), *rest], cwd=self.release, env=environment, capture_output=True, text=True,
            timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def sql(self, *arguments: str) -> str:
        """Run psql, which stops at the first error."""
        return self.run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "postgres", *arguments)


@cache
def catalogue() -> Catalogue:
    """The tables of the checkout with their files."""
    files = list(packaged_files(Tables(DATA)))
    return catalogue_of([*files, *gzipped_texts(Tables(DATA), files)])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that holds the release, loaded by its own scripts."""
    folder = Path("/tmp") / f"cvm-postgresql-{os.getpid()}"
    release = folder / "release"
    release.mkdir(parents=True)
    files = list(packaged_files(Tables(DATA)))
    for file in [*files, *gzipped_texts(Tables(DATA), files)]:
        if file.form != "parquet":
            (release / file.path).parent.mkdir(parents=True, exist_ok=True)
            (release / file.path).write_bytes(file.content)
    (release / "tables.sql").write_text(table_definitions(catalogue(), "postgresql"), encoding="utf-8")
    (release / "load.sql").write_text(load_script(catalogue(), "postgresql"), encoding="utf-8")
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    made = Server(folder, release)
    data = str(folder / "cluster")
    try:
        made.run(
            "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale", "C.UTF-8"
        )
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c full_page_writes=off"
        made.run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            made.sql("-f", "tables.sql")
            made.sql("-f", "load.sql")
            yield made
        finally:
            made.run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_every_table_has_all_its_rows(server: Server) -> None:
    counts = " UNION ALL ".join(f"SELECT '{table.name}', count(*) FROM {table.name}" for table in catalogue().tables)
    found = dict(line.split("|") for line in server.sql("-A", "-t", "-c", counts).split())
    assert {name: int(count) for name, count in found.items()} == {
        table.name: table.rows for table in catalogue().tables
    }


def test_every_cell_comes_back(server: Server) -> None:
    different: list[str] = []
    for table in (one for one in catalogue().tables if one.rows <= SMALL):
        text = server.sql("-c", f"\\copy (SELECT * FROM {table.name}) TO STDOUT WITH (FORMAT csv, HEADER true)")
        if cvm.checksum(typed(text, table.schema)) != cvm.checksum(cvm.load(table.name)):
            different.append(table.name)
    assert not different


def test_sums_of_large_tables_come_back(server: Server) -> None:
    for table in (one for one in catalogue().tables if one.rows > SMALL):
        numbers = [field.name for field in table.schema.fields if field.type == "number"]
        frame = cvm.load(table.name)
        for number in numbers[:1]:
            found = (
                server.sql("-A", "-t", "-c", f"SELECT count({number}), sum({number}) FROM {table.name}")
                .strip()
                .split("|")
            )
            assert int(found[0]) == frame[number].notna().sum()
            assert float(found[1]) == pytest.approx(float(frame[number].sum()), rel=1e-9)


def test_every_key_is_on_and_every_column_has_a_comment(server: Server) -> None:
    asked = (
        "SELECT contype, count(*) FROM pg_constraint WHERE contype IN ('p', 'f') AND convalidated GROUP BY 1 ORDER BY 1"
    )
    found = dict(line.split("|") for line in server.sql("-A", "-t", "-c", asked).split())
    schemas = [table.schema for table in catalogue().tables]
    assert int(found["p"]) == len(schemas)
    assert int(found["f"]) == sum(not key.many for schema in schemas for key in schema.foreign_keys)
    comments = (
        "SELECT count(*) FROM pg_description d JOIN pg_class c ON c.oid = d.objoid "
        "WHERE d.objsubid > 0 AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
    )
    assert int(server.sql("-A", "-t", "-c", comments)) == sum(len(schema.fields) for schema in schemas)


def test_a_row_that_no_parent_has_is_refused(server: Server) -> None:
    with pytest.raises(AssertionError, match="violates foreign key"):
        server.sql("-c", "UPDATE entities SET vendor_id = 'nobody' WHERE entity_id = 'aws'")


def test_as_of_a_day_in_plain_sql_is_that_of_the_clients(server: Server) -> None:
    asked = (
        "SELECT DISTINCT ON (fact_id) * FROM vintages WHERE known_on <= DATE '2023-07-25' "
        'ORDER BY fact_id COLLATE "C", known_on DESC'
    )
    text = server.sql("-c", f"\\copy ({asked}) TO STDOUT WITH (FORMAT csv, HEADER true)")
    assert cvm.checksum(typed(text, load_schema("vintages"))) == cvm.checksum(cvm.as_of("2023-07-25"))


def test_rows_are_typed_as_the_client_types_them() -> None:
    frame = typed("vendor_id,name_en\nx,NA\n", load_schema("vendors"))
    assert list(frame["name_en"]) == ["NA"] and isinstance(frame, pd.DataFrame)
