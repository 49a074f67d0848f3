"""One place, one meaning: what stands at a place of a vendor's documents is filed under the same names each time."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from validation.relations.facts import Facts, Observation
from validation.relations.reach import family_of
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

NAMES = ("entity_id", "metric_id", "measure", "basis", "breakdown_id")
ENOUGH = 4
"""So many other rows, of two documents at least, make a habit."""
ROW = re.compile(r"\brow:(.*?)(?: [a-z]+:|$)|\bsection:([a-z-]+:[A-Z]\w+)")
"""A line of a table by its words, or the tag of a filing."""
MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
NUMBERED = re.compile(rf"\b(?:q[1-4]|fy|h[12]|{MONTHS}|months?|ended|quarter|year)\b|[0-9]+", re.IGNORECASE)
"""What differs from document to document: days, quarters, years."""
LETTERS = re.compile(r"[\W_]")
SHORTEST = 8


@relation(
    "V.same_place",
    "warning",
    says="a line of a vendor's documents is filed under the same names each time",
    rationale="A line that was read as cash capital expenditure in ten reports is not another measure in the eleventh.",
    fix="file the row as the other rows of the line are, or say in its label what differs",
)
def same_place(facts: Facts) -> Iterator[Remark]:
    """Each row with a label or a place in words, against the other rows of its company with the same words and unit."""
    lines: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for o in facts.observations:
        if words := _words(o):
            family = family_of(o.series.entity_id, facts.parents)
            lines[family, words, o.series.unit_id, o.row["claim_status"]].append(o)
    for (_, words, *_), rows in lines.items():
        for name in NAMES if len(rows) > ENOUGH else ():
            yield from _odd(name, words, rows)


def _odd(name: str, words: str, rows: list[Observation]) -> Iterator[Remark]:
    counts = Counter(o.row[name] for o in rows)
    usual, times = counts.most_common(1)[0]
    if len(rows) - times == 1 and times >= ENOUGH and len({o.source_id for o in rows if o.row[name] == usual}) > 1:
        odd = next(o for o in rows if o.row[name] != usual)
        yield remark_on(
            odd, name, False, usual, f"the line {words!r} stands under {usual} in {times} other rows of its company",
            *[o for o in rows if o is not odd][:2],
        )  # fmt: skip


def _words(o: Observation) -> str:
    """The label of a row, or else the words of the line or tag that it stands under, without numbers and days."""
    place = None if o.row["printed_label"] else ROW.search(o.row["locator"])
    return _without_numbers(o.row["printed_label"] or (place[1] or place[2] if place else ""))


@lru_cache(maxsize=1 << 15)
def _without_numbers(told: str) -> str:
    words = " ".join(NUMBERED.sub(" ", told.casefold()).split()).strip(" |:,.")
    return words if len(LETTERS.sub("", words)) >= (SHORTEST if words.isascii() else SHORTEST // 2) else ""


RELATIONS = (same_place,)
