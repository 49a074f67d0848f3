"""One number under two names: the same digits for two entities, metrics or parts where one of them must be another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import combinations

import numpy as np

from canonical.arithmetic import exactly, meets
from canonical.spans import Period
from validation.relations.cells import are_mixed, kinds_of
from validation.relations.facts import Facts, Observation, Series
from validation.relations.quantities import is_plain, significant_digits
from validation.relations.relation import MOST_OPTIONS, Remark, each_row_once, mixed_up, relation
from validation.relations.same_numbers import in_both, told_finer
from validation.relations.unheld import unheld_among

__all__ = ["RELATIONS"]

DIGITS = 4
"""Two unlike numbers share so many digits by chance in one case of some thousands."""
NAMES = ("entity_id", "metric_id", "breakdown_id")
FEW, ALONE, NEAR = 2, 3, timedelta(days=400)
"""Of two lines of one document so many digits tell where one of them has other numbers near in time, else so many."""
POINTS, TIMES = Decimal(4), Decimal("1.3")
"""So many points, or times, outside the span of the numbers near it a rate or a level is not of its line."""
RATIOS = ("percent", "percentage-point")


@relation(
    "C.twofold_number",
    "warning",
    says="one number does not stand for two entities, metrics or parts in one period",
    rationale="A number that was put under a neighbouring name once shows beside its own name with the same digits.",
    fix="check whose number it is, and what it counts",
    reach="package",
)
def twofold_number(facts: Facts) -> Iterator[Remark]:
    """Prints of one period with the same digits whose series differ in entity, metric or breakdown alone.

    In one document fewer digits tell, where one of the two is borne out by nothing and is none of its own line.
    """
    yield from each_row_once(_of_all(facts), _in_one_document(facts))


def _of_all(facts: Facts) -> Iterator[Remark]:
    groups: dict[tuple[Decimal, str, str, Period], list[Observation]] = defaultdict(list)
    for o in _of_several_series(facts, "period_end"):
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


def _in_one_document(facts: Facts) -> Iterator[Remark]:
    """Each plain number that stands in its document under another metric or part too, and is none of its own line."""
    groups: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for o in _of_several_series(facts, "source_id", "period_end", "entity_id"):
        if o.interval.value is not None and is_plain(o) and o.series.measure != "rank":
            named = o.series.entity_id, o.series.measure, o.series.unit_id, o.series.basis
            groups[o.source_id, o.period, *named, o.interval.value].append(o)
    twins: dict[Observation, Observation] = {}
    for prints in groups.values():
        for o in prints if len(prints) > 1 and len(significant_digits(prints[0])) >= FEW else ():
            others = (other for other in prints if other.series != o.series)
            twin = next((other for other in others if _is_of_another(o, other, facts)), None)
            if twin is not None:
                twins[o] = twin
    alone = unheld_among(twins, facts)
    for o, twin in twins.items():
        if o.row_id in alone:
            name, near = _one_name_apart(o.series, twin.series), _near(o, facts)
            named = f"{name.removesuffix('_id')} {getattr(twin.series, name)}"
            line = f", and numbers near it in its line are {min(near):f} to {max(near):f}" if near else ""
            yield mixed_up(o, twin, f"the same digits stand in its document under {named}{line}")


def _of_several_series(facts: Facts, *names: str) -> Iterator[Observation]:
    """The comparable prints, in row order, whose number stands under several series in rows that fill columns alike."""
    places = facts.comparable_places
    values, value = np.unique(facts.cells.values[places], return_inverse=True)
    alike = [(codes[places], len(texts)) for codes, texts in map(facts.cells.codes, names)]
    groups = kinds_of([(value, len(values)), *alike]).of_row
    are_asked = are_mixed(groups, facts.cells.series[0][places])
    return (facts.observations[place] for place in places[are_asked].tolist())


def _is_of_another(o: Observation, other: Observation, facts: Facts) -> bool:
    """Whether a number is that of another line rather than of its own, by the numbers near it in both."""
    name = _one_name_apart(o.series, other.series)
    if not name or _is_akin(name, o.series, other.series, facts):
        return False
    is_counted = facts.reference.metrics.get(o.series.metric_id, {}).get("quantity") in ("count", "time")
    mine, theirs = (_near(print_, facts) for print_ in (o, other))
    if not mine:
        return not is_counted and len(significant_digits(o)) >= ALONE
    return not _is_among(o, mine) and (not theirs or _is_among(other, theirs))


def _near(o: Observation, facts: Facts) -> list[Decimal]:
    """The numbers of the other periods of the same length in the line of a print, near in time."""
    told = [(period, prints[0].interval.value) for period, prints in facts.by_series[o.series].items()]
    return [
        value
        for period, value in told
        if o.period is not None and value is not None and period != o.period and period.type == o.period.type
        and abs(period.end - o.period.end) <= NEAR
    ]  # fmt: skip


def _is_among(o: Observation, near: Sequence[Decimal]) -> bool:
    """Whether a number lies within or near the span of others."""
    value = o.interval.value
    assert value is not None  # only such prints are asked
    if o.series.unit_id in RATIOS:
        slack = max(POINTS, (max(near) - min(near)) / 2)
        return min(near) - slack <= value <= max(near) + slack
    low, high = min(near), max(near)
    least, most = (low / TIMES if low > 0 else low * TIMES), (high * TIMES if high > 0 else high / TIMES)
    return least <= value <= most


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
                    o.series.entity_id, f"an entity of {most}, or another document",
                    f"most prints of {o.source_id} are of {most}", (o,),
                )  # fmt: skip


def _vendor(observation: Observation, facts: Facts) -> str:
    return facts.reference.entities.get(observation.series.entity_id, {}).get("vendor_id", "")


RELATIONS = (twofold_number, one_vendor)
