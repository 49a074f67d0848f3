"""Two columns of one line: a document that prints a number for two periods prints both under one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from canonical.spans import Period, preceding, year_before
from validation.relations.cells import are_mixed
from validation.relations.facts import ACTUAL, Facts, Observation, Series
from validation.relations.numbers import Truths
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

NAMES = ("metric_id", "breakdown_id", "basis")
"""The names of which a row may have been given a wrong one."""
ABOVE = {"metric_id": "broader_metric_id", "breakdown_id": "parent_breakdown_id"}
"""Where what a metric or a breakdown is a part of is named."""
ALIKE = Decimal("1.6")
"""Two columns of one line differ by less than this factor, and by more than nothing."""
Column = tuple[Period, list[Observation]]
Line = dict[Period, list[Observation]]


@relation(
    "C.companion",
    "warning",
    says="a document names a number and the one beside it, of the year or the period before, alike",
    rationale="A column of cash capital expenditure beside one that includes leases is one line filed under two names.",
    fix="check what each column of the line counts, and file both under one metric, part and basis",
    reach="document",
)
def companion(facts: Facts) -> Iterator[Remark]:
    """Each number that stands alone in its document, where another that stands alone too fills its gap.

    That is: of two series that differ in one name, each has one of two periods a year or a step apart, neither has
    the other, and the numbers are of one size.
    """
    for lines in _lines(facts).values():
        alone = {series: next(iter(line.items())) for series, line in lines.items() if len(line) == 1}
        for name in NAMES:
            alike: dict[Series, list[Series]] = defaultdict(list)
            for series in alone:
                alike[series._replace(**{name: ""})].append(series)
            for group in alike.values() if len(alone) > 1 else ():
                is_apart = len(group) > 1 and len({alone[series][0].end for series in group}) > 1
                for one, other in _akin(name, group, facts) if is_apart else ():
                    yield from _filled(name, alone[one], alone[other])


def _lines(facts: Facts) -> dict[str, dict[Series, Line]]:
    """The results of each own document, by series and period."""
    found: dict[str, dict[Series, Line]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for o in facts.cells.rows(_in_documents_of_several_days(facts)):
        if o.row["bound"] != "spread" and o.is_own_word and o.series.standing == ACTUAL and o.period is not None:
            found[o.source_id][o.series][o.period].append(o)
    return found


def _in_documents_of_several_days(facts: Facts) -> Truths:
    """Which rows stand in documents that speak of periods with several ends."""
    documents, ends = (facts.cells.codes(name)[0] for name in ("source_id", "period_end"))
    return are_mixed(documents, ends)


def _akin(name: str, group: Sequence[Series], facts: Facts) -> Iterator[tuple[Series, Series]]:
    """The pairs of series, both ways, whose names are easily taken for one another.

    That is: definitions of one thing, a part and its whole, and any two bases.
    """
    if name == "basis":
        yield from permutations(group, 2)
        return
    rows = facts.reference.metrics if name == "metric_id" else facts.reference.breakdowns
    places = {getattr(series, name): place for place, series in enumerate(group)}
    above = {key: rows.get(key, {}).get(ABOVE[name], "") for key in places}
    below: dict[str, list[str]] = defaultdict(list)
    for key, whole in above.items():
        below[whole].append(key)
    for key, place in places.items():
        whole = above[key]
        near = {*below.get(key, ()), *([whole] if whole in places else ())}
        if name == "metric_id" and whole:
            near |= set(below[whole])
        for other in sorted(places[other] for other in near - {key}):
            yield group[place], group[other]


def _filled(name: str, line: Column, other: Column) -> Iterator[Remark]:
    (period, prints), (theirs, others) = line, other
    if theirs not in (year_before(period), preceding(period)) or not _are_alike(prints[0], others[0]):
        return
    for o in prints:
        wanted = getattr(others[0].series, name)
        yield remark_on(
            o, name, False, wanted, f"the same document has {others[0].row['printed_value']} of {theirs.label} "
            f"under {wanted}, and nothing of {period.label} beside it", others[0],
        )  # fmt: skip


def _are_alike(one: Observation, other: Observation) -> bool:
    a, b = one.interval.value, other.interval.value
    if a is None or b is None or a * b <= 0:
        return False
    return max(abs(a), abs(b)) <= ALIKE * min(abs(a), abs(b))


RELATIONS = (companion,)
