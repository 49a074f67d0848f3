"""Keys that stand in more than one row of a table on a cluster, as a query: Spark joins what its executors found."""

from __future__ import annotations

from typing import Any

__all__ = ["KEYS", "first_of_each", "repeated_keys"]

KEYS = "rule int, file string, place long, key string"
"""The form of keys that executors give: the rule by its number, the row, and the cells of its key as one text."""


def repeated_keys(keys: Any) -> Any:
    """The rows of `keys` (form `KEYS`) whose key stands in another row too, of whichever file."""
    return keys.selectExpr("*", "count(*) over (partition by rule, key) as alike").where("alike > 1").drop("alike")


def first_of_each(rows: Any, most: int) -> Any:
    """The first `most` rows of each rule in each file, in the order of places, each with the count of all."""
    numbered = rows.selectExpr(
        "*",
        "row_number() over (partition by rule, file order by place, key) as number",
        "count(*) over (partition by rule, file) as rows",
    )
    return numbered.where(f"number <= {most}").select("rule", "file", "key", "rows")
