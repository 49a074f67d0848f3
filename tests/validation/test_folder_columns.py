"""Columns that folders name hold in every layer as columns of the files do, in each form of file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from canonical.findings import Finding
from canonical.reading.encodings import UnreadableError
from canonical.reference import OwnTable
from tests.validation.cluster.conformance import PRINTS, write_part
from tests.validation.test_feed_prices import SLIPS
from validation.own_files import check_own, own_files, tables_of
from validation.own_schema import check_by_schema
from validation.report import Report

FORMS = ("csv", "csv.gz", "parquet")


def parts(folder: Path, form: str, **rows: str) -> Path:
    """A folder of parts, each with some rows, in a form."""
    for inside, text in rows.items():
        write_part(folder / inside / f"part-0.{form}", text)
    return folder


def report_on(folder: Path, table: str) -> Report:
    """What the command says of a folder of parts."""
    return check_own(own_files([folder], table))


def told(findings: list[Finding], folder: Path, form: str) -> list[tuple[Any, ...]]:
    """What findings say, without where the folder lies and what form its files have."""
    name = {finding: str(Path(finding.file).relative_to(folder)).removesuffix(f".{form}") for finding in findings}
    return [
        (name[f], f.rule, f.row_number, f.column, f.found, f.expected, f.message, f.row_id.replace(".csv", ""))
        for f in findings
    ]


@pytest.mark.parametrize("form", FORMS[1:])
def test_every_layer_finds_what_it_finds_where_the_files_have_the_column(tmp_path: Path, form: str) -> None:
    kinds = {"period_type=quarter/year=2025": "quarter", "period_type=qu%61rter2": "quarter2",
             "period_type=__HIVE_DEFAULT_PARTITION__": ""}  # fmt: skip
    below = report_on(parts(tmp_path / "below", form, **dict.fromkeys(kinds, PRINTS)), "observations")
    inside = {
        name: "\n".join(f"{line},{kind if n else 'period_type'}" for n, line in enumerate(PRINTS.splitlines())) + "\n"
        for name, kind in kinds.items()
    }
    expected = report_on(parts(tmp_path / "inside", form, **inside), "observations")
    found = told(below.findings, tmp_path / "below", form)
    assert found == told(expected.findings, tmp_path / "inside", form)
    assert [replace(step, findings=0) for step in below.steps] == [replace(s, findings=0) for s in expected.steps]
    rules = {(rule, row, cell) for _, rule, row, _, cell, *_ in found}
    assert {("S.required", 1, ""), ("S.enum", 2, "quarter2")} < rules
    assert {rule for rule, row, _ in rules if row == 2} >= {"C.agreement", "U.scale_slip"}
    lines = {finding.line_number for finding in below.findings}
    assert lines == ({None} if form == "parquet" else {2, 3})


@pytest.mark.parametrize("form", FORMS)
def test_a_cell_of_a_folder_that_is_no_value_is_told_at_each_row(tmp_path: Path, form: str) -> None:
    rows = "entity_id,metric_id,period_type,printed_value,printed_unit_id,unit_id\naws,revenue,quarter,1,usd-m,eur-m\n"
    days = ("2025-13-01", "2025-03-31", "2025-03-30")
    folder = parts(tmp_path, form, **{f"period_end={day}": rows for day in days})
    findings = [f for f in report_on(folder, "observations").findings if f.column in ("period_end", "unit_id")]
    by_day = {day: {(f.rule, f.row_number) for f in findings if day in f.file} for day in days}
    assert ("S.type", 1) in by_day["2025-13-01"]
    assert any(f.rule.startswith("U.") and f.column == "unit_id" for f in findings)
    assert by_day["2025-03-31"] < by_day["2025-03-30"]  # no quarter ends a day before


def test_a_column_of_the_file_rules_and_other_folders_part_the_files_alone(tmp_path: Path) -> None:
    rows = "vendor_id,name_en,country\nmaker,Maker,US\n"
    folder = parts(tmp_path, "csv", **{"country=Nowhere/month=1": rows, "_temporary/0": "x\n", ".hidden/0": "x\n"})
    report = report_on(folder, "vendors")
    assert not report.findings and not report.unreadable and [file.rows for file in report.files] == [1]


def test_a_key_may_be_a_folder_and_a_part_is_referred_to_by_other_files(tmp_path: Path) -> None:
    keyed = parts(tmp_path / "keys", "csv", **{"vendor_id=maker": "name_en,country\nMaker,US\nOther,US\n"})
    assert ("S.unique", 1) in {(f.rule, f.row_number) for f in report_on(keyed, "vendors").findings}
    parts(tmp_path / "own", "parquet", **{"vendors/vendor_id=maker": "name_en,country\nMaker,US\n"})
    (added,) = tables_of(tmp_path / "own")
    assert added.cells == {"vendor_id": "maker"}
    entities = tmp_path / "entities.csv"
    entities.write_text("entity_id,vendor_id,name_en,scope\na,maker,A,group\nb,nobody,B,group\n", encoding="utf-8")
    found = [f for f in check_own([OwnTable("entities", entities)], [added]).findings if f.column == "vendor_id"]
    assert [(f.rule, f.row_number) for f in found if f.rule == "S.foreign_key"] == [("S.foreign_key", 2)]


def test_prices_are_held_against_one_another_whichever_folder_names_their_model(tmp_path: Path) -> None:
    rows = pl.DataFrame(SLIPS)
    for (model,), few in rows.partition_by("model", as_dict=True).items():
        write_part(tmp_path / "below" / f"model={model}" / "p.csv", few.drop("model").write_csv())
        write_part(tmp_path / "inside" / f"model={model}" / "p.csv", few.write_csv())
    below, inside = (report_on(tmp_path / name, "model_prices").findings for name in ("below", "inside"))
    assert told(below, tmp_path / "below", "csv") == told(inside, tmp_path / "inside", "csv") != []


@pytest.mark.parametrize("match", ["exact", "equal", "partial"])
def test_a_schema_of_ones_own_reads_columns_of_folders_too(tmp_path: Path, match: str) -> None:
    fields = [{"name": "id", "type": "integer"}, {"name": "day", "type": "date"}, {"name": "n", "type": "integer"}]
    schema = tmp_path / "things.json"
    schema.write_text(json.dumps({"fields": fields, "fieldsMatch": match, "primaryKey": ["id"]}), encoding="utf-8")
    rows = "id,n\n1,2\n2,x\n"
    folder = parts(tmp_path / "things", "csv", **{"day=2025-01-31": rows, "day=31": "id,n\n3,2\n4,x\n"})
    found = [(f.rule, f.row_number, f.column) for f in check_by_schema(schema, [folder], None).findings]
    assert found == [("S.type", 2, "n"), ("S.type", 1, "day"), ("S.type", 2, "day"), ("S.type", 2, "n")]


def test_an_empty_folder_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"holds no CSV or Parquet file$"):
        own_files([tmp_path], "vendors")
    with pytest.raises(UnreadableError, match="give --table"):
        own_files([tmp_path], None)
