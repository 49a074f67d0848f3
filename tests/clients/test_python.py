"""The Python client finds the package, loads its tables and cites it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from cloud_vendor_metrics import DamagedPackageError, cite, load

from canonical.table_schema import load_schema
from release.package.metadata import citation
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
        "title": "Things", "version": "1.2.3", "created": "2026-01-02T00:00:00Z", "homepage": "https://example.org",
        "contributors": [{"title": "Someone"}],
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


def test_a_table_has_arrow_types_and_its_citation(package: Path) -> None:
    units = load("units", package)
    assert list(units.columns) == list(load_schema("units").columns)
    assert str(units["factor"].dtype) == "double[pyarrow]" and units["currency"].isna().any()
    assert units.attrs["version"] and units.attrs["licence"]


def test_a_table_in_parts_is_one_frame(package: Path) -> None:
    sources = load("sources", str(package))
    assert list(sources.index) == [0, 1] and str(sources["known_on"].dtype) == "date32[day][pyarrow]"
    assert list(sources["source_id"]) == ["acme-results-2024", "acme-results-2025"]
    assert sources.attrs["name"] == "sources" and "year" not in sources.columns


def test_the_package_of_the_current_folder_comes_first(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(package)
    assert len(load("sources")) == 2


def test_without_a_folder_the_checkout_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert {"cny-m", "usd-m"} <= set(load("units")["unit_id"])
    assert cite() == citation()


@pytest.mark.parametrize("name", ["unit", "", "../data/units", "units.parquet", "sources/year=2024", None, ["units"]])
def test_what_is_no_name_of_a_table_is_refused_with_the_names_there_are(package: Path, name: Any) -> None:
    with pytest.raises(FileNotFoundError) as refusal:
        load(name, package)
    assert str(refusal.value) == f"no table {name!r} in {package / 'data'}; there are sources, units"


def test_a_folder_without_a_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no datapackage.json in .*; name the unpacked package"):
        load("units", tmp_path)


def test_a_package_is_cited_with_its_version(package: Path) -> None:
    assert cite(package) == "Someone (2026). Things, version 1.2.3. https://example.org"


def test_a_missing_value_is_missing_and_not_nan(package: Path) -> None:
    assert load("units", package)["currency"].iloc[-1] is pd.NA


def test_a_missing_part_is_not_a_shorter_table(package: Path) -> None:
    (package / "data" / "sources" / "year=2024.parquet").unlink()
    with pytest.raises(DamagedPackageError, match=r"year=2024\.parquet: the file is missing; download"):
        load("sources", package)


def test_a_foreign_part_is_not_read(package: Path) -> None:
    shutil.copy(package / "data" / "units.parquet", package / "data" / "sources" / "year=2026.parquet")
    with pytest.raises(DamagedPackageError, match=r"year=2026\.parquet: no file of the package; take it away"):
        load("sources", package)


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
        load("units", package)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", "null", "{}", '{"resources": 7}', '{"resources": [7]}', "[" * 100_000,
     '{"resources": [{"format": "parquet"}]}', "\ufeff{}"],
)  # fmt: skip
def test_a_broken_descriptor_is_one_line(package: Path, text: str) -> None:
    (package / "datapackage.json").write_text(text, encoding="utf-8")
    for call in (lambda: load("units", package), lambda: cite(package)):
        with pytest.raises(DamagedPackageError, match=r"datapackage\.json: ") as refusal:
            call()
        assert "\n" not in str(refusal.value)


def test_a_descriptor_cannot_lead_out_of_the_package(package: Path) -> None:
    outside = {"table": "units", "format": "parquet", "path": "../units.parquet"}
    (package / "datapackage.json").write_text(json.dumps({"resources": [outside]}), encoding="utf-8")
    with pytest.raises(DamagedPackageError, match="leads out of the package"):
        load("units", package)
