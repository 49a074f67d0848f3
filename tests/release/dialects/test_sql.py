"""Definitions of tables name keys to the tables that the package holds, and to no others."""

from __future__ import annotations

import sqlite3

import pytest

from release.dialects.catalogue import catalogue_of
from release.dialects.sql import table_definitions
from release.package.descriptor import PackagedFile


@pytest.mark.parametrize(("tables", "keys"), [(("entities",), []), (("vendors", "entities"), ["vendors"])])
def test_a_key_to_a_table_that_is_not_held_is_none(tables: tuple[str, ...], keys: list[str]) -> None:
    catalogue = catalogue_of([PackagedFile(name, f"data/{name}.csv", b"", 0) for name in tables])
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.executescript(table_definitions(catalogue, "sqlite"))
    told = connection.execute("PRAGMA foreign_key_list(entities)").fetchall()
    assert sorted(row[2] for row in told if row[2] != "entities") == keys
    connection.execute("SELECT * FROM entities").fetchall()
