"""The wheel is installed into an empty environment and used from an empty folder without network."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from cloud_vendor_metrics import checksum, load, series, tables

from release.package.clients import wheel_in

ALONE = ("numpy", "pandas", "pyarrow", "dateutil", "six", "tzdata", "pytz")
"""What pandas and pyarrow bring; nothing else is to be seen by the client."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return wheel_in(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds the client, and pandas and pyarrow as this one has them."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    interpreter = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    where = subprocess.run(
        [str(interpreter), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    installed = Path(pd.__file__).parents[1]
    for path in installed.iterdir():
        if path.name.partition(".")[0].partition("-")[0] in ALONE:
            (Path(where) / path.name).symlink_to(path)
    command = [sys.executable, "-m", "pip", "--python", str(interpreter), "install", "-q", "--no-deps", "--no-index"]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True)
    return interpreter


def run(python: Path, folder: Path, script: str) -> str:
    """Run lines of the client in a folder, without a socket and without anything of this checkout on the path."""
    blocked = "import socket\ndef refuse(*_, **__): raise OSError('no network')\nsocket.socket.connect = refuse\n"
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "CVM_DATA")}
    done = subprocess.run(
        [str(python), "-W", "error", "-c", blocked + script], cwd=folder, env=environment, capture_output=True,
        text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_table_of_the_wheel_is_that_of_the_checkout(python: Path, tmp_path: Path) -> None:
    script = (
        "import cloud_vendor_metrics as cvm, json\n"
        "assert set(cvm.verify()['state']) == {'ok'}\n"
        "print(json.dumps({name: cvm.checksum(cvm.load(name)) for name in cvm.tables()['table_name'] "
        "if name not in ('compute_prices', 'model_prices')}))"
    )
    found = json.loads(run(python, tmp_path, script))
    assert set(found) | {"compute_prices", "model_prices"} == set(tables()["table_name"])
    assert found == {name: checksum(load(name)) for name in found}


def test_verbs_work_from_an_empty_folder(python: Path, tmp_path: Path) -> None:
    script = (
        "import cloud_vendor_metrics as cvm\n"
        "print(cvm.checksum(cvm.series(['AWS', '阿里云'], 'revenue', ('2020', None), currency='USD')))\n"
        "assert len(cvm.cheapest('H100')) and len(cvm.price_on('gpt-4o')) and cvm.version() == cvm.__version__\n"
        "assert len(cvm.load('compute_prices')) > 100_000"
    )
    asked = series(["AWS", "阿里云"], "revenue", ("2020", None), currency="USD")
    assert run(python, tmp_path, script).split() == [checksum(asked)]
    assert list(tmp_path.iterdir()) == []


def test_the_wheel_needs_pandas_and_pyarrow_alone_and_is_typed(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        text = archive.read(metadata).decode("utf-8")
    needed = [line.removeprefix("Requires-Dist: ") for line in text.splitlines() if line.startswith("Requires-Dist")]
    assert [one.partition(">")[0].strip() for one in needed] == ["pandas", "pyarrow"]
    assert "cloud_vendor_metrics/py.typed" in names and any(name.endswith("LICENSE-DATA") for name in names)
    assert not any("__pycache__" in name or name.endswith(".csv") for name in names)


def test_the_same_files_give_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    again = wheel_in(tmp_path)
    assert again.name == wheel.name
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (again, wheel)]
    assert digests[0] == digests[1]
