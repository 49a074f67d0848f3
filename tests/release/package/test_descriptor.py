"""The descriptor says of each file what is true of it, in the words of Data Package v2."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft7Validator

from canonical.table_schema import ROOT, load_schema, table_names
from release.package.descriptor import PackagedFile, descriptor_bytes
from release.package.metadata import package_metadata, version
from tests.referees import REFEREES, needs_referees
from validation.changed import file_hash

FILES = [
    PackagedFile("units", "data/units.csv", b"unit_id\ncny-m\n", 1),
    PackagedFile("units", "data/units.parquet", b"PAR1", 1),
    PackagedFile("compute_prices", "data/compute_prices/vendor_id=amazon/part-0.parquet", b"PAR1", 3),
]


def test_the_descriptor_says_of_each_file_what_is_true_of_it() -> None:
    resources = json.loads(descriptor_bytes(FILES))["resources"]
    assert [resource["name"] for resource in resources] == [
        "units",
        "units-parquet",
        "compute_prices-vendor_id-amazon-parquet",
    ]
    for file, resource in zip(FILES, resources, strict=True):
        assert (resource["path"], resource["bytes"], resource["row_count"]) == (file.path, len(file.content), file.rows)
        assert resource["hash"] == file_hash(file.content)


def test_text_is_a_table_and_parquet_a_file_to_readers_of_the_standard() -> None:
    text, parquet, _ = json.loads(descriptor_bytes(FILES))["resources"]
    assert (text["type"], text["profile"], text["schema"]) == ("table", "tabular-data-resource", "schemas/units.json")
    assert not parquet.keys() & {"type", "profile", "schema"} and parquet["table_schema"] == text["schema"]
    assert (ROOT / text["schema"]).is_file()


def faults(profile: str, descriptor: Any, version: str = "2.0") -> list[str]:
    """What a published profile of the standard finds wrong in a descriptor."""
    (path,) = REFEREES.glob(f"lib/python*/site-packages/dplib/profiles/{version}/{profile}.json")
    validator = Draft7Validator(json.loads(path.read_text(encoding="utf-8")))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(descriptor)]


@needs_referees
@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_the_descriptor_keeps_the_published_profiles(version: str) -> None:
    for descriptor in (json.loads(descriptor_bytes(FILES)), json.loads((ROOT / "datapackage.json").read_bytes())):
        assert faults("datapackage", descriptor, version) == []
        for resource in descriptor["resources"]:
            assert faults("dataresource", resource, version) == []


@needs_referees
@pytest.mark.parametrize("name", table_names())
def test_every_schema_keeps_the_published_profile(name: str) -> None:
    assert faults("tableschema", load_schema(name).descriptor) == []


@needs_referees
def test_the_profiles_refuse_what_they_should() -> None:
    package = json.loads(descriptor_bytes(FILES))
    package["resources"][1]["type"] = "file"
    assert any("resources[1].type" in fault for fault in faults("datapackage", package))
    assert faults("tableschema", {"fields": []}) and faults("tableschema", {"fields": [{"type": "string"}]})


def test_the_descriptor_has_no_time_of_its_own() -> None:
    assert descriptor_bytes(FILES) == descriptor_bytes(FILES)
    package = json.loads(descriptor_bytes(FILES))
    assert package["created"] == f"{package_metadata()['released_on'].isoformat()}T00:00:00Z"
    assert (package["version"], package["licenses"][0]["name"]) == (version(), "CC-BY-4.0")
