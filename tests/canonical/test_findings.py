"""A finding in its four forms: a line to read, and the same in JSON, JSON lines and CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canonical.findings import FORMATS, Finding, NamedRow, named_rows, one_line, render

FINDING = Finding(
    "U.value",
    "error",
    "observations",
    row_id="s.001",
    row_number=2,
    column="value",
    found="398240",
    expected="39824",
    message="not the value of the print",
    fix="run make fill",
    line_number=3,
    file="data/observations.csv",
)


def test_words_of_any_length_and_findings_of_any_number_fit_a_terminal() -> None:
    """A header of five megabytes is told in its first words, and three thousand rows in two hundred lines."""
    long = "x" * 5_000_000
    many = [
        Finding("V.a", "warning", "a", row_number=n, column="b", message=long, expected=long, fix=long)
        for n in range(3_000)
    ]
    lines = render([*many, Finding("V.b", "error", "a")], "text").splitlines()
    assert len(lines) == 203 and max(map(len, lines)) < 4_000
    assert lines[-1] == "a: b: 2,799 more of 3,000; fix: --format jsonl gives all [V.a warning]"
    assert any("[V.b error]" in line for line in lines)


def test_a_line_names_file_line_row_column_found_expected_and_fix() -> None:
    assert one_line(FINDING) == (
        "data/observations.csv:3: (row 2, s.001) value: not the value of the print; found '398240', expected 39824; "
        "fix: run make fill [U.value error]"
    )


def test_an_accepted_finding_says_so() -> None:
    assert one_line(replace(FINDING, status="accepted")).endswith("[U.value error, accepted]")


def test_a_long_cell_is_cut_in_the_line_and_whole_elsewhere() -> None:
    long = replace(FINDING, found="x" * 100_000)
    assert len(one_line(long)) < 500 and "(100000 characters)" in one_line(long)
    assert json.loads(render([long], "json"))[0]["found"] == "x" * 100_000


@given(st.text(), st.text(), st.text())
def test_a_finding_is_one_line_whatever_the_cells_hold(found: str, row_id: str, message: str) -> None:
    line = one_line(replace(FINDING, found=found, row_id=row_id, message=message))
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize("form", FORMATS)
def test_no_findings_are_no_rows(form: str) -> None:
    text = render([], form)
    header = ",".join(field.name for field in fields(Finding) if field.name not in ("rows", "key")) + "\n"
    assert text == {"text": "", "json": "[]\n", "jsonl": "", "csv": header}[form]


@given(
    st.lists(
        st.builds(Finding, st.text(), st.just("error"), st.text(), found=st.text(), row_number=st.none()), max_size=3
    )
)
def test_json_and_json_lines_give_every_finding_back(findings: list[Finding]) -> None:
    dumped = [asdict(finding) | {"rows": [], "key": {}} for finding in findings]
    assert json.loads(render(findings, "json")) == dumped
    assert [json.loads(line) for line in render(findings, "jsonl").split("\n") if line] == dumped


def test_csv_gives_every_finding_back() -> None:
    odd = replace(FINDING, found='a "b",\nc', reason="原文")
    (row,) = csv.DictReader(io.StringIO(render([odd], "csv"), newline=""))
    cells = {key: value for key, value in asdict(odd).items() if key not in ("rows", "key")}
    assert row == {key: "" if value is None else str(value) for key, value in cells.items()}


def test_the_rows_of_a_finding_are_the_one_at_fault_and_those_held_against_it() -> None:
    against = replace(FINDING, related="s.002 s.001 s.003 s.002")
    rows = (NamedRow("s.001", "subject"), NamedRow("s.002", "held_against"), NamedRow("s.003", "held_against"))
    assert named_rows(against) == rows
    assert named_rows(replace(FINDING, row_id="")) == ()
    many = replace(against, rows=(NamedRow("s.001", "subject"), NamedRow("s.009", "subject")))
    assert named_rows(many) == many.rows


def test_json_names_every_row() -> None:
    (told,) = json.loads(render([replace(FINDING, related="s.002")], "json"))
    assert told["rows"] == [{"row_id": "s.001", "role": "subject"}, {"row_id": "s.002", "role": "held_against"}]


def test_findings_of_one_cell_and_rule_have_one_order_however_they_were_found() -> None:
    one = Finding("U.far_ratio", "warning", "observations", "a", 3, "value", found="763", expected="4", related="b c")
    told = [one, replace(one, found="275"), replace(one, expected="13"), replace(one, related="b d")]
    ordered = [told[1], told[2], told[0], told[3]]
    for turned in (told, told[::-1], told[2:] + told[:2]):
        assert sorted(turned, key=lambda finding: finding.sort_key) == ordered
