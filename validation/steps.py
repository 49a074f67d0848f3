"""Which steps a run has: each layer with its rules, over the tables that were read."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from canonical.findings import Finding
from canonical.reference import Reference
from canonical.table_schema import load_schema
from validation.changed_prints import CHANGED
from validation.prices.checks import PRICE_RULES, PRICE_TABLES
from validation.prices.findings import PriceRule
from validation.related import READ, relation_rules
from validation.report import Step
from validation.structure.checks import restrict, rules_of, unread_columns
from validation.units.frame import CHECKED, unit_frame
from validation.units.others import CHECKS, other_rules

__all__ = ["CELLS", "FOLDER", "PRICES", "RELATED", "STRUCTURE", "columns_of_all", "folder_steps", "own_step",
           "price_step", "reason_unread", "relation_step", "table_steps"]  # fmt: skip

STRUCTURE, CELLS, RELATED, PRICES, FOLDER = "structure", "values", "relations", "prices", "package"
"""The layers in the order in which they are run: cells and keys; values against their prints; numbers against numbers;
prices against prices; the package's own files and accepted findings."""
OF_FILES = ("S.columns", "S.row_shape")
OF_PRINT = ("U.quantity", "U.decimals", "U.bound")
"""Rules over the print and its unit, which every file of observations has, as itself or as a value."""
OF_FOLDER = ("V.file", "V.stale_acceptance", CHANGED)


def table_steps(sizes: Mapping[str, int], columns: Mapping[str, Collection[str]] | None = None) -> Iterator[Step]:
    """Structure and values of each table that was read, with its rows.

    `columns` are those that every file has, by table; none where a file is not of its table at all. A rule over a
    column that is not there is not run. Without `columns` the tables are whole.
    """
    given = {name: load_schema(name).columns for name in sizes} if columns is None else columns
    for name, rows in sizes.items():
        here = list(given.get(name, ()))
        rules = (rule.id for rule in rules_of(restrict(load_schema(name), here)) if set(rule.columns) <= set(here))
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


def columns_of_all(files: Iterable[Sequence[str]]) -> list[str]:
    """The columns of every file of a table that has some: a rule over others was not asked of all rows."""
    first, *others = [columns for columns in files if columns] or [[]]
    return [name for name in first if all(name in columns for columns in others)]


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


def reason_unread(tables: Sequence[str], files: Sequence[tuple[Collection[str], Sequence[Finding]]]) -> str:
    """Why rules over some tables had nothing to read: `files` are those of these tables, by columns and findings."""
    if not files:
        return f"no file is of {' or '.join(tables)}"
    if not any(columns for columns, _ in files):
        return "the file has not the columns or the shape of the table"
    unread = sorted({column for _, findings in files for column in unread_columns(findings)})
    if unread:
        return f"the file has {', '.join(unread)} of another type, as another finding says"
    return "the file is the package's own; python -m validation without PATH holds it against the others"


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
