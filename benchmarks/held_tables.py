"""How many mistakes are named in tables beside observations: edits of many kinds, one at a time, in copies of them.

    python -m benchmarks.held_tables --trials 20 --write

Every trial edits one table of a copy of the package and checks it as `make check` does: layers S and U, the rules
beside observations, and for statements and supply chains the relations that read them. What the clean table raises
is taken off. Kinds, rows and digits are drawn from the seed, so that the same seed gives the same trials.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import polars as pl

from benchmarks import held_lists, held_rates, held_regions, held_words
from benchmarks.held_kind import Edit, HeldKind
from benchmarks.held_page import FIGURES, write_figures
from canonical.csv_lines import csv_lines
from canonical.findings import Finding
from canonical.reading.parquet_files import parquet_frame
from canonical.table_schema import load_schema
from canonical.text_tables import DATA, Row, csv_path, read_rows
from validation.consistency import Folder, check_facts
from validation.package import Checker
from validation.relations import RELATIONS
from validation.relations.facts import Facts

__all__ = ["HARMLESS", "KINDS", "Outcome", "Trial", "main", "outcome_of"]

KINDS: tuple[HeldKind, ...] = (*held_rates.KINDS, *held_regions.KINDS, *held_words.KINDS, *held_lists.KINDS)
HARMLESS: tuple[HeldKind, ...] = (
    *held_rates.HARMLESS, *held_regions.HARMLESS, *held_words.HARMLESS, *held_lists.HARMLESS,
)  # fmt: skip
IN_WORDS = ("statements", "supply_chain_links")
"""Tables that relations read beside the rules of their rows."""
ALONE, WITH_NUMBERS = (
    ("P.label", "P.future", "P.past", "P.past_forecast", "C.stage", "V.listed_company"),
    ("C.caption", "C.first", "C.claim"),
)
"""Relations that read those, by themselves and together with observations."""
SINCE_BUILD = "V.settled_cell"
"""The rule that holds cells against the last build, whatever they hold."""
TRIES = 40
"""So many rows are tried for each edit of a kind that does not apply to all."""


@dataclass
class Outcome:
    """What became of the edits of one kind."""

    kind: HeldKind
    trials: int = 0
    found: int = 0
    by_content: int = 0
    at_row: int = 0
    """How often the first finding stands at a row that was edited."""
    rules: Counter[str] = field(default_factory=Counter[str])


class Trial:
    """A table of a copy of the package that is edited and checked over and over."""

    def __init__(self, table: str, folder: Path) -> None:
        """Lay the copy in `folder`, which is empty: links to every table but this one."""
        self.table, self.folder = table, folder
        self.rows = read_rows(csv_path(table))
        for path in DATA.iterdir():
            if path.stem != table:
                (folder / path.name).symlink_to(path)
        self.clean = {_key(finding) for finding in self._checked(self.rows)}

    @cached_property
    def _known(self) -> Checker:
        """The other tables, read once."""
        return Checker(self.folder)

    @cached_property
    def _facts(self) -> Facts:
        return Folder().printed

    def found(self, edit: Edit) -> list[Finding]:
        """What the checks say of an edited table and did not say of the clean one."""
        return [finding for finding in self._checked(edit.rows) if _key(finding) not in self.clean]

    def _checked(self, rows: Sequence[Row]) -> list[Finding]:
        columns = load_schema(self.table).columns
        lines = csv_lines([list(columns), *([row[column] for column in columns] for row in rows)])
        (self.folder / f"{self.table}.csv").write_text("".join(lines), encoding="utf-8", newline="")
        known = self._known
        checker = Checker(
            self.folder, typed={t: f for t, f in known.typed.items() if t != self.table}, built=self._built
        )
        checker.__dict__["reference"] = known.reference
        findings = checker.check_tables([self.table])
        known.typed.update({t: f for t, f in checker.typed.items() if t != self.table})
        return findings + self._related(rows)

    def _built(self, table: str) -> pl.DataFrame | None:
        """The table as the last build left it, which every trial edits."""
        path = DATA / f"{table}.parquet"
        return parquet_frame(path, str(path))

    def _related(self, rows: Sequence[Row]) -> list[Finding]:
        if self.table not in IN_WORDS:
            return []
        tables = {**self._tables, self.table: list(rows)}
        alone = Facts((), self._facts.reference, tables)
        found = check_facts(alone, [relation for relation in RELATIONS if relation.id in ALONE])
        facts = Facts(self._facts.observations, self._facts.reference, tables)
        return found + check_facts(facts, [relation for relation in RELATIONS if relation.id in WITH_NUMBERS])

    @cached_property
    def _tables(self) -> Mapping[str, list[Row]]:
        return Folder().rows


def _key(finding: Finding) -> tuple[str, ...]:
    return finding.rule, finding.row_id, finding.column, finding.found, finding.expected


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line: print a line for each kind, and write the figures of the page where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.held_tables", description=__doc__)
    parser.add_argument("--trials", type=int, default=20, help="edits of each kind (default 20)")
    parser.add_argument("--harmless", type=int, default=20, help="harmless edits of each kind (default 20)")
    parser.add_argument("--seed", type=int, default=20261126)
    parser.add_argument("--table", action="append", help="only this table; may be repeated")
    parser.add_argument("--kind", action="append", help="only this kind of edit; may be repeated")
    parser.add_argument("--write", action="store_true", help=f"write {FIGURES.name}, and the pages that read it")
    options = parser.parse_args(arguments)
    start, outcomes = time.perf_counter(), list[Outcome]()
    for table in dict.fromkeys(kind.table for kind in KINDS):
        if not options.table or table in options.table:
            with tempfile.TemporaryDirectory() as folder:
                trial = Trial(table, Path(folder))
                for kind in (
                    k for k in (*KINDS, *HARMLESS) if k.table == table and k.name in (options.kind or [k.name])
                ):
                    count = options.harmless if kind.is_harmless else options.trials
                    outcomes.append(outcome_of(kind, trial, count, options.seed))
                    print(_line(outcomes[-1]), flush=True)
    trials = sum(outcome.trials for outcome in outcomes)
    print(f"{trials:,} trials in {time.perf_counter() - start:.0f} s", file=sys.stderr)
    if options.write:
        write_figures((o.kind, o.trials, o.found, o.by_content, o.rules) for o in outcomes)
    return 0


def outcome_of(kind: HeldKind, trial: Trial, count: int, seed: int) -> Outcome:
    """So many edits of a kind in random rows of its table, and what was found of them."""
    outcome = Outcome(kind)
    for edit in _edits(kind, trial.rows, count, random.Random(f"{seed} {kind.table} {kind.name}")):
        findings = trial.found(edit)
        outcome.trials += 1
        outcome.found += bool(findings)
        outcome.by_content += any(finding.rule != SINCE_BUILD for finding in findings)
        outcome.at_row += any((f.row_number or 0) - 1 in edit.touched for f in findings[:1])
        outcome.rules.update(sorted({finding.rule for finding in findings}))
    return outcome


def _edits(kind: HeldKind, rows: Sequence[Row], count: int, rng: random.Random) -> Iterator[Edit]:
    for _ in range(count):
        for _ in range(TRIES):
            edit = kind.make(rows, rng.randrange(len(rows)), rng)
            if edit is not None:
                yield edit
                break


def _line(outcome: Outcome) -> str:
    rules = ", ".join(f"{rule} {count}" for rule, count in outcome.rules.most_common(4))
    shares = (f"{100 * found / max(outcome.trials, 1):5.0f} %" for found in (outcome.found, outcome.by_content))
    kind = outcome.kind
    place = f"first at the row {outcome.at_row}"
    return f"{kind.table:20} {kind.name:18} {outcome.trials:4} {' '.join(shares)}  {place}  {rules}"


if __name__ == "__main__":
    sys.exit(main())
