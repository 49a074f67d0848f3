"""The Python client finds the package, holds its files against their sums and loads its tables."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cloud_vendor_metrics import (
    DamagedPackageError,
    ForeignPackageError,
    UnknownNameError,
    cite,
    load,
    tables,
    verify,
)

from canonical.table_schema import load_schema
from release.package.parquet import parquet_bytes
from tests.builders import REFERENCE, a_typed_frame


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with units whole and sources in parts."""
    (tmp_path / "data" / "sources").mkdir(parents=True)
    units = parquet_bytes(load_schema("units"), a_typed_frame("units", REFERENCE["units"]))
    (tmp_path / "data" / "units.parquet").write_bytes(units)
    for row in REFERENCE["sources"]:
        part = parquet_bytes(load_schema("sources"), a_typed_frame("sources", [row]))
        (tmp_path / "data" / "sources" / f"year={row['known_on'][:4]}.parquet").write_bytes(part)
    about = {
        "name": "cloud-vendor-metrics", "title": "Things", "version": "1.2.3", "created": "2026-01-02T00:00:00Z",
        "homepage": "https://example.org", "contributors": [{"title": "Someone"}],
    }  # fmt: skip
    describe(tmp_path, about)
    return tmp_path


def describe(folder: Path, about: dict[str, Any]) -> None:
    """Write a descriptor of the files of a folder."""
    resources = [
        {
            "table": path.parent.name if path.parent.name != "data" else path.stem, "format": "parquet",
            "path": path.relative_to(folder).as_posix(), "bytes": path.stat().st_size,
            "hash": f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}",
        }
        for path in sorted(folder.rglob("*.parquet"))
    ]  # fmt: skip
    (folder / "datapackage.json").write_text(json.dumps({**about, "resources": resources}), encoding="utf-8")


def test_a_table_has_plain_types_and_its_citation(package: Path) -> None:
    units = load("units", data=package)
    assert list(units.columns) == list(load_schema("units").columns)
    assert str(units["factor"].dtype) == "float64" and str(units["currency"].dtype) == "str"
    assert units["currency"].isna().any() and units.attrs["version"] and units.attrs["licence"]


@pytest.mark.parametrize(
    "day", ["2025-01-01", pd.Timestamp("2025-01-01"), datetime(2025, 1, 1), np.datetime64("2025-01-01")]
)
def test_a_day_compares_with_text_and_times(day: Any) -> None:
    quarters = load("quarterly_metrics")
    later = quarters[quarters["period_end"] >= day]
    assert 0 < len(later) < len(quarters) and later["period_end"].dt.year.min() == 2025


def test_ordinary_lines_of_pandas_work() -> None:
    quarters = load("quarterly_metrics")
    aws = quarters[(quarters.entity_id == "aws") & ~quarters.disputed & (quarters.metric_id != "capex")]
    by_day = aws[aws.metric_id == "revenue"].set_index("period_end").sort_index()
    assert by_day.loc["2024":"2025", "value"].resample("YE").sum().gt(0).all()
    assert aws.merge(load("vendors"), on="vendor_id")["name_en"].eq("Amazon Web Services").all()
    assert str(aws.sort_values("period_end").groupby("metric_id")["value"].last().dtype) == "float64"


@pytest.mark.parametrize(
    ("form", "kind"),
    [("polars", pl.DataFrame), ("arrow", pa.Table), ("duckdb", duckdb.DuckDBPyRelation), ("pandas", pd.DataFrame)],
)
def test_rows_come_in_the_form_asked_for(form: Any, kind: type) -> None:
    assert isinstance(load("vendors", as_=form), kind) and isinstance(tables(as_=form), kind)


def test_days_stay_days_in_other_forms() -> None:
    assert load("sources", as_="polars").schema["known_on"] == pl.Date
    assert load("sources", as_="arrow").schema.field("known_on").type == pa.date32()


def test_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="as_='numpy': expected pandas, polars, arrow or duckdb"):
        load("vendors", as_="numpy")  # type: ignore[call-overload]


def test_a_table_in_parts_is_one_frame(package: Path) -> None:
    sources = load("sources", data=str(package))
    assert list(sources.index) == [0, 1] and str(sources["known_on"].dtype) == "datetime64[us]"
    assert list(sources["source_id"]) == ["acme-results-2024", "acme-results-2025"]
    assert sources.attrs["name"] == "sources" and "year" not in sources.columns


def test_what_lies_in_the_current_folder_is_not_read(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(package)
    assert len(load("sources")) > 2


def test_the_package_that_the_environment_names_is_read(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CVM_DATA", str(package))
    assert len(load("sources")) == 2 and "version 1.2.3" in cite()


def test_a_package_is_read_from_its_zip(package: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    packed = tmp_path_factory.mktemp("zip") / "cloud-vendor-metrics-1.2.3.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in package.rglob("*"):
            archive.write(path, f"cloud-vendor-metrics-1.2.3/{path.relative_to(package)}")
    pd.testing.assert_frame_equal(load("sources", data=packed), load("sources", data=package))
    assert set(verify(data=packed)["state"]) == {"ok"}


def test_another_package_is_refused(package: Path) -> None:
    describe(package, {"name": "owid-datasets", "version": "1", "title": "Other"})
    for call in (lambda: load("units", data=package), lambda: cite(data=package), lambda: verify(data=package)):
        with pytest.raises(ForeignPackageError, match=r"is package 'owid-datasets', not cloud-vendor-metrics"):
            call()


@pytest.mark.parametrize("name", ["", "../data/units", "sources/year=2024", None, ["units"]])
def test_what_is_no_name_of_a_table_is_refused_with_the_names_there_are(package: Path, name: Any) -> None:
    with pytest.raises(UnknownNameError) as refusal:
        load(name, data=package)
    assert f"no table {name!r}; " in str(refusal.value) and f"没有表 {name!r}" in str(refusal.value)


@pytest.mark.parametrize(("name", "near"), [("unit", "units"), ("Units", "units"), ("source", "sources")])
def test_a_slip_is_answered_with_the_near_name_in_both_languages(package: Path, name: str, near: str) -> None:
    with pytest.raises(UnknownNameError) as refusal:
        load(name, data=package)
    assert str(refusal.value) == f"no table {name!r}; did you mean {near}? / 没有表 {name!r}；是否指 {near}？"


def test_a_folder_without_a_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no datapackage.json in .*; name the unpacked release or its zip"):
        load("units", data=tmp_path)


def test_a_package_is_cited_with_its_version(package: Path) -> None:
    assert cite(data=package) == "Someone (2026). Things, version 1.2.3. https://example.org"


def test_a_missing_value_is_missing(package: Path) -> None:
    assert pd.isna(load("units", data=package)["currency"].iloc[-1])


def test_a_missing_part_is_not_a_shorter_table(package: Path) -> None:
    (package / "data" / "sources" / "year=2024.parquet").unlink()
    with pytest.raises(DamagedPackageError, match=r"year=2024\.parquet: the file is missing; download"):
        load("sources", data=package)


def test_a_foreign_part_is_not_read(package: Path) -> None:
    shutil.copy(package / "data" / "units.parquet", package / "data" / "sources" / "year=2026.parquet")
    with pytest.raises(DamagedPackageError, match=r"year=2026\.parquet: no file of the package; take it away"):
        load("sources", data=package)


@pytest.mark.parametrize("damage", ["swapped", "cut off", "one bit", "a folder", "empty"])
def test_a_file_that_is_not_the_one_described_is_not_read(package: Path, damage: str) -> None:
    path = package / "data" / "units.parquet"
    content = path.read_bytes()
    path.unlink()
    if damage == "a folder":
        path.mkdir()
    else:
        changed = bytes([content[0] ^ 1]) + content[1:]
        other = (package / "data" / "sources" / "year=2024.parquet").read_bytes()
        path.write_bytes({"swapped": other, "cut off": content[:-9], "one bit": changed}.get(damage, b""))
    with pytest.raises(DamagedPackageError, match=r"units\.parquet: (not the file of the package|the file is missing)"):
        load("units", data=package)


OURS = '{"name": "cloud-vendor-metrics"'


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", "null", OURS + "}", OURS + ', "resources": 7}', OURS + ', "resources": [7]}', "[" * 100_000,
     OURS + ', "resources": [{"format": "parquet"}]}', "\ufeff{}"],
)  # fmt: skip
def test_a_broken_descriptor_is_one_line(package: Path, text: str) -> None:
    (package / "datapackage.json").write_text(text, encoding="utf-8")
    for call in (lambda: load("units", data=package), lambda: cite(data=package)):
        with pytest.raises(DamagedPackageError, match=r"datapackage\.json: ") as refusal:
            call()
        assert "\n" not in str(refusal.value)


def test_a_descriptor_cannot_lead_out_of_the_package(package: Path) -> None:
    outside = {"table": "units", "format": "parquet", "path": "../units.parquet"}
    (package / "datapackage.json").write_text(
        json.dumps({"name": "cloud-vendor-metrics", "resources": [outside]}), encoding="utf-8"
    )
    with pytest.raises(DamagedPackageError, match="leads out of the package"):
        load("units", data=package)


def test_each_damaged_file_is_named_with_what_is_wrong(package: Path) -> None:
    assert set(verify(data=package)["state"]) == {"ok"}
    parts = package / "data" / "sources"
    (parts / "year=2024.parquet").unlink()
    (parts / "year=2025.parquet").write_bytes(b"PAR1")
    shutil.copy(package / "data" / "units.parquet", package / "data" / "other.parquet")
    found = verify(data=package).set_index("file")["state"].to_dict()
    assert found == {
        "data/units.parquet": "ok", "data/other.parquet": "unlisted",
        "data/sources/year=2024.parquet": "missing", "data/sources/year=2025.parquet": "changed",
    }  # fmt: skip


def test_the_column_that_a_folder_states_appears(tmp_path: Path) -> None:
    names = {"vendor_id", "region"}
    schema = {"fields": [{"name": "vendor_id", "type": "string"}, {"name": "region", "type": "string"}]}
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "spans.json").write_text(json.dumps(schema), encoding="utf-8")
    for vendor in ("aws", "azure"):
        folder = tmp_path / "data" / "spans" / f"vendor_id={vendor}"
        folder.mkdir(parents=True)
        pq.write_table(pa.table({"region": ["east"]}), folder / "part-0.parquet")
    resources = [
        {
            "table": "spans", "format": "parquet", "path": path.relative_to(tmp_path).as_posix(),
            "bytes": path.stat().st_size, "hash": f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}",
        }
        for path in sorted(tmp_path.rglob("*.parquet"))
    ]  # fmt: skip
    descriptor = {"name": "cloud-vendor-metrics", "resources": resources}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    spans = load("spans", data=tmp_path)
    assert set(spans.columns) == names and list(spans.columns) == ["vendor_id", "region"]
    assert list(spans["vendor_id"]) == ["aws", "azure"]
