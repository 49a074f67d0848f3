"""Keys that stand in more than one row of a table on a cluster: by their hashes, then by themselves, as queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["HASHES", "KEYS", "REPEATS", "first_of_each", "repeated_hashes", "repeated_keys"]

HASHES = "bucket int, hashes binary"
"""Hashes of keys, of eight bytes each, that are compared with others of their rule and bucket."""
REPEATS = "rule string, hashes binary, rows long"
"""The form of hashes that stand in more than one row: by rule, and in how many rows they do."""
KEYS = "rule string, file string, place long, key string, finding string"
"""The form of keys that executors give: the rule, the row, the cells of its key as one text, and the first in words."""


def repeated_hashes(found: Any, repeats_of: Callable[[Any, Any], Any]) -> Any:
    """The hashes that stand in more than one row, form `REPEATS`: a shuffle brings those of a bucket together."""
    hashes = found.where("hashes is not null").select("rule", "bucket", "hashes")
    return hashes.groupBy("rule", "bucket").applyInArrow(repeats_of, REPEATS).where("rows > 0")


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
    return numbered.where(f"number <= {most}").select("rule", "file", "finding", "rows").orderBy("number")
