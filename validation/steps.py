"""Which steps a run has: each layer with its rules, over the tables that were read."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from canonical.reference import Reference
from canonical.table_schema import load_schema
from validation.changed_prints import CHANGED
from validation.prices.checks import PRICE_RULES, PRICE_TABLES
from validation.prices.findings import PriceRule
from validation.related import READ, relation_rules
from validation.report import Step
from validation.structure.checks import rules_of
from validation.units.frame import CHECKED, unit_frame
from validation.units.others import CHECKS, other_rules

__all__ = ["CELLS", "FOLDER", "PRICES", "RELATED", "STRUCTURE", "folder_steps", "own_step", "price_step",
           "relation_step", "table_steps"]  # fmt: skip

STRUCTURE, CELLS, RELATED, PRICES, FOLDER = "structure", "values", "relations", "prices", "package"
"""The layers in the order in which they are run: cells and keys; values against their prints; numbers against numbers;
prices against prices; the package's own files and accepted findings."""
OF_FILES = ("S.columns", "S.row_shape")
OF_PRINT = ("U.quantity", "U.decimals", "U.bound")
"""Rules over the print and its unit, which every file of observations has, as itself or as a value."""
OF_FOLDER = ("V.file", "V.stale_acceptance", CHANGED)


def table_steps(sizes: Mapping[str, int], columns: Mapping[str, Collection[str]] | None = None) -> Iterator[Step]:
    """Structure and values of each table that was read, with its rows.

    `columns` are those that the files have, by table; none where a file is not of its table at all. A rule over a
    column that is not there is not run. Without `columns` the tables are whole.
    """
    given = {name: load_schema(name).columns for name in sizes} if columns is None else columns
    for name, rows in sizes.items():
        rules = (rule.id for rule in rules_of(load_schema(name)) if set(rule.columns) <= set(given.get(name, ())))
        yield own_step(name, rules, rows)
    for name, rows in sizes.items():
        rules = _value_rules(name, given.get(name, ()))
        if name not in CHECKED and name not in CHECKS:
            yield Step(CELLS, (name,), not_run="no cell of the table follows from a print")
        elif not given.get(name):
            yield Step(CELLS, (name,), not_run="the file has not the columns or the shape of the table")
        elif not rules:
            yield Step(CELLS, (name,), not_run="the file has no column that follows from a print")
        else:
            yield Step(CELLS, (name,), rules, rows)


def own_step(name: str, rules: Iterable[str], rows: int) -> Step:
    """Structure of a table by rules of its schema, of ours or of somebody's own."""
    return Step(STRUCTURE, (name,), tuple(dict.fromkeys((*OF_FILES, *rules))), rows)


def _value_rules(name: str, columns: Collection[str]) -> tuple[str, ...]:
    """The rules over cells that follow from others, of the columns that are there; the print itself is one of them."""
    others = other_rules(name, columns)
    if name not in CHECKED:
        return others
    rules = unit_frame(load_schema(name), [], list(CHECKED[name]), Reference(), exact=True)[2]
    return tuple(dict.fromkeys([*(r.id for r in rules if r.id in OF_PRINT or r.columns[0] in columns), *others]))


def relation_step(
    rows: int = 0, left_out: int = 0, not_run: str = "", rules: Sequence[str] | None = None
) -> Step:  # fmt: skip
    """Relations over the tables that they read: all of them, but where the ids of those asked are given."""
    return Step(RELATED, READ, relation_rules() if rules is None else tuple(rules), rows, left_out, not_run=not_run)


def price_step(name: str, rows: int = 0, left_out: int = 0, not_run: str = "") -> Step:
    """The price rules over one of the tables of prices."""
    return Step(PRICES, (name,), price_rules(), rows, left_out, not_run=not_run)


def price_rules() -> tuple[str, ...]:
    """The ids of all price rules: those that the modules of the rules state."""
    modules = {sys.modules[rule.__module__] for rule in PRICE_RULES}
    stated = (value for module in modules for value in vars(module).values() if isinstance(value, PriceRule))
    return tuple(sorted({rule.id for rule in stated}))


def folder_steps(sizes: Mapping[str, int], relations: Sequence[str] | None = None) -> Iterator[Step]:
    """Every layer over the tables of the package; the ids of `relations` where the caller has them."""
    yield from table_steps(sizes)
    yield relation_step(sum(sizes.get(name, 0) for name in READ), rules=relations)
    for name in PRICE_TABLES:
        yield price_step(name, sizes.get(name, 0))
    yield Step(FOLDER, ("known_issues", "datapackage", *sizes), OF_FOLDER, sum(sizes.values()))
