"""The basis on which growth is told: a rate on another one than all others of its line, without a word of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.reach import family_of
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unheld

__all__ = ["RELATIONS"]

CONSTANT, REPORTED = "constant_currency", "reported"
ENOUGH, SHOWN, LIKELY = 3, 3, 0.45
"""So many other rates in constant currency, and none as reported, make a habit; so many are shown. Where such a share
is, beside as many as reported, a rate without its text may be either."""
SUCH = "line in such documents"
"""The rates of a line in documents of one kind."""
SAID = re.compile(
    r"\breported\b|\bnominal\b|\bactual (?:rates|currenc)|\bUSD\b|in (?:US )?dollars|名义|按报告", re.IGNORECASE
)
"""Words by which a page calls growth that of its own currency."""


@relation(
    "V.usual_basis",
    "warning",
    says="growth of what is told in constant currency alone is not told as reported by one row, nor the reverse",
    rationale="Where every other rate of a line or a report is in constant currency, one without the word lost it.",
    fix="check in the source whether the rate is in constant currency, and type printed_text with the word",
    beside="observations.locator observations.printed_label observations.printed_text",
)
def usual_basis(facts: Facts) -> Iterator[Remark]:
    """Each rate on the year that alone of its line, or of its metric in its document, is as reported.

    What an equation or another print bears out is right, and so is what the page calls reported. A rate without text
    that is one of two in such documents is asked for.
    """
    groups: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for o in facts.by_measure.get("growth_yoy", []):
        if o.series.standing == ACTUAL and o.series.basis in (CONSTANT, REPORTED):
            groups["line", *_line(o)].append(o)
            groups[SUCH, *_line(o), _kind(o, facts)].append(o)
            groups["document", o.source_id, o.series.metric_id].append(o)
    alone, told = unheld(facts), set[str]()
    yield from _unsaid(groups, facts)
    for (kind, *_), rows in groups.items():
        odd = [o for o in rows if o.series.basis == REPORTED] if len(rows) > ENOUGH else []
        if len(odd) == 1 and odd[0].row_id in alone - told and not _is_said(odd[0]):
            others = [o for o in rows if o is not odd[0]]
            told.add(odd[0].row_id)
            message = f"all {len(others)} other rates of its {kind} are in constant currency, such as {_said(others)}"
            yield remark_on(odd[0], "basis", False, CONSTANT, message, *others[-SHOWN:])
    for (kind, *_), rows in groups.items():
        for o in rows if kind == SUCH and len(rows) > ENOUGH else ():
            is_bare = not o.row["printed_text"] and o.series.basis == REPORTED and not _is_said(o)
            if is_bare and o.row_id in alone and o.row_id not in told:
                yield from _untold(o, rows)


def _untold(o: Observation, line: Sequence[Observation]) -> Iterator[Remark]:
    """A remark on a rate without a text that alone of its fact stands in its document.

    Where such documents print the line on both bases, near half of its rates are in constant currency.
    """
    is_alone = not any((p.source_id, p.period) == (o.source_id, o.period) for p in line if p is not o)
    others = [p for p in line if p.source_id != o.source_id]
    constant = [p for p in others if p.series.basis == CONSTANT]
    if is_alone and len(constant) >= max(ENOUGH, LIKELY * len(others)):
        message = (
            f"{len(constant)} of {len(others)} other rates of its {SUCH} are in constant currency, such as "
            f"{_said(constant)}, and no text says which this one is"
        )
        yield remark_on(o, "basis", False, f"perhaps {CONSTANT}", message, *constant[-SHOWN:], severity="notice")


def _said(rates: Sequence[Observation]) -> str:
    return ", ".join(f"{o.row['printed_value']} of {o.row['period_end']} ({o.row_id})" for o in rates[-SHOWN:])


def _line(o: Observation) -> tuple[str, ...]:
    return o.series.entity_id, o.series.metric_id, o.series.breakdown_id


def _kind(o: Observation, facts: Facts) -> str:
    return facts.reference.sources.get(o.source_id, {}).get("kind", "")


CONSTANT_SAID = re.compile(
    r"constant|currenc|\bcc\b|costante|constants?\b|exchange|\bFX\b|汇率|為替|wechselkurs|währung", re.IGNORECASE
)
"""Words by which a page says that growth leaves exchange rates out."""


def _unsaid(groups: Mapping[tuple[str, ...], list[Observation]], facts: Facts) -> Iterator[Remark]:
    """Each rate that alone of its line, and of its document, is in constant currency, and no word says so."""
    rates = (o for o in facts.by_measure.get("growth_yoy", []) if o.series.basis == CONSTANT)
    constant = Counter(_document(o, facts) for o in rates)
    for (kind, *_), rows in groups.items():
        odd = [o for o in rows if o.series.basis == CONSTANT] if kind == "line" and len(rows) > ENOUGH else []
        said = f"{odd[0].row['printed_label']} {odd[0].row['printed_text']} {odd[0].row['locator']}" if odd else ""
        if len(odd) == 1 and constant[_document(odd[0], facts)] == 1 and not CONSTANT_SAID.search(said):
            others = [o for o in rows if o is not odd[0]]
            message = f"all {len(others)} other rates of its line are as reported, and no word says constant currency"
            yield remark_on(odd[0], "basis", False, REPORTED, message, *others[-SHOWN:])


def _document(o: Observation, facts: Facts) -> tuple[str, str]:
    """A document as far as it tells of the entities of one tree."""
    return o.source_id, family_of(o.series.entity_id, facts.parents)


def _is_said(o: Observation) -> bool:
    return bool(SAID.search(f"{o.row['printed_label']} {o.row['printed_text']}"))


RELATIONS = (usual_basis,)
