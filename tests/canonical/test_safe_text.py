"""Texts on one line: whatever a cell or a file name holds."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from canonical.findings import Finding, render
from canonical.safe_text import safe_json, safe_line

ANY = st.text(st.characters(), max_size=20)


@given(ANY)
def test_a_line_stays_one_line_and_drives_no_terminal(text: str) -> None:
    line = safe_line(text)
    assert len(line.splitlines()) <= 1
    assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 for sign in line)
    line.encode("utf-8")


@given(ANY)
def test_json_says_the_same_with_escapes(text: str) -> None:
    written = safe_json(json.dumps({"a": text}, ensure_ascii=False))
    assert json.loads(written) == {"a": text}
    assert len(written.splitlines()) == 1


@given(ANY)
def test_every_form_of_a_report_has_one_line_for_a_finding(text: str) -> None:
    finding = Finding("S.type", "error", text, row_id=text, column=text, found=text, message=text, file=text, fix=text)
    assert len(render([finding], "text").splitlines()) == 1
    assert len(render([finding], "jsonl").splitlines()) == 1
    assert len(list(csv.reader(io.StringIO(render([finding], "csv"), newline="")))) == 2
    assert json.loads(render([finding], "json"))[0]["found"] == text
