"""What the words of the page would settle about a number that was typed once: a reading that its cells leave in doubt.

A doubt is no finding: the cell may well be right. It is told where the entity's own rows show that another reading
happens, so that whoever typed the row knows what to look for on the page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from canonical.printed_text import currency_of_text
from validation.relations.facts import Facts, Observation
from validation.relations.kept import kept
from validation.relations.outliers import BESIDE
from validation.relations.quantities import adds_up_over_time, significant_digits

__all__ = ["Doubt", "doubts"]

ROUND = 2
"""A number of so many digits, zeros apart, may be rounded in words."""
WHOLE, CAPEX, SHOWN = "total", "capex", 3
LONGER = frozenset(("half_year", "nine_months", "year"))
"""Periods that a report prints beside the quarter that ends with them."""
BASIS = re.compile(
    r"constant|reported|nominal|\bcc\b|organic|like[- ]for[- ]like|固定汇率|不变汇率|按报告", re.IGNORECASE
)
"""Words by which a page says on what basis growth is."""


class Doubt(NamedTuple):
    """The column that is in doubt, and the question with what gives rise to it."""

    column: str
    question: str


def doubts(o: Observation, facts: Facts) -> Iterator[Doubt]:
    """What is in doubt about a print: of its text where that is empty, and of its label where that is."""
    if not o.row["printed_text"]:
        yield from _of_text(o, facts)
    said = f"{o.row['printed_label']} {o.row['printed_text']}"
    if not currency_of_text(said) and len(currencies := _currencies(o, facts)) > 1:
        yield Doubt("printed_unit_id", f"is it in {' or '.join(currencies)}, as such documents print")
    if o.series.measure == "growth_yoy" and not BASIS.search(said) and len(bases := _bases(o, facts)) > 1:
        yield Doubt("basis", f"is it {' or '.join(bases)}, as other rates of its vendor are")
    if not o.row["printed_label"]:
        yield from _of_label(o, facts)


def _of_text(o: Observation, facts: Facts) -> Iterator[Doubt]:
    """What the number as it is printed would settle: bound and sign."""
    others = facts.by_subject.get((o.series.entity_id, o.series.metric_id), [])
    is_plain = (o.row["bound"], o.row["precision_word"]) == ("eq", "none")
    if is_plain and 0 < len(significant_digits(o)) <= ROUND:
        yield Doubt("bound", "is the round number about, more than or up to what is meant")
    is_above = o.interval.value is not None and o.interval.value > 0
    below = [p.row["printed_value"] for p in others if p.series.measure == o.series.measure and _is_below(p)]
    if is_above and below:
        yield Doubt("printed_value", f"is it a loss or a fall, as {' and '.join(below[-SHOWN:])} of other periods")


def _of_label(o: Observation, facts: Facts) -> Iterator[Doubt]:
    """What the words beside the number would settle: definition, part, length of period and kind of number."""
    others = facts.by_subject.get((o.series.entity_id, o.series.metric_id), [])
    if o.series.metric_id == CAPEX or _broader(o.series.metric_id, facts) == CAPEX:
        told = {metric for entity, metric in facts.by_subject if entity == o.series.entity_id}
        definitions = {m for m in told if m == CAPEX or _broader(m, facts) == CAPEX} - {o.series.metric_id}
        if definitions:
            yield Doubt("metric_id", f"is it {' or '.join(sorted(definitions))}, which other rows tell")
    parts = dict.fromkeys(p.series.breakdown_id for p in others if p.series.breakdown_id != WHOLE)
    if o.series.breakdown_id == WHOLE and parts:
        yield Doubt("breakdown_id", f"is it a part, such as {' or '.join(list(parts)[-SHOWN:])}")
    longer = dict.fromkeys(p.row["period_type"] for p in others if p.series.measure == o.series.measure)
    if o.row["period_type"] == "quarter" and adds_up_over_time(o.series, facts.reference) and longer.keys() & LONGER:
        told = " or ".join(name.replace("_", " ") for name in longer if name in LONGER)
        yield Doubt("period_type", f"is it of the quarter alone, not of the {told}, of which other rows are")
    if o.series.measure == "level" and any(p.series.measure == "annualised" for p in others):
        yield Doubt("measure", "is it a run rate, as other rows of it are")
    if o.series.measure == "growth_prev":
        yield Doubt("measure", "is it growth on the year, as nearly all rates are")


def _currencies(o: Observation, facts: Facts) -> list[str]:
    """The currencies of a print and of the levels that its vendor's own documents print; none of what is no money.

    Of yuan reports and papers print dollars of America and of Hong Kong beside them.
    """
    own, vendor = _currency(o, facts), _vendor(o, facts)
    return sorted({own, *_told(facts)[vendor].currencies, *BESIDE.get(own, ())} - {""}) if own and vendor else []


def _bases(o: Observation, facts: Facts) -> list[str]:
    """The bases of a rate and of the rates on the year that the documents of its vendor print."""
    vendor = _vendor(o, facts)
    return sorted({o.series.basis, *_told(facts)[vendor].bases}) if vendor else []


class Told(NamedTuple):
    """The currencies of levels and the bases of rates on the year that a vendor's own documents print."""

    currencies: set[str]
    bases: set[str]


@kept
def _told(facts: Facts) -> Mapping[str, Told]:
    found: dict[str, Told] = defaultdict(lambda: Told(set(), set()))
    for o in facts.by_measure.get("level", []):
        if o.is_own_word:
            found[_vendor(o, facts)].currencies.add(_currency(o, facts))
    for o in facts.by_measure.get("growth_yoy", []):
        if o.is_own_word:
            found[_vendor(o, facts)].bases.add(o.series.basis)
    return found


def _currency(o: Observation, facts: Facts) -> str:
    return facts.reference.units[o.row["printed_unit_id"]].currency


def _is_below(o: Observation) -> bool:
    return o.interval.value is not None and o.interval.value < 0


def _vendor(o: Observation, facts: Facts) -> str:
    return facts.reference.entities.get(o.series.entity_id, {}).get("vendor_id", "")


def _broader(metric_id: str, facts: Facts) -> str:
    return facts.reference.metrics.get(metric_id, {}).get("broader_metric_id", "")
