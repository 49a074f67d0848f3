"""The citation file says what the package says, in the form reference managers read."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from canonical.table_schema import ROOT
from release.package import citation, descriptor, metadata
from release.package.citation import citation_bytes
from release.package.metadata import package_metadata


def test_the_citation_file_is_current() -> None:
    assert (ROOT / "CITATION.cff").read_bytes() == citation_bytes()


def test_the_citation_has_what_the_format_demands_and_the_package_says() -> None:
    cited, package = yaml.safe_load(citation_bytes()), package_metadata()
    assert {"cff-version", "message", "title", "authors"} <= set(cited)
    assert cited["cff-version"] == "1.2.0"
    assert cited["type"] == "dataset"
    assert cited["title"] == package["title"]
    assert cited["version"] == package["version"]
    assert cited["date-released"] == package["released_on"]
    assert [author["name"] for author in cited["authors"]] == [c["title"] for c in package["contributors"]]


@pytest.mark.parametrize("address", [{}, {"homepage": "https://example.org"}], ids=["without", "with"])
def test_an_address_is_written_only_where_the_package_has_one(
    address: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    package: dict[str, Any] = {k: v for k, v in package_metadata().items() if k != "homepage"} | address
    for module in (citation, descriptor, metadata):
        monkeypatch.setattr(module, "package_metadata", lambda: package)
    said = address.get("homepage")
    assert yaml.safe_load(citation_bytes()).get("url") == said
    assert json.loads(descriptor.descriptor_bytes([])).get("homepage") == said
    assert metadata.citation().endswith(said or f"version {package['version']}.")
