"""The definition by which an entity's numbers are told: a number under another one that nobody uses beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

ENOUGH = 3
"""So many documents of its own make a definition the usual one of an entity."""
Prints = dict[str, list[Observation]]


@relation(
    "V.usual_metric",
    "warning",
    says="an entity's own documents tell a quantity by the definitions that they use",
    rationale="One quarter of capital expenditure with leases among nine in cash is a slip of the definition.",
    fix="check which definition the number follows; where it is a new one, add the number of the usual one beside it",
)
def usual_metric(facts: Facts) -> Iterator[Remark]:
    """Each result that alone of an entity's own stands under a definition, where others use one akin to it.

    A document that prints the usual one of the same period as well tells both, and is right.
    """
    for prints in _own(facts).values():
        for metric_id, rows in prints.items():
            for other, others in prints.items() if len(rows) == 1 else ():
                documents = {o.source_id for o in others}
                is_told = any((o.source_id, o.period) == (rows[0].source_id, rows[0].period) for o in others)
                if len(documents) >= ENOUGH and not is_told and _are_akin(metric_id, other, facts):
                    yield remark_on(
                        rows[0], "metric_id", False, other,
                        f"{len(documents)} documents of its own print {other}, no other prints {metric_id}", others[0],
                    )  # fmt: skip


def _own(facts: Facts) -> dict[tuple[str, str], Prints]:
    """The levels that an entity's own documents print, by entity and part, then by metric."""
    found: dict[tuple[str, str], Prints] = defaultdict(lambda: defaultdict(list))
    for o in facts.by_measure.get("level", []):
        if o.is_own_word and o.series.standing == ACTUAL:
            found[o.series.entity_id, o.series.breakdown_id][o.series.metric_id].append(o)
    return found


def _are_akin(one: str, other: str, facts: Facts) -> bool:
    """Whether two metrics define one quantity: one is the broader of the other, or both have the same broader one."""
    a, b = (facts.reference.metrics.get(metric, {}).get("broader_metric_id", "") for metric in (one, other))
    return one != other and (a == other or b == one or (a == b != ""))


@relation(
    "V.usual_definition",
    "warning",
    says="capital expenditure of an entity is told by a definition that another row of it uses too",
    rationale="Where no source ever tells an entity's capital expenditure with leases, one row that does is a slip.",
    fix="check which definition the number follows; capex itself stands for the reporter's own",
)
def usual_definition(facts: Facts) -> Iterator[Remark]:
    """Each row that alone of its entity stands under a definition, where documents enough use others, or leave it open.

    What an own document tells beside the usual definition is left to `V.usual_metric`.
    """
    found: dict[str, Prints] = defaultdict(lambda: defaultdict(list))
    for o in facts.observations:
        if o.series.metric_id == OPEN or _broader(o.series.metric_id, facts) == OPEN:
            found[o.series.entity_id][o.series.metric_id].append(o)
    for prints in found.values():
        for odd in (rows[0] for metric_id, rows in prints.items() if metric_id != OPEN and len(rows) == 1):
            others = [o for rows in prints.values() for o in rows if o is not odd]
            documents = {o.source_id for o in others}
            if len(documents) >= ENOUGH and not any(_is_beside(o, odd) for o in others):
                usual = " or ".join(sorted(prints.keys() - {odd.series.metric_id}))
                message = f"{len(documents)} documents tell it by {usual}, no other row by {odd.series.metric_id}"
                yield remark_on(odd, "metric_id", False, usual, message, others[0])


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
