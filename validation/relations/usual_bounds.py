"""Round numbers that are told with a word of bound as a rule: one without a word, and without its text, lost it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from canonical.arithmetic import meets
from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.quantities import is_plain
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import of_series

__all__ = ["RELATIONS"]

ROUND, COUNT, COUNTED = 2, "count", 100
"""So many digits has a number that may be rounded in words; a count is exact below a hundred, or without zeros."""
SHOWN = 3
Group = tuple[str, ...]


HABITS = (
    "of its unit that end in as many zeros",
    "of its unit and measure with as many digits in such documents",
    "of its metric and measure with as many digits",
    "of its metric, measure and standing",
    "of its vendor and standing",
    "of its document",
    "of its entity, metric and measure",
)
"""What round numbers have in common, in words, from what many share to what few do."""
SELDOM, WEIGHT, LIKELY, ENOUGH = 0.1, 4, 0.6, 3
"""One round number in ten has a word of bound. Each habit moves that share as its own numbers do, against which what
is shared by more counts as so many numbers. From the last share on a word is likely; so many make a habit."""


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
    """Each round number without a text and without a bound, of kinds that together have one more often than not.

    And each number of any digits that alone of its line has none.
    """
    found = dict[str, Remark]()
    for remark in (*_of_kinds(facts), *_of_lines(facts)):
        found.setdefault(remark.row_id, remark)
    yield from found.values()


def _of_lines(facts: Facts) -> Iterator[Remark]:
    """Each number without a text that alone of its entity, metric, part and measure has no word of bound."""
    lines: dict[Group, list[Observation]] = {_line(o): [] for o in facts.observations if _is_untold(o)}
    for o in facts.observations if lines else ():
        if not o.row["printed_value_to"] and _line(o) in lines:
            lines[_line(o)].append(o)
    for prints in lines.values():
        plain, bounded = [o for o in prints if is_plain(o)], [o for o in prints if not is_plain(o)]
        if len(plain) == 1 and _is_untold(plain[0]) and len({o.source_id for o in bounded}) >= ENOUGH:
            yield _remark(plain[0], bounded, f"all {len(bounded)} other numbers of its line have a word")


def _line(o: Observation) -> Group:
    return ("line", *o.series[:4])


def _is_untold(o: Observation) -> bool:
    return not o.row["printed_text"] and is_plain(o) and not o.row["decimals"].startswith("-")


def _remark(o: Observation, bounded: Sequence[Observation], told: str) -> Remark:
    said = ", ".join(f"{p.row['printed_text'] or _bound(p)} ({p.row_id})" for p in bounded[-SHOWN:])
    bound = f"perhaps {_bound(bounded[-1])}"
    return remark_on(o, "bound", False, bound, f"{told}, such as {said}", *bounded[-SHOWN:])


def _of_kinds(facts: Facts) -> Iterator[Remark]:
    """Each round number without a text and without a bound, of a kind half of which or more have one.

    And of which so many have one with what less alike numbers have, too: few of a kind tell little.
    """
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
        share, words, shown = SELDOM, "", list[Observation]()
        for habit, group in zip(HABITS, _groups(o, facts), strict=True):
            bounded, others = told[group], len(times[group]) - (times[group][_said(o)] == 1)
            share = (len(bounded) + WEIGHT * share) / (others + WEIGHT)
            if len(bounded) >= ENOUGH and 2 * len(bounded) >= others:
                words, shown = f"{len(bounded)} of {others} other round numbers {habit} have a word", bounded
        if words and share >= LIKELY:
            yield _remark(o, shown, words)


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
    vendor = facts.reference.entities.get(series.entity_id, {}).get("vendor_id", "")
    return [
        ("unit", unit, str(min(zeros, SHOWN))),
        ("kind", kind, unit, series.measure, str(digits)),
        ("digits", series.metric_id, series.measure, str(digits)),
        ("metric", series.metric_id, series.measure, status, str(zeros > 0)),
        ("vendor", vendor, status) if vendor and status != ACTUAL else ("row", o.row_id),
        ("document", o.source_id),
        ("entity", series.entity_id, series.metric_id, series.measure),
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
