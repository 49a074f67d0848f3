"""Layer C and what goes with it: every relation over the facts of a folder, first as printed, then as corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from canonical.corrections import apply_corrections
from canonical.findings import Finding
from canonical.reading.reader import Table, read_table
from canonical.reference import Reference
from canonical.table_schema import load_schema
from canonical.text_tables import DATA, Row, text_rows
from validation.causes.wording import finding_of
from validation.related import READ
from validation.relations import OF_PRINTS, RELATIONS
from validation.relations.broken import broken_cases
from validation.relations.counterparts import Counterparts
from validation.relations.doubtful import doubtful
from validation.relations.facts import Facts, Observation
from validation.relations.reach import Part, Touched, touched_by_rows
from validation.relations.relation import Case, Relation, Remark
from validation.structure.table_files import shown_path, table_files

__all__ = ["Folder", "check_consistency", "check_facts", "findings_in", "is_unbroken"]

_Cases = Sequence[Case | Remark]


class Folder:
    """The tables of a folder that relations read, as texts; a table that is absent or malformed has no rows."""

    def __init__(self, folder: Path = DATA, reference: Reference | None = None) -> None:
        """Read nothing yet; `reference` is given where the caller has read it already."""
        self.folder = folder
        self.reference = reference or Reference(folder)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The readable tables by name."""
        found: dict[str, Table] = {}
        for name in READ:
            for path in table_files(self.folder, name)[:1]:
                table, _ = read_table(path, load_schema(name), shown_path(path))
                if table is not None and set(table.schema.columns) <= set(table.frame.columns):
                    found[name] = table
        return found

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """The rows of each table as texts."""
        return {name: text_rows(table.frame) for name, table in self.tables.items()}

    @cached_property
    def printed(self) -> Facts:
        """The facts as printed."""
        return Facts.of(self.rows.get("observations", []), self.reference, self.rows)

    @cached_property
    def corrected(self) -> Facts:
        """The facts with the corrections that hold applied; `printed` itself where there are none."""
        corrections = self.rows.get("corrections", [])
        if not corrections:
            return self.printed
        rows, _ = apply_corrections(self.rows.get("observations", []), corrections, self.reference)
        return self.printed.with_rows(rows)

    def with_observations(self, rows: list[Row]) -> Folder:
        """The same tables with other observations."""
        other = Folder(self.folder, self.reference)
        other.tables, other.rows = self.tables, self.rows | {"observations": rows}
        return other

    def placed(self, finding: Finding) -> Finding:
        """The finding with its file and line."""
        table = self.tables.get(finding.table)
        if table is None or finding.row_number is None:
            return finding
        return replace(finding, file=table.name, line_number=table.line(finding.row_number - 1))


def check_consistency(
    folder: Path = DATA, reference: Reference | None = None, touched: Touched | None = None
) -> list[Finding]:
    """What the relations find in the tables of a folder; of `touched`, only what an edit of that can have changed.

    A finding on the prints that the corrections settle has status `corrected`; one that only the corrected values
    show is open and says so, and one that both show is told of the corrected values. Raises `UnreadableError` where
    a table cannot be read at all.
    """
    return findings_in(Folder(folder, reference), touched)


def findings_in(tables: Folder, touched: Touched | None = None) -> list[Finding]:
    """What `check_consistency` finds, in tables that were read."""
    findings = _twice(tables, touched)
    return sorted((tables.placed(finding) for finding in findings), key=lambda finding: finding.sort_key)


def check_facts(facts: Facts, relations: Sequence[Relation] = RELATIONS) -> list[Finding]:
    """What the relations find in the facts, in the order of the relations."""
    return [
        finding_of(relation, case, facts) for relation in relations for case in broken_cases(doubtful(relation, facts))
    ]


def _twice(tables: Folder, touched: Touched | None) -> Iterator[Finding]:
    """What the relations find in the prints and in the corrected values; some judge the print itself."""
    printed, corrected = tables.printed, tables.corrected
    before = None if touched is None else Part(printed, touched)
    after = Part(corrected, _corrected(printed, corrected) if touched is None else touched)
    for relation in (r for r in RELATIONS if touched is None or touched.asks(r)):
        cases = doubtful(relation, printed) if before is None else before.doubtful(relation)
        broken = broken_cases(cases)
        if relation.id in OF_PRINTS or corrected is printed:
            yield from (finding_of(relation, case, printed) for case in broken)
        else:
            later = after.doubtful(relation, {case.row_id for case in broken})
            kept = () if before else (case for case in cases if not after.covers(relation, case))
            yield from _held_together(relation, cases, (*kept, *later), (printed, corrected))


def is_unbroken(tables: Folder, touched: Touched) -> bool:
    """Whether no relation is broken by the prints or the corrected values that an edit touches."""
    parts = [Part(facts, touched) for facts in (tables.printed, tables.corrected)]
    asked = [relation for relation in RELATIONS if touched.asks(relation)]
    return not any(broken_cases(part.doubtful(relation)) for relation in asked for part in parts)


def _corrected(printed: Facts, corrected: Facts) -> Touched:
    """What the corrections touch: all else is in the corrected values as it is printed."""
    changed = [o.row_id for o in corrected.observations if printed.by_row_id.get(o.row_id) is not o]
    gone = [row_id for row_id in printed.by_row_id if row_id not in corrected.by_row_id]
    found = (facts.by_row_id.get(row_id) for row_id in (*changed, *gone) for facts in (printed, corrected))
    return touched_by_rows((o.row for o in found if o is not None), printed.parents)


def _held_together(relation: Relation, cases: _Cases, later: _Cases, both: tuple[Facts, Facts]) -> Iterator[Finding]:
    """What a relation finds in the prints, each held against the same case of the corrected values, and there alone.

    Parameters: `cases` of the prints and `later` ones of the corrected values, holding and broken.
    """
    printed, corrected = both
    broken = broken_cases(cases)
    still = {id(case): case for case in broken_cases(later)}
    same = Counterparts(broken, cases, later)
    told: set[int] = set()
    for case in broken:
        finding, again = finding_of(relation, case, printed), same.of(case)
        if again is not None and id(again) in still:
            told.add(id(again))
            yield _of_both(finding, finding_of(relation, again, corrected))
        elif again is not None or _is_moot(case, corrected):
            yield replace(finding, status="corrected")
        else:
            yield finding
    for case in (case for key, case in still.items() if key not in told):
        finding = finding_of(relation, case, corrected)
        yield replace(finding, message=f"{finding.message}; on corrected values")


def _of_both(printed: Finding, corrected: Finding) -> Finding:
    """The finding of a case that prints and corrected values break: told of these, with what the prints say."""
    if printed == corrected:
        return printed
    message = f"{corrected.message}; with corrections applied"
    if (printed.found, printed.expected) != (corrected.found, corrected.expected):
        message += f"; the prints themselves give {printed.found} against {printed.expected}"
    return replace(corrected, message=message)


def _is_moot(case: Case | Remark, corrected: Facts) -> bool:
    """Whether corrections take away what a case stands on: its own print, or one it cannot be held against without.

    An input counts where it becomes another fact. What a source says in words keeps its rows, whatever they become.
    """
    if isinstance(case, Case):
        is_without_inputs = all(any(_is_moved(o, corrected) for o in option.inputs) for option in case.options)
        return _is_changed(case.printed, corrected) or is_without_inputs
    own = [o for o in case.observations if o.row_id == case.row_id]
    return case.table == "observations" and (
        any(_is_changed(o, corrected) for o in own) or any(_is_moved(o, corrected) for o in case.observations)
    )


def _is_changed(printed: Observation, corrected: Facts) -> bool:
    """Whether a correction changes anything of a row."""
    after = corrected.by_row_id.get(printed.row_id)
    return after is None or after.row != printed.row


def _is_moved(printed: Observation, corrected: Facts) -> bool:
    """Whether a correction makes another fact of a print."""
    after = corrected.by_row_id.get(printed.row_id)
    return after is None or (after.series, after.period) != (printed.series, printed.period)
