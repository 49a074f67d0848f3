"""Growth on the year and growth on the quarter: a rate against the rates of both kinds near it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from validation.relations.facts import Facts, Observation, Series
from validation.relations.label_words import ON_PERIOD
from validation.relations.nearby import Nearby
from validation.relations.outliers import SMOOTH
from validation.relations.reach import family_of
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unheld

__all__ = ["RELATIONS"]

NEAR = timedelta(days=200)
AMONG, APART = Decimal("1.25"), Decimal("1.8")
"""A rate is like another within the first factor, and far from the rates of its own kind beyond the second."""
ENOUGH = 2
"""So many other rates of a metric in a document tell which kind it prints."""
SAID = re.compile(ON_PERIOD, re.IGNORECASE)
TOLD_ON_YEAR = (*SMOOTH, "operating-income", "operating-income-adjusted", "net-income", "net-income-adjusted", "ebita")
"""Metrics of which growth is told on the year; users, orders and spending are told on the quarter as well."""
UNSAID = "neither text nor label says that it is on the quarter, no levels bear it out, and such rates are on the year"
LONG = ("half_year", "nine_months", "year", "trailing_12_months")
"""Periods of which growth is told on the year: growth on the period before would be that, or is not told."""


@relation(
    "C.growth_kind",
    "warning",
    says="growth on the quarter is not a rate on the year of its own period or of one near it",
    rationale="Growth of 40 % on the year, typed as growth on the quarter, stands among such rates of 38 and 42 %.",
    fix="check in the source whether the rate is on the year or on the period before",
    beside="observations.printed_label observations.printed_text",
)
def growth_kind(facts: Facts) -> Iterator[Remark]:
    """Each rate on the quarter that nothing bears out, like a rate on the year near it and far from its own kind.

    Or where no word beside it says the quarter, and its document tells all other rates of the metric on the year, or
    documents enough those of its line or of its family of entities, of which no other tells growth on the quarter.

    Few print growth on the quarter, so that a rate on the year is taken for one on the quarter by slip alone. Of what
    is sold and earned in a quarter hardly any rate on the quarter stands without such a word.
    """
    rates = facts.by_measure.get("growth_prev", [])
    alone = unheld(facts) if rates else frozenset[str]()
    by_line: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    lines: dict[Series, Nearby] = {}
    never = _never_on_the_quarter(facts) if alone else {}
    for o in (*facts.by_measure.get("growth_yoy", []), *rates) if rates else ():
        by_line[o.source_id, o.series.metric_id][o.series.measure] += 1
    for o in (o for o in rates if o.row_id in alone and o.period is not None):
        own, theirs = (_near(o, kind, lines, facts) for kind in ("growth_prev", "growth_yoy"))
        like = [other for other in theirs if _is_like(o, other, AMONG)]
        if like and not any(_is_like(o, other, APART) for other in own):
            told = ", ".join(f"{near.row['printed_value']} of {near.row['period_end']}" for near in like[:3])
            yield remark_on(o, "measure", False, "growth_yoy", f"growth on the year near it is {told}", *like)
        elif not SAID.search(f"{o.row['printed_label']} {o.row['printed_text']}"):
            kinds = by_line[o.source_id, o.series.metric_id]
            if kinds["growth_prev"] == 1 and kinds["growth_yoy"] >= ENOUGH:
                message = f"all {kinds['growth_yoy']} other rates of the metric in its document are on the year"
                yield remark_on(o, "measure", False, "growth_yoy", message)
            elif o.series.metric_id in TOLD_ON_YEAR and o.period is not None and o.period.type == "quarter":
                yield remark_on(o, "measure", False, "growth_yoy, or printed_text with the word", UNSAID)
            elif o.row_id in never:
                documents, words = never[o.row_id]
                message = f"{documents} other documents tell growth of {words} on the year, none on the quarter"
                yield remark_on(o, "measure", False, "growth_yoy, or printed_text with the word", message)


def _never_on_the_quarter(facts: Facts) -> dict[str, tuple[int, str]]:
    """The rates on the quarter whose line, or family, other documents tell on the year alone: how many, and of what."""
    on_year, on_quarter = defaultdict[tuple[str, ...], set[str]](set), defaultdict[tuple[str, ...], set[str]](set)
    for measure, documents in (("growth_yoy", on_year), ("growth_prev", on_quarter)):
        for o in facts.by_measure.get(measure, []):
            for group, _ in _lines(o, facts):
                documents[group].add(o.source_id)
    found: dict[str, tuple[int, str]] = {}
    for o in facts.by_measure.get("growth_prev", []):
        for group, words in _lines(o, facts):
            others = len(on_year[group] - {o.source_id})
            if others >= ENOUGH and on_quarter[group] == {o.source_id}:
                found.setdefault(o.row_id, (others, words))
    return found


def _lines(o: Observation, facts: Facts) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The line and the family of a rate, each with its name in words."""
    entity, metric = o.series.entity_id, o.series.metric_id
    family = family_of(entity, facts.parents)
    return ((entity, metric), f"{metric} of {entity}"), ((family,), f"the entities of {family}")


@relation(
    "C.growth_length",
    "warning",
    says="growth on the period before is told of a quarter, a month or a day",
    rationale="Growth of a year or of a half is growth on the year: on the half before it nobody tells it.",
    fix="type growth_yoy, or the period that the rate is of",
    reach="row",
)
def growth_length(facts: Facts) -> Iterator[Remark]:
    """Each rate on the period before against the length of its period."""
    for o in facts.by_measure.get("growth_prev", []):
        if o.period is not None:
            message = f"the period is a {o.period.type}"
            yield remark_on(o, "measure", o.period.type not in LONG, "growth_yoy", message)


def _near(o: Observation, measure: str, lines: dict[Series, Nearby], facts: Facts) -> list[Observation]:
    """The rates of a kind of the same thing, on the year of its own period too, in periods up to two quarters away."""
    assert o.period is not None
    series = o.series._replace(measure=measure)
    periods = facts.by_series.get(series, {})
    line = lines.get(series) or lines.setdefault(series, Nearby(periods))
    near = (p for p in line.around(o.period.end, NEAR) if p.type == o.period.type)
    return [periods[p][0] for p in near if p != o.period or measure != o.series.measure]


def _is_like(o: Observation, other: Observation, times: Decimal) -> bool:
    """Whether two rates above zero are of one size."""
    one, two = o.interval.value or Decimal(0), other.interval.value or Decimal(0)
    return one > 0 and two > 0 and max(one, two) <= times * min(one, two)


RELATIONS = (growth_kind, growth_length)
