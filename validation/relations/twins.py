"""Which level series of a part and of a group above it print the same number for some period."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from canonical.observation import Series
from validation.relations.same_numbers import in_both

if TYPE_CHECKING:
    from validation.relations.facts import Facts

__all__ = ["twins_of"]


def twins_of(facts: Facts) -> dict[Series, list[Series]]:
    """The series that share a number with each, both ways, as `Facts.twins` has them."""
    alike = facts.on_any_perimeter
    found: dict[Series, list[Series]] = defaultdict(list)
    for series in facts.by_series:
        if series.measure == "level":
            for entity in facts.entities_above(series.entity_id):
                for other in alike.get(series._replace(perimeter_id="", entity_id=entity), []):
                    if _share_a_number(facts, series, other):
                        found[series].append(other)
                        found[other].append(series)
    return dict(found)


def _share_a_number(facts: Facts, series: Series, other: Series) -> bool:
    theirs = facts.by_series[other]
    return any(
        next(in_both(prints, theirs[period]), None) is not None
        for period, prints in facts.by_series[series].items()
        if period in theirs
    )
