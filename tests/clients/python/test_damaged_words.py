"""What the client says of a damaged package: one safe line, whatever the package holds, and no number that is none."""

from __future__ import annotations

import json
from pathlib import Path

import cloud_vendor_metrics as cvm
import pytest


def a_package(folder: Path, path: str, version: object = "1.0.0") -> Path:
    """A package whose only file has a path, and is missing."""
    resource = {
        "name": "vendors",
        "table": "vendors",
        "path": path,
        "format": "parquet",
        "bytes": 1,
        "hash": "sha256:0",
    }
    descriptor = {"name": "cloud-vendor-metrics", "version": version, "resources": [resource]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


@pytest.mark.parametrize("sign", ["\x1b[2J", "\x00", "\n", "\u202e", "\u2028"])
def test_a_path_that_drives_a_terminal_is_shown_with_escapes(tmp_path: Path, sign: str) -> None:
    with pytest.raises(cvm.DamagedPackageError, match="download and unpack the package again") as raised:
        cvm.load("vendors", data=a_package(tmp_path, f"data/a{sign}b.parquet"))
    assert sign not in str(raised.value) and ascii(sign)[1:-1] in str(raised.value)


@pytest.mark.parametrize("version", [float("nan"), float("inf"), float("-inf")])
def test_a_descriptor_with_a_number_that_json_does_not_know_is_none(tmp_path: Path, version: float) -> None:
    with pytest.raises(cvm.DamagedPackageError, match=r"datapackage\.json: not JSON"):
        cvm.load("vendors", data=a_package(tmp_path, "data/vendors.parquet", version))
