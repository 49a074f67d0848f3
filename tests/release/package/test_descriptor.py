"""The descriptor says of each file what is true of it, in the words of Data Package v2."""

from __future__ import annotations

import json

import pytest

from canonical.table_schema import ROOT
from release.package.descriptor import PackagedFile, descriptor_bytes
from release.package.metadata import package_metadata, version
from validation.changed import file_hash

FILES = [
    PackagedFile("units", "data/units.csv", b"unit_id\ncny-m\n", 1),
    PackagedFile("units", "data/units.parquet", b"PAR1", 1),
    PackagedFile("compute_prices", "data/compute_prices/vendor=amazon.parquet", b"PAR1", 3),
]


def test_the_descriptor_says_of_each_file_what_is_true_of_it() -> None:
    resources = json.loads(descriptor_bytes(FILES))["resources"]
    assert [resource["name"] for resource in resources] == [
        "units",
        "units-parquet",
        "compute_prices-vendor-amazon-parquet",
    ]
    for file, resource in zip(FILES, resources, strict=True):
        assert (resource["path"], resource["bytes"], resource["row_count"]) == (file.path, len(file.content), file.rows)
        assert resource["hash"] == file_hash(file.content)


@pytest.mark.parametrize(("form", "kind", "key"), [(0, "table", "schema"), (1, "file", "table_schema")])
def test_text_is_a_table_and_parquet_a_file_to_readers_of_the_standard(form: int, kind: str, key: str) -> None:
    resource = json.loads(descriptor_bytes(FILES))["resources"][form]
    assert (resource["type"], resource[key]) == (kind, "schemas/units.json")
    assert (ROOT / resource[key]).is_file()


def test_the_descriptor_has_no_time_of_its_own() -> None:
    assert descriptor_bytes(FILES) == descriptor_bytes(FILES)
    package = json.loads(descriptor_bytes(FILES))
    assert package["created"] == f"{package_metadata()['released_on'].isoformat()}T00:00:00Z"
    assert (package["version"], package["licenses"][0]["name"]) == (version(), "CC-BY-4.0")
