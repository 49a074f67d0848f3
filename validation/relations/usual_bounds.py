"""Round numbers that are told with a word of bound as a rule: one without a word, and without its text, lost it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from canonical.arithmetic import meets
from validation.relations.cells import codes_of, kinds_of
from validation.relations.columns import Places
from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.numbers import Truths
from validation.relations.quantities import is_plain
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import of_series

__all__ = ["RELATIONS", "counted"]

ROUND, COUNT, COUNTED = 2, "count", 100
"""So many digits has a number that may be rounded in words; a count is exact below a hundred, or without zeros."""
SHOWN = 3
LINE = ("entity_id", "metric_id", "breakdown_id", "measure")
SAID = ("source_id", "printed_value", "printed_unit_id", "bound", "precision_word")
"""What a document says once, wherever it repeats it."""


HABITS = {
    ("printed_unit_id", "few_zeros"): "of its unit that end in as many zeros",
    ("kind", "printed_unit_id", "measure", "digits"): "of its unit and measure with as many digits in such documents",
    ("metric_id", "measure", "digits"): "of its metric and measure with as many digits",
    ("metric_id", "measure", "claim_status", "has_zeros"): "of its metric, measure and standing",
    ("vendor", "claim_status"): "of its vendor and standing",
    ("source_id",): "of its document",
    ("entity_id", "metric_id", "measure"): "of its entity, metric and measure",
}
"""What round numbers have in common, by name and in words, from what many share to what few do. The vendor is told of
what is no result alone."""
SELDOM, WEIGHT, LIKELY, ENOUGH = 0.1, 4, 0.3, 3
"""One round number in ten has a word of bound. Each habit moves that share as its own numbers do, against which what
is shared by more counts as so many numbers. From the last share on a lost word is asked for; so many make a habit."""


@relation(
    "V.usual_bound",
    "notice",
    says="round numbers that are told with a word of bound as a rule are typed with their text",
    rationale="Where a third of the round numbers of a line say about or over, one that says neither may have lost it.",
    fix="type printed_text as the page prints it, and the bound that its words say",
    reach="package",
    beside="observations.printed_text",
)
def usual_bound(facts: Facts) -> Iterator[Remark]:
    """Each round number without a text and without a bound, of kinds a third of which or so have one.

    And each number of any digits that alone of its line has none.
    """
    found = dict[str, Remark]()
    for remark in (*_of_kinds(facts), *_of_lines(facts)):
        found.setdefault(remark.row_id, remark)
    yield from found.values()


def _of_lines(facts: Facts) -> Iterator[Remark]:
    """Each number without a text that alone of its entity, metric, part and measure has no word of bound."""
    places = np.flatnonzero(facts.cells.are("printed_value_to", ""))
    are_plain, line = _are_plain(facts)[places], facts.cells.kinds(LINE).of_row[places]
    plain, bounded = (np.bincount(line[these], minlength=len(facts.observations)) for these in (are_plain, ~are_plain))
    are_odd = are_plain & _are_untold(facts)[places] & ((plain == 1) & (bounded >= ENOUGH))[line]
    for at in np.flatnonzero(are_odd).tolist():
        others = [facts.observations[place] for place in places[(line == line[at]) & ~are_plain].tolist()]
        if len({o.source_id for o in others}) >= ENOUGH:
            told = f"all {len(others)} other numbers of its line have a word"
            yield _remark(facts.observations[places[at]], others, told)


def _are_plain(facts: Facts) -> Truths:
    """For each row what `is_plain` says of it."""
    return facts.cells.are("bound", "eq") & facts.cells.are("precision_word", "none")


def _are_untold(facts: Facts) -> Truths:
    """For each row whether it has no bound and no text, and does not say how coarse its number is."""
    are_coarse = facts.cells.each("decimals", lambda decimals: decimals.startswith("-")) > 0
    return _are_plain(facts) & facts.cells.are("printed_text", "") & ~are_coarse


def _remark(o: Observation, bounded: Sequence[Observation], told: str) -> Remark:
    said = ", ".join(f"{p.row['printed_text'] or _bound(p)} ({p.row_id})" for p in bounded[-SHOWN:])
    bound = f"perhaps {_bound(bounded[-1])}"
    return remark_on(o, "bound", False, bound, f"{told}, such as {said}", *bounded[-SHOWN:])


def _of_kinds(facts: Facts) -> Iterator[Remark]:
    """Each round number without a text and without a bound, of a kind a third of which or so have one.

    And of which so many have one with what less alike numbers have, too: few of a kind tell little.
    """
    rounded = _rounded(facts)
    rows, said = [facts.observations[place] for place in rounded.tolist()], facts.cells.kinds(SAID).of_row[rounded]
    are_plain, asked = _are_plain(facts)[rounded], np.flatnonzero(_are_untold(facts)[rounded])
    groups = _groups(facts, rounded)
    told = [counted(group, said, are_plain, asked) for group in groups]
    share, shown = np.full(len(asked), SELDOM), np.full(len(asked), -1)
    for number, (words, others) in enumerate(told):
        share = (words + WEIGHT * share) / (others + WEIGHT)
        shown[(words >= ENOUGH) & (words >= LIKELY * others)] = number
    odd = np.flatnonzero((shown >= 0) & (share >= LIKELY)).tolist()
    alike = of_series([rows[asked[at]] for at in odd], facts)
    for at in odd:
        o, group = rows[asked[at]], groups[shown[at]]
        if not _is_met(o, alike):
            places = np.flatnonzero(~are_plain & (group == group[asked[at]])).tolist()
            bounded = list({said[place]: rows[place] for place in places}.values())
            habit, others = list(HABITS.values())[shown[at]], told[shown[at]][1][at]
            yield _remark(o, bounded, f"{len(bounded)} of {others} other round numbers {habit} have a word")


def counted(group: Places, said: Places, are_plain: Truths, asked: Places) -> tuple[Places, Places]:
    """Of the rows `asked`, how many of their group have a word of bound, and how many others there are.

    What is `said` again and again counts once. Parameters: for each row codes of its group, below zero for none, and of
    what is said, from 0, and whether it has no word; the places of those asked, none of which has one.
    """
    size, count = group.max(initial=0) + 1, said.max(initial=0) + 1
    are_grouped = group >= 0
    pairs, of_pair, times = np.unique((group * count + said)[are_grouped], return_inverse=True, return_counts=True)
    is_bounded = np.zeros(len(pairs), np.bool_)
    is_bounded[of_pair[~are_plain[are_grouped]]] = True
    words, different = (np.bincount(some // count, minlength=size) for some in (pairs[is_bounded], pairs))
    with_word, others, is_told = np.zeros(len(asked), np.int64), np.zeros(len(asked), np.int64), group[asked] >= 0
    of = group[asked[is_told]]
    with_word[is_told] = words[of]
    others[is_told] = different[of] - (times[np.searchsorted(pairs, of * count + said[asked[is_told]])] == 1)
    return with_word, others


def _is_met(o: Observation, facts: Facts) -> bool:
    """Whether another plain print of the fact meets a row."""
    prints = facts.by_fact.get((o.series, o.period), []) if o.period is not None else []
    return any(p is not o and is_plain(p) and meets(p.interval, o.interval) for p in prints)


def _groups(facts: Facts, places: Places) -> list[Places]:
    """What rows have in common with others, in the order of `HABITS`; a number below zero for nothing."""
    names = ("entity_id", "metric_id", "measure", "source_id", "claim_status", "printed_unit_id", "vendor")
    told = {name: facts.cells.codes(name) for name in names}
    digits, zeros = (shape[places] for shape in _shapes(facts))
    sources, documents = told["source_id"]
    kinds, kind_names = codes_of([facts.reference.sources.get(name, {}).get("kind", "") for name in documents])
    columns = {name: (codes[places], len(texts)) for name, (codes, texts) in told.items()} | {
        "kind": (kinds[sources[places]], len(kind_names)),
        "digits": (digits, digits.max(initial=0) + 1),
        "few_zeros": (np.minimum(zeros, SHOWN), SHOWN + 1),
        "has_zeros": ((zeros > 0).astype(np.int64), 2),
    }
    of_none = facts.cells.are("vendor", "") | facts.cells.are("claim_status", ACTUAL)
    groups = {alike: kinds_of([columns[name] for name in alike]).of_row for alike in HABITS}
    return [np.where(of_none[places], -1, of) if "vendor" in alike else of for alike, of in groups.items()]


def _rounded(facts: Facts) -> Places:
    """The rows whose number may be rounded in words: of two digits, or a whole one that ends in two zeros."""
    digits, zeros = _shapes(facts)
    are_round = (digits > 0) & ((digits <= ROUND) | (zeros >= ROUND))
    are_counts = facts.cells.are("printed_unit_id", COUNT)
    are_round &= facts.cells.are("printed_value_to", "") & (~are_counts | (zeros > 0))
    for place in np.flatnonzero(are_round & are_counts).tolist():
        are_round[place] = (facts.observations[place].interval.value or 0) >= COUNTED
    return np.flatnonzero(are_round)


def _shapes(facts: Facts) -> tuple[Places, Places]:
    """The `_shape` of the number of each row."""
    codes, texts = facts.cells.codes("printed_value")
    digits, zeros = np.array(list(map(_shape, texts)), np.int64).reshape(-1, 2)[codes].T
    return digits, zeros


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
