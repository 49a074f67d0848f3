"""The periods that a filing tells of by its form: its own and that of the year before, and none between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from canonical.titles import ends_in_title
from validation.relations.facts import ACTUAL, Facts
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

DAYS_OF_A_MONTH = 30.44
QUARTERLY: Mapping[str, tuple[int, ...]] = {
    "quarter": (0, 3, 12), "half_year": (0, 12), "nine_months": (0, 12), "trailing_12_months": (0, 12), "year": (),
}  # fmt: skip
YEARLY: Mapping[str, tuple[int, ...]] = {"half_year": (), "nine_months": (), "year": (0, 12, 24)}
FORMS = ((re.compile(r"\b10-Q\b"), QUARTERLY), (re.compile(r"\b10-K\b"), YEARLY))
"""By form, for each length of period, how many months before the end of the filing's own such a period ends. Some print
the quarter before beside their own, and a yearly report may hold a table of all quarters. Of a length that a form does
not have it prints no level; a rate or a share of the year a quarterly report may repeat."""
LEVEL = "level"


@relation(
    "V.filing_period",
    "warning",
    says="a quarterly or yearly filing states the periods of its form",
    rationale="A 10-Q for the March quarter prints no nine months to September: the filing or the period is another.",
    fix="check the period in the source, and that the document named is the one that was read",
    reach="row",
    reads="source_id claim_status entity_id measure period_type period_start period_end",
    beside="sources.title",
)
def filing_period(facts: Facts) -> Iterator[Remark]:
    """Each result of a length that its filing's form has, where the title of the filing names one period."""
    for o in facts.observations:
        if o.period is not None and o.series.standing == ACTUAL:
            title = facts.reference.sources.get(o.source_id, {}).get("title", "")
            form = _form(title)
            is_asked = o.period.type in form and (form[o.period.type] or o.series.measure == LEVEL)
            ends = ends_in_title(title, facts.reference.calendar(o.series.entity_id)) if is_asked else ()
            if len(ends) == 1:
                months = [round((end - o.period.end).days / DAYS_OF_A_MONTH) for end in ends]
                told = " or ".join(map(str, form[o.period.type])) or "none"
                expected = f"a {o.period.type.replace('_', ' ')} that ended {told} months before its own"
                holds = months[0] in form[o.period.type]
                yield remark_on(o, "period_end", holds, expected, f"{o.source_id} is {title!r}")


@lru_cache(maxsize=1 << 12)
def _form(title: str) -> Mapping[str, tuple[int, ...]]:
    """The periods of the form that a title names; none where it names no such form."""
    return next((lengths for pattern, lengths in FORMS if pattern.search(title)), {})


RELATIONS = (filing_period,)
