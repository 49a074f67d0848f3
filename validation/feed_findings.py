"""Which findings touch a row of somebody's own, and at which of them each is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from canonical.findings import Finding, NamedRow, Severity
from canonical.table_schema import load_schema
from validation.causes.wording import finding_of
from validation.feed_rows import OwnRow
from validation.relations import RELATIONS, relation_of
from validation.relations.broken import broken_cases
from validation.relations.doubtful import doubtful
from validation.relations.facts import Facts, Observation
from validation.relations.reach import Part, Touched, touched_by_rows
from validation.relations.relation import Case, Relation, Remark
from validation.structure.wording import CAP

__all__ = ["Kind", "capped", "first_of_each", "kinds_of", "own_findings", "placed"]

Content = tuple[object, ...]
"""What a row says, whoever says it: two rows of one content bear each other out."""
Key = tuple[str, Content, frozenset[Content]]
"""What a finding of one rule is about: column, content of the row it names, contents of the others."""
MOST_EXPLAINED = 5 * CAP
"""Causes are looked for in so many broken cases of a rule and file, the first by their rows: fewer are told."""
FEW = 1_000
"""Up to so many rows relations are asked only of what these can touch; more of them touch most of the package."""
Kind = tuple[str, str, str, Severity, str]
"""File, table, rule, severity and column of a finding: what a cap counts together."""


def own_findings(
    own: Sequence[OwnRow], before: Facts, after: Facts, relations: Sequence[Relation] = RELATIONS
) -> Iterator[Finding]:  # fmt: skip
    """What relations find with one's own rows and not without them, each told at the rows it touches.

    Parameters: `before` are the facts without one's own rows, `after` those with them. A finding on a row of the
    package is told at the rows of one's own that it rests on; of several, at those that the package does not have.
    """
    by_id = {row.row_id: row for row in own}
    touched = _Touched(by_id, before, after)
    for relation in relations:
        cases = [case for case in broken_cases(touched.cases(relation)) if by_id.keys() & _rows_of(case)]
        yield from touched.told(relation, touched.worded(relation, cases))


def kinds_of(findings: Sequence[Finding]) -> Counter[Kind]:
    """How many findings there are of each kind, by the first of each."""
    return Counter(map(_kind, findings))


def _kind(finding: Finding) -> Kind:
    return finding.file, finding.table, finding.rule, finding.severity, finding.column


def first_of_each(findings: Sequence[Finding]) -> list[Finding]:
    """The first `CAP` findings of each kind, in their order."""
    told, found = Counter[Kind](), list[Finding]()
    for finding in findings:
        kind = _kind(finding)
        told[kind] += 1
        if told[kind] <= CAP:
            found.append(finding)
    return found


def capped(findings: Sequence[Finding], counts: Mapping[Kind, int] | None = None) -> list[Finding]:
    """The first `CAP` findings of each kind, in their order; a last one counts all.

    Parameters: `counts` are of all findings of each kind, where `findings` are no more than the first of them.
    """
    found = first_of_each(findings)
    for kind, given in kinds_of(findings).items():
        file, table, rule, severity, column = kind
        count = counts[kind] if counts else given
        if count > CAP:
            message, fix = f"{count - CAP} more findings of this rule, {count} in all", relation_of(rule).fix
            found.append(Finding(rule, severity, table, column=column, message=message, fix=fix, file=file))
    return found


def _rows_of(case: Case | Remark) -> set[str]:
    """The rows a case may name."""
    if isinstance(case, Case):
        return {case.row_id, *(o.row_id for option in case.options for o in option.inputs)}
    return {case.row_id, *(o.row_id for o in case.observations), *case.related}


@dataclass(frozen=True)
class _Told:
    """A finding with the ids of the rows it is about, the one it names first."""

    finding: Finding
    names: tuple[str, ...]


def _told(relation: Relation, case: Case | Remark, facts: Facts, with_causes: bool = True) -> _Told:
    finding = finding_of(relation, case, facts, with_causes)
    if isinstance(case, Remark):
        names = (case.row_id, *(o.row_id for o in case.observations), *case.related)
        return _Told(finding, tuple(dict.fromkeys(names)))
    return _Told(finding, (finding.row_id, *finding.related.split()))


class _Touched:
    """One's own rows, with what they and the rows of the package say, which is looked up where findings name them."""

    def __init__(self, own: Mapping[str, OwnRow], before: Facts, after: Facts) -> None:
        self.own, self.before, self.after = own, before, after
        reached = _reached(own, before, after)
        self._parts = None if reached is None else (Part(before, reached), Part(after, reached))

    def cases(self, relation: Relation) -> Sequence[Case | Remark]:
        """The cases of a relation that one's own rows can have changed, with these rows."""
        return doubtful(relation, self.after) if self._parts is None else self._parts[1].doubtful(relation)

    def _cases_before(self, relation: Relation) -> Sequence[Case | Remark]:
        return doubtful(relation, self.before) if self._parts is None else self._parts[0].doubtful(relation)

    @cached_property
    def _said_before(self) -> set[Content]:
        return {_content(o) for o in self.before.observations}

    @cached_property
    def _known(self) -> dict[str, dict[str, str]]:
        return {row_id: row for name in self.before.tables for row_id, row in _rows_by_id(name, self.before)}

    def _content(self, row_id: str) -> Content | None:
        found = self.after.by_row_id.get(row_id) or self.before.by_row_id.get(row_id)
        return None if found is None else _content(found)

    def _is_new(self, row_id: str) -> bool:
        """Whether a row is one's own, and neither it nor what it says is at hand."""
        is_own = row_id in self.own and self._content(row_id) not in self._said_before
        return is_own and self._known.get(row_id) != self.own[row_id].row

    def worded(self, relation: Relation, cases: Sequence[Case | Remark]) -> list[_Told]:
        """What a relation finds, with causes in the cases of the first rows of each file alone where there are many."""
        if len(cases) <= MOST_EXPLAINED:
            return [_told(relation, case, self.after) for case in cases]
        places = [self._place(case) for case in cases]
        seen, worded = Counter[str](), []
        for place, number in sorted((place, number) for number, place in enumerate(places)):
            seen[place[0]] += 1
            worded.append(_told(relation, cases[number], self.after, seen[place[0]] <= MOST_EXPLAINED))
        return worded

    def _place(self, case: Case | Remark) -> tuple[str, int]:
        """File and row of the row that a case names, or of the first row of one's own it touches."""
        names = [case.row_id] if case.row_id in self.own else self.own.keys() & _rows_of(case)
        places = (self.own[name].place for name in names)
        return min((place.file.table.name, place.number) for place in places)

    def told(self, relation: Relation, findings: Sequence[_Told]) -> Iterator[Finding]:
        """The findings of a relation that one's own rows bring about, at these rows."""
        touching = [told for told in findings if self.own.keys() & set(told.names)]
        anyway = self._anyway(relation) if touching else []
        keys, said = {self._key(told) for told in anyway}, {_said(told.finding) for told in anyway}
        done: set[tuple[Key, str]] = set()
        for told in touching:
            key, new = self._key(told), [name for name in told.names if self._is_new(name)]
            if _said(told.finding) in said or (not new and key in keys):
                continue
            for name in self._targets(told, new):
                if (key, name) not in done:
                    done.add((key, name))
                    yield placed(told.finding, told.names, self.own[name])

    def _anyway(self, relation: Relation) -> list[_Told]:
        """What a relation finds without one's own rows."""
        return [_told(relation, case, self.before) for case in broken_cases(self._cases_before(relation))]

    def _targets(self, told: _Told, new: Sequence[str]) -> Sequence[str]:
        candidates = new or [name for name in told.names if name in self.own]
        return told.names[:1] if told.names[0] in candidates else candidates

    def _key(self, told: _Told) -> Key:
        first, *others = (self._content(name) or (name,) for name in told.names)
        return told.finding.column, first, frozenset(others)


def _reached(own: Mapping[str, OwnRow], before: Facts, after: Facts) -> Touched | None:
    """What one's own rows touch where they are few; None where relations are asked of all facts.

    A document touches what was read in it, a correction what it corrects; other tables touch no observation.
    """
    if len(own) > FEW:
        return None
    documents = {row.row["source_id"] for row in own.values() if _table(row) == "sources"}
    named = {row.row["observation_id"] for row in own.values() if _table(row) in ("observations", "corrections")}
    rows = [row.row for row in own.values() if _table(row) == "observations"]
    rows += [o.row for facts in (before, after) for name in named if (o := facts.by_row_id.get(name))]
    if documents:
        read = (o.row for facts in (before, after) for o in facts.observations)
        rows += [row for row in read if not documents.isdisjoint((row["source_id"], row["via_source_id"]))]
    return touched_by_rows(rows, after.parents)


def _table(own: OwnRow) -> str:
    return own.place.file.table.schema.name


def _said(finding: Finding) -> tuple[str, str, str, str]:
    """What a finding says of its row: the same with one's own rows as without them is nothing new."""
    return finding.row_id, finding.column, finding.found, finding.expected


def _content(o: Observation) -> Content:
    """What an observation says: its fact, whatever its perimeter and standing, and its value or ends."""
    value, ends = o.interval.value, (o.interval.low, o.interval.high)
    fact = *o.series._replace(perimeter_id="", standing=""), o.period
    return *fact, ends if value is None else value, o.row["bound"]


def _rows_by_id(name: str, facts: Facts) -> Iterator[tuple[str, dict[str, str]]]:
    key = load_schema(name).primary_key
    for row in facts.rows(name):
        yield "|".join(row[column] for column in key), row


def placed(finding: Finding, names: Sequence[str], own: OwnRow) -> Finding:
    """The finding at a row of somebody's own; where the rule names another row, the message says which.

    `names` are the rows the finding is about, the one that the rule names first.
    """
    file, number = own.place.file, own.place.number
    others = [name for name in names if name != own.row_id]
    is_named, table = names[0] == own.row_id, file.table.schema.name
    column = finding.column if is_named else "printed_value" if table == "observations" else ""
    if column == "printed_value" and column not in file.table.frame.columns:
        column = "value"
    return replace(
        finding, table=table, row_id=own.row_id, row_number=number, line_number=own.place.line,
        file=file.table.name, column=column, related=" ".join(others),
        rows=(NamedRow(own.row_id, "subject"), *(NamedRow(name, "held_against") for name in others)),
        message=finding.message if is_named else f"{finding.message}; the rule names {names[0]}",
    )  # fmt: skip
