"""What the words of the page would settle about a number that was typed once: a reading that its cells leave in doubt.

A doubt is no finding: the cell may well be right. It is told where the entity's own rows show that another reading
happens, so that whoever typed the row knows what to look for on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from validation.relations.facts import Facts, Observation
from validation.relations.quantities import significant_digits

__all__ = ["Doubt", "doubts"]

ROUND = 2
"""A number of so many digits, zeros apart, may be rounded in words."""
WHOLE, CAPEX, SHOWN = "total", "capex", 3


class Doubt(NamedTuple):
    """The column that is in doubt, and the question with what gives rise to it."""

    column: str
    question: str


def doubts(o: Observation, facts: Facts) -> Iterator[Doubt]:
    """What is in doubt about a print: of its text where that is empty, and of its label where that is."""
    if not o.row["printed_text"]:
        yield from _of_text(o, facts)
    if not o.row["printed_label"]:
        yield from _of_label(o, facts)


def _of_text(o: Observation, facts: Facts) -> Iterator[Doubt]:
    """What the number as it is printed would settle: bound, sign, currency and basis."""
    others = facts.by_subject.get((o.series.entity_id, o.series.metric_id), [])
    is_ratio = facts.reference.units[o.row["printed_unit_id"]].quantity == "ratio"
    is_plain = (o.row["bound"], o.row["precision_word"]) == ("eq", "none")
    if is_plain and not is_ratio and 0 < len(significant_digits(o)) <= ROUND:
        yield Doubt("bound", "is the round number about, more than or up to what is meant")
    is_above = o.interval.value is not None and o.interval.value > 0
    below = [p.row["printed_value"] for p in others if p.series.measure == o.series.measure and _is_below(p)]
    if is_above and below:
        yield Doubt("printed_value", f"is it a loss or a fall, as {' and '.join(below[-SHOWN:])} of other periods")
    currencies = _currencies(o, facts)
    if len(currencies) > 1:
        yield Doubt("printed_unit_id", f"is it in {' or '.join(currencies)}, which its documents print")
    if o.series.measure == "growth_yoy":
        bases = {p.series.basis for p in others if p.series.measure == o.series.measure} | {o.series.basis}
        if len(bases) > 1:
            yield Doubt("basis", f"is it {' or '.join(sorted(bases))}, as other rates of it are")


def _of_label(o: Observation, facts: Facts) -> Iterator[Doubt]:
    """What the words beside the number would settle: definition, part and kind of growth."""
    others = facts.by_subject.get((o.series.entity_id, o.series.metric_id), [])
    if o.series.metric_id == CAPEX or _broader(o.series.metric_id, facts) == CAPEX:
        told = {metric for entity, metric in facts.by_subject if entity == o.series.entity_id}
        definitions = {m for m in told if m == CAPEX or _broader(m, facts) == CAPEX} - {o.series.metric_id}
        if definitions:
            yield Doubt("metric_id", f"is it {' or '.join(sorted(definitions))}, which other rows tell")
    parts = dict.fromkeys(p.series.breakdown_id for p in others if p.series.breakdown_id != WHOLE)
    if o.series.breakdown_id == WHOLE and parts:
        yield Doubt("breakdown_id", f"is it a part, such as {' or '.join(list(parts)[-SHOWN:])}")
    if o.series.measure == "growth_prev":
        yield Doubt("measure", "is it growth on the year, as nearly all rates are")


def _currencies(o: Observation, facts: Facts) -> list[str]:
    """The currencies of a print and of the levels that its vendor's own documents print; none of what is no money."""
    own, vendor = _currency(o, facts), _vendor(o, facts)
    if not own or not vendor:
        return []
    others = (p for p in facts.by_measure.get("level", []) if p.is_own_word and _vendor(p, facts) == vendor)
    return sorted({own, *(_currency(p, facts) for p in others)} - {""})


def _currency(o: Observation, facts: Facts) -> str:
    return facts.reference.units[o.row["printed_unit_id"]].currency


def _is_below(o: Observation) -> bool:
    return o.interval.value is not None and o.interval.value < 0


def _vendor(o: Observation, facts: Facts) -> str:
    return facts.reference.entities.get(o.series.entity_id, {}).get("vendor_id", "")


def _broader(metric_id: str, facts: Facts) -> str:
    return facts.reference.metrics.get(metric_id, {}).get("broader_metric_id", "")
