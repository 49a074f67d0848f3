"""Mistakes of contributors, in published rows and in new ones, with and without a second reading, by size of vendor.

A row is new where all rows of its document but a few are left out of the tables first, as they are when a contributor
begins on a new source. Its mistake is named where a rule says on this row, or with this row, what it does not say of
the clean tables. Apart from that it is asked for where the notice on new rows puts the very cell in doubt, or the one
on published rows tells that they say something else than in the last build.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from benchmarks.book import Book, Injection, Kind
from benchmarks.edited import Edited
from canonical.fill import complete_row
from canonical.findings import Finding
from canonical.table_schema import load_schema
from canonical.text_tables import Row
from validation.changed_prints import changed_prints
from validation.doubts import doubts
from validation.edited_first import SAYS_TEXT
from validation.relations.facts import Facts, Observation

__all__ = ["LARGE", "Contribution", "Tried", "drawn", "is_cause", "tried", "tried_in"]

LARGE = 230
"""So many observations make a vendor a large one."""
SIBLINGS = 4
"""So many other rows of its document are typed with a new row, in the mean."""
ASKED_AS = {
    "convenience_dollars": ("printed_unit_id",), "hong_kong_dollars": ("printed_unit_id",),
    "lost_minus": ("printed_value",), "run_rate_as_level": ("measure",),
}  # fmt: skip
"""Kinds that change the number, and the column in which a doubt speaks of just that."""
CAUSES = {
    "year_growth_as_quarter": ("growth on the year printed as",), "convenience_dollars": ("USD",),
    "hong_kong_dollars": ("HKD",), "constant_as_reported": ("constant currency", "another basis"),
    "lost_minus": ("the sign may be lost", "below zero", "the other sign"),
    "lost_about": ("approximately", "nearly", "or a word"),
    "year_and_label_off": ("the same number stands", "of the year before", "others print this number",
                           "of which its document tells other", "of which it tells other"),
    "column_before": ("the same number stands", "stands under another period", "others print this number"),
    "year_to_date": ("longer period", "as a run rate", "has the number of the", "as the sum of the", "as that of the"),
    "lost_breakdown": ("of the size of", "of which it tells others"),
    "peer_value": ("digits stand under entity", " as entity "), "acceleration": ("points by which growth changed",),
    "thousands_for_millions": ("would fit as", "1000 times"), "run_rate_as_level": ("run rate", "yearly rate"),
    "other_document": ("named after another period", "the copy is one to", " that ended ", "or another document"),
    "stale_number": ("the same number stands", "before the recast", "restated since"),
}  # fmt: skip
"""Words of a finding that say what a kind of mistake did, where no cell but the number itself was changed."""
OF_BOUND = {"bound", "precision_word"}
"""The cells that hold one word of the page: a finding on one asks for both."""
OF_LINE = {"entity_id", "metric_id", "breakdown_id"}
"""Cells whose value a finding names where the same number stands in another line."""
FOLLOWS = {"period_end": "period_start", "period_type": "period_start", "printed_value": "decimals"}


@dataclass(frozen=True)
class Contribution:
    """One mistake: what it is put into, whether the row is new and read twice, and how large its vendor is."""

    injection: Injection
    is_new: bool
    is_read_twice: bool
    is_large: bool


@dataclass(frozen=True)
class Tried:
    """What became of a mistake: the rules that name it with their severity, and whether a notice asks for the cell.

    Of a published row that notice is the one that it says something else than in the last build.
    """

    contribution: Contribution
    rules: dict[str, str] = field(default_factory=dict[str, str])
    is_asked_for: bool = False
    begins_with_row: bool = False
    begins_with_cause: bool = False
    """Whether the first finding of the report names the row, and also the cell or how its number came about."""


def drawn(kind: Kind, book: Book, trials: int, rng: random.Random) -> Iterator[Contribution]:
    """So many mistakes of a kind, half of them at large vendors, half in new rows and half with a second reading."""
    rows, counts = Counter(_vendor(row, book) for row in book.rows), Counter[bool]()
    order = list(range(len(book.rows)))
    rng.shuffle(order)
    for number in order:
        row = book.rows[number]
        is_large = rows[_vendor(row, book)] >= LARGE
        place = counts[is_large]
        is_new, is_read_twice = bool(place % 4 // 2), not place % 2
        if place * 2 >= trials or (is_read_twice and not row["printed_text"]):
            continue
        before = row if is_read_twice else row | {"printed_text": "", "printed_label": ""}
        change = kind.change(before, rng, book)
        if change is not None:
            follows = {FOLLOWS[column]: "" for column in change if column in FOLLOWS and FOLLOWS[column] not in change}
            after = complete_row(load_schema("observations"), before | follows | dict(change), book.reference)
            counts[is_large] += 1
            yield Contribution(Injection(kind, "observations", number, row, after), is_new, is_read_twice, is_large)


def tried(contributions: Sequence[Contribution], in_files: dict[int, set[str]]) -> Iterator[Tried]:
    """What finds each mistake; `in_files` are the rules of layers S and U that do, by its place."""
    edited = Edited()
    for place, contribution in enumerate(contributions):
        yield tried_in(edited, place, contribution, in_files.get(place, set()))


def tried_in(edited: Edited, place: int, contribution: Contribution, in_file: Collection[str]) -> Tried:
    """What finds one mistake; its place in the list decides which rows of its document a new row stands beside."""
    injection, rng = contribution.injection, random.Random(place)
    row_id, source_id = injection.after["observation_id"], injection.before["source_id"]
    others = [name for name in edited.documents[source_id] if name != injection.before["observation_id"]]
    gone = [name for name in others if rng.random() * len(others) > SIBLINGS] if contribution.is_new else []
    facts, touched = edited.after([injection.after], [*gone, injection.before["observation_id"]])
    rules = {**dict.fromkeys(sorted(in_file), "error"), **edited.found(facts, touched, {row_id})}
    o = facts.by_row_id.get(row_id)
    first = edited.first(facts, touched, {row_id}) if rules else None
    names_row = bool(in_file) or (first is not None and row_id in (first.row_id, *first.related.split()))
    names_cause = names_row and (first is None or is_cause(first, injection))
    is_new = contribution.is_new
    is_asked_for = _is_told_changed(injection) if not is_new else o is not None and _is_doubted(injection, o, facts)
    return Tried(contribution, rules, is_asked_for, names_row, names_cause)


def is_cause(first: Finding, injection: Injection) -> bool:
    """Whether a finding names a cell that the mistake changed, or says in words what was done."""
    changed = {column for column, cell in injection.after.items() if cell != injection.before[column]}
    words = CAUSES.get(injection.kind.name, ())
    changed |= OF_BOUND if changed & OF_BOUND else set()
    if any(_names_line(first, column, injection.before[column]) for column in OF_LINE & changed):
        return True
    if first.rule in SAYS_TEXT and first.row_id == injection.after["observation_id"]:
        return True
    if injection.kind.name == "lost_minus" and first.expected == f"-{injection.after['printed_value']}":
        return True
    if "period_type" in changed and first.expected.startswith(f"{injection.before['period_type']} to "):
        return True
    is_cell = first.column in changed - {"printed_value"} and first.row_id == injection.after["observation_id"]
    return is_cell or any(word in f"{first.message} {first.expected}" for word in words)


def _names_line(first: Finding, column: str, before: str) -> bool:
    """Whether a finding says in which line the number stands that a row had: `as breakdown services`."""
    return bool(re.search(rf" (?:as|and) {column.removesuffix('_id')} {re.escape(before)}(?![\w.-])", first.message))


def _is_told_changed(injection: Injection) -> bool:
    """Whether the comparison with the last build names the row, which it knows by its id."""
    after, before = (pl.DataFrame([row]) for row in (injection.after, injection.before))
    return any(changed_prints(after, before, "observations.csv"))


def _is_doubted(injection: Injection, o: Observation, facts: Facts) -> bool:
    """Whether a notice on the new row asks for a cell that the mistake changed, or for the currency of its number."""
    changed = {column for column, cell in injection.after.items() if cell != injection.before[column]}
    wanted = changed - {"printed_value"} | set(ASKED_AS.get(injection.kind.name, ()))
    return any(doubt.column in wanted for doubt in doubts(o, facts))


def _vendor(row: Row, book: Book) -> str:
    return book.reference.entities.get(row["entity_id"], {}).get("vendor_id", "")
