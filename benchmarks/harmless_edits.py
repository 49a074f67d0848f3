"""Edits that say the same in another way, each asked of all rules as `make check` asks them after an edit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from benchmarks.book import Injection
from canonical.corrections import apply_corrections
from canonical.findings import Finding
from canonical.text_tables import Row
from validation.consistency import Folder, findings_in
from validation.known_issues import mark_accepted
from validation.relations.reach import touched_by_rows

__all__ = ["Alarms", "told"]

Key = tuple[str, str, str]


class Alarms:
    """The published tables, with one edit of observations at a time: what the relations then say that is new.

    They are asked of the prints and of the corrected values, and what is accepted or settled by a correction counts
    for nothing. A finding is new where its rule says nothing yet of its row and column: one that stands already, and
    is told against the other print of the same number, is not; nor is one that a print said once more repeats.
    """

    def __init__(self) -> None:
        """Read the package once, and ask it of all that stands open."""
        self.clean = Folder()
        self.known = {_key(finding) for finding in _open(findings_in(self.clean))}

    def raised(self, injection: Injection) -> list[Finding]:
        """The new findings of one edit, in the order of a report."""
        touched = touched_by_rows([injection.before, injection.after], self.clean.printed.parents)
        found = _open(findings_in(self._after(injection), touched))
        before, after = injection.before["observation_id"], injection.after["observation_id"]
        again = {(rule, after, column) for rule, row_id, column in self.known if row_id == before}
        return [finding for finding in found if _key(finding) not in self.known | again]

    def _after(self, injection: Injection) -> Folder:
        """The tables once the edit is made; what it does not touch is shared with the clean ones."""
        clean = self.clean
        rows: list[Row] = list(clean.rows["observations"])
        if injection.kind.adds_row:
            rows.append(injection.after)
        else:
            rows[injection.number] = injection.after
        corrected, _ = apply_corrections(rows, clean.rows["corrections"], clean.reference)
        printed = clean.printed.with_rows(rows)
        edited = Folder(clean.folder, clean.reference)
        edited.__dict__.update(
            tables=clean.tables,
            rows={**clean.rows, "observations": rows},
            printed=printed,
            corrected=printed.with_rows(corrected),
        )
        return edited


def told(injection: Injection, in_file: Collection[str], raised: Sequence[Finding]) -> str:
    """An edit that raised something, in lines: its cells before and after, rules of its file, what relations say."""
    changed = {
        c: f"{injection.before[c]} > {cell}" for c, cell in injection.after.items() if cell != injection.before[c]
    }
    lines = [
        f"{injection.kind.name} {injection.before['observation_id']} {changed} {' '.join(sorted(in_file))}".rstrip()
    ]
    lines += [f"  {f.severity} {f.rule} {f.row_id} {f.column} {f.found} | {f.expected} | {f.message}" for f in raised]
    return "\n".join(lines)


def _open(findings: Sequence[Finding]) -> Iterator[Finding]:
    return (finding for finding in mark_accepted(list(findings)) if finding.status == "open")


def _key(finding: Finding) -> Key:
    return finding.rule, finding.row_id, finding.column
