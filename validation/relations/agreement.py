"""Prints of one fact against one another: within a document, between sources, and over a reporter's own time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

import numpy as np

from canonical.arithmetic import meets
from validation.relations import growth, margins, neighbours, period_sums
from validation.relations.contested import are_contested
from validation.relations.crowds import Crowd, innermost
from validation.relations.facts import Facts, Observation, is_fine
from validation.relations.kept import kept
from validation.relations.quantities import significant_digits
from validation.relations.relation import Case, Option, relation

__all__ = ["RELATIONS"]

DIGITS = 3
"""Fewer digits are alike by chance."""


def _contested(facts: Facts, kept: Collection[str]) -> Iterator[list[Observation]]:
    """The prints of each fact that do not surely have a number in common, and those with a row of `kept`."""
    for prints, is_doubtful in zip(facts.told_again, are_contested(facts), strict=True):
        if is_doubtful or (kept and any(o.row_id in kept for o in prints)):
            yield prints


def _in_source(groups: Iterable[list[Observation]], facts: Facts) -> Iterator[Case]:
    for prints in groups:
        by_source: dict[str, list[Observation]] = defaultdict(list)
        for observation in prints:
            by_source[observation.source_id].append(observation)
        for mentions in by_source.values():
            yield from _against_most_supported(mentions, lambda one, other: True, facts)


def _between_sources(groups: Iterable[list[Observation]], facts: Facts) -> Iterator[Case]:
    for prints in groups:
        yield from _against_most_supported(prints, _is_disagreement, facts)


def _over_time(groups: Iterable[list[Observation]], facts: Facts) -> Iterator[Case]:
    for prints in groups:
        own = [o for o in prints if o.is_own_word]
        for case in _against_most_supported(own, _is_restatement, facts):
            is_slip = _is_mistyped(case.printed, case.options[0].inputs[0])
            yield replace(case, severity="warning") if is_slip else case


@relation(
    "C.agreement_in_source",
    "error",
    says="one document prints one fact once, or the same each time",
    rationale="A document that contradicts itself holds a slip, or two facts were taken for one.",
    fix="check both places in the source: entity, metric, basis and period of each",
    doubts=lambda facts, kept: _in_source(_contested(facts, kept), facts),
)
def agreement_in_source(facts: Facts) -> Iterator[Case]:
    """Every print of a fact against the first narrowest print of the same document."""
    return _in_source(facts.told_again, facts)


@relation(
    "C.agreement",
    "warning",
    says="prints of one fact in several sources meet",
    rationale="Sources that print one fact differently cannot all be right: a slip, another basis, an unmarked recast.",
    fix="check the sources; give a different basis, perimeter or metric its own code, or correct the wrong print",
    doubts=lambda facts, kept: _between_sources(_contested(facts, kept), facts),
)
def agreement(facts: Facts) -> Iterator[Case]:
    """Every print of a fact against the print that most sources bear out; a reporter's own restatements apart."""
    return _between_sources(facts.told_again, facts)


@relation(
    "C.restatement",
    "notice",
    says="a reporter's later print of a fact meets its earlier one, or the perimeter says why not",
    rationale="A figure that its reporter later prints differently was restated: readings as of a date depend on it.",
    fix="add the break to entity_breaks where the entity was recast, or correct the wrong print",
    doubts=lambda facts, kept: _over_time(_contested(facts, kept), facts),
)
def restatement(facts: Facts) -> Iterator[Case]:
    """Every print of a reporter against its own print that most of its documents bear out.

    A number with two digits exchanged or its point elsewhere was not restated but mistyped: that is a warning.
    """
    return _over_time(facts.told_again, facts)


def _is_mistyped(one: Observation, other: Observation) -> bool:
    """Whether two prints known to three digits have the same ones, with two neighbours exchanged or the point moved."""
    if not is_fine(one) or not is_fine(other):
        return False
    mine, theirs = (significant_digits(o) for o in (one, other))
    if len(mine) < DIGITS or one.interval.value == other.interval.value:
        return False
    apart = [place for place in range(len(mine)) if mine[place : place + 1] != theirs[place : place + 1]]
    is_exchanged = len(mine) == len(theirs) and len(apart) == 2 and apart[1] == apart[0] + 1
    return mine == theirs or (is_exchanged and sorted(mine) == sorted(theirs))


def _is_restatement(one: Observation, other: Observation) -> bool:
    """Whether two prints are the reporter's own words on different days."""
    return one.is_own_word and other.is_own_word and one.known_on != other.known_on


def _is_disagreement(one: Observation, other: Observation) -> bool:
    """Whether two prints stand in different documents and are no restatement."""
    return one.source_id != other.source_id and not _is_restatement(one, other)


def _against_most_supported(
    prints: list[Observation], comparable: Callable[[Observation, Observation], bool], facts: Facts
) -> Iterator[Case]:
    """A case for each print that is comparable with the one that most publishers bear out.

    A print so coarse that it meets all others, though these contradict one another, bears out none of them.
    """
    if len(prints) < 2:
        return
    parted = _parted(prints)
    if not parted:
        reference = prints[0]
    else:
        borne_out, crowd = confirmations(facts), Crowd((o.publisher, o.interval) for o in prints)
        meeting = crowd.meeting([o.interval for o in parted])
        key = {
            o.row_id: (met, borne_out[o.row_id], -o.trust, _narrowness(o))
            for o, met in zip(parted, meeting, strict=True)
        }
        reference = max(parted, key=lambda o: key[o.row_id])
    for printed in prints:
        if printed is not reference and comparable(printed, reference):
            yield Case(printed, (Option((reference,), reference.interval),))


def _parted(prints: list[Observation]) -> list[Observation]:
    """The prints that some other does not meet; none where all have a number in common."""
    ends = [o.interval for o in innermost(prints)]
    return [o for o in prints if not all(meets(o.interval, end) for end in ends)]


@kept
def confirmations(facts: Facts) -> Counter[str]:
    """How many ways to calculate bear out a print, less those that contradict it, by observation id.

    What one document says twice bears an input out once.
    """
    columns, prints, held = facts.columns, facts.columns.prints, np.zeros(len(facts.comparable), np.int64)
    found: Counter[str] = Counter()
    calculated = (growth.GROWTH_YOY, growth.GROWTH_PREV, period_sums.sum_of_periods, margins.margin)
    for answers in (answers for equation in calculated for answers in equation.answers(facts)):
        bearing, inputs = answers.prints[answers.is_held], answers.inputs[:, answers.is_held]
        np.add.at(held, bearing, 1)
        said = np.vstack([columns.series[bearing], columns.period[bearing], columns.document[bearing], inputs])
        _, once = np.unique(said, axis=1, return_index=True)
        for each in inputs[:, once]:
            np.add.at(held, each, 1)
        told = set[tuple[object, ...]]()
        for case in answers.left_open(facts):
            for option in case.options:
                way = (case.printed.series, case.printed.period, case.printed.source_id, *option.inputs)
                of_way = (case.printed, *(() if way in told else option.inputs))
                told.add(way)
                found.update({o.row_id: 1 if case.is_met_by(option) else -1 for o in of_way})
    found.update({prints[place].row_id: int(held[place]) for place in np.flatnonzero(held).tolist()})
    found.subtract(neighbours.out_of_series(facts).keys())
    return found


def _narrowness(observation: Observation) -> float:
    low, high = observation.interval.low, observation.interval.high
    return float("-inf") if low is None or high is None else -float(high - low)


RELATIONS = (agreement_in_source, agreement, restatement)
