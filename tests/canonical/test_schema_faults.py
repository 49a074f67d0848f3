"""A schema that cannot be is refused in one line for each reason; what the standard allows is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from canonical.field_types import FIELD_TYPES
from canonical.schema_faults import SchemaError, schema_faults
from canonical.table_schema import own_schema, parse_schema

A, B = {"name": "a", "type": "integer"}, {"name": "b", "type": "string"}


def a_key(ours: Any, **reference: Any) -> dict[str, Any]:
    """A schema of two fields with a foreign key."""
    return {"fields": [A, B], "foreignKeys": [{"fields": ours, "reference": reference}]}


def of(**field: Any) -> dict[str, Any]:
    """A schema of one field."""
    return {"fields": [{"name": "a", **field}]}


def constrained(kind: str, **constraints: Any) -> dict[str, Any]:
    """A schema of one field with constraints."""
    return of(type=kind, constraints=constraints)


@pytest.mark.parametrize(
    ("descriptor", "fault"),
    [
        ([], "found a list, expected an object with fields"),
        ({"resources": [{"schema": {"fields": [A]}}]}, "fix: give the schema of one of its resources as a file"),
        ({"path": "a.csv", "schema": {"fields": [A]}}, "fix: give the schema in it as a file"),
        (of(type="boolean", trueValues=["x"], falseValues=["y", "x"]), '"x" stands among trueValues and among falseV'),
        (of(type="boolean", trueValues=["ja", "0"]), '"0" stands among trueValues and among falseValues'),
        (of(type="number", groupChar="."), "groupChar and decimalChar are both '.', expected two signs"),
        (of(type="number", groupChar=",", decimalChar=","), "groupChar and decimalChar are both ','"),
        (of(type="date", format="%Q"), "format '%Q' is no pattern of a date"),
        (of(type="date", format="%d/%m/%i"), "format '%d/%m/%i' is no pattern of a date"),
        (constrained("integer", exclusiveMinimum=3, maximum=3), "exclusiveMinimum and maximum are both 3"),
        (constrained("date", minimum="2024-01-02", exclusiveMaximum="2024-01-01"), "lies above exclusiveMaximum"),
        (of(type="string", categories=["x", "y"], constraints={"enum": ["z"]}), "no code of enum is one of the categ"),
        (constrained("string", enum=["x", {}]), "enum: {} is not"),
        ("fields", "found a text, expected an object"),
        ({}, "fields: expected a list of at least one field"),
        ({"fields": []}, "fields: expected a list of at least one field"),
        ({"fields": {"a": "integer"}}, "fields: expected a list"),
        ({"fields": ["a"]}, "field 1: found a text, expected an object with a name"),
        ({"fields": [{"type": "string"}]}, "field 1: it has no name"),
        ({"fields": [{"name": 1}]}, "field 1: it has no name"),
        ({"fields": [A, A]}, "field 2: the name a stands twice"),
        ({"fields": [A], "primaryKey": "c"}, "primaryKey: there is no field c; fields are a"),
        ({"fields": [A, B], "primaryKey": ["a", "c"]}, "primaryKey: there is no field c; fields are a, b"),
        ({"fields": [A], "primaryKey": 1}, "primaryKey: found a number, expected the name of a field"),
        ({"fields": [A], "primaryKey": []}, "primaryKey: found a list, expected the name of a field"),
        ({"fields": [A], "primaryKey": ["a", "a"]}, "primaryKey: a stands twice"),
        ({"fields": [A], "uniqueKeys": [["c"]]}, "uniqueKeys 1: there is no field c"),
        ({"fields": [A], "uniqueKeys": {"a": 1}}, "uniqueKeys: found an object, expected a list"),
        ({"fields": [A], "foreignKeys": {"a": 1}}, "foreignKeys: found an object, expected a list"),
        ({"fields": [A], "foreignKeys": [{"fields": "a"}]}, "foreignKeys 1: expected an object with fields"),
        (a_key("c", resource="t", fields="x"), "foreignKeys 1: fields: there is no field c"),
        (a_key("a", fields="c"), "foreignKeys 1: reference: there is no field c"),
        (a_key("a", resource="t"), "foreignKeys 1: reference: found nothing, expected the name"),
        (a_key("a", resource=3, fields="x"), "resource: found a number, expected the name of a table"),
        (a_key(["a", "b"], resource="t", fields="x"), "found 2 fields and 1 field referred to"),
        (a_key("a", resource="t", fields=["x", "y"]), "found 1 field and 2 fields referred to"),
        (a_key("a", fields="b"), "a is of type integer and b, which it refers to, of type string"),
        (of(type="magical"), "field a: there is no type magical, expected one of string"),
        (of(type="integr"), "nearest is integer"),
        (of(type=["string"]), "field a: there is no type ['string']"),
        (of(type="string", format="mail"), "there is no format 'mail' of type string"),
        (of(type="number", format="currency"), "there is no format 'currency' of type number"),
        (of(type="string", format=""), "there is no format '' of type string"),
        (of(type="date", format="DD/MM/YYYY"), "no pattern of a date, expected default or one such as %d/%m/%Y"),
        (of(type="date", format="any"), "format any leaves the reading to each program"),
        (of(type="string", decimalChar=","), "decimalChar does not go with type string"),
        (of(type="number", bareNumber="no"), 'bareNumber: found "no", expected true or false'),
        (of(type="boolean", trueValues="yes"), "trueValues: found \"yes\", expected a list"),
        (of(type="list", itemType="list"), "there is no type list of items"),
        (of(missingValues="NA"), "missingValues: expected a list of texts"),
        ({"fields": [A], "missingValues": [1]}, "missingValues: expected a list of texts"),
        (of(constraints=["required"]), "field a: constraints: expected an object"),
        (constrained("integer", minimum="abc"), 'minimum: "abc" is not a whole number'),
        (constrained("integer", minimum=1.5), "minimum: 1.5 is not a whole number"),
        (constrained("number", maximum=True), "maximum: true is not a number"),
        (constrained("number", maximum=None), "maximum: null is not a number"),
        (constrained("date", minimum="2021-02-31"), 'minimum: "2021-02-31" is not a date'),
        (constrained("date", minimum=2021), "minimum: 2021 is not a date"),
        (constrained("year", maximum="21"), "is not a year"),
        (constrained("integer", minimum=5, maximum=3), "minimum 5 lies above maximum 3: no value can pass"),
        (constrained("string", minLength=3, maxLength=2), "minLength 3 lies above maxLength 2"),
        (constrained("string", minLength=-1), "minLength: found -1, expected a whole number from 0"),
        (constrained("string", maxLength="9"), 'maxLength: found "9", expected a whole number'),
        (constrained("string", minimum=1), "constraint minimum does not go with type string"),
        (constrained("integer", pattern="a"), "constraint pattern does not go with type integer"),
        (constrained("integer", minLength=1), "constraint minLength does not go with type integer"),
        (constrained("duration", minimum="P1D"), "constraint minimum does not go with type duration"),
        (of(constraints={"pattern": "a"}), "does not go with type any, as a field without type is; state its type"),
        (constrained("string", colour="red"), "constraint colour does not go with type string"),
        (constrained("object", jsonSchema={}), "constraint jsonSchema is not checked here"),
        (constrained("string", required="yes"), 'required: found "yes", expected true or false'),
        (constrained("string", unique=1), "unique: found 1, expected true or false"),
        (constrained("string", enum=[]), "enum: expected a list of at least one code"),
        (constrained("string", enum="a"), "enum: expected a list of at least one code"),
        (constrained("string", enum=["a", "a"]), "enum: a code stands twice"),
        (constrained("integer", enum=[1, "x"]), 'enum: "x" is not a whole number'),
        (constrained("boolean", enum=["perhaps"]), 'enum: "perhaps" is not true or false'),
        (constrained("string", pattern="[a-"), "pattern: [a- is no regular expression"),
        (constrained("string", pattern="(?=a)"), "engines read differently"),
        (constrained("string", pattern=1), "pattern: found 1, expected a regular expression"),
    ],
)  # fmt: skip
def test_a_schema_that_cannot_be_is_refused_in_one_line(descriptor: Any, fault: str) -> None:
    (found,) = schema_faults(descriptor)
    assert fault in found and "\n" not in found
    with pytest.raises(SchemaError):
        parse_schema(descriptor)


def test_each_of_several_faults_is_told() -> None:
    key = {"fields": ["a", "z"], "reference": {"fields": "b"}}
    faults = schema_faults({"fields": [A, B | {"type": "text"}], "primaryKey": "id", "foreignKeys": [key]})
    assert len(faults) == 3
    assert [fault.partition(":")[0] for fault in faults] == ["field b", "primaryKey", "foreignKeys 1"]


@pytest.mark.parametrize(
    "descriptor",
    [
        {"fields": [{"name": "a"}]},
        *({"fields": [{"name": "a", "type": kind}]} for kind in FIELD_TYPES),
        of(type="string", format="email", title="A", rdfType="x", custom=1),
        of(type="date", format="%d/%m/%Y"), of(type="date", format="fmt:%d/%m/%Y"), of(type="time", format="%H:%M"),
        of(type="datetime", format="%d.%m.%Y %H:%M"), of(type="geopoint", format="array"),
        of(type="number", decimalChar=",", groupChar=".", bareNumber=False),
        of(type="list", delimiter=";", itemType="integer"), of(missingValues=[]),
        of(type="integer", categories=[{"value": 0, "label": "no"}, {"value": 1}], categoriesOrdered=True),
        constrained("integer", minimum="3", maximum=5, enum=["4", 5], required=True, unique=False),
        constrained("number", exclusiveMinimum=1, exclusiveMaximum="2.5"),
        constrained("boolean", enum=[True, "false"]), constrained("yearmonth", minimum="2020-01"),
        constrained("datetime", maximum="2020-01-01T00:00:00"), constrained("list", minLength=1),
        a_key("a", resource="t", fields="x"), a_key("a", resource="", fields="a"), a_key(["a"], fields=["a"]),
        {"fields": [A, B], "primaryKey": ["a", "b"], "uniqueKeys": ["a", ["a", "b"]]},
        {"fields": [A], "missingValues": ["", {"value": "NA", "label": "none"}]},
    ],
    ids=str,
)  # fmt: skip
def test_what_the_standard_allows_is_read(descriptor: dict[str, Any]) -> None:
    assert schema_faults(descriptor) == [] and parse_schema(descriptor).columns[0] == "a"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "not JSON: line 1, column 1"),
        (b"{'name': 'a'}", "not JSON: line 1, column 2"),
        (b'{"fields": [{"name": "a"},]}', "not JSON: line 1"),
        (b'{"fields": [{"name": "a", "name": "b"}]}', "the name name stands twice in one object"),
        (b'{"fields": [{"name": "a", "x": NaN}]}', "found NaN, which JSON has no number for"),
        (b"\xff\xfe{", "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"fields": [{"name": "a"}], "fieldsMatch": "most"}', "fieldsMatch: found 'most', expected one of exact"),
        (b"3", "found a number, expected an object"),
    ],
)
def test_a_file_that_holds_no_schema_is_refused_in_one_line(tmp_path: Path, content: bytes, fault: str) -> None:
    path = tmp_path / "my.json"
    path.write_bytes(content)
    with pytest.raises(SchemaError) as refused:
        own_schema(path)
    assert fault in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize(("name", "words"), [("none.json", "cannot be read"), (".", "found a folder")])
def test_a_file_that_is_none_is_refused_in_one_line(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(SchemaError, match=words):
        own_schema(tmp_path / name)


def test_a_schema_of_ones_own_is_called_after_its_file_and_fills_nothing(tmp_path: Path) -> None:
    path = tmp_path / "sales.json"
    path.write_text("\ufeff" + json.dumps(of(type="string", filled="generated")), encoding="utf-8")
    schema = own_schema(path)
    assert (schema.name, schema.kind, schema.match, schema.fields[0].filled) == ("sales", "own", "exact", "typed")


@pytest.mark.parametrize("form", ["%d/%m/%Y", "%Y%m%d", "default"])
def test_a_pattern_of_days_is_no_fault(form: str) -> None:
    assert schema_faults({"fields": [{"name": "a", "type": "date", "format": form}], "primaryKey": "a"}) == []
