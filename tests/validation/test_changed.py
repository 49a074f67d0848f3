"""What changed since the last build, and whether the files are those of the descriptor."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from canonical import descriptor
from canonical.findings import Finding
from canonical.reading.encodings import UnreadableError
from canonical.table_schema import load_schema
from release.package.parquet import parquet_bytes
from tests.builders import REFERENCE, a_typed_frame, write_reference
from validation import changed, descriptor_check
from validation.changed import edited_tables, file_hash, not_published, referring_tables, schema_hash
from validation.descriptor_check import check_descriptor


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of small tables as a build leaves it."""
    data = tmp_path / "data"
    data.mkdir()
    write_reference(data)
    units = parquet_bytes(load_schema("units"), a_typed_frame("units", REFERENCE["units"]))
    (data / "units.parquet").write_bytes(units)
    resources = [a_resource(tmp_path, path) for path in sorted(data.iterdir())]
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    for module in (changed, descriptor_check):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(changed, "csv_path", lambda table: data / f"{table}.csv")
    for module in (descriptor, descriptor_check):
        monkeypatch.setattr(module, "DESCRIPTOR", tmp_path / "datapackage.json")
    return tmp_path


def a_resource(root: Path, path: Path) -> dict[str, Any]:
    """What a descriptor says of a file."""
    content = path.read_bytes()
    return {
        "name": path.name, "path": str(path.relative_to(root)), "format": path.suffix[1:], "table": path.stem,
        "bytes": len(content), "hash": file_hash(content), "row_count": len(REFERENCE[path.stem]),
        "table_schema": f"schemas/{path.stem}.json", "schema_hash": schema_hash(path.stem),
    }  # fmt: skip


def test_after_a_build_nothing_changed(built: Path) -> None:
    assert edited_tables() == set()


def test_an_edited_table_changed_and_those_that_refer_to_it(built: Path) -> None:
    with (built / "data" / "metrics.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    edited = edited_tables()
    assert edited == {"metrics"}
    assert {"observations", "statements"} <= referring_tables(edited)
    assert not {"metrics", "units", "sources"} & referring_tables(edited)


def test_a_table_whose_schema_changed_is_edited(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changed, "schema_hash", lambda table: "" if table == "units" else schema_hash(table))
    assert edited_tables() == {"units"}


def test_derived_tables_are_not_checked_for_an_edit(built: Path) -> None:
    (built / "data" / "units.csv").write_text("", encoding="utf-8")
    assert edited_tables() == {"units"}
    assert all(load_schema(name).kind != "derived" for name in referring_tables({"units"}))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"resources": [{}]}'])
def test_everything_changed_where_the_descriptor_says_nothing(built: Path, text: str) -> None:
    (built / "datapackage.json").write_text(text, encoding="utf-8")
    assert set(REFERENCE) <= edited_tables()


@pytest.mark.parametrize(("cells", "is_news"), [({}, False), ({"found": "61"}, True), ({"expected": "26"}, True)])
def test_another_finding_on_a_row_and_rule_already_published_is_shown(
    built: Path, cells: dict[str, str], is_news: bool
) -> None:
    finding = Finding(
        "C.growth_yoy", "warning", "observations", "p1", column="printed_value", found="16", expected="25"
    )
    parts = ("rule", "table", "row_id", "column", "found", "expected")
    columns = ("rule", "table_name", "row_id", "field_name", "found", "expected")
    line = ",".join(str(getattr(finding, part)) for part in parts)
    (built / "data" / "findings.csv").write_text(f"{','.join(columns)}\n{line}\n", encoding="utf-8")
    assert bool(not_published([replace(finding, **cells)])) == is_news


def test_files_as_described_have_no_findings(built: Path) -> None:
    assert check_descriptor() == []


@pytest.mark.parametrize("name", ["units.csv", "units.parquet"])
def test_a_file_that_was_altered_is_named(built: Path, name: str) -> None:
    path = built / "data" / name
    path.write_bytes(path.read_bytes() + b" ")
    (finding,) = check_descriptor()
    assert (finding.rule, finding.row_id, finding.column, finding.severity) == ("V.file", name, "hash", "error")


def test_a_file_that_is_gone_is_named(built: Path) -> None:
    (built / "data" / "units.csv").unlink()
    (finding,) = check_descriptor()
    assert (finding.row_id, finding.column) == ("units.csv", "path")


@pytest.mark.parametrize(("key", "column"), [("row_count", "row_count"), ("bytes", "bytes")])
def test_a_number_of_the_descriptor_that_is_not_the_files_is_named(built: Path, key: str, column: str) -> None:
    path = built / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    next(r for r in descriptor["resources"] if r["name"] == "units.parquet")[key] = 1
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    (finding,) = check_descriptor()
    assert (finding.row_id, finding.column, finding.expected) == ("units.parquet", column, "1")


@pytest.mark.parametrize("counted", [0, 1, len(REFERENCE["units"])])
@pytest.mark.parametrize("said", [1, len(REFERENCE["units"])])
def test_a_text_that_was_counted_is_counted_again_where_the_descriptor_says_otherwise(
    built: Path, said: int, counted: int
) -> None:
    path = built / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    next(r for r in descriptor["resources"] if r["name"] == "units.csv")["row_count"] = said
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    found = [(f.row_id, f.column, f.found, f.expected) for f in check_descriptor({"units": counted})]
    is_settled = counted == said or said == len(REFERENCE["units"])
    assert found == ([] if is_settled else [("units.csv", "row_count", str(len(REFERENCE["units"])), "1")])


def test_a_parquet_file_of_other_columns_is_named(built: Path) -> None:
    path = built / "data" / "units.parquet"
    a_typed_frame("units", REFERENCE["units"]).drop("symbol").write_parquet(path)
    descriptor = json.loads((built / "datapackage.json").read_text(encoding="utf-8"))
    resource = next(r for r in descriptor["resources"] if r["name"] == "units.parquet")
    resource |= a_resource(built, path)
    (built / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    (finding,) = check_descriptor()
    assert (finding.column, finding.found) == ("schema", "symbol")


@pytest.mark.parametrize("text", ["", "{}", "not json"])
def test_a_descriptor_that_is_none_is_refused(built: Path, text: str) -> None:
    (built / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError, match="make dataset"):
        check_descriptor()
