"""Large groups: whatever thousands of rows have in common, relations take a time that grows with their number."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from benchmarks.large_groups import GROUPS, write_group
from canonical.findings import Finding
from canonical.reading.reader import read_table
from canonical.reference import Reference
from canonical.table_schema import load_schema
from canonical.text_tables import text_rows
from validation.consistency import check_facts
from validation.feed_findings import CAP, capped
from validation.own_files import tables_of
from validation.related import READ
from validation.relations.facts import Facts

FEW, TIMES = 500, 4
MOST, FLOOR = 10, 0.25
"""Four times the rows take at most ten times as long on a busy machine, where a square of them would take sixteen; less
than these seconds are too short to be measured."""


def facts_of(folder: Path) -> Facts:
    """The facts of the tables of a folder, beside the package's vocabularies."""
    reference, rows = Reference(own=tuple(tables_of(folder))), {}
    for name in READ:
        path = folder / f"{name}.csv"
        table = read_table(path, load_schema(name), name)[0] if path.exists() else None
        rows[name] = list(text_rows(table.frame)) if table else []
    return Facts.of(rows["observations"], reference, rows)


def taken(folder: Path, group: str, rows: int) -> tuple[float, list[Finding]]:
    """The seconds of processor time that all relations take over a group, wording included, and what they find."""
    folder.mkdir()
    write_group(folder, group, rows)
    facts = facts_of(folder)
    assert len(facts.observations) >= (rows if "statements" not in group else 2)
    started = time.process_time()
    found = check_facts(facts)
    return time.process_time() - started, found


@pytest.mark.parametrize("group", GROUPS)
def test_four_times_the_rows_of_a_group_take_about_four_times_as_long(group: str, tmp_path: Path):
    few, found = taken(tmp_path / "few", group, FEW)
    many, more = taken(tmp_path / "many", group, FEW * TIMES)
    assert many <= MOST * max(few, FLOOR), f"{few:.1f} s and {many:.1f} s"
    assert len(more) <= MOST * max(len(found), FEW)


def test_a_fact_on_which_thousands_of_documents_differ_is_told_two_hundred_times_with_the_count_of_all(tmp_path: Path):
    _, found = taken(tmp_path / "group", "one fact, many sources", FEW)
    disagree = [finding for finding in found if finding.rule == "C.agreement"]
    told = [finding for finding in capped(found) if finding.rule == "C.agreement"]
    assert len(disagree) > CAP
    assert told[:CAP] == disagree[:CAP]
    assert [finding.message for finding in told[CAP:]] == [
        f"{len(disagree) - CAP} more findings of this rule, {len(disagree)} in all"
    ]
