"""The cases of relations that may be broken, told of many rows at once where a relation says how."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from validation.relations.facts import Facts
from validation.relations.relation import OBSERVATIONS, Case, Relation, Remark, evaluated

__all__ = ["doubtful"]


def doubtful(relation: Relation, facts: Facts, kept: Collection[str] = ()) -> tuple[Case | Remark, ...]:
    """The cases of a relation without some that hold: of rows of which all do, as far as that is told of many at once.

    All cases of the rows `kept` are among them, by their ids.
    """
    if relation.doubts is not None:
        return tuple(relation.doubts(facts, kept))
    if not relation.sees and relation.surely is None:
        return evaluated(relation, facts)
    asked = np.ones(len(facts.observations), np.bool_) if relation.surely is None else ~relation.surely(facts)
    if relation.sees and asked.any():
        asked &= _of_broken_kinds(relation, facts, asked)
    return tuple(relation.cases(facts.only(facts.cells.rows(asked, kept))))


def _of_broken_kinds(relation: Relation, facts: Facts, asked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which rows are of a kind of which some row that is asked breaks the relation."""
    of_row, first = facts.cells.kinds(relation.sees)
    has = np.zeros(len(first), np.bool_)
    has[of_row[asked]] = True
    firsts = [facts.observations[place] for place in np.sort(first[has]).tolist()]
    cases = relation.cases(facts.only(firsts))
    broken = {case.row_id for case in cases if case.table == OBSERVATIONS and not case.holds}
    if not broken:
        return np.zeros(len(asked), np.bool_)
    of_broken = np.array([facts.observations[place].row_id in broken for place in first.tolist()], np.bool_)
    return of_broken[of_row]
