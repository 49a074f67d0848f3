"""`package.yaml`: what it says goes into file names, pages and descriptors, so each key has its form."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from canonical.reading.encodings import UnreadableError
from canonical.table_schema import ROOT
from release.package import metadata
from release.package.metadata import package_metadata

GOOD: dict[str, Any] = yaml.safe_load((ROOT / "package.yaml").read_text(encoding="utf-8"))
CODE: dict[str, str] = GOOD["licences"]["code"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    """A package of its own in place of the checkout."""
    monkeypatch.setattr(metadata, "ROOT", tmp_path)
    package_metadata.cache_clear()
    yield tmp_path
    package_metadata.cache_clear()


def written(folder: Path, content: bytes | dict[str, Any]) -> None:
    """Write `package.yaml`."""
    text = content if isinstance(content, bytes) else yaml.safe_dump(content, allow_unicode=True).encode("utf-8")
    (folder / "package.yaml").write_bytes(text)


def test_the_package_of_the_checkout_is_taken(folder: Path) -> None:
    written(folder, GOOD)
    assert package_metadata() == GOOD


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", "../../evil"), ("name", "a/b"), ("name", "/etc/passwd"), ("name", ".."), ("name", "A"), ("name", 7),
        ("name", ""), ("name", "a\nb"), ("name", "\u0430bc"), ("name", None),
        ("version", "1.0"), ("version", 1.0), ("version", "../1.0.0"), ("version", "1.0.0/../.."),
        ("name", "a" * 101), ("released_on", date(9999, 12, 31)), ("released_on", date(1, 1, 1)),
        ("released_on", "2026-11-22"), ("released_on", None), ("title", ["a"]), ("title", "a\u202eb"), ("title", " "),
        ("description", "x" * 5001), ("description_zh", {}), ("keywords", "cloud"), ("keywords", []), ("keywords", [1]),
        ("homepage", "javascript:alert(1)"), ("homepage", 'https://a"b'), ("homepage", "ftp://a"),
        ("licences", None), ("licences", {"data": {"name": "x"}}), ("contributors", []), ("contributors", [{}]),
        ("contributors", ["a"]), ("licences", {**GOOD["licences"], "data": {**CODE, "path": "javascript:x"}}),
    ],
)  # fmt: skip
def test_a_key_of_another_form_is_refused_in_one_line(folder: Path, key: str, value: Any) -> None:
    written(folder, {**GOOD, key: value})
    with pytest.raises(UnreadableError, match=rf"^package\.yaml: {key}") as refusal:
        package_metadata()
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("key", [key for key in GOOD if key != "homepage"])
def test_a_missing_key_is_refused(folder: Path, key: str) -> None:
    written(folder, {name: value for name, value in GOOD.items() if name != key})
    with pytest.raises(UnreadableError, match=rf"^package\.yaml: {key}"):
        package_metadata()


@pytest.mark.parametrize(
    "content",
    [b"", b"[1, 2]", b"a: [", b"a: b: c", b"\xff\xfe\x00", b"- a", b"!!python/object/apply:os.system [id]", b"a" * 9],
)
def test_what_is_no_yaml_of_keys_is_refused(folder: Path, content: bytes) -> None:
    written(folder, content)
    with pytest.raises(UnreadableError, match=r"^package\.yaml"):
        package_metadata()


def test_a_file_that_is_gone_is_refused(folder: Path) -> None:
    with pytest.raises(UnreadableError, match="No such file"):
        package_metadata()
