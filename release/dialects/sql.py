"""SQL for PostgreSQL, DuckDB and SQLite: tables with comments and keys, and the script that loads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from canonical.table_schema import Field, TableSchema
from release.dialects.catalogue import Catalogue, CataloguedTable

__all__ = ["DATABASES", "load_script", "table_definitions"]

TYPES = {"string": "TEXT", "integer": "BIGINT", "number": "DOUBLE PRECISION", "boolean": "BOOLEAN", "date": "DATE"}
SQLITE_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "BOOLEAN", "date": "DATE"}


@dataclass(frozen=True)
class Database:
    """How a database speaks: its types, whether it knows comments, and how it loads the text of a table.

    `refers_to_itself` says whether it holds the keys of a table to itself against rows of the same statement; DuckDB
    does not, and gets none.
    """

    title: str
    types: dict[str, str]
    comments: bool
    refers_to_itself: bool
    load: Callable[[CataloguedTable], str]


def _copy_postgresql(table: CataloguedTable) -> str:
    path = table.text.path
    place = f"PROGRAM 'gzip -dc {path}'" if path.endswith(".gz") else f"'{path}'"
    return f"\\copy {table.name} FROM {place} WITH (FORMAT csv, HEADER true, ENCODING 'UTF8')"


def _copy_duckdb(table: CataloguedTable) -> str:
    paths = ", ".join(f"'{file.path}'" for file in table.parquet)
    columns = ", ".join(table.schema.columns)
    source = f"read_parquet([{paths}], hive_partitioning = false)"
    return f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM {source};"


def _import_sqlite(table: CataloguedTable) -> str:
    """Rows through a table of texts: the shell gives an empty cell as an empty text, which is no value."""
    path = table.text.path
    source = f'"|gzip -dc {path}"' if path.endswith(".gz") else f'"{path}"'
    cells = ", ".join(_sqlite_cell(field) for field in table.schema.fields)
    return "\n".join(
        [
            f".import --csv {source} temp_{table.name}",
            f"INSERT INTO {table.name} SELECT {cells} FROM temp_{table.name};",
            f"DROP TABLE temp_{table.name};",
        ]
    )


def _sqlite_cell(field: Field) -> str:
    if field.type == "boolean":
        return f"CASE {field.name} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END"
    cell = f"nullif({field.name}, '')"
    return f"CAST({cell} AS {SQLITE_TYPES[field.type]})" if field.type in ("integer", "number") else cell


DATABASES: dict[str, Database] = {
    "postgresql": Database("PostgreSQL", TYPES, True, True, _copy_postgresql),
    "duckdb": Database("DuckDB", TYPES, True, False, _copy_duckdb),
    "sqlite": Database("SQLite", SQLITE_TYPES, False, True, _import_sqlite),
}
"""The databases by the names of their files."""


def table_definitions(catalogue: Catalogue, database: str) -> str:
    """`CREATE TABLE` for every table in the order they load, keys and comments included."""
    speech = DATABASES[database]
    head = f"-- {catalogue.about['title']} {catalogue.version}: tables for {speech.title}, parents first.\n"
    known = {table.name for table in catalogue.tables}
    return head + "".join(f"\n{_definition(table.schema, speech, known)}" for table in catalogue.tables)


def load_script(catalogue: Catalogue, database: str) -> str:
    """The script that loads every table into the tables of `table_definitions`, run in the folder of the release."""
    speech = DATABASES[database]
    first = [f"-- Run in the folder of the release, after sql/{database}.sql."]
    if database == "sqlite":
        first += ["PRAGMA foreign_keys = ON;", "BEGIN;"]
    last = ["COMMIT;"] if database == "sqlite" else []
    return "\n".join([*first, *(speech.load(table) for table in catalogue.tables), *last]) + "\n"


def _definition(schema: TableSchema, speech: Database, known: set[str]) -> str:
    lines = list(_columns(schema, speech, known))
    body = ",\n".join(f"    {line}" for line in lines)
    said = "" if speech.comments else f"-- {schema.descriptor['description']}\n"
    text = f"{said}CREATE TABLE {schema.name} (\n{body}\n);\n"
    return text + "".join(_comments(schema)) if speech.comments else text


def _columns(schema: TableSchema, speech: Database, known: set[str]) -> Iterator[str]:
    """The columns and keys of a table; a key to a table that the package does not hold can be no key."""
    for field in schema.fields:
        needed = " NOT NULL" if field.required else ""
        said = "" if speech.comments else f" /* {_comment(field)} */"
        yield f"{field.name} {speech.types[field.type]}{needed}{said}"
    yield f"PRIMARY KEY ({', '.join(schema.primary_key)})"
    for key in schema.foreign_keys:
        to_itself = key.resource == schema.name
        if (
            key.resource in known and not key.many and (speech.refers_to_itself or not to_itself)
        ):  # SQL holds no list in a cell to anything
            fields, named = ", ".join(key.fields), ", ".join(key.reference_fields)
            yield f"FOREIGN KEY ({fields}) REFERENCES {key.resource} ({named})"


def _comments(schema: TableSchema) -> Iterator[str]:
    yield f"COMMENT ON TABLE {schema.name} IS {_quoted(schema.descriptor['description'])};\n"
    for field in schema.fields:
        yield f"COMMENT ON COLUMN {schema.name}.{field.name} IS {_quoted(_comment(field))};\n"


def _comment(field: Field) -> str:
    unit = f" Unit: {field.unit}." if field.unit and field.unit != "none" else ""
    return f"{field.descriptor['description']}{unit}".replace("*/", "* /")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
