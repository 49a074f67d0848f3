"""The definition of capital expenditure that a label names, against the metric of its row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from validation.relations.facts import Facts
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS", "named_by_label"]

NET, GROSS, LEASED = "capex-cash-net", "capex-cash", "capex-with-finance-leases"
WORDS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"(?:incl\w*|with|plus) (?:\w+ )*?leases|含融资租赁|含租赁", re.IGNORECASE), (LEASED,)),
    (re.compile(r"\bprincipal\b|租赁本金", re.IGNORECASE), ("capex-with-lease-principal",)),
    (
        re.compile(r"(?:equipment|capex|expenditures)\b.*\bnet\b|\bnet cash.?capex|\bcash capex\b", re.IGNORECASE),
        (NET, "capex-net-outlay"),
    ),
    (
        re.compile(
            r"PaymentsToAcquireP|(?:purchase|addition|payment)s? (?:of|to|for) property,? (?:plant,? )?(?:and|&) eq",
            re.IGNORECASE,
        ),
        (GROSS, "capex-property-equipment"),
    ),
)  # fmt: skip
"""Words of labels and the definitions that they name, the more special first."""


@relation(
    "C.label_definition",
    "warning",
    says="a label that names a definition of capital expenditure names that of its row",
    rationale="Purchases of property and equipment are the cash flow statement's line, and hold no leased assets.",
    fix="file the row under the definition that its label names, or correct the label",
    reach="row",
    reads="printed_label metric_id",
    beside="observations.printed_label",
)
def label_definition(facts: Facts) -> Iterator[Remark]:
    """Each label in which words of a definition stand, against the metric of its row."""
    for o in facts.observations:
        if o.series.metric_id.startswith("capex") and o.row["printed_label"]:
            named = named_by_label(o.row["printed_label"])
            if named:
                message = f"its label {o.row['printed_label']!r} names another definition"
                yield remark_on(o, "metric_id", o.series.metric_id in named, " or ".join(named), message)


@lru_cache(maxsize=1 << 10)
def named_by_label(label: str) -> tuple[str, ...]:
    """The definitions of capital expenditure that the words of a label can stand for; none where they name none."""
    return next((names for words, names in WORDS if words.search(label)), ())


RELATIONS = (label_definition,)
