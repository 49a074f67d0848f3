"""What the package says about itself, read from `package.yaml`."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from canonical.table_schema import ROOT

__all__ = ["citation", "package_metadata", "version"]


@cache
def package_metadata() -> dict[str, Any]:
    """The content of `package.yaml`."""
    return yaml.safe_load((ROOT / "package.yaml").read_text(encoding="utf-8"))


def version() -> str:
    """The version of the data, as every file that leaves the house carries it."""
    return str(package_metadata()["version"])


def citation() -> str:
    """One line that cites this version, with the address of the package where it has one."""
    package = package_metadata()
    author, year = package["contributors"][0]["title"], package["released_on"].year
    address = f" {package['homepage']}" if "homepage" in package else ""
    return f"{author} ({year}). {package['title']}, version {version()}.{address}"
