"""Statements against their words, their places in the document and one another: an edit of one row shows there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from canonical.table_schema import load_schema
from canonical.text_tables import Row, csv_path, read_rows, write_rows
from validation.package import Checker

ROWS = read_rows(csv_path("statements"))


def found(rows: Sequence[Row], folder: Path) -> list[tuple[str, str]]:
    """Row and column of each finding on the words of the statements."""
    path = folder / "statements.csv"
    write_rows(path, load_schema("statements"), list(rows))
    findings = Checker().check_file(path, "statements")
    return [(f.row_id, f.column) for f in findings if f.rule == "C.statement_words"]


def at(**cells: str) -> int:
    """The place of the first statement between two of its document that has some cells."""
    sources = [row["source_id"] for row in ROWS]
    return next(
        i
        for i in range(1, len(ROWS) - 1)
        if cells.items() <= ROWS[i].items() and sources[i - 1] == sources[i] == sources[i + 1]
    )


@pytest.mark.parametrize(
    ("which", "edit", "column"),
    [
        ({}, {"locator": "p:999"}, "locator"),
        ({"measure": "growth_yoy"}, {"measure": "growth_prev"}, "measure"),
        ({"measure": "growth_yoy"}, {"measure": "level"}, "measure"),
        ({"kind": "revenue_model"}, {"measure": "growth_yoy"}, "measure"),
        ({"period_end": "", "entity_id": "alibaba-cloud"}, {"period_label": "FY2026 Q2"}, "period_label"),
        ({"claim_status": "actual"}, {"period_label": "未来五年"}, "period_label"),
        ({"kind": "revenue_model"}, {"text_zh": "光模块占比提升"}, "text_zh"),
        ({"kind": "revenue_model"}, {"entity_id": "huawei-cloud"}, "entity_id"),
    ],
)
def test_an_edit_of_one_statement_is_named_at_its_cell(
    which: dict[str, str], edit: dict[str, str], column: str, tmp_path: Path
):
    place = at(**which)
    rows = [*ROWS[:place], ROWS[place] | edit, *ROWS[place + 1 :]]
    assert (ROWS[place]["statement_id"], column) in found(rows, tmp_path)


def test_a_statement_left_out_is_named_at_the_one_after_it(tmp_path: Path):
    place = at(kind="driver")
    assert found([*ROWS[:place], *ROWS[place + 1 :]], tmp_path) == [(ROWS[place + 1]["statement_id"], "statement_id")]


def test_the_statements_as_they_are_and_one_more_at_the_end_are_let_be(tmp_path: Path):
    last = ROWS[-1]
    source, _, number = last["statement_id"].rpartition(".")
    numbers = [int(row["statement_id"].rpartition(".")[2]) for row in ROWS if row["source_id"] == source]
    more = last | {"statement_id": f"{source}.{max(int(number), *numbers) + 1:03d}", "locator": "p:1"}
    assert found(ROWS, tmp_path) == []
    assert found([*ROWS, more], tmp_path) == []
