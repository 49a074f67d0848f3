"""What a source claims of its numbers in words: rises every year, higher than the year before, gains speed."""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from canonical.arithmetic import at_least, meets
from canonical.text_tables import Row
from validation.relations.facts import Facts, Observation
from validation.relations.kept import kept
from validation.relations.relation import Remark, relation

__all__ = ["RELATIONS", "print_of", "spoken_of"]


@dataclass(frozen=True)
class _Claim:
    """A testable statement: `lower` is claimed to lie below `upper`, both prints."""

    statement: Row
    number: int
    lower: Observation
    upper: Observation

    @property
    def is_possible(self) -> bool:
        """Whether some numbers that the two prints stand for bear the claim out."""
        return meets(self.upper.interval, at_least(self.lower.interval.low, True))

    @property
    def is_of_one_hand(self) -> bool:
        """Whether the document of the statement, or the reporter itself, prints both numbers."""
        own = self.statement["source_id"]
        return all(o.source_id == own or o.is_own_word for o in (self.lower, self.upper))

    @property
    def is_shown(self) -> bool:
        """Whether the printed digits themselves differ in the claimed direction."""
        low, high = self.lower.interval.value, self.upper.interval.value
        return low is None or high is None or low < high


@relation(
    "C.claim",
    "error",
    says="what a source claims of its numbers can be true of them",
    rationale="A trend in words is a relation between prints; where no reading of them bears it out, one is wrong.",
    fix="check the claim and the prints it speaks of in the source",
    reach="package",
)
def claim(facts: Facts) -> Iterator[Remark]:
    """Each step of each claimed trend or comparison that the prints rule out."""
    for made in _claims(facts):
        yield _remark(made, made.is_possible, "cannot be: the prints rule it out")


@relation(
    "C.claim_shown",
    "warning",
    says="what a source claims of its numbers is shown by them",
    rationale="A margin of 4 % in two years running does not show a margin that rises every year.",
    fix="check the prints; with more decimals the claim may hold, else it is a slip of the text",
    reach="package",
)
def claim_shown(facts: Facts) -> Iterator[Remark]:
    """Each step of each claimed trend that is possible and that the printed digits do not show."""
    for made in _claims(facts):
        if made.is_possible:
            yield _remark(made, made.is_shown, "is not shown by the prints, which stand level or the other way")


def _remark(made: _Claim, holds: bool, message: str) -> Remark:
    return Remark(
        table="statements",
        row_id=made.statement["statement_id"],
        row_number=made.number,
        column="relation",
        holds=holds,
        found=f"{print_of(made.lower)}, then {print_of(made.upper)}",
        expected="a rise" if made.statement["relation"] != "falls_every_period" else "a fall",
        message=f"{made.statement['relation']} {message}",
        observations=(made.lower, made.upper),
        severity=None if made.is_of_one_hand else "warning",
    )


def print_of(observation: Observation) -> str:
    """A print with its unit and day."""
    row = observation.row
    return f"{row['printed_value']} {row['printed_unit_id']} ({row['period_end'] or 'undated'})"


def _claims(facts: Facts) -> Iterator[_Claim]:
    for number, statement in enumerate(facts.rows("statements"), start=1):
        pairs = PAIRS.get(statement["relation"])
        if pairs is not None:
            for lower, upper in pairs(statement, facts):
                if lower.series.unit_id == upper.series.unit_id:
                    yield _Claim(statement, number, lower, upper)


def spoken_of(statement: Row, facts: Facts, **changes: str) -> list[Observation]:
    """The rows that a statement speaks of, those of its own document where there are any; one per period.

    A statement speaks of what is printed: its rows are found by their prints, whatever corrections make of them.
    """
    return list(_by_day(statement, facts, **changes).values())


def _by_day(statement: Row, facts: Facts, **changes: str) -> dict[str, Observation]:
    """The same rows by the last day of their period."""
    anywhere, by_source = _spoken(_asked(statement, changes), facts)
    return by_source.get(statement["source_id"], anywhere)


class _Asked(NamedTuple):
    """What a statement speaks of; a period of any type where none is named."""

    entity_id: str
    metric_id: str
    measure: str
    breakdown_id: str
    period_type: str


def _asked(statement: Row, changes: Mapping[str, str]) -> _Asked:
    defaults = {"measure": statement["measure"] or "level", "breakdown_id": statement["breakdown_id"] or "total"}
    return _Asked(*(({**statement, **defaults} | dict(changes))[name] for name in _Asked._fields))


@kept
def _spoken(asked: _Asked, facts: Facts) -> tuple[dict[str, Observation], dict[str, dict[str, Observation]]]:
    """The rows that statements on one thing speak of, one for each last day, of whatever document and of each."""
    wanted = {name: cell for name, cell in asked._asdict().items() if cell}
    found: dict[str, list[Observation]] = defaultdict(list)
    for o in _by_printed_subject(facts).get(asked[:2], []):
        row = _printed(o, facts)
        if row["bound"] != "spread" and all(row[column] == cell for column, cell in wanted.items()):
            found[o.source_id].append(o)
    anywhere = _by_end((o for prints in found.values() for o in prints), facts)
    return anywhere, {source_id: _by_end(prints, facts) for source_id, prints in found.items()}


def _by_end(prints: Iterable[Observation], facts: Facts) -> dict[str, Observation]:
    """The most trusted of some prints by the last day of their period, in order of time."""
    found: dict[str, Observation] = {}
    for observation in sorted(prints, key=lambda o: (_printed_end(o, facts), o.trust, o.row_id)):
        found.setdefault(_printed_end(observation, facts), observation)
    return found


@kept
def _by_printed_subject(facts: Facts) -> dict[tuple[str, str], list[Observation]]:
    """Observations by the entity and metric under which they are printed."""
    found: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for observation in facts.observations:
        row = _printed(observation, facts)
        found[row["entity_id"], row["metric_id"]].append(observation)
    return dict(found)


def _printed(observation: Observation, facts: Facts) -> Row:
    """The row of an observation as printed."""
    return facts.printed_row(observation.row_id) or observation.row


def _printed_end(observation: Observation, facts: Facts) -> str:
    return _printed(observation, facts)["period_end"]


def _steps(statement: Row, facts: Facts) -> Iterator[tuple[Observation, Observation]]:
    start, end = statement["period_start"], statement["period_end"]
    spoken = [
        o
        for o in spoken_of(statement, facts)
        if (printed := _printed_end(o, facts)) and start <= printed and (not end or printed <= end)
    ]
    for earlier, later in pairwise(spoken):
        yield (later, earlier) if statement["relation"] == "falls_every_period" else (earlier, later)


def _against_earlier(statement: Row, facts: Facts) -> Iterator[tuple[Observation, Observation]]:
    """The print of the statement's own period over that of the period, breakdown or entity in `versus`."""
    versus = statement["versus"]
    # A document speaks of periods that it does not print: others print them.
    here = ChainMap(_by_day(statement, facts), _spoken(_asked(statement, {}), facts)[0])
    upper = here.get(statement["period_end"]) if statement["period_end"] else _latest(here)
    if versus in facts.reference.breakdowns:
        others = _by_day(statement, facts, breakdown_id=versus)
        lower = (upper and others.get(_printed_end(upper, facts))) or _latest(others)
    else:
        lower = here.get(versus)
    if upper is not None and lower is not None and upper is not lower:
        yield lower, upper


def _latest(rows: Mapping[str, Observation]) -> Observation | None:
    return rows[max(rows)] if rows else None


Pairs = Callable[[Row, Facts], Iterator[tuple[Observation, Observation]]]
PAIRS: dict[str, Pairs] = {
    "rises_every_period": _steps,
    "falls_every_period": _steps,
    "higher_than": _against_earlier,
    "accelerates": _against_earlier,
}


RELATIONS = (claim, claim_shown)
