"""Builds the wheel and the source archive: flit does it, once the tables lie in the package and the licences beside it.

In a checkout the tables come from the data package two folders up; an archive of the source carries them already.
Nothing is written into the checkout, and the same files give the same bytes on any day.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from flit_core import buildapi

__all__ = ["build_editable", "build_sdist", "build_wheel"]

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MODULE = "cloud_vendor_metrics"
LARGEST = 10_000_000
"""Bytes of Parquet of a table that the wheel still carries; a larger one is read from a downloaded release."""
EPOCH = "315532800"
"""1980-01-01, the earliest time that a zip can hold: what was built must not differ by when."""
UNBUILT = "0.0.0+checkout"
"""The version of a client that no table was packed with yet."""
BESIDE = ("LICENSE", "LICENSE-DATA")

build_editable = buildapi.build_editable


def build_wheel(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    """Build the wheel with its tables into a folder; returned: its name."""
    return _staged(wheel_directory, lambda target: buildapi.build_wheel(target, config_settings))


def build_sdist(sdist_directory: str, config_settings: Any = None) -> str:
    """Build the archive of the source with the tables into a folder; returned: its name."""
    return _staged(sdist_directory, lambda target: buildapi.build_sdist(target, config_settings))


def _staged(directory: str, build: Callable[[str], str]) -> str:
    target = str(Path(directory).resolve())
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    with tempfile.TemporaryDirectory() as folder:
        stage(Path(folder))
        with contextlib.chdir(folder):
            return build(target)


def stage(folder: Path) -> None:
    """Lay out what is built: the source, the licences, and the tables within the package."""
    for name in ("pyproject.toml", "README.md", "build_backend.py"):
        shutil.copyfile(HERE / name, folder / name)
    shutil.copytree(HERE / MODULE, folder / MODULE, ignore=shutil.ignore_patterns("__pycache__"))
    checkout = (ROOT / "datapackage.json").is_file()
    for name in BESIDE:
        shutil.copyfile((ROOT if checkout else HERE) / name, folder / name)
    if checkout:
        version = carry(ROOT, folder / MODULE / "package")
        text = (HERE / MODULE / "_version.py").read_text(encoding="utf-8")
        (folder / MODULE / "_version.py").write_text(text.replace(UNBUILT, version), encoding="utf-8")


def carry(package: Path, folder: Path) -> str:
    """Copy the Parquet of every table that is not too large, the schemas, and a descriptor of these alone.

    Returned: the version of the package.
    """
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    parquet = [resource for resource in descriptor["resources"] if resource["format"] == "parquet"]
    sizes: dict[str, int] = {}
    for resource in parquet:
        sizes[resource["table"]] = sizes.get(resource["table"], 0) + resource["bytes"]
    descriptor["resources"] = [resource for resource in parquet if sizes[resource["table"]] <= LARGEST]
    descriptor["not_carried"] = sorted(table for table, size in sizes.items() if size > LARGEST)
    for path in _paths(descriptor["resources"], package):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package / path, folder / path)
    text = json.dumps(descriptor, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")
    return str(descriptor["version"])


def _paths(resources: list[dict[str, Any]], package: Path) -> Iterator[str]:
    yield from (resource["path"] for resource in resources)
    yield from (f"schemas/{path.name}" for path in sorted((package / "schemas").glob("*.json")))
