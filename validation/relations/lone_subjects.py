"""What nothing else is told of: a number that others print under another name, or in a form of one row alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from canonical.arithmetic import meets
from validation.relations.facts import Facts, Observation
from validation.relations.quantities import is_plain, significant_digits
from validation.relations.reach import family_of
from validation.relations.relation import Remark, each_row_once, relation, remark_on
from validation.relations.usual_metrics import FORMS

__all__ = ["RELATIONS"]

DIGITS, TWO = 3, 2
"""So many equal digits are no chance, and of a coarse number so many digits that so many documents bear out."""
ENOUGH = 8
"""So many rows of a company tell the forms in which its results are told."""
WORDED = ("-adjusted", "-attributable")
"""Forms of a result that a page names by a word of its own."""


@relation(
    "V.lone_subject",
    "warning",
    says="a number stands under the entity, metric and form under which another row is told, or others print it",
    rationale="A revenue that six documents print is no gross profit of which nothing else is told: the list slipped.",
    fix="check entity and metric in the source, or type printed_label",
    beside="observations.note observations.printed_label observations.printed_text",
)
def lone_subject(facts: Facts) -> Iterator[Remark]:
    """Each number without a label that is all that is told of its subject, which other documents print under another.

    That is another entity of its tree, or metric, with the same measure, period and unit. And each result in a form,
    adjusted or attributable, that no other row of its company has and no word says.
    """
    yield from each_row_once(_told_otherwise(facts), _in_lone_form(facts))


def _told_otherwise(facts: Facts) -> Iterator[Remark]:
    """The numbers without a label that other documents print under one other entity or metric."""
    alone = [rows[0] for rows in facts.by_subject.values() if len(rows) == 1]
    bare = (o for o in alone if o.period is not None and not o.row["printed_label"] and is_plain(o))
    asked = [o for o in bare if len(significant_digits(o)) >= TWO]
    told: dict[tuple[object, ...], list[Observation]] = {_fact(o): [] for o in asked}
    for other in facts.comparable if asked else ():
        if (fact := _fact(other)) in told and is_plain(other):
            told[fact].append(other)
    for o in asked:
        family = family_of(o.series.entity_id, facts.parents)
        rows = [p for p in told[_fact(o)] if family_of(p.series.entity_id, facts.parents) == family]
        same = [p for p in rows if _subject(p) != _subject(o) and meets(p.interval, o.interval)]
        elsewhere = [p for p in same if p.source_id != o.source_id]
        subjects, documents = {_subject(p) for p in elsewhere}, {p.source_id for p in elsewhere}
        is_told = len(documents) >= TWO or any(_are_same_digits(o, p) for p in elsewhere)
        if len(subjects) == 1 and is_told and len(elsewhere) == len(same):
            other = elsewhere[0]
            column = "metric_id" if other.series.metric_id != o.series.metric_id else "entity_id"
            yield remark_on(
                o, column, False, other.row[column],
                f"{other.source_id} prints this number as {other.series.metric_id} of "
                f"{other.series.entity_id}, and nothing else tells {o.series.metric_id} of {o.series.entity_id}", other,
            )  # fmt: skip


def _in_lone_form(facts: Facts) -> Iterator[Remark]:
    """The results in a form that no other row of their company has, whatever the metric, and that no word says."""
    sizes, told = Counter[str](), defaultdict[tuple[str, str], list[Observation]](list)
    for (entity_id, metric_id), rows in facts.by_subject.items():
        company = family_of(entity_id, facts.parents)
        sizes[company] += len(rows)
        if form := next((form for form in WORDED if metric_id.endswith(form)), ""):
            told[company, form] += rows
    for (company, form), rows in told.items():
        words = " ".join(rows[0].row[column] for column in ("printed_label", "printed_text", "note"))
        if len(rows) == 1 and sizes[company] > ENOUGH and not FORMS[form].search(words):
            plain = rows[0].series.metric_id.removesuffix(form)
            message = (
                f"none of the {sizes[company] - 1} other rows of {company} is told {form[1:]}, and no word says so"
            )
            yield remark_on(rows[0], "metric_id", False, f"perhaps {plain}", message)


def _fact(o: Observation) -> tuple[object, ...]:
    return o.series.measure, o.series.unit_id, o.period


def _subject(o: Observation) -> tuple[str, str]:
    return o.series.entity_id, o.series.metric_id


def _are_same_digits(one: Observation, other: Observation) -> bool:
    digits = significant_digits(one)
    return len(digits) >= DIGITS and digits == significant_digits(other)


RELATIONS = (lone_subject,)
