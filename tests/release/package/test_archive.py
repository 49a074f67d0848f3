"""The archive: everything of the package once, and the same bytes for the same content."""

from __future__ import annotations

import gzip
import io
import re
import zipfile

import polars as pl

from canonical.table_schema import table_names
from release.package.archive import archive_bytes, gzipped_csv
from release.package.archive_readme import archive_readme
from release.package.descriptor import PackagedFile
from release.package.metadata import citation, package_metadata, version

FILES = [
    PackagedFile("units", "data/units.csv", b"unit_id\ncny-m\n", 1),
    PackagedFile("units", "data/units.parquet", b"PAR1", 1),
    PackagedFile("compute_prices", "data/compute_prices/vendor_id=amazon/part-0.parquet", b"PAR1", 3),
]


def unpacked(content: bytes) -> dict[str, bytes]:
    """The members of an archive without its folder."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        folder = f"{package_metadata()['name']}-{version()}/"
        assert all(name.startswith(folder) for name in archive.namelist())
        assert archive.testzip() is None
        return {name.removeprefix(folder): archive.read(name) for name in archive.namelist()}


def test_equal_content_gives_equal_bytes_in_whatever_order() -> None:
    generated = {"datapackage.json": b"{}"}
    assert archive_bytes(FILES, generated) == archive_bytes(FILES[::-1], generated)


def test_the_archive_holds_tables_schemas_descriptor_and_licences() -> None:
    members = unpacked(archive_bytes(FILES, {"datapackage.json": b"{}"}))
    assert {file.path for file in FILES} | {"datapackage.json", "LICENSE", "LICENSE-DATA", "README.md"} <= set(members)
    assert {"clients/python/cloud_vendor_metrics/__init__.py", "clients/r/DESCRIPTION"} <= set(members)
    assert not [path for path in members if "__pycache__" in path]
    assert {f"schemas/{name}.json" for name in table_names()} | {"schemas/precision.csv"} <= set(members)
    assert members["data/units.csv"] == b"unit_id\ncny-m\n"


def test_what_is_generated_anew_goes_in_before_what_lies_in_the_checkout() -> None:
    assert unpacked(archive_bytes([], {"CITATION.cff": b"new"}))["CITATION.cff"] == b"new"


def test_the_readme_of_the_archive_speaks_of_what_is_in_it() -> None:
    members = unpacked(archive_bytes(FILES, {"datapackage.json": b"{}", "README.md": b"that of the repository"}))
    text = members["README.md"].decode("utf-8")
    assert {link for link in re.findall(r"\]\(([^)]+)\)", text) if link not in members} == set()
    assert citation() in text
    assert "| `compute_prices` |" in text
    assert not re.search(r"\$[a-z]|\bmake\b|\bdocs/", text)


def test_the_tables_of_the_readme_have_the_rows_of_their_parts() -> None:
    parts = [PackagedFile("units", f"data/units/{part}.parquet", b"PAR1", 1000) for part in "ab"]
    (line,) = re.findall(r"^\| `units` .*$", archive_readme(parts).decode("utf-8"), re.MULTILINE)
    assert line.endswith("| 2,000 |")


def test_members_have_no_time_and_no_owner_of_their_own() -> None:
    with zipfile.ZipFile(io.BytesIO(archive_bytes(FILES, {}))) as archive:
        assert {(info.date_time, info.create_system) for info in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 3)}
        assert archive.namelist() == sorted(archive.namelist())


def test_a_gzipped_text_has_no_time_stamp() -> None:
    frame = pl.DataFrame({"a": ["云", None], "n": [1.5, None]})
    assert gzipped_csv(frame) == gzipped_csv(frame)
    assert gzip.decompress(gzipped_csv(frame)).decode("utf-8") == "a,n\n云,1.5\n,\n"
