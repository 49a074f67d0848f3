"""The archive: everything of the package once, and the same bytes for the same content."""

from __future__ import annotations

import gzip
import io
import zipfile

import polars as pl

from release.archive import archive_bytes, gzipped_csv
from release.descriptor import PackagedFile
from release.metadata import package_metadata, version
from validation.table_schema import table_names

FILES = [
    PackagedFile("units", "data/units.csv", b"unit_id\ncny-m\n", 1),
    PackagedFile("units", "data/units.parquet", b"PAR1", 1),
    PackagedFile("compute_prices", "data/compute_prices/vendor=amazon.parquet", b"PAR1", 3),
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
    assert {f"schemas/{name}.json" for name in table_names()} | {"schemas/precision.csv"} <= set(members)
    assert members["data/units.csv"] == b"unit_id\ncny-m\n"


def test_what_is_generated_anew_goes_in_before_what_lies_in_the_checkout() -> None:
    assert unpacked(archive_bytes([], {"README.md": b"new"}))["README.md"] == b"new"


def test_members_have_no_time_and_no_owner_of_their_own() -> None:
    with zipfile.ZipFile(io.BytesIO(archive_bytes(FILES, {}))) as archive:
        assert {(info.date_time, info.create_system) for info in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 3)}
        assert archive.namelist() == sorted(archive.namelist())


def test_a_gzipped_text_has_no_time_stamp() -> None:
    frame = pl.DataFrame({"a": ["云", None], "n": [1.5, None]})
    assert gzipped_csv(frame) == gzipped_csv(frame)
    assert gzip.decompress(gzipped_csv(frame)).decode("utf-8") == "a,n\n云,1.5\n,\n"
