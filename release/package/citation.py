"""`CITATION.cff`: how to cite this version, for reference managers, from `package.yaml`."""

from __future__ import annotations

from typing import Any

import yaml

from release.package.metadata import package_metadata, version

__all__ = ["citation_bytes"]

MESSAGE = "Cite this dataset with its version; the numbers themselves are those of the sources it names."


def citation_bytes() -> bytes:
    """The citation file in Citation File Format 1.2.0 (https://citation-file-format.github.io)."""
    package = package_metadata()
    citation: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": MESSAGE,
        "type": "dataset",
        "title": package["title"],
        "abstract": package["description"].strip(),
        "authors": [{"name": contributor["title"]} for contributor in package["contributors"]],
        "version": version(),
        "date-released": package["released_on"],
        "license": package["licences"]["data"]["name"],
        **({"url": package["homepage"]} if "homepage" in package else {}),
        "keywords": package["keywords"],
    }
    written: str = yaml.safe_dump(citation, sort_keys=False, allow_unicode=True, width=110)
    return written.encode("utf-8")
