"""What a relation is: a small rule that says, of prints it finds in the facts, what each should meet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from canonical.arithmetic import gap, meets
from canonical.findings import Severity
from canonical.intervals import Interval
from validation.relations.facts import Facts, Observation
from validation.relations.kept import kept
from validation.relations.views import VIEWS

__all__ = [
    "MOST_OPTIONS",
    "Case",
    "Cases",
    "Option",
    "Reach",
    "Relation",
    "Remark",
    "each_row_once",
    "evaluated",
    "far_reaching",
    "mixed_up",
    "relation",
    "remark_on",
]


MOST_OPTIONS = 64
"""At most this many combinations of conflicting prints are tried for one case."""
OBSERVATIONS = "observations"
"""The table of prints; remarks are on rows of others too."""
FIRST, LAST = Decimal("-Infinity"), Decimal("Infinity")


@dataclass(frozen=True, eq=False)
class Option:
    """One way to calculate what a print should be: the inputs in the order of their roles, and what they give.

    `given` is that, or how it is calculated from their intervals where somebody asks for it.
    """

    inputs: tuple[Observation, ...]
    given: Interval | Callable[..., Interval]

    @cached_property
    def implied(self) -> Interval:
        """What the inputs give."""
        return self.given if isinstance(self.given, Interval) else self.given(*(o.interval for o in self.inputs))

    def __eq__(self, other: object) -> bool:
        """Whether another option gives the same of the same inputs, however it is calculated."""
        return isinstance(other, Option) and (self.inputs, self.implied) == (other.inputs, other.implied)

    def __hash__(self) -> int:
        return hash(self.inputs)


@dataclass(frozen=True)
class Case:
    """A relation evaluated on one print: it holds where any option meets the print.

    Where several prints of an input are at hand there are several options, the most trusted first. `note` says
    in words what is special about the case; `severity` replaces the relation's own. `is_cleared` says that the first
    option is known to meet the print, without its exact ends.
    """

    printed: Observation
    options: tuple[Option, ...]
    note: str = ""
    severity: Severity | None = None
    is_cleared: bool = False

    @cached_property
    def best(self) -> Option:
        """The first option that meets the print, else the one that comes nearest to it."""
        if len(self.options) == 1:
            return self.options[0]
        meeting = next((option for option in self.options if self.is_met_by(option)), None)
        return meeting or min(self.options, key=lambda o: gap(o.implied, self.printed.interval))

    def is_met_by(self, option: Option) -> bool:
        """Whether an option meets the print."""
        return (self.is_cleared and option is self.options[0]) or meets(option.implied, self.printed.interval)

    @property
    def holds(self) -> bool:
        """Whether the print meets what is implied; pandera judges the frame of cases the same."""
        return self.is_cleared or any(meets(o.implied, self.printed.interval) for o in self.options)

    @property
    def table(self) -> str:
        """The table of the row that a finding of the case is on."""
        return OBSERVATIONS

    @property
    def row_id(self) -> str:
        """The row that a finding of the case is on."""
        return self.printed.row_id

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The print and the inputs it is held against."""
        return (self.printed, *self.best.inputs)


class Remark(NamedTuple):
    """A relation evaluated on something that is no single number: a claim, a label, a list of links.

    `holds` is the verdict; `observations` are the prints it rests on, `related` the ids of other rows.
    """

    table: str
    row_id: str
    row_number: int
    column: str
    holds: bool
    found: str
    expected: str
    message: str
    observations: tuple[Observation, ...] = ()
    related: tuple[str, ...] = ()
    severity: Severity | None = None


def remark_on(
    o: Observation,
    column: str,
    holds: bool,
    expected: str,
    message: str,
    *others: Observation,
    severity: Severity | None = None,
) -> Remark:
    """A remark on one cell of a print, and on the other prints that it rests on."""
    found, rests_on = o.row[column], (o, *others)
    return Remark(
        OBSERVATIONS, o.row_id, o.number, column, holds, found, expected, message, rests_on, severity=severity
    )  # fmt: skip


def mixed_up(printed: Observation, other: Observation, message: str, *more: Observation) -> Remark:
    """A remark on a print that is the same number as another print of what should be a different fact."""
    row = printed.row
    return Remark(
        OBSERVATIONS, printed.row_id, printed.number, "printed_value",
        holds=False,
        found=f"{row['printed_value']} {row['printed_unit_id']}", expected="another number",
        message=message, observations=(printed, other, *more),
    )  # fmt: skip


def far_reaching(prints: Sequence[Observation]) -> Sequence[Observation]:
    """The prints that bound a number: of more than `MOST_OPTIONS` the first, and those that reach farthest down and up.

    What they span together, and the farthest that one of them allows, is that of all.
    """
    if len(prints) <= MOST_OPTIONS:
        return prints
    lowest = min(prints, key=lambda o: FIRST if o.interval.low is None else o.interval.low)
    highest = max(prints, key=lambda o: LAST if o.interval.high is None else o.interval.high)
    return list(dict.fromkeys((*prints[:MOST_OPTIONS], lowest, highest)))


Cases = Iterable[Case | Remark]
Reach = Literal["row", "document", "family", "part", "surroundings", "wholes", "package"]
"""How far a relation looks from the row that a case of it is on, beside the reference tables: at this row alone, at
the rows of its document, at those of its family (entities of one tree of parents), at those anywhere of the same part
of a whole, at those of its document and its family, at those of its family and that of its of_entity_id, or at any."""


@dataclass(frozen=True)
class Relation:
    """One rule: id, severity, why it exists, how to put a finding right, and the cases it evaluates.

    `says` is the relation in one sentence, as the pages print it and as messages begin. `reach` says how far its
    cases look, so that an edit is held against what it can touch; a test holds every relation to it.
    `sees` are the columns and views of `cells` that alone decide the cases of a row, where it looks at this row alone
    and many rows fill them alike: these have the same verdict. None where nothing is said of that. `surely` tells of
    which rows, one by one, all cases hold for certain. `doubts` gives the cases without those of some rows of which all
    hold, but with all of the rows whose ids it is given. These are quick ways to what `cases` says (`doubtful`).
    `beside` are the cells of observations and sources, as table.column, that it reads beside those that make an
    observation (`reach.MADE_OF`): it is not asked again where others alone were edited.
    """

    id: str
    severity: Severity
    says: str
    rationale: str
    fix: str
    cases: Callable[[Facts], Cases]
    reach: Reach = "family"
    sees: tuple[str, ...] = ()
    surely: Callable[[Facts], NDArray[np.bool_]] | None = None
    doubts: Callable[[Facts, Collection[str]], Cases] | None = None
    beside: frozenset[str] = frozenset()

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns of what it sees."""
        return tuple(
            dict.fromkeys(c for name in self.sees for c in (VIEWS[name].columns if name in VIEWS else (name,)))
        )


@kept
def evaluated(relation: Relation, facts: Facts) -> tuple[Case | Remark, ...]:
    """All cases of a relation over the facts; each is evaluated once."""
    return tuple(relation.cases(facts))


def relation(
    id_: str,
    severity: Severity,
    *,
    says: str,
    rationale: str,
    fix: str,
    reach: Reach = "family",
    reads: str = "",
    surely: Callable[[Facts], NDArray[np.bool_]] | None = None,
    doubts: Callable[[Facts, Collection[str]], Cases] | None = None,
    beside: str = "",
) -> Callable[[Callable[[Facts], Cases]], Relation]:
    """Turn a function from facts to cases into a `Relation`; `reads` and `beside` are names parted by spaces."""

    def made(cases: Callable[[Facts], Cases]) -> Relation:
        cells = frozenset(beside.split())
        return Relation(id_, severity, says, rationale, fix, cases, reach, tuple(reads.split()), surely, doubts, cells)

    return made


def each_row_once(*found: Iterable[Remark]) -> Iterator[Remark]:
    """Remarks found in several ways, the surest first: the first one of each row."""
    told = set[str]()
    for remark in chain.from_iterable(found):
        if remark.row_id not in told:
            told.add(remark.row_id)
            yield remark
