"""A release that was tampered with is named fault by fault, without being unpacked."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from canonical.reading.encodings import UnreadableError
from release.__main__ import main
from release.making.made import zip_bytes
from release.making.sums import sums_bytes
from release.verifying.parcel import FolderParcel
from release.verifying.verified import verified

SCHEMA = {
    "name": "things", "primaryKey": ["id"],
    "fields": [{"name": "id", "type": "string"}, {"name": "size", "type": "number"}, {"name": "of", "type": "string"}],
    "foreignKeys": [{"fields": ["of"], "reference": {"fields": ["id"]}}],
}  # fmt: skip


def contents(folder: Path, frame: pl.DataFrame | None = None, rows: int = 2) -> dict[str, bytes]:
    """A small release: one table as Parquet, its schema and the descriptor."""
    frame = pl.DataFrame({"id": ["a", "b"], "size": [1.0, 2.0], "of": [None, "a"]}) if frame is None else frame
    frame.write_parquet(folder / "things.parquet")
    resource = {"name": "things-parquet", "path": "data/things.parquet", "row_count": rows, "table": "things",
                "table_schema": "schemas/things.json"}  # fmt: skip
    files = {
        "data/things.parquet": (folder / "things.parquet").read_bytes(),
        "schemas/things.json": json.dumps(SCHEMA).encode(),
        "datapackage.json": json.dumps({"resources": [resource]}).encode(),
    }
    return files | {"SHA256SUMS": sums_bytes(files)}


def written(folder: Path, files: dict[str, bytes]) -> tuple[Path, Path]:
    """The files as a folder and as a zip."""
    place = folder / "things-1.0.0"
    for path, content in files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(content)
    packed = folder / "things-1.0.0.zip"
    packed.write_bytes(zip_bytes("things-1.0.0", files))
    return place, packed


@pytest.mark.parametrize("tier", ["fast", "full"])
def test_a_whole_release_has_no_faults(tmp_path: Path, tier: str) -> None:
    for place in written(tmp_path, contents(tmp_path)):
        assert verified(place, tier) == []


def flipped(files: dict[str, bytes]) -> dict[str, bytes]:
    """One bit of one file changed."""
    content = bytearray(files["data/things.parquet"])
    content[10] ^= 1
    return files | {"data/things.parquet": bytes(content)}


def _without(files: dict[str, bytes], path: str) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name != path}


DAMAGES: list[tuple[Callable[[dict[str, bytes]], dict[str, bytes]], str]] = [
    (flipped, "data/things.parquet: found SHA-256"),
    (lambda files: _without(files, "schemas/things.json"), "schemas/things.json: missing"),
    (lambda files: files | {"data/more.csv": b"a\n"}, "data/more.csv: no file of the release"),
    (lambda files: _without(files, "SHA256SUMS"), "SHA256SUMS: missing"),
    (lambda files: files | {"SHA256SUMS": files["SHA256SUMS"] + b"nonsense\n"}, "SHA256SUMS:4: found 'nonsense'"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "said"), DAMAGES)
def test_a_damage_is_named_in_a_folder_and_in_a_zip(
    tmp_path: Path, damage: Callable[[dict[str, bytes]], dict[str, bytes]], said: str
) -> None:
    for place in written(tmp_path, damage(contents(tmp_path))):
        (fault,) = verified(place, "full")
        assert fault.startswith(said) and "; fix: " in fault


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("../evil", "leads out of the folder"), ("/etc/evil", "leads out of the folder"),
        ("things-1.0.0/../../evil", "leads out"), ("things-1.0.0\\evil", "leads out"), ("other/evil", "lies beside"),
    ],
)  # fmt: skip
def test_a_hostile_path_in_a_zip_is_named_and_not_followed(tmp_path: Path, path: str, said: str) -> None:
    _, packed = written(tmp_path, contents(tmp_path))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(path, b"evil")
    before = sorted(tmp_path.rglob("*"))
    assert any(said in fault for fault in verified(packed, "full"))
    assert sorted(tmp_path.rglob("*")) == before


def test_a_link_in_a_zip_and_in_a_folder_is_named(tmp_path: Path) -> None:
    place, packed = written(tmp_path, contents(tmp_path))
    link = zipfile.ZipInfo("things-1.0.0/data/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    (place / "data" / "link").symlink_to("/etc/hostname")
    assert "is a link" in verified(packed, "fast")[0]
    assert "data/link: a link" in verified(place, "fast")[0]


def test_a_pipe_in_a_folder_is_named_and_not_waited_for(tmp_path: Path) -> None:
    place, _ = written(tmp_path, contents(tmp_path))
    (place / "schemas" / "things.json").unlink()
    os.mkfifo(place / "schemas" / "things.json")
    assert verified(place, "full")[0].startswith("schemas/things.json: no ordinary file, which no release holds")


@pytest.mark.parametrize("told", ["datapackage.json", "manifest.json", ""])
def test_a_file_that_swelled_is_told_by_its_size_and_not_read(
    tmp_path: Path, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = contents(tmp_path)
    size = len(files["data/things.parquet"])
    if told == "manifest.json":
        entry = {"path": "data/things.parquet", "bytes": size, "sha256": "0"}
        files["manifest.json"] = json.dumps({"files": [entry]}).encode()
    elif told:
        descriptor = json.loads(files[told])
        descriptor["resources"][0]["bytes"] = size
        files[told] = json.dumps(descriptor).encode()
    del files["SHA256SUMS"]
    place, _ = written(tmp_path, files | {"SHA256SUMS": sums_bytes(files)})
    os.truncate(place / "data" / "things.parquet", 3 << 30)
    read = FolderParcel.opened
    opened: list[str] = []
    monkeypatch.setattr(FolderParcel, "opened", lambda of, name: opened.append(name) or read(of, name))
    expected = f"expected {size:,}" if told else "expected at most 1,073,741,824"
    assert f"data/things.parquet: found 3,221,225,472 bytes, {expected}; " in "\n".join(verified(place, "full"))
    assert "data/things.parquet" not in opened and "SHA256SUMS" in opened


def test_a_table_of_another_size_is_told_by_its_size_in_a_zip_too(tmp_path: Path) -> None:
    files = contents(tmp_path)
    files["manifest.json"] = b'{"files": [{"path": "schemas/things.json", "bytes": 7, "sha256": "0"}]}'
    del files["SHA256SUMS"]
    _, packed = written(tmp_path, files | {"SHA256SUMS": sums_bytes(files)})
    assert verified(packed, "fast")[0].endswith(" bytes, expected 7; fix: download the release again")


@pytest.mark.parametrize("place", ["/dev/zero", "pipe"])
def test_what_never_ends_is_no_release(tmp_path: Path, place: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableError, match="expected a file"):
        verified(tmp_path / place, "full")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("datapackage.json", b'{"resources": [7]}'),
        ("datapackage.json", b'{"resources": [{"table_schema": "schemas/things.json"}]}'),
        ("schemas/things.json", b"[" * 100_000),
        ("schemas/things.json", b'{"fields": 7, "primaryKey": ["id"]}'),
        ("schemas/things.json", json.dumps({**SCHEMA, "primaryKey": ["nowhere"]}).encode()),
        ("schemas/things.json", json.dumps({**SCHEMA, "foreignKeys": [7]}).encode()),
        ("data/things.parquet", b"PAR1 and no more"),
    ],
)
def test_a_release_whose_sums_fit_and_whose_form_does_not_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    files = contents(tmp_path) | {name: content}
    del files["SHA256SUMS"]
    for place in written(tmp_path, files | {"SHA256SUMS": sums_bytes(files)}):
        faults = verified(place, "full")
        assert len(faults) == 1 and "fix: download the release again" in faults[0]


@pytest.mark.parametrize(
    ("frame", "rows", "said"),
    [
        (pl.DataFrame({"id": ["a", "a"], "size": [1.0, 2.0], "of": [None, "a"]}), 2, "2 rows share a key"),
        (pl.DataFrame({"id": ["a", "b"], "size": [1.0, 2.0], "of": ["z", "a"]}), 2, "1 cells name no row, as z"),
        (pl.DataFrame({"id": ["a", "b"], "size": [1, 2], "of": [None, "a"]}), 2, "size: found Int64"),
        (pl.DataFrame({"id": ["a", "b"], "of": [None, "a"]}), 2, "found columns id, of"),
        (None, 3, "found 2 rows, expected 3"),
    ],
)
def test_a_table_that_is_not_as_its_schema_says_is_named(
    tmp_path: Path, frame: pl.DataFrame | None, rows: int, said: str
) -> None:
    place, _ = written(tmp_path, contents(tmp_path, frame, rows))
    assert verified(place, "fast") == []
    assert any(said in fault for fault in verified(place, "full"))


def test_the_command_ends_in_0_1_and_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place, packed = written(tmp_path, contents(tmp_path))
    assert main(["verify", str(packed)]) == 0 and "whole (full)" in capsys.readouterr().out
    (place / "SHA256SUMS").unlink()
    assert main(["verify", str(place), "--tier", "fast"]) == 1
    assert main(["verify", str(tmp_path / "nothing.zip")]) == 2
    (tmp_path / "text.zip").write_text("no zip")
    with pytest.raises(UnreadableError, match="no readable zip"):
        verified(tmp_path / "text.zip", "fast")
