"""A schema of the package that lost something is refused by its name, in one line, before any table is read by it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from canonical import table_schema
from canonical.places import SCHEMAS
from canonical.reading.encodings import UnreadableError
from canonical.table_schema import load_schema, table_names

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the package's schemas that is read in their place."""
    shutil.copytree(SCHEMAS, tmp_path / "schemas")
    monkeypatch.setattr(table_schema, "SCHEMAS", tmp_path / "schemas")
    _forget()
    yield tmp_path / "schemas"
    _forget()


def _forget() -> None:
    load_schema.cache_clear()
    table_schema._stated.cache_clear()


def refusal(schemas: Path, content: bytes, table: str = "entities") -> str:
    """The one line with which a damaged schema is refused."""
    (schemas / f"{table}.json").write_bytes(content)
    with pytest.raises(UnreadableError) as refused:
        load_schema(table)
    line = str(refused.value)
    assert line.startswith(f"schemas/{table}.json: ") and line.endswith(f"; fix: git checkout schemas/{table}.json")
    assert "\n" not in line
    return line


def test_every_schema_of_the_package_is_one() -> None:
    assert [load_schema(name).name for name in table_names()] == list(table_names())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b"{}", "fields: expected a list"),
        ("{}".encode("utf-16"), "expected JSON in UTF-8"),
        (b'{"fields": [], "fields": []}', "the name fields stands twice"),
        (b'{"fields": NaN}', "found NaN"),
        (b'{"fields": ' + b"9" * 5_000 + b"}", "thousands of digits"),
        (b'{"title": "\\ud800"}', "half of a letter"),
    ],
)
def test_a_file_that_is_no_schema_is_named(schemas: Path, content: bytes, words: str) -> None:
    assert words in refusal(schemas, content)


def without(key: str) -> Change:
    return lambda schema: schema.pop(key)


def with_key(key: str, value: object) -> Change:
    return lambda schema: schema.update({key: value})


def with_field(**values: object) -> Change:
    return lambda schema: schema["fields"][1].update(values)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without("title_zh"), "title_zh: expected a text"),
        (without("description"), "description: expected a text"),
        (without("kind"), "kind: found None"),
        (without("primaryKey"), "primaryKey: expected the names of fields"),
        (with_key("name", "../../evil"), "name: found '../../evil'"),
        (with_key("name", 7), "name: found a number"),
        (with_key("kind", "own"), "kind: found 'own'"),
        (with_key("kept_as", "csv"), "kept_as: found 'csv'"),
        (with_key("identifiedBy", ["nowhere"]), "identifiedBy"),
        (with_key("matchingKeys", 7), "matchingKeys 1"),
        (with_key("matchingKeys", [{"fields": ["a", "b"]}]), "matchingKeys 1"),
        (with_key("prefixedKeys", [{"field": "nowhere", "prefix": "a"}]), "prefixedKeys 1"),
        (with_key("foreignKeys", [{"fields": "entity_id", "reference": {"resource": "nowhere", "fields": "x"}}]),
         "there is no table nowhere"),
        (with_key("foreignKeys", [{"fields": "entity_id", "reference": {"resource": "vendors", "fields": "x"}}]),
         "vendors has no field x"),
        (with_field(type="duration", constraints={}), "type: found 'duration'"),
        (with_field(filled="never"), "filled: found 'never'"),
        (with_field(filled=None), "filled: found None"),
        (with_field(title=7), "title: expected a text"),
        (with_field(unit=7), "unit: expected a text"),
        (with_field(example=None), "example: expected a value"),
        (with_field(codes=["a"]), "codes: expected an object"),
        (with_field(codes={"a": {"en": "A"}}), "codes: expected an object"),
        (with_field(itemReference={"resource": "vendors"}), "itemReference: expected an object"),
        (with_field(seeAlso="x"), "seeAlso"),
    ],
)  # fmt: skip
def test_what_a_schema_lost_is_named(schemas: Path, change: Change, words: str) -> None:
    schema = json.loads((schemas / "entities.json").read_text(encoding="utf-8"))
    change(schema)
    assert words in refusal(schemas, json.dumps(schema).encode())


def test_a_table_without_schema_is_no_table(schemas: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"schemas/nowhere\.json"):
        load_schema("nowhere")
