"""Every table and column explains itself: texts in both languages, an example, a unit, its codes."""

from __future__ import annotations

import csv
import json
import keyword
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from frictionless import Schema

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
UNITS = SCHEMAS.parent / "data" / "units.csv"
TEXTS = ("title", "title_zh", "description", "description_zh")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PRICE_UNITS = {
    "currency-per-printed_per_unit_id", "currency-per-per_unit_id", "usd-per-per_unit_id", "currency-per-unit",
    "currency-per-1m-token-or-unit", "currency-per-hour",
}  # fmt: skip
ORDER = (
    "name", "type", "format", "trueValues", "falseValues", "title", "title_zh", "description", "description_zh", "unit",
    "filled", "formerly", "deprecated", "default", "itemReference", "example", "rdfType", "seeAlso", "codes",
    "constraints",
)  # fmt: skip

Descriptor = dict[str, Any]
TABLES: dict[str, Descriptor] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(SCHEMAS.glob("*.json"))
}
FIELDS = [
    pytest.param(table, field, id=f"{name}.{field['name']}")
    for name, table in TABLES.items()
    for field in table["fields"]
]


def texts_missing(part: Descriptor) -> list[str]:
    """The texts that are empty, run over their edges, or are not in their language."""
    return [
        key
        for key in TEXTS
        if not (text := part.get(key, "")) or text != text.strip() or (key.endswith("_zh") and not CHINESE.search(text))
    ]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_all_its_texts(name: str) -> None:
    assert texts_missing(TABLES[name]) == []


@pytest.mark.parametrize("name", TABLES)
def test_a_schema_is_a_valid_table_schema(name: str) -> None:
    schema = Schema.from_descriptor(TABLES[name])
    assert schema.field_names == [field["name"] for field in TABLES[name]["fields"]]


@pytest.mark.parametrize("name", TABLES)
def test_keys_name_columns_that_exist(name: str) -> None:
    table = TABLES[name]
    columns = {field["name"] for field in table["fields"]}
    assert set(table["primaryKey"]) <= columns
    assert set(table.get("identifiedBy", [])) <= columns
    for key in table.get("prefixedKeys", []):
        assert set(key.values()) <= columns
    for key in (*table.get("foreignKeys", []), *table.get("matchingKeys", [])):
        target = TABLES[key["reference"].get("resource") or name]
        assert set(key["fields"]) <= columns
        assert set(key["reference"]["fields"]) <= {field["name"] for field in target["fields"]}


@pytest.mark.parametrize("name", TABLES)
def test_a_schema_file_is_written_in_one_form(name: str) -> None:
    text = (SCHEMAS / f"{name}.json").read_text(encoding="utf-8")
    assert text == json.dumps(TABLES[name], ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_a_column_has_all_its_texts(table: Descriptor, field: Descriptor) -> None:
    assert texts_missing(field) == []


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_the_properties_of_a_column_stand_in_one_order(table: Descriptor, field: Descriptor) -> None:
    assert list(field) == [key for key in ORDER if key in field]


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_a_column_is_of_a_type_that_every_reader_has(table: Descriptor, field: Descriptor) -> None:
    assert field["type"] in ("string", "integer", "number", "boolean", "date")
    assert field.get("format", "default") in ("default", "uri")
    assert not field.keys() & {"missingValues", "categories", "decimalChar", "groupChar", "bareNumber"}


R_WORDS = frozenset(
    ["if", "else", "repeat", "while", "function", "for", "next", "break", "in", "TRUE", "FALSE", "NULL", "Inf", "NaN"]
)
RESERVED = "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'"
SQL_WORDS = frozenset(word for (word,) in duckdb.sql(RESERVED).fetchall())  # PostgreSQL's grammar too


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_a_column_can_be_named_without_quotes_in_python_r_and_sql(table: Descriptor, field: Descriptor) -> None:
    assert field["name"] not in R_WORDS | SQL_WORDS and not keyword.iskeyword(field["name"])


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_a_truth_value_says_how_it_is_written(table: Descriptor, field: Descriptor) -> None:
    stated = (field.get("trueValues"), field.get("falseValues"))
    assert stated == ((["true"], ["false"]) if field["type"] == "boolean" else (None, None))


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_an_example_is_a_cell_the_column_accepts(table: Descriptor, field: Descriptor) -> None:
    assert isinstance(field["example"], str)
    schema = Schema.from_descriptor(table)
    _, notes = schema.get_field(field["name"]).read_cell(field["example"])
    assert field["example"]
    assert not notes


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_a_number_names_its_unit(table: Descriptor, field: Descriptor) -> None:
    columns = {other["name"] for other in table["fields"]}
    if field["type"] in ("number", "integer") or field["name"].startswith("printed_value"):
        assert field["unit"]
    unit = field.get("unit", "none")
    assert unit == "none" or unit in columns or unit in PRICE_UNITS or unit in unit_ids()


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_codes_are_explained_one_by_one(table: Descriptor, field: Descriptor) -> None:
    codes = field.get("codes", {})
    assert list(codes) == field.get("constraints", {}).get("enum", [])
    for code, words in codes.items():
        assert list(words) == ["en", "zh"], code
        assert words["en"], code
        assert CHINESE.search(words["zh"]), code


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_links_are_whole_addresses(table: Descriptor, field: Descriptor) -> None:
    links = [field["rdfType"]] if "rdfType" in field else []
    links += [reference.rsplit(" ", 1)[1] for reference in field.get("seeAlso", [])]
    assert all(re.fullmatch(r"https?://[^\s<>]+", link) for link in links)


def test_columns_of_one_code_list_explain_it_alike() -> None:
    explained: dict[tuple[str, ...], Descriptor] = {}
    for table in TABLES.values():
        for field in table["fields"]:
            if codes := field.get("codes"):
                assert explained.setdefault((field["name"], *codes), codes) == codes


def unit_ids() -> set[str]:
    """Ids of the units table."""
    with UNITS.open(encoding="utf-8", newline="") as file:
        return {row["unit_id"] for row in csv.DictReader(file)}
