"""Which case of the corrected values is the same as a case of the prints, though its inputs may be other rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from validation.relations.relation import Case, Remark

__all__ = ["Counterparts"]


class Counterparts:
    """The cases of the corrected values that ask the same of a row as broken cases of the prints do."""

    def __init__(self, broken: Iterable[Case | Remark], *evaluations: Iterable[Case | Remark]) -> None:
        """`evaluations` are all cases of the prints and all of the corrected values."""
        rows = {case.row_id for case in broken}
        self.before, self.after = (_by_question(c for c in cases if c.row_id in rows) for cases in evaluations)

    def of(self, case: Case | Remark) -> Case | Remark | None:
        """The case with the same inputs, else the only one of its kind on the row; None where neither is there.

        A correction may replace the inputs of a case, so that a row with one case before and after is asked the same.
        """
        before, after = self.before[_question(case)], self.after[_question(case)]
        for other in after:
            if _inputs(other) == _inputs(case):
                return other
        return after[0] if len(before) == len(after) == 1 else None


def _by_question(cases: Iterable[Case | Remark]) -> dict[tuple[str, str], list[Case | Remark]]:
    found: dict[tuple[str, str], list[Case | Remark]] = defaultdict(list)
    for case in cases:
        found[_question(case)].append(case)
    return found


def _question(case: Case | Remark) -> tuple[str, str]:
    """The row of a case and what it is asked beside its inputs."""
    return case.row_id, case.note if isinstance(case, Case) else case.column


def _inputs(case: Case | Remark) -> tuple[str, ...]:
    if isinstance(case, Case):
        return tuple(sorted({o.row_id for option in case.options for o in option.inputs}))
    return (*(o.row_id for o in case.observations), *case.related)
