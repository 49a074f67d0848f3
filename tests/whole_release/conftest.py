"""The release that two machines made, for every test that reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from release.making.contents import release_name


@pytest.fixture(scope="session")
def folder(made_twice: list[Path]) -> Path:
    """The release, unpacked."""
    return made_twice[0] / release_name()


@pytest.fixture(scope="session")
def archive(made_twice: list[Path]) -> Path:
    """Its zip."""
    return made_twice[0] / f"{release_name()}.zip"


@pytest.fixture(scope="session")
def rows(folder: Path) -> dict[str, int]:
    """Rows of each table, as the descriptor has them."""
    resources = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    return {resource["name"]: resource["row_count"] for resource in resources if resource["format"] == "csv"}
