"""Tables come in an order in which their keys can be checked while they load."""

from __future__ import annotations

from canonical.table_order import tables_in_order
from canonical.table_schema import load_schema, table_names


def test_every_table_comes_once_and_behind_all_that_it_refers_to() -> None:
    order = tables_in_order()
    assert sorted(order) == sorted(table_names())
    for place, name in enumerate(order):
        assert {key.resource for key in load_schema(name).foreign_keys} - {name} <= set(order[:place]), name
