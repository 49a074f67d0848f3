"""Round numbers that are told with a word of bound as a rule: one without a word, and without its text, lost it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from canonical.arithmetic import meets
from validation.relations.facts import Facts, Observation
from validation.relations.quantities import is_plain
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import of_series

__all__ = ["RELATIONS"]

ROUND, COUNT, COUNTED = 2, "count", 100
"""So many digits has a number that may be rounded in words; a count is exact below a hundred, or without zeros."""
SHOWN = 3
Group = tuple[str, ...]


class Habit(NamedTuple):
    """What round numbers have in common, in words, and one in how many has a word of bound where that is the habit."""

    words: str
    one_in: int


ENOUGH = 3
"""So many with a word make a habit."""
HABITS = (
    Habit("of its entity, metric and measure", 3),
    Habit("of its metric, measure and standing", 2),
    Habit("of its document", 2),
    Habit("of its unit that end in as many zeros", 2),
    Habit("of its metric and measure with as many digits", 2),
    Habit("of its unit and measure with as many digits in such documents", 2),
)


@relation(
    "V.usual_bound",
    "notice",
    says="round numbers that are told with a word of bound as a rule are typed with their text",
    rationale="Where half of the round numbers of a series say about or over, one that says neither may have lost it.",
    fix="type printed_text as the page prints it, and the bound that its words say",
    reach="package",
    beside="observations.printed_text",
)
def usual_bound(facts: Facts) -> Iterator[Remark]:
    """Each round number without a text and without a bound, of a kind that has one often."""
    rounded = [o for o in facts.observations if _is_round(o)]
    untold = [o for o in rounded if not o.row["printed_text"] and is_plain(o)]
    alike = of_series(untold, facts)
    plain = [o for o in untold if not _is_told_finer(o, alike)]
    groups: dict[Group, list[Observation]] = {group: [] for o in plain for group in _groups(o, facts)}
    for o in rounded if plain else ():
        for group in _groups(o, facts):
            if group in groups:
                groups[group].append(o)
    times = {group: Counter(map(_said, prints)) for group, prints in groups.items()}
    told = {group: list({_said(o): o for o in prints if not is_plain(o)}.values()) for group, prints in groups.items()}
    for o in plain:
        for habit, group in zip(HABITS, _groups(o, facts), strict=True):
            bounded, others = told[group], len(times[group]) - (times[group][_said(o)] == 1)
            if len(bounded) >= ENOUGH and habit.one_in * len(bounded) >= others:
                said = ", ".join(f"{p.row['printed_text'] or _bound(p)} ({p.row_id})" for p in bounded[-SHOWN:])
                message = f"{len(bounded)} of {others} other round numbers {habit.words} have a word, such as {said}"
                yield remark_on(o, "bound", False, f"perhaps {_bound(bounded[-1])}", message, *bounded[-SHOWN:])
                break


def _said(o: Observation) -> tuple[str, ...]:
    """What a document says once, wherever it repeats it."""
    return (o.source_id, o.row["printed_value"], o.row["printed_unit_id"], o.row["bound"], o.row["precision_word"])


def _is_told_finer(o: Observation, facts: Facts) -> bool:
    """Whether the row says how coarse its number is, or another plain print of the fact meets it."""
    if o.row["decimals"].startswith("-"):
        return True
    prints = facts.by_fact.get((o.series, o.period), []) if o.period is not None else []
    return any(p is not o and is_plain(p) and meets(p.interval, o.interval) for p in prints)


def _groups(o: Observation, facts: Facts) -> list[Group]:
    """What a number has in common with others, in the order of `HABITS`."""
    series, status, unit = o.series, o.row["claim_status"], o.row["printed_unit_id"]
    digits, zeros = _shape(o.row["printed_value"])
    kind = facts.reference.sources.get(o.source_id, {}).get("kind", "")
    return [
        ("entity", series.entity_id, series.metric_id, series.measure),
        ("metric", series.metric_id, series.measure, status, str(zeros > 0)),
        ("document", o.source_id),
        ("unit", unit, str(min(zeros, SHOWN))),
        ("digits", series.metric_id, series.measure, str(digits)),
        ("kind", kind, unit, series.measure, str(digits)),
    ]


def _is_round(o: Observation) -> bool:
    """Whether a number may be rounded in words: of two digits, or a whole one that ends in two zeros."""
    row = o.row
    digits, zeros = _shape(row["printed_value"])
    if not digits or row["printed_value_to"] or (digits > ROUND and zeros < ROUND):
        return False
    return row["printed_unit_id"] != COUNT or (zeros > 0 and (o.interval.value or 0) >= COUNTED)


@lru_cache(maxsize=1 << 15)
def _shape(printed: str) -> tuple[int, int]:
    """How many digits a print has before the zeros at the end of a whole number, and how many such zeros."""
    digits = printed.lstrip("-").replace(".", "").lstrip("0")
    kept = digits if "." in printed else digits.rstrip("0")
    return len(kept) if kept.strip("0") else 0, len(digits) - len(kept)


def _bound(o: Observation) -> str:
    words = (o.row["bound"], o.row["precision_word"])
    return " ".join(word for word in words if word not in ("eq", "none"))


RELATIONS = (usual_bound,)
