"""The order in which tables are loaded with their keys on: what a table refers to comes before it."""

from __future__ import annotations

from graphlib import TopologicalSorter

from canonical.table_schema import load_schema, table_names

__all__ = ["tables_in_order"]


def tables_in_order() -> tuple[str, ...]:
    """Names of all tables, each behind those that its keys and lists of keys name, else by the alphabet.

    Raises `graphlib.CycleError` where keys lead from a table over others back to it.
    """
    named = {name: {key.resource for key in load_schema(name).foreign_keys} - {name} for name in table_names()}
    sorter = TopologicalSorter(named)
    sorter.prepare()
    order: list[str] = []
    ready: list[str] = []
    while sorter.is_active():
        ready = sorted([*ready, *sorter.get_ready()])
        first, *ready = ready
        order.append(first)
        sorter.done(first)
    return tuple(order)
