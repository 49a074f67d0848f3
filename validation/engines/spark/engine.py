"""The engine of a cluster: what it answers itself, and what an executor answers as polars does, batch by batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from canonical.rules.rule import Kind
from validation.engines.contract import KINDS, Answer
from validation.engines.polars.engine import PolarsEngine
from validation.engines.polars.set_rules import KEY_KINDS

__all__ = ["ENGINE", "SparkEngine"]

ANSWERS: Mapping[Kind, Answer] = {
    **dict.fromkeys(KINDS, "executors"),
    **dict.fromkeys(KEY_KINDS, "executors"),
    "unique": "query",
    "no_circle": "driver",
}


@dataclass(frozen=True)
class SparkEngine(PolarsEngine):
    """The rules of a block are answered as polars answers them; where blocks lie, and what joins them, is Spark's."""

    name: str = "spark"
    answers: Mapping[Kind, Answer] = field(default_factory=lambda: ANSWERS)


ENGINE = SparkEngine()
