"""The build: what lies in the checkout is what a build gives, byte for byte, and every file is as described."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from frictionless import Package
from polars.testing import assert_frame_equal

import release.__main__ as command
from canonical.cells import DTYPES
from canonical.findings import Finding
from canonical.table_schema import ROOT, load_schema
from release.build import BuildRefusedError, Built, stale_files, summary, write_built
from release.package.chart import PICTURES
from release.package.text import csv_bytes
from tests.two_machines import BUILT
from validation.descriptor_check import check_descriptor

FINDING = Finding("S.enum", "error", "units", message="not in the code list", fix="use a code", file="data/units.csv")


@pytest.fixture(scope="module")
def built(made_twice: list[Path]) -> Built:
    """Every generated file, made now."""
    return files_below(made_twice[0] / BUILT)


def files_below(folder: Path) -> Built:
    """The content of every file below a folder, by its path from there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def resources(form: str) -> list[dict[str, Any]]:
    """What the descriptor of the checkout says of its files of one form."""
    described = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    return [resource for resource in described if resource["format"] == form]


def test_the_checkout_holds_what_a_build_gives(built: Built) -> None:
    assert len(built) > 40
    assert stale_files(built) == [], "run make dataset and commit the files"


def test_a_second_build_on_another_machine_changes_no_byte(built: Built, made_twice: list[Path]) -> None:
    other = files_below(made_twice[1] / BUILT)
    assert other.keys() == built.keys()
    assert [path for path, content in built.items() if other[path] != content] == []


def test_every_generated_file_belongs_to_the_package_or_to_what_is_offered_beside_it(built: Built) -> None:
    described = {resource["path"] for resource in json.loads(built["datapackage.json"])["resources"]}
    shown = {"datapackage.json", "CITATION.cff", "README.md", *PICTURES}
    for path in built:
        assert path in described | shown


@pytest.fixture(scope="module")
def package() -> Package:
    """The descriptor of the checkout as frictionless reads it."""
    return Package(str(ROOT / "datapackage.json"))


@pytest.mark.parametrize("resource", resources("csv"), ids=lambda resource: resource["name"])
def test_frictionless_accepts_the_text_of_a_table(package: Package, resource: dict[str, Any]) -> None:
    report = package.get_resource(resource["name"]).validate()
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "note"])[:5]


def test_frictionless_accepts_the_descriptor() -> None:
    assert list(Package.metadata_validate(json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8")))) == []


def test_frictionless_notices_a_byte_that_changed(tmp_path: Path) -> None:
    described = next(r for r in resources("csv") if r["name"] == "breakdowns")
    (tmp_path / "data").mkdir()
    content = (ROOT / described["path"]).read_text(encoding="utf-8")
    (tmp_path / described["path"]).write_text(content.replace("Total", "Totel"), encoding="utf-8")
    resource = {**described, "schema": load_schema("breakdowns").descriptor}
    package = Package.from_descriptor({"name": "p", "resources": [resource]}, basepath=str(tmp_path))
    assert [error.type for error in package.validate().task.errors] == ["hash-count"]


def test_our_own_check_covers_every_file_hash_and_type() -> None:
    assert check_descriptor() == []


@pytest.mark.parametrize("resource", resources("parquet"), ids=lambda resource: resource["name"])
def test_a_parquet_file_has_the_rows_the_types_and_the_content_of_its_table(resource: dict[str, Any]) -> None:
    path, schema = ROOT / resource["path"], load_schema(resource["table"])
    content = path.read_bytes()
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert resource["bytes"] == len(content)
    frame = pl.read_parquet(path, hive_partitioning=False)
    assert resource["row_count"] == frame.height
    types = {name: pl.String() if kind == pl.Categorical else kind for name, kind in frame.schema.items()}
    assert types == {field.name: DTYPES[field.type] for field in schema.fields}
    text = ROOT / "data" / f"{schema.name}.csv"
    if text.exists():
        assert_frame_equal(pl.read_csv(text, schema=frame.schema), frame, check_exact=True)


@pytest.mark.parametrize("resource", resources("csv"), ids=lambda resource: resource["name"])
def test_every_text_has_a_parquet_beside_it_and_its_row_count(resource: dict[str, Any]) -> None:
    beside = next(r for r in resources("parquet") if r["path"] == resource["path"].replace(".csv", ".parquet"))
    assert beside["row_count"] == resource["row_count"]


def test_no_file_of_data_is_left_out_of_the_descriptor() -> None:
    described = {resource["path"] for form in ("csv", "parquet") for resource in resources(form)}
    found = {str(path.relative_to(ROOT)) for path in (ROOT / "data").rglob("*") if path.is_file()}
    assert found == described


def test_the_text_of_a_derived_table_is_what_its_parquet_holds(built: Built) -> None:
    for path, content in built.items():
        if path.startswith("data/") and path.endswith(".csv"):
            name = path.removeprefix("data/").removesuffix(".csv")
            assert csv_bytes(load_schema(name), pl.read_parquet(built[f"data/{name}.parquet"])) == content


def test_writing_leaves_no_half_file_and_touches_only_what_changed(tmp_path: Path) -> None:
    files = {"data/a.csv": b"a\n", "b.json": b"{}"}
    assert write_built(files, tmp_path) == ["data/a.csv", "b.json"]
    before = (tmp_path / "data" / "a.csv").stat().st_mtime_ns
    assert write_built(files | {"b.json": b"[]"}, tmp_path) == ["b.json"]
    assert write_built(files | {"b.json": b"[]"}, tmp_path) == []
    assert (tmp_path / "data" / "a.csv").stat().st_mtime_ns == before
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"a.csv", "b.json"}


def test_a_stale_file_fails_the_check(
    built: Built, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    altered = {"datapackage.json": built["datapackage.json"] + b" ", "data/new.csv": b""}
    monkeypatch.setattr(command, "build", lambda: (altered, [], {}))
    assert command.main(["build", "--check"]) == 1
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["data/new.csv", "datapackage.json"]


def test_a_current_checkout_passes_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    current = {"datapackage.json": (ROOT / "datapackage.json").read_bytes()}
    monkeypatch.setattr(command, "build", lambda: (current, [], {}))
    assert command.main(["build", "--check"]) == 0


def test_a_table_with_an_error_is_not_built(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise BuildRefusedError([FINDING])

    monkeypatch.setattr(command, "build", refuse)
    monkeypatch.setattr(command, "write_built", lambda built: pytest.fail("something was written"))
    assert command.main(["build"]) == 1
    printed = capsys.readouterr()
    assert "data/units.csv: not in the code list" in printed.out
    assert printed.err == "release: refused, 1 unaccepted errors; nothing was written\n"


def test_the_summary_counts_tables_rows_and_findings_open_and_settled() -> None:
    settled = [replace(FINDING, status=status) for status in ("accepted", "corrected", "corrected")]
    findings = [FINDING, replace(FINDING, severity="warning"), *settled]
    lines = summary(findings, {"units": 7, "model_prices": 12345}, ["data/units.parquet"]).splitlines()
    assert lines[1:3] == ["  model_prices    12,345", "  units                7"]
    assert lines[3:] == [
        "2 tables, 12,352 rows; 5 findings, open: 1 errors, 1 warnings, 0 notices; accepted: 1; corrected: 2",
        "1 files written",
    ]
