"""Rules over whole tables: unique keys and foreign keys, by hash in polars, and keys of a table to itself.

They stand outside pandera's own `unique` option, whose reports are not capped, and beside the row rules,
because no row can answer them alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from canonical.reading.coded import Coded, combined, marked, of_pairs
from canonical.rules.rule import Kind, Rule
from canonical.walks import in_circles
from validation.engines.polars.typed import TypedBlock

__all__ = ["KEY_KINDS", "SET_KINDS", "circling", "duplicated", "holding", "keys_without_row", "missing_keys",
           "unmatched_keys"]  # fmt: skip

MOST_PAIRS = 1 << 16
"""So many pairs of values are all looked up, most of which no row has; of more, those that rows have."""


def duplicated(rule: Rule) -> pl.Expr:
    """True for every row whose key stands in another row too; a key with an empty part is no key."""
    columns = [pl.col(column) for column in rule.columns]
    whole = pl.all_horizontal(column.is_not_null() for column in columns)
    return (pl.struct(columns).is_duplicated() & whole).fill_null(False)


def circling(rule: Rule, frame: pl.DataFrame) -> pl.Series:
    """True for every row of `frame` that stands in a circle of a key to its own table."""
    many, names_itself = rule.arguments
    column, key = rule.columns
    if column == key:  # a key that refers to itself says nothing
        return pl.repeat(False, frame.height, dtype=pl.Boolean, eager=True)
    linked = frame.select(pl.col(key, column).cast(pl.String)).drop_nulls()
    links = {name: named.split(" ") if many else [named] for name, named in linked.select(key, column).iter_rows()}
    if names_itself:
        links = {name: [n for n in named if n != name] for name, named in links.items()}
    return frame.get_column(key).cast(pl.String).is_in(sorted(in_circles(links))).fill_null(False)


def holding(rule: Rule, frame: pl.DataFrame) -> pl.Series:
    """True for every row of `frame` whose text holds what the rule keeps out; each text is looked at once."""
    column = frame.get_column(rule.columns[0])
    texts = column.unique()
    faulty = texts.filter(texts.str.contains(rule.arguments[0]).fill_null(False))
    return column.is_in(faulty.implode()).fill_null(False)


def missing_keys(rule: Rule, frame: pl.DataFrame, reference: pl.DataFrame) -> pl.Series:
    """True for every row of `frame` whose foreign key names no row of `reference`.

    A row with an empty part in its key refers to nothing. A list cell is missing where any of its keys is.
    """
    _, fields, many = rule.arguments
    columns = list(rule.columns)
    if many:
        known = reference.get_column(fields[0]).implode()
        items = pl.col(columns[0]).str.split(" ")
        return frame.select(
            items.list.eval(~pl.element().is_in(known)).list.any().fill_null(False).alias("missing")
        ).to_series()
    if len(columns) == 1:
        column = frame.get_column(columns[0])
        unknown = ~column.is_in(reference.get_column(fields[0]).implode())
        return unknown.fill_null(False) if unknown.null_count() else unknown
    keys = reference.lazy().select(pl.col(field).alias(column) for field, column in zip(fields, columns, strict=True))
    rows = frame.lazy().select(columns).with_row_index("_row").drop_nulls(columns)
    absent = rows.join(keys.unique(), on=columns, how="anti").select("_row").collect()
    return marked(absent.to_series(), frame.height)


def unmatched_keys(rule: Rule, frame: pl.DataFrame, reference: pl.DataFrame) -> pl.Series:
    """True for every row of `frame` whose key names a row of `reference` that is of something else.

    A row of `reference` that leaves its second field empty is of all; one with a list there is of each item.
    """
    (key, mate), (named, owner) = rule.columns, rule.arguments[1]
    owner_of = pl.col(owner).str.split(" ").alias("_owners")
    owners = reference.lazy().select(pl.col(named).alias("_key"), owner_of).drop_nulls().unique("_key")
    cells = pl.col(key).alias("_key"), pl.col(mate).alias("_mate")
    rows = frame.lazy().select(cells).with_row_index("_row").drop_nulls()
    foreign = rows.join(owners, on="_key").filter(~pl.col("_owners").list.contains(pl.col("_mate")))
    return marked(foreign.select("_row").collect().to_series(), frame.height)


def keys_without_row(block: TypedBlock, rule: Rule, reference: pl.DataFrame) -> pl.Series:
    """True for every row of a block that breaks a rule of `KEY_KINDS`; each different key is looked up once."""
    cells = [block.columns[column] for column in rule.columns]
    if any(len(one.values) == one.values.null_count() for one in cells):
        return _no_row(block.height)  # a key with an empty part refers to nothing
    if len(cells) == 1 and cells[0].codes is not None:
        frame = cells[0].values.alias(rule.columns[0]).to_frame()
        marks = cells[0].memory.of(rule, lambda: KEY_KINDS[rule.kind](rule, frame, reference))
        return cells[0].of_rows(marks) if marks.any() else _no_row(block.height)
    if len(cells) == 2 and all(c.codes is not None for c in cells) and _pairs(cells) <= MOST_PAIRS:
        return _of_pairs(cells, rule, reference)
    keys = combined(cells, block.height)
    pairs = zip(rule.columns, cells, strict=True)
    frame = pl.DataFrame({column: one.at(keys.values) for column, one in pairs})
    marks = KEY_KINDS[rule.kind](rule, frame, reference)
    return keys.of_rows(marks) if marks.any() else _no_row(block.height)


def _pairs(cells: Sequence[Coded]) -> int:
    """How many pairs the different values of two columns make."""
    return len(cells[0].values) * len(cells[1].values)


def _of_pairs(pair: Sequence[Coded], rule: Rule, reference: pl.DataFrame) -> pl.Series:
    """The rows of two columns that break a rule: each pair of their different values is looked up once."""
    first, second = pair

    def ask() -> pl.Series:
        # Behind the values of each column stands an empty cell.
        one, other = (
            pl.concat([cells.values, cells.values.clear(1)]).alias(column).to_frame()
            for column, cells in zip(rule.columns, pair, strict=True)
        )
        pairs = one.join(other, how="cross", maintain_order="left_right")
        return KEY_KINDS[rule.kind](rule, pairs, reference)

    marks = first.memory.of((rule, second.memory), ask)
    if not marks.any():
        return _no_row(len(first))
    return of_pairs(marks, first, second)


def _no_row(height: int) -> pl.Series:
    """No mark, where most blocks have none, takes no look-up."""
    return pl.Series([False]).new_from_index(0, height)


KEY_KINDS: dict[Kind, Callable[[Rule, pl.DataFrame, pl.DataFrame], pl.Series]] = {
    "foreign_key": missing_keys,
    "matching_key": unmatched_keys,
}
"""The kinds of rules that read another table, the first of their arguments."""
SET_KINDS: dict[Kind, Callable[[Rule, pl.DataFrame], pl.Series]] = {"no_circle": circling, "without": holding}
"""The kinds of rules that read one table alone and that no row answers by itself."""
