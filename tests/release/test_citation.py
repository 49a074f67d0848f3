"""The citation file says what the package says, in the form reference managers read."""

from __future__ import annotations

import yaml

from release.citation import citation_bytes
from release.metadata import package_metadata
from validation.table_schema import ROOT


def test_the_citation_file_is_current() -> None:
    assert (ROOT / "CITATION.cff").read_bytes() == citation_bytes()


def test_the_citation_has_what_the_format_demands_and_the_package_says() -> None:
    citation, package = yaml.safe_load(citation_bytes()), package_metadata()
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "dataset"
    assert citation["title"] == package["title"]
    assert citation["version"] == package["version"]
    assert citation["date-released"] == package["released_on"]
    assert [author["name"] for author in citation["authors"]] == [c["title"] for c in package["contributors"]]
