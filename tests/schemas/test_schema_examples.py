"""An identifier given as an example is one that a reader finds in the table."""

from __future__ import annotations

import polars as pl
import pytest

from canonical.table_schema import TableSchema, load_schema, table_names
from canonical.text_tables import DATA


def identifying(schema: TableSchema) -> list[str]:
    """Text columns that name a row: of this table by its key, of another by reference or by their name.

    Open findings are left out: they come and go with what is wrong, and an example of one outlives it.
    """
    keys = set(schema.primary_key).union(*(key.fields for key in schema.foreign_keys))
    return [
        field.name
        for field in schema.fields
        if field.type == "string" and (field.name in keys or field.name.endswith(("_id", "_ids")))
        if field.name != "finding_ids"
    ]


def cells(table: str, column: str) -> set[str]:
    """The filled cells of a column, and the parts of those that are lists."""
    files = [*DATA.glob(f"{table}.parquet"), *(DATA / table).rglob("*.parquet")]
    if not files:
        return set()
    found = pl.scan_parquet(files, hive_partitioning=False).select(pl.col(column).drop_nulls().unique()).collect()
    texts = set(found.to_series().to_list())
    return texts.union(*(text.split() for text in texts))


@pytest.mark.parametrize("name", table_names())
def test_an_example_of_an_identifier_occurs_in_the_table(name: str) -> None:
    schema = load_schema(name)
    strange = {}
    for column in identifying(schema):
        example, known = str(schema.field(column).descriptor["example"]), cells(name, column)
        if known and example not in known and not set(example.split()) <= known:
            strange[column] = example
    assert strange == {}
