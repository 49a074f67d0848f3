"""The definition by which an entity's numbers are told: a number under another one that nobody uses beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from validation.relations.definitions import named_by_label
from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.quantities import significant_digits
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

ORDERS = ("rpo", "backlog", "deferred-revenue")
"""Names of what is sold and not yet earned."""
ENOUGH = 3
"""So many documents of its own make a definition the usual one of an entity."""
OFTEN, DIGITS = 8, 3
"""So many documents make it usual for one measure and length; so many digits of one other document are no chance."""
Prints = dict[str, list[Observation]]


@relation(
    "V.usual_metric",
    "warning",
    says="an entity's own documents tell a quantity by the definitions that they use",
    rationale="One quarter of capital expenditure with leases among nine in cash is a slip of the definition.",
    fix="check which definition the number follows; where it is a new one, add the number of the usual one beside it",
    beside="observations.printed_label",
)
def usual_metric(facts: Facts) -> Iterator[Remark]:
    """Each result that alone of an entity's own stands under a definition, where others use one akin to it.

    A document that prints the usual one of the same period as well tells both, and is right; of what is sold and not
    yet earned any own document may. And growth, without a label, of an amount of which nothing else tells anything.
    """
    yield from _of_nothing_else(facts)
    for prints in _own(facts).values():
        for metric_id, rows in prints.items():
            for other, others in prints.items() if len(rows) == 1 else ():
                documents = {o.source_id for o in others}
                beside = [o for o in others if o.period == rows[0].period]
                is_told = any(o.source_id == rows[0].source_id or metric_id in ORDERS for o in beside)
                if len(documents) >= ENOUGH and not is_told and _are_akin(metric_id, other, facts):
                    yield remark_on(
                        rows[0], "metric_id", False, other,
                        f"{len(documents)} documents of its own print {other}, no other prints {metric_id}", others[0],
                    )  # fmt: skip


def _of_nothing_else(facts: Facts) -> Iterator[Remark]:
    """Each unlabelled growth rate of money that is the only row of its entity and metric, among growth of others."""
    rates: dict[str, Prints] = defaultdict(lambda: defaultdict(list))
    for o in facts.by_measure.get("growth_yoy", []):
        rates[o.series.entity_id][o.series.metric_id].append(o)
    for entity_id, told in rates.items():
        for metric_id, (odd, *more) in told.items() if len(told) > 1 else ():
            is_alone = not more and len(facts.by_subject[entity_id, metric_id]) == 1
            is_money = facts.reference.metrics.get(metric_id, {}).get("quantity") == "money"
            if is_alone and is_money and not odd.row["printed_label"]:
                others = max((rows for name, rows in told.items() if name != metric_id), key=len)
                documents = {o.source_id for o in others}
                if len(documents) >= OFTEN:
                    usual = others[0].series.metric_id
                    message = f"{len(documents)} documents tell growth of {usual}, nothing else tells of {metric_id}"
                    yield remark_on(odd, "metric_id", False, usual, message, others[0])


def _own(facts: Facts) -> dict[tuple[str, str], Prints]:
    """The levels that an entity's own documents print, by entity and part, then by metric."""
    found: dict[tuple[str, str], Prints] = defaultdict(lambda: defaultdict(list))
    for o in facts.by_measure.get("level", []):
        if o.is_own_word and o.series.standing == ACTUAL:
            found[o.series.entity_id, o.series.breakdown_id][o.series.metric_id].append(o)
    return found


def _are_akin(one: str, other: str, facts: Facts) -> bool:
    """Whether two metrics define one quantity: one is the broader of the other, or both have the same broader one.

    What is sold and not yet earned has several names, too.
    """
    if one != other and one in ORDERS and other in ORDERS:
        return True
    a, b = (facts.reference.metrics.get(metric, {}).get("broader_metric_id", "") for metric in (one, other))
    return one != other and (a == other or b == one or (a == b != ""))


@relation(
    "V.usual_definition",
    "warning",
    says="capital expenditure of an entity is told by a definition that another row of it uses too",
    rationale="Where no source ever tells an entity's capital expenditure with leases, one row that does is a slip.",
    fix="check which definition the number follows; capex itself stands for the reporter's own",
    beside="observations.printed_label",
)
def usual_definition(facts: Facts) -> Iterator[Remark]:
    """Each row that alone of its entity stands under a definition, where documents enough use others, or leave it open.

    Or alone of its measure and length, where no label names a definition. Or whose very number other documents print
    under another definition, and none under its own. What an own document tells beside the usual definition is left
    to `V.usual_metric`.
    """
    found: dict[str, Prints] = defaultdict(lambda: defaultdict(list))
    for o in facts.observations:
        if o.series.metric_id == OPEN or _broader(o.series.metric_id, facts) == OPEN:
            found[o.series.entity_id][o.series.metric_id].append(o)
    for prints in found.values():
        told = set[str]()
        for odd in (rows[0] for metric_id, rows in prints.items() if metric_id != OPEN and len(rows) == 1):
            others = [o for rows in prints.values() for o in rows if o is not odd]
            documents = {o.source_id for o in others}
            if len(documents) >= ENOUGH and not any(_is_beside(o, odd) for o in others):
                usual = " or ".join(sorted(prints.keys() - {odd.series.metric_id}))
                message = f"{len(documents)} documents tell it by {usual}, no other row by {odd.series.metric_id}"
                told.add(odd.row_id)
                yield remark_on(odd, "metric_id", False, usual, message, others[0])
        for remark in (*_under_another(prints), *_alone_of_its_kind(prints)) if len(prints) > 1 else ():
            if remark.row_id not in told:
                told.add(remark.row_id)
                yield remark


def _under_another(prints: Prints) -> Iterator[Remark]:
    """Each number that documents print under one other definition, where none prints any of its fact under its own.

    One such document is enough for a number of three digits: two digits are soon the same.
    """
    facts: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for o in (o for rows in prints.values() for o in rows if o.period is not None):
        facts[o.period, o.series.breakdown_id, o.series.measure].append(o)
    for rows in (rows for rows in facts.values() if len({o.series.metric_id for o in rows}) > 1):
        for o in rows:
            own = [other for other in rows if other.series.metric_id == o.series.metric_id and other is not o]
            theirs = [other for other in rows if other.series.metric_id != o.series.metric_id]
            same = [other for other in theirs if _is_same(o, other)]
            documents = {other.source_id for other in same}
            is_told = len(documents) > 1 or (len(documents) == 1 and len(significant_digits(o)) >= DIGITS)
            is_one = len({other.series.metric_id for other in same}) == 1
            is_alone = not own and not any(_is_beside(other, o) for other in theirs)
            if is_told and is_one and is_alone and not _is_labelled(o):
                message = f"{len(documents)} other documents print this number so, and none any under its metric"
                yield remark_on(o, "metric_id", False, same[0].series.metric_id, message, *same[:2])


def _alone_of_its_kind(prints: Prints) -> Iterator[Remark]:
    """Each result that alone of its measure and length stands under a definition, where many documents use others.

    The reporter's own may be told of any length: it is odd where no result at all is told by it.
    """
    kinds: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for o in (o for rows in prints.values() for o in rows if o.series.standing == ACTUAL):
        kinds[o.series.measure, o.row["period_type"]].append(o)
    results = [o for rows in kinds.values() for o in rows]
    for (measure, length), rows in kinds.items():
        for odd in (o for o in rows if o.series.metric_id.startswith(OPEN) and not _is_labelled(o)):
            is_open = odd.series.metric_id == OPEN
            others = [o for o in (results if is_open else rows) if o is not odd]
            documents = {o.source_id for o in others}
            is_alone = all(o.series.metric_id != odd.series.metric_id for o in others)
            if is_alone and len(documents) >= OFTEN and not any(_is_beside(o, odd) for o in others):
                usual = " or ".join(sorted({o.series.metric_id for o in others}))
                kind = "results" if is_open else f"{measure} of a {length.replace('_', ' ')}"
                message = f"{len(documents)} documents tell its {kind} by {usual}, no other by {odd.series.metric_id}"
                yield remark_on(odd, "metric_id", False, usual, message, others[0])


def _is_same(o: Observation, other: Observation) -> bool:
    """Whether another document prints the same number of two digits or more."""
    is_same = other.interval.value == o.interval.value and other.source_id != o.source_id
    return is_same and len(significant_digits(o)) > 1


def _is_labelled(o: Observation) -> bool:
    """Whether the label of a row names its definition."""
    return o.series.metric_id in named_by_label(o.row["printed_label"])


def _is_beside(o: Observation, odd: Observation) -> bool:
    """Whether a document tells of one part and period by two definitions: then it means both."""
    same = (o.series.breakdown_id, o.series.measure) == (odd.series.breakdown_id, odd.series.measure)
    return same and (o.source_id, o.period) == (odd.source_id, odd.period)


OPEN = "capex"
"""Capital expenditure by the reporter's own definition, of which the others are narrower ones."""


def _broader(metric_id: str, facts: Facts) -> str:
    return facts.reference.metrics.get(metric_id, {}).get("broader_metric_id", "")


MANY = 5
"""So many documents that tell a result in other forms make one row in a form of its own odd."""
FORMS = {
    "-adjusted": re.compile(r"adjust|non-?\s?(?:GAAP|IFRS)|cash gross|经调整|非公认|非通用|調整", re.IGNORECASE),
    "-attributable": re.compile(r"attributable|holders|owners|parent|归属|归母|歸屬|帰属|母公司|股东", re.IGNORECASE),
    "-unadjusted": re.compile(r"unadjusted|GAAP|IFRS|未经调整", re.IGNORECASE),
    "": re.compile(r"\bGAAP|\bIFRS|as reported|unadjusted|reported", re.IGNORECASE),
}
"""Forms of a result by what its id ends in, and the words by which a page names each."""


@relation(
    "V.usual_form",
    "warning",
    says="a result is told adjusted, unadjusted or attributable as another row of its entity is",
    rationale="Where five documents tell the net income, one net income attributable to owners is a slip of the list.",
    fix="check whether the result is adjusted or attributable to owners, and type printed_label with the word",
    beside="observations.note observations.printed_label observations.printed_text",
)
def usual_form(facts: Facts) -> Iterator[Remark]:
    """Each result that alone of its entity and part stands in a form, where documents enough tell it in others.

    A document that tells the period in both forms, or a word of it, is right.
    """
    told: dict[tuple[str, str, str], Prints] = defaultdict(lambda: defaultdict(list))
    for o in facts.by_measure.get("level", []):
        if o.series.standing == ACTUAL:
            name = o.series.metric_id
            told[o.series.entity_id, o.series.breakdown_id, name.removesuffix(_form(name))][name].append(o)
    for prints in (prints for prints in told.values() if len(prints) > 1):
        for odd in (rows[0] for rows in prints.values() if len(rows) == 1):
            others = [o for rows in prints.values() for o in rows if o is not odd]
            is_both = any((o.source_id, o.period) == (odd.source_id, odd.period) for o in others)
            words = " ".join(odd.row[column] for column in ("printed_label", "printed_text", "note"))
            said = FORMS[_form(odd.series.metric_id)].search(words)
            documents = {o.source_id for o in others}
            if len(documents) >= MANY and not is_both and not said:
                usual = " or ".join(sorted(prints.keys() - {odd.series.metric_id}))
                message = f"{len(documents)} documents tell it as {usual}, no other row as {odd.series.metric_id}"
                yield remark_on(odd, "metric_id", False, usual, message, others[0])


def _form(metric_id: str) -> str:
    return next((form for form in FORMS if form and metric_id.endswith(form)), "")


RELATIONS = (usual_metric, usual_definition, usual_form)
