"""Layer C and what goes with it: every relation over the facts of a folder, first as printed, then as corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from validation.corrections import apply_corrections
from validation.facts import Facts
from validation.findings import Finding
from validation.package import shown_path, table_files
from validation.reader import Table, read_table
from validation.reference import Reference
from validation.relations import OF_PRINTS, RELATIONS
from validation.relations.frame import broken_cases
from validation.relations.relation import Case, Relation, Remark, evaluated
from validation.table_schema import load_schema
from validation.text_tables import DATA, Row, text_rows
from validation.wording import finding_of

__all__ = ["READ", "Folder", "check_consistency", "check_facts"]

READ = ("observations", "statements", "supply_chain_links", "supply_chain_stages", "sources", "corrections")
"""The tables whose rows relations read."""


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
        return Facts.of(rows, self.reference, self.rows)

    def placed(self, finding: Finding) -> Finding:
        """The finding with its file and line."""
        table = self.tables.get(finding.table)
        if table is None or finding.row_number is None:
            return finding
        return replace(finding, file=table.name, line_number=table.line(finding.row_number - 1))


def check_consistency(folder: Path = DATA, reference: Reference | None = None) -> list[Finding]:
    """What the relations find in the tables of a folder.

    A finding on the prints that the corrections settle has status `corrected`; one that only the corrected values
    show is open and says so. Raises `UnreadableError` where a table cannot be read at all.
    """
    tables = Folder(folder, reference)
    findings = check_facts(tables.printed)
    if tables.corrected is not tables.printed:
        findings = _with_corrections(findings, tables.corrected)
    return sorted((tables.placed(finding) for finding in findings), key=lambda finding: finding.sort_key)


def check_facts(facts: Facts, relations: Sequence[Relation] = RELATIONS) -> list[Finding]:
    """What the relations find in the facts, in the order of the relations."""
    return [finding_of(relation, case, facts) for relation, case in _broken(facts, relations)]


def _broken(facts: Facts, relations: Sequence[Relation]) -> Iterator[tuple[Relation, Case | Remark]]:
    for relation in relations:
        for case in broken_cases(relation, evaluated(relation, facts)):
            yield relation, case


def _with_corrections(printed: list[Finding], corrected: Facts) -> list[Finding]:
    """Findings on the prints, those that the corrected values no longer show marked, and what only these show."""
    of_values = [relation for relation in RELATIONS if relation.id not in OF_PRINTS]
    still = {(relation.id, case.row_id): (relation, case) for relation, case in _broken(corrected, of_values)}
    before = {(finding.rule, finding.row_id) for finding in printed}
    settled = [
        f if f.rule in OF_PRINTS or (f.rule, f.row_id) in still else replace(f, status="corrected") for f in printed
    ]
    new = [finding_of(*found, corrected) for key, found in still.items() if key not in before]
    return settled + [replace(finding, message=f"{finding.message}; on corrected values") for finding in new]
