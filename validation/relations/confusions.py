"""One number under two names: the same digits for two entities, metrics or parts where one of them must be another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

import numpy as np

from canonical.arithmetic import exactly, meets
from canonical.spans import Period
from validation.relations.cells import are_mixed
from validation.relations.facts import Facts, Observation, Series
from validation.relations.quantities import significant_digits
from validation.relations.relation import MOST_OPTIONS, Remark, mixed_up, relation
from validation.relations.same_numbers import in_both, told_finer

__all__ = ["RELATIONS"]

DIGITS = 4
"""Two unlike numbers share so many digits by chance in one case of some thousands."""
NAMES = ("entity_id", "metric_id", "breakdown_id")


@relation(
    "C.twofold_number",
    "warning",
    says="one number does not stand for two entities, metrics or parts in one period",
    rationale="A number that was put under a neighbouring name once shows beside its own name with the same digits.",
    fix="check whose number it is, and what it counts",
    reach="package",
)
def twofold_number(facts: Facts) -> Iterator[Remark]:
    """Prints of one period with the same digits whose series differ in entity, metric or breakdown alone."""
    groups: dict[tuple[Decimal, str, str, Period], list[Observation]] = defaultdict(list)
    for o in facts.comparable:
        if o.period is not None and o.interval.value is not None:
            groups[o.interval.value, o.series.unit_id, o.series.measure, o.period].append(o)
    told_often = (prints for prints in groups.values() if len(prints) > 1)
    for prints in (prints for prints in told_often if len(significant_digits(prints[0])) >= DIGITS):
        by_series = {o.series: o for o in reversed(prints)}
        for one, other in _pairs(list(by_series)):
            name = _one_name_apart(one, other)
            if name and not _is_akin(name, one, other, facts):
                both = by_series[one], by_series[other]
                later, first = sorted(both, key=lambda o: (-o.trust, -o.number))
                same = f"the same digits stand under {name.removesuffix('_id')} {getattr(first.series, name)}"
                if not any(o.period and told_finer(o, facts.by_fact.get((o.series, o.period), [])) for o in both):
                    yield mixed_up(later, first, same)


def _pairs(told: Sequence[Series]) -> Iterator[tuple[Series, Series]]:
    """All pairs of a few series; of many each with the first of those that differ in one name."""
    if len(told) <= MOST_OPTIONS:
        yield from combinations(told, 2)
        return
    for name in NAMES:
        first: dict[Series, Series] = {}
        for series in told:
            one = first.setdefault(series._replace(perimeter_id="", standing="", **{name: ""}), series)
            if one is not series:
                yield one, series


def _one_name_apart(one: Series, other: Series) -> str:
    """The name in which two series differ, perimeter and standing apart; empty where there is not just one."""
    changed = [
        name
        for name in Series._fields
        if getattr(one, name) != getattr(other, name) and name not in ("perimeter_id", "standing")
    ]
    return changed[0] if len(changed) == 1 and changed[0] in NAMES else ""


def _is_akin(name: str, one: Series, other: Series, facts: Facts) -> bool:
    """Whether two names may well have one number: a metric and a narrower one, a group and a part of it."""
    a, b = getattr(one, name), getattr(other, name)
    if name == "metric_id":
        return bool({a, *_broader(a, facts)} & {b, *_broader(b, facts)})
    if name == "entity_id":
        # Whether a group and its part share a number is asked by C.scope_confusion.
        return bool({a, *facts.entities_above(a)} & {b, *facts.entities_above(b)})
    return _is_the_only_part(one, other, facts) or _is_the_only_part(other, one, facts)


def _is_the_only_part(part: Series, whole: Series, facts: Facts) -> bool:
    """Whether a breakdown may well be all of its parent: it is in another period too, or its share is 100 %."""
    parent = facts.reference.breakdowns.get(part.breakdown_id, {}).get("parent_breakdown_id", "")
    if parent != whole.breakdown_id:
        return False
    theirs = facts.by_series.get(whole, {})
    periods = [period for period, prints in facts.by_series.get(part, {}).items() if _agree(prints, theirs.get(period))]
    shares = facts.by_series.get(part._replace(measure="share", unit_id="percent"), {}).values()
    return len(periods) > 1 or any(meets(o.interval, exactly(Decimal(100))) for prints in shares for o in prints)


def _agree(prints: list[Observation], others: list[Observation] | None) -> bool:
    return next(in_both(prints, others or ()), None) is not None


def _broader(metric_id: str, facts: Facts) -> list[str]:
    found: list[str] = []
    current = facts.reference.metrics.get(metric_id, {}).get("broader_metric_id", "")
    while current and current not in found:
        found.append(current)
        current = facts.reference.metrics.get(current, {}).get("broader_metric_id", "")
    return found


@relation(
    "V.one_vendor",
    "warning",
    says="a company's own document speaks of that company",
    rationale="A filing that prints another vendor's revenue is a row under the wrong entity or the wrong source.",
    fix="correct entity_id or source_id",
    reach="document",
    doubts=lambda facts, kept: _of_most(_in_mixed_documents(facts, kept), facts),
)
def one_vendor(facts: Facts) -> Iterator[Remark]:
    """Each print of a filing, release, call or page against the vendor of most prints of that document."""
    return _of_most(facts.observations, facts)


def _in_mixed_documents(facts: Facts, kept: Collection[str]) -> list[Observation]:
    """The prints of documents that speak of several vendors, and of those of the rows `kept`."""
    documents, vendors = (facts.cells.codes(name)[0] for name in ("source_id", "vendor"))
    are_asked = are_mixed(documents, vendors)
    if kept:
        are_asked |= np.isin(documents, documents[[o.row_id in kept for o in facts.observations]])
    return facts.cells.rows(are_asked)


def _of_most(prints: Sequence[Observation], facts: Facts) -> Iterator[Remark]:
    by_source: dict[str, list[Observation]] = defaultdict(list)
    for o in prints:
        if o.is_own_word and _vendor(o, facts):
            by_source[o.source_id].append(o)
    for prints in by_source.values():
        vendors = [_vendor(o, facts) for o in prints]
        counts = Counter(vendors)
        most = max(sorted(counts), key=counts.__getitem__)
        if counts[most] * 2 > len(vendors):
            for o, vendor in zip(prints, vendors, strict=True):
                yield Remark(
                    "observations", o.row_id, o.number, "entity_id", vendor == most,
                    o.series.entity_id, f"an entity of {most}", f"most prints of {o.source_id} are of {most}", (o,),
                )  # fmt: skip


def _vendor(observation: Observation, facts: Facts) -> str:
    return facts.reference.entities.get(observation.series.entity_id, {}).get("vendor_id", "")


RELATIONS = (twofold_number, one_vendor)
