"""A release is packed the same whatever packs it, and its guards refuse what must not go out."""

from __future__ import annotations

import io
import zipfile

from release.making.made import zip_bytes

CONTENTS = {"README.md": b"text", "data/a.csv": b"a\n1\n", "data/a.parquet": b"PAR1"}


def test_equal_contents_give_equal_bytes_in_whatever_order() -> None:
    assert zip_bytes("things-1.0.0", CONTENTS) == zip_bytes("things-1.0.0", dict(reversed(CONTENTS.items())))


def test_members_lie_in_one_folder_and_have_no_time_and_no_owner_of_their_own() -> None:
    with zipfile.ZipFile(io.BytesIO(zip_bytes("things-1.0.0", CONTENTS))) as archive:
        assert {(info.date_time, info.create_system) for info in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 3)}
        assert {name.removeprefix("things-1.0.0/"): archive.read(name) for name in archive.namelist()} == CONTENTS
        assert archive.namelist() == sorted(archive.namelist())
