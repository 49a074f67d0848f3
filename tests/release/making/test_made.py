"""A release is packed the same whatever packs it, and its guards refuse what must not go out."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from release.making import made as module
from release.making.made import Made, ReleaseRefusedError, faults_of, make_release, zip_bytes
from release.making.sums import SUMS
from release.package.metadata import version
from release.versions.comparison import compared
from tests.release.versions.worlds import FACTS, a_release

ROW = {"observation_id": "s.001", "value": "36", "bound": "eq"}

CONTENTS = {"README.md": b"text", "data/a.csv": b"a\n1\n", "data/a.parquet": b"PAR1"}


def test_equal_contents_give_equal_bytes_in_whatever_order() -> None:
    assert zip_bytes("things-1.0.0", CONTENTS) == zip_bytes("things-1.0.0", dict(reversed(CONTENTS.items())))


def test_members_lie_in_one_folder_and_have_no_time_and_no_owner_of_their_own() -> None:
    with zipfile.ZipFile(io.BytesIO(zip_bytes("things-1.0.0", CONTENTS))) as archive:
        assert {(info.date_time, info.create_system) for info in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 3)}
        assert {name.removeprefix("things-1.0.0/"): archive.read(name) for name in archive.namelist()} == CONTENTS
        assert archive.namelist() == sorted(archive.namelist())


def test_a_version_that_the_package_does_not_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefusedError, match="fix: set version and released_on"):
        make_release("99.0.0", tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("sums", ["0" * 64, hashlib.sha256(b"sums").hexdigest(), ""])
def test_a_version_that_is_out_is_not_made_with_other_bytes(
    sums: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = {SUMS: b"sums"}
    monkeypatch.setattr(module, "released", lambda: {version(): {"sums": sums}})
    monkeypatch.setattr(module, "made", lambda: Made("things-1.0.0", contents, zip_bytes("things-1.0.0", contents)))
    if sums == "0" * 64:
        with pytest.raises(ReleaseRefusedError, match="released before with other bytes"):
            make_release(version(), tmp_path)
        assert not list(tmp_path.iterdir())
    else:
        make_release(version(), tmp_path)
        assert (tmp_path / "things-1.0.0" / SUMS).read_bytes() == b"sums"


def test_a_corrected_cell_is_refused_until_it_stands_in_the_revisions(tmp_path: Path) -> None:
    after = a_release(tmp_path / "new", "1.2.4", (FACTS, [ROW | {"value": "63"}]))
    comparison = compared(a_release(tmp_path / "old", "1.2.3", (FACTS, [ROW])), after)
    (fault,) = faults_of(comparison, "1.2.4")
    assert fault.startswith("data/revisions.csv: 1 changes are missing, as observations s.001 value")


def test_a_row_that_went_asks_for_a_greater_version_and_a_tombstone(tmp_path: Path) -> None:
    before = a_release(tmp_path / "old", "1.2.3", (FACTS, [ROW, ROW | {"observation_id": "s.002"}]))
    faults = faults_of(compared(before, a_release(tmp_path / "new", "1.2.4", (FACTS, [ROW]))), "1.2.4")
    assert "expected at least 1.3.0" in faults[0] and "row s.002 went without a tombstone" in faults[1]
