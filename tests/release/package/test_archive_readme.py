"""The README of a release speaks of what is in it, and of nothing that needs the repository."""

from __future__ import annotations

import re

from release.package.archive_readme import archive_readme
from release.package.descriptor import PackagedFile
from release.package.metadata import citation

FILES = [
    PackagedFile("units", "data/units.csv", b"unit_id\ncny-m\n", 1),
    PackagedFile("units", "data/units.parquet", b"PAR1", 1),
    PackagedFile("compute_prices", "data/compute_prices/vendor_id=amazon/part-0.parquet", b"PAR1", 3),
]


def test_it_names_the_tables_and_the_citation_and_no_part_of_the_repository() -> None:
    text = archive_readme(FILES).decode("utf-8")
    assert citation() in text
    assert "| `compute_prices` |" in text
    assert not re.search(r"\$[a-z]|\bmake\b|\bdocs/", text)


def test_its_tables_have_the_rows_of_their_parts() -> None:
    parts = [PackagedFile("units", f"data/units/{part}.parquet", b"PAR1", 1000) for part in "ab"]
    (line,) = re.findall(r"^\| `units` .*$", archive_readme(parts).decode("utf-8"), re.MULTILINE)
    assert line.endswith("| 2,000 |")
