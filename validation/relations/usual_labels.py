"""The metric that a label names in many documents: a row with the label under another metric is of another line."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from validation.relations.cells import are_mixed, codes_of, kinds_of
from validation.relations.facts import Facts, Observation
from validation.relations.numbers import Truths
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

ENOUGH, DOCUMENTS = 4, 3
"""So many other rows, of so many documents, make what a label names."""
OTHERS = re.compile(r"[\W_0-9]+")
"""What may differ in a label: spaces, marks and numbers."""


@relation(
    "V.usual_label",
    "warning",
    says="a label stands with the metric that it stands with in all other documents",
    rationale="Sixty reports call cash from operations so: a row of that label under free cash flow is another line.",
    fix="file the row under the metric that its label names, or correct the label",
    reach="package",
    beside="observations.printed_label",
)
def usual_label(facts: Facts) -> Iterator[Remark]:
    """Each row of a label, quantity and measure that alone is of another metric than all others.

    A metric that is a kind of the other, as its key says, may be meant: adjusted income is called income too.
    """
    groups: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for o in facts.cells.rows(_under_several_metrics(facts)):
        quantity = _quantity(o.row["printed_unit_id"], facts)
        groups[_words(o.row["printed_label"]), quantity, o.row["measure"]].append(o)
    for rows in groups.values():
        (usual, times), *_ = Counter(o.series.metric_id for o in rows).most_common(1)
        same = [o for o in rows if o.series.metric_id == usual]
        odd = [o for o in rows if not _is_kind_of(o.series.metric_id, usual)]
        if len(odd) == 1 and times >= ENOUGH and len({o.source_id for o in same}) >= DOCUMENTS:
            message = f"its label {odd[0].row['printed_label']!r} stands with {usual} in {times} other rows"
            yield remark_on(odd[0], "metric_id", False, usual, message, *same[:2])


def _under_several_metrics(facts: Facts) -> Truths:
    """Which rows have a label that stands with several metrics of one quantity and measure."""
    (labels, told), (units, of_units) = (facts.cells.codes(name) for name in ("printed_label", "printed_unit_id"))
    words, different = codes_of([_words(label) for label in told])
    quantities, of_quantity = codes_of([_quantity(unit, facts) for unit in of_units])
    measures, of_measure = facts.cells.codes("measure")
    alike = [(words[labels], len(different)), (quantities[units], len(of_quantity)), (measures, len(of_measure))]
    has_words = np.array([bool(text) for text in different], np.bool_)[words][labels]
    return are_mixed(kinds_of(alike).of_row, facts.cells.codes("metric_id")[0], has_words) & has_words


@lru_cache(maxsize=1 << 13)
def _words(label: str) -> str:
    return " ".join(OTHERS.sub(" ", label.casefold()).split())


def _quantity(unit_id: str, facts: Facts) -> str:
    unit = facts.reference.units.get(unit_id)
    return unit.quantity if unit is not None else ""


def _is_kind_of(one: str, other: str) -> bool:
    """Whether a metric is another one, or a kind of it, or the other a kind of this."""
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")


RELATIONS = (usual_label,)
