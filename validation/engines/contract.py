"""What an engine answers: for each kind of rule, which rows of a block, or of a whole table, break it.

An engine is a folder with the same modules as the others: `engine` states it, `row_rules` answers rules that a row
answers by itself, `set_rules` those that take several rows or another table. Which kinds it answers itself, and which
it leaves to the stream, its `answers` say; the table of the documentation is generated from them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from canonical.rules.rule import Kind, Rule

if TYPE_CHECKING:
    import polars as pl

    from validation.engines.polars.typed import TypedBlock

__all__ = ["ENGINES", "KINDS", "Answer", "Engine", "References", "engine_of"]

Answer = Literal["values", "rows", "keys", "hashes", "table", "polars", "executors", "query", "driver"]
"""How an engine answers a kind of rule: of each different value, of each row, of each different key, by hashes of keys,
of columns as a whole, or by leaving it to the engine of polars; on a cluster in the executors, by a query, or where the
command runs."""
References = Callable[[str], "pl.DataFrame | None"]
"""The typed frame of another table by its name, None where it is not at hand."""
KINDS: tuple[Kind, ...] = get_args(Kind)
ENGINES = ("polars", "pandera", "spark")
"""The engines that `--engine` names, the one by default first."""


class Engine(Protocol):
    """An engine by its answers; the rows that break a rule are the same whichever engine is asked."""

    name: str
    answers: Mapping[Kind, Answer]

    def row_faults(self, block: TypedBlock, rules: Sequence[Rule]) -> dict[Rule, pl.Series]:
        """The rules over rows and values that some row of a block breaks, each with a mark for every row.

        A cell that is no value of its type breaks its `type` alone: rules on it find it empty.
        """
        ...

    def key_faults(self, block: TypedBlock, rule: Rule, reference: pl.DataFrame) -> pl.Series:
        """A mark for every row of a block whose key names no row of `reference`, or one of something else."""
        ...

    def set_faults(self, frame: pl.DataFrame, rule: Rule, reference: pl.DataFrame | None) -> pl.Series:
        """A mark for every row of a whole table, of which `frame` has the columns of the rule, that breaks it."""
        ...


def engine_of(name: str) -> Engine:
    """The engine of a name; its library is imported here and nowhere before."""
    return import_module(f"validation.engines.{name}.engine").ENGINE
