"""One edit of observations at a time, asked of the relations as `make check` asks them after an edit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from canonical.findings import Finding, Severity
from canonical.text_tables import Row
from validation.causes.wording import finding_of
from validation.consistency import Folder
from validation.edited_first import edited_first
from validation.relations import RELATIONS
from validation.relations.broken import broken_cases
from validation.relations.facts import Facts, Observation, observation_of
from validation.relations.reach import Part, Touched, touched_by_rows
from validation.relations.relation import Case, Relation, Remark, evaluated

__all__ = ["Edited"]


class Edited:
    """The published observations, of which some are left out and some are added."""

    def __init__(self) -> None:
        """Read the package once, and ask every relation of it."""
        self.folder = Folder()
        self.facts = self.folder.printed
        self.documents: dict[str, list[str]] = defaultdict(list)
        for o in self.facts.observations:
            self.documents[o.source_id].append(o.row_id)
        self._asked: tuple[Facts, list[tuple[Relation, Case | Remark]]] | None = None
        self.clean = {(r.id, _what(c)) for r in RELATIONS for c in broken_cases(evaluated(r, self.facts))}

    def found(self, facts: Facts, touched: Touched, rows: Collection[str]) -> dict[str, Severity]:
        """The rules that say of some rows, or with them, what they do not say of the clean tables, with severities.

        `facts` and `touched` are those `after` an edit.
        """
        told = dict[str, Severity]()
        for relation, case in self.news(facts, touched):
            if not {o.row_id for o in case.observations}.isdisjoint(rows):
                told.setdefault(relation.id, case.severity or relation.severity)
        return told

    def news(self, facts: Facts, touched: Touched) -> list[tuple[Relation, Case | Remark]]:
        """The broken cases that the clean tables do not have, each with its relation, in the order of the relations."""
        if self._asked is None or self._asked[0] is not facts:
            part = Part(facts, touched)
            cases = ((r, case) for r in RELATIONS for case in broken_cases(part.cases(r)))
            self._asked = facts, [(r, case) for r, case in cases if (r.id, _what(case)) not in self.clean]
        return self._asked[1]

    def first(self, facts: Facts, touched: Touched, rows: Collection[str]) -> Finding | None:
        """What the report after an edit of some rows begins with; None where the relations find nothing new."""
        findings = [finding_of(relation, case, facts) for relation, case in self.news(facts, touched)]
        ordered = edited_first(sorted(findings, key=lambda finding: finding.sort_key), rows)
        return ordered[0] if ordered else None

    def after(self, added: Sequence[Row], gone: Collection[str]) -> tuple[Facts, Touched]:
        """The facts once rows are added, in place of those of the same id, and others are `gone`; what that touches."""
        known, left = self.facts.by_row_id, set(gone) | {row["observation_id"] for row in added}
        numbers = {row["observation_id"]: n for n, row in enumerate(added, start=len(known) + 1)}
        made = [
            observation_of(row, o.number if (o := known.get(row["observation_id"])) else numbers[row["observation_id"]],
                           self.folder.reference)
            for row in added
        ]  # fmt: skip
        rows = [o for o in self.facts.observations if o.row_id not in left] + [o for o in made if o is not None]
        facts = Facts(tuple(sorted(rows, key=_number)), self.facts.reference, self.facts.tables)
        edited = [*added, *(known[row_id].row for row_id in left if row_id in known)]
        return facts, touched_by_rows(edited, facts.parents)


def _number(o: Observation) -> int:
    return o.number


def _what(case: Case | Remark) -> tuple[object, ...]:
    if isinstance(case, Remark):
        return case.row_id, case.column, case.found, case.expected
    return (case.row_id, case.printed.row["printed_value"], case.best.implied)
