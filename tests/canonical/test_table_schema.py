"""Table Schemas of the standard are read whole, or refused."""

from __future__ import annotations

from typing import Any

import pytest

from canonical.table_schema import ForeignKey, load_schema, referred_first, table_names
from tests.builders import a_field, a_schema


def test_keys_may_be_a_text_or_a_list() -> None:
    key = {"fields": "a", "reference": {"resource": "others", "fields": "b"}}
    schema = a_schema(a_field("a"), primaryKey="a", uniqueKeys=[["a"]], foreignKeys=[key])
    assert (schema.primary_key, schema.unique_keys) == (("a",), (("a",),))
    assert schema.foreign_keys == (ForeignKey(("a",), "others", ("b",)),)


@pytest.mark.parametrize("reference", [{"fields": "b"}, {"resource": "", "fields": ["b"]}])
def test_a_reference_without_resource_is_to_the_table_itself(reference: dict[str, Any]) -> None:
    schema = a_schema(a_field("a"), a_field("b"), foreignKeys=[{"fields": ["a"], "reference": reference}])
    assert schema.foreign_keys == (ForeignKey(("a",), "things", ("b",)),)


def test_a_list_of_keys_in_a_cell_is_a_foreign_key_of_many() -> None:
    listed = a_field("a") | {"itemReference": {"resource": "others", "field": "b"}}
    assert a_schema(listed).foreign_keys == (ForeignKey(("a",), "others", ("b",), many=True),)


def test_missing_values_may_carry_labels() -> None:
    schema = a_schema(a_field("a"), missingValues=["", {"value": "NA", "label": "not available"}])
    assert schema.missing_values == ("", "NA")


def test_codes_are_the_texts_a_cell_holds() -> None:
    assert a_schema(a_field("a", "boolean", enum=[True])).field("a").enum == ("true",)
    assert a_schema(a_field("a", "number", enum=[1.5, 2])).field("a").enum == ("1.5", "2")


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="vendors has no column colour"):
        load_schema("vendors").field("colour")


@pytest.mark.parametrize("name", table_names())
def test_every_schema_of_the_package_is_read(name: str) -> None:
    schema = load_schema(name)
    assert schema.name == name and schema.columns and set(schema.primary_key) <= set(schema.columns)


@pytest.mark.parametrize("name", table_names())
def test_generated_columns_stand_behind_the_typed_ones(name: str) -> None:
    fields = load_schema(name).fields
    generated = [field.filled == "generated" for field in fields]
    assert generated == sorted(generated)


def test_a_table_comes_after_those_that_it_refers_to_else_in_its_place() -> None:
    assert referred_first(["corrections", "metrics", "observations", "units"]) == [
        "units", "metrics", "observations", "corrections",
    ]  # fmt: skip
    assert referred_first(["units", "regions", "companies"]) == ["units", "regions", "companies"]
