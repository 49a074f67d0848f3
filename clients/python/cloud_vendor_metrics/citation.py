"""Cite the version of the package that is loaded."""

from __future__ import annotations

import json
import os
from typing import Any

from cloud_vendor_metrics.package_folder import package_folder

__all__ = ["cite"]


def cite(directory: str | os.PathLike[str] | None = None) -> str:
    """One line that cites the package: author, year, title, version, and address where there is one.

    Parameters: `directory` of the unpacked package. Raises FileNotFoundError where there is none. The numbers
    themselves are those of the sources that table `sources` names.
    """
    text = (package_folder(directory) / "datapackage.json").read_text(encoding="utf-8")
    package: dict[str, Any] = json.loads(text)
    author, year = package["contributors"][0]["title"], package["created"][:4]
    address = f" {package['homepage']}" if "homepage" in package else ""
    return f"{author} ({year}). {package['title']}, version {package['version']}.{address}"
