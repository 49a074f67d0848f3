"""What a run over a table has gathered: by rule the first findings and the count of the rows that break it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import polars as pl

from canonical.findings import Finding
from canonical.reading.coded import Block
from canonical.reading.csv_blocks import Ragged
from canonical.rules.rule import Rule
from validation.engines.polars.typed import TypedBlock
from validation.structure.wording import Told

__all__ = ["Answers", "Read", "Source", "Watch", "Watching"]

Read = Callable[[], Block | Ragged]
"""What reads a block: it may be called in another thread."""
Watch = Callable[[int, int], None]
"""Is told of the rows that were read, and of the findings so far."""
Watching = Callable[[str], Watch | None]
"""By the name of a file, what is told of its rows."""


class Source(Protocol):
    """A file, or a frame, whose blocks can be read again and again."""

    def blocks(self) -> Iterator[Read]:
        """The blocks in order."""
        ...


@dataclass
class Answers:
    """What a table holds that breaks a plan.

    `other` are findings on columns of another type altogether. `ragged` are rows of another width than the header (row,
    line, width), in which case nothing else is told. `only` is the block of a table of one, `kept` the columns held
    back for rules on the whole table. `was_stopped` says that Ctrl-C ended reading before the table ended.
    """

    rows: int = 0
    told: dict[Rule, Told] = field(default_factory=dict[Rule, Told])
    other: dict[str, Finding] = field(default_factory=dict[str, Finding])
    ragged: list[tuple[int, int, int]] = field(default_factory=list[tuple[int, int, int]])
    only: TypedBlock | None = None
    kept: pl.DataFrame | None = None
    was_stopped: bool = False

    def of(self, rule: Rule) -> Told:
        """What is told of a rule."""
        return self.told.setdefault(rule, Told(rule))

    @property
    def count(self) -> int:
        """The findings so far, with those that are only counted."""
        return sum(told.count for told in self.told.values()) + len(self.ragged)
