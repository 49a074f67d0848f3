"""One place, one meaning: what stands at a place of a vendor's documents is filed under the same names each time."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from validation.relations.cells import all_but_one, codes_of, kinds_of
from validation.relations.facts import Facts, Observation
from validation.relations.numbers import Truths
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
    beside="observations.locator observations.printed_label",
)
def same_place(facts: Facts) -> Iterator[Remark]:
    """Each row with a label or a place in words, against the other rows of its company with the same words and unit."""
    lines: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for o in facts.cells.rows(_in_lines_with_an_odd_row(facts)):
        if words := _words(o.row["printed_label"], o.row["locator"]):
            family = family_of(o.series.entity_id, facts.parents)
            lines[family, words, o.series.unit_id, o.row["claim_status"]].append(o)
    for (_, words, *_), rows in lines.items():
        for name in NAMES if len(rows) > ENOUGH else ():
            yield from _odd(name, words, rows)


def _in_lines_with_an_odd_row(facts: Facts) -> Truths:
    """Which rows are of lines whose rows have all but one the same name, in some column of names."""
    cells = facts.cells
    (series, of_series), (statuses, told) = cells.series, cells.codes("claim_status")
    families, units = (codes_of(names) for names in (
        [family_of(s.entity_id, facts.parents) for s in of_series], [s.unit_id for s in of_series],
    ))  # fmt: skip
    words, different = _words_in_codes(facts)
    line, _ = kinds_of([
        (words, len(different)), (statuses, len(told)),
        *((codes[series], len(names)) for codes, names in (families, units)),
    ])  # fmt: skip
    are_odd = [all_but_one(line, cells.codes(name)[0], ENOUGH) for name in NAMES]
    return np.any(are_odd, axis=0) & np.array([bool(text) for text in different], np.bool_)[words]


def _words_in_codes(facts: Facts) -> tuple[NDArray[np.int64], list[str]]:
    """The words of each row as a code, and the different words."""
    (labels, of_labels), (locators, of_locators) = (facts.cells.codes(name) for name in ("printed_label", "locator"))
    has_label = np.array([bool(label) for label in of_labels], np.bool_)[labels]
    asked = set(locators[~has_label].tolist())
    of_places = (_words("", locator) if code in asked else "" for code, locator in enumerate(of_locators))
    codes, different = codes_of([*(_words(label, "") for label in of_labels), *of_places])
    return np.where(has_label, codes[labels], codes[len(of_labels) + locators]), different


def _odd(name: str, words: str, rows: list[Observation]) -> Iterator[Remark]:
    counts = Counter(o.row[name] for o in rows)
    usual, times = counts.most_common(1)[0]
    if len(rows) - times == 1 and times >= ENOUGH and len({o.source_id for o in rows if o.row[name] == usual}) > 1:
        odd = next(o for o in rows if o.row[name] != usual)
        yield remark_on(
            odd, name, False, usual, f"the line {words!r} stands under {usual} in {times} other rows of its company",
            *[o for o in rows if o is not odd][:2],
        )  # fmt: skip


def _words(label: str, locator: str) -> str:
    """The label of a row, or else the words of the line or tag that it stands under, without numbers and days."""
    place = None if label else ROW.search(locator)
    return _without_numbers(label or (place[1] or place[2] or "" if place else ""))


@lru_cache(maxsize=1 << 15)
def _without_numbers(told: str) -> str:
    words = " ".join(NUMBERED.sub(" ", told.casefold()).split()).strip(" |:,.")
    return words if len(LETTERS.sub("", words)) >= (SHORTEST if words.isascii() else SHORTEST // 2) else ""


RELATIONS = (same_place,)
