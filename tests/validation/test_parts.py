"""A folder of parts is one table: a key stands once over all of them, and each row that repeats one is named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from canonical.findings import Finding
from canonical.reading.encodings import UnreadableError
from canonical.reference import OwnTable
from tests.validation.cluster.conformance import write_part
from validation import parts
from validation.checked import Checked
from validation.own_files import check_own, own_files
from validation.own_schema import check_by_schema
from validation.structure import second_pass
from validation.structure.second_pass import TableKeys
from validation.structure.wording import CAP

FORMS = ("csv", "csv.gz", "parquet")
HEAD = "vendor_id,name_en,country\n"


def vendors(*ids: str) -> str:
    return HEAD + "".join(f"{name},{name.title()},US\n" for name in ids)


def folder_of(folder: Path, form: str, texts: Mapping[str, str]) -> Path:
    for name, text in texts.items():
        write_part(folder / f"{name}.{form}", text)
    return folder


def repeated(findings: Iterable[Finding]) -> list[tuple[str, int | None, str]]:
    return [(Path(f.file).name.partition(".")[0], f.row_number, f.found) for f in findings if f.rule == "S.unique"]


@pytest.mark.parametrize("form", FORMS)
def test_a_key_in_two_parts_is_named_in_both_and_one_in_two_rows_of_a_part_beside_it(tmp_path: Path, form: str) -> None:
    texts = {"a": vendors("one", "two", "three"), "b": vendors("four", "one"), "c": vendors("five", "five", "six")}
    report = check_own(own_files([folder_of(tmp_path, form, texts)], "vendors"))
    assert repeated(report.findings) == [("a", 1, "one"), ("b", 2, "one"), ("c", 1, "five"), ("c", 2, "five")]
    assert [file.rows for file in report.files] == [3, 2, 3]
    lines = [f.line_number for f in report.findings if f.rule == "S.unique"]
    assert lines == ([None] * 4 if form == "parquet" else [2, 3, 2, 3])


def test_a_key_of_several_columns_is_one_over_parts_that_folders_name(tmp_path: Path) -> None:
    rows = "base,quote,rate,source_id\nEUR,USD,1.1,x\n"
    texts = {"date=2026-01-02/a": rows, "date=2026-01-02/b": rows, "date=2026-01-05/c": rows}
    found = check_own(own_files([folder_of(tmp_path, "csv", texts)], "exchange_rates")).findings
    assert [name for name, *_ in repeated(found)] == ["a", "b"]


def test_a_schema_of_ones_own_holds_its_keys_over_all_parts(tmp_path: Path) -> None:
    fields = [{"name": "id", "type": "integer"}, {"name": "code", "type": "string"}]
    schema = tmp_path / "things.json"
    told = {"fields": fields, "primaryKey": ["id"], "uniqueKeys": [["code"]]}
    schema.write_text(json.dumps(told), encoding="utf-8")
    texts = {"a": "id,code\n1,x\n2,y\n", "b": "id,code\n2,z\n3,x\n", "c": "id\n3\n"}
    found = check_by_schema(schema, [folder_of(tmp_path / "things", "csv", texts)], None).findings
    of_rows = [one for one in repeated(found) if one[1]]
    assert sorted(of_rows) == [("a", 1, "x"), ("a", 2, "2"), ("b", 1, "2"), ("b", 2, "x")]  # c lacks a column


def test_files_given_one_by_one_and_the_two_forms_of_a_table_are_tables_of_their_own(tmp_path: Path) -> None:
    for form in ("csv", "parquet"):
        folder_of(tmp_path, form, {"vendors": vendors("one", "two")})
    files = [tmp_path / "vendors.csv", tmp_path / "vendors.parquet"]
    for paths, table in ((files, None), (files, "vendors"), ([tmp_path], None), ([tmp_path], "vendors")):
        assert repeated(check_own(own_files(paths, table)).findings) == []


def test_a_part_that_is_no_table_keeps_no_other_from_being_held(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "csv", {"a": vendors("one"), "b": vendors("one", "two"), "c": "x\n1\n"})
    (folder / "d.csv").write_text(HEAD + "two,Two\n", encoding="utf-8")
    (folder / "e.csv").write_bytes(b"\x00\x01")
    report = check_own(own_files([folder], "vendors"))
    assert repeated(report.findings) == [("a", 1, "one"), ("b", 1, "one")] and len(report.unreadable) == 1
    assert {Path(f.file).name for f in report.findings if f.rule in ("S.columns", "S.row_shape")} == {"c.csv", "d.csv"}


@pytest.mark.parametrize("most", [0, 1 << 20], ids=["by-hashes", "by-keys"])
def test_of_many_rows_the_first_of_each_part_are_named_and_all_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(second_pass, "MOST_COMPARED", most)
    ids = [f"v{n}" for n in range(CAP + 30)]
    texts = {"a": vendors(*ids), "b": vendors(*reversed(ids), "alone")}
    found = [f for f in check_own(own_files([folder_of(tmp_path, "csv", texts)], "vendors")).findings
             if f.rule == "S.unique"]  # fmt: skip
    for name in ("a.csv", "b.csv"):
        of_part = [f for f in found if Path(f.file).name == name]
        assert len(of_part) == CAP + 1
        assert [f.message for f in of_part if f.row_number is None] == [
            f"30 more rows break this rule, {CAP + 30} in all"
        ]


def test_ctrl_c_while_keys_are_named_tells_what_the_parts_were_found_to_break(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(keys: TableKeys) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(TableKeys, "name", interrupted)
    texts = {"a": vendors("one"), "b": HEAD + "one,One,Nowhere\n"}
    report = check_own(own_files([folder_of(tmp_path, "csv", texts)], "vendors"))
    assert report.was_stopped and repeated(report.findings) == []
    assert ("b.csv", "country") in {(Path(f.file).name, f.column) for f in report.findings}


def test_a_part_that_cannot_be_read_is_told_and_the_next_one_is_checked(tmp_path: Path) -> None:
    read: list[str] = []

    def noted(file: OwnTable, keys: TableKeys | None) -> Checked:
        read.append(file.path.name)
        assert keys is not None
        raise UnreadableError(f"{file.path}: gone")

    files = own_files([folder_of(tmp_path, "csv", {"a": vendors("one"), "b": vendors("two")})], "vendors")
    lines: list[str] = []
    found: Iterator[Checked] = parts.checked_tables(files, noted, {}.get, lines)
    assert list(found) == [] and read == ["a.csv", "b.csv"] and len(lines) == 2
