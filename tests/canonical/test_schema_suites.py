"""What the public suites of Table Schema hold valid or invalid is so here: each of their files, told again in its kind.

The files of tableschema-py (`data/`, 18) and goodtables-py (`data/`, those that are no data package) are not kept here;
`python -m benchmarks.table_schema_suites FOLDER` reads them. A name stands for the file that is called so.
"""

from __future__ import annotations

from typing import Any

import pytest

from canonical.schema_faults import schema_faults

ID, TITLE = {"name": "id", "type": "integer"}, {"name": "title", "type": "string"}
TWO = [ID, TITLE]


def a_key(ours: Any, theirs: Any, fields: list[dict[str, Any]] = TWO) -> dict[str, Any]:
    """A schema whose foreign key leads from some fields to those of another table."""
    return {"fields": fields, "foreignKeys": [{"fields": ours, "reference": {"resource": "other", "fields": theirs}}]}


TABLESCHEMA: dict[str, Any] = {
    "schema_valid_simple": {"fields": TWO},
    "schema_valid_full": {"fields": [*TWO, {"name": "age", "type": "integer", "title": "Age", "description": "Years"}]},
    "schema_valid_pk_array": {"fields": TWO, "primaryKey": ["id", "title"]},
    "schema_valid_fk_array": a_key(["id", "title"], ["fk_id", "title_id"]),
    "schema_invalid_empty": {},
    "schema_invalid_wrong_type": [],
    "schema_invalid_pk_no_fields": {"primaryKey": ["id", "title"]},
    "schema_invalid_pk_is_wrong_type": {"primaryKey": 1},
    "schema_invalid_pk_string": {"fields": TWO, "primaryKey": "identifier"},
    "schema_invalid_pk_array": {"fields": TWO, "primaryKey": ["id", "heading"]},
    "schema_invalid_fk_string": a_key("absent", "other_id"),
    "schema_invalid_fk_no_reference": {"fields": [{"name": "state"}], "foreignKeys": [{"fields": "state"}]},
    "schema_invalid_fk_array": a_key(["id", "title"], "no", [ID]),
    "schema_invalid_fk_array_string": a_key("id", ["id_1", "title_id"]),
    "schema_invalid_fk_string_array_ref": a_key("id", ["id_1", "title_id"]),
    "schema_invalid_fk_array_string_ref": a_key(["id", "title"], "no"),
    "schema_invalid_fk_array_wrong_number": a_key(["id", "title"], ["id", "title", "more"]),
    "schema_invalid_multiple_errors": {**a_key(["id", "absent"], "no", [{"name": "id", "type": "unicorn"}]),
                                       "primaryKey": "identifier"},
}  # fmt: skip
GOODTABLES: dict[str, Any] = {
    "schema_valid_pk_string": {"fields": TWO, "primaryKey": "id"},
    "valid, required_false_schema": {"fields": [ID, TITLE | {"constraints": {"required": False}}]},
    "valid, test_schema": {"fields": [ID | {"constraints": {"required": True}}, TITLE], "primaryKey": "id"},
    "valid, unique_field": {"fields": [ID | {"constraints": {"unique": True}}, TITLE], "primaryKey": "id"},
    "valid, issue277": {"fields": TWO, "tablename": "deposit", "status": "draft"},
    "invalid, spend-publishing-schema": {"fields": [{"name": "Date", "type": "date", "format": "DD/MM/YYYY"}]},
    "invalid, bis-modified": {"fields": [{"name": "Amount", "type": "number", "format": "currency"}]},
}  # fmt: skip


@pytest.mark.parametrize("name", [*TABLESCHEMA, *GOODTABLES])
def test_a_schema_has_the_verdict_of_its_suite(name: str) -> None:
    faults = schema_faults((TABLESCHEMA | GOODTABLES)[name])
    assert bool(faults) == ("invalid" in name), faults


def test_every_fault_of_a_schema_of_several_is_told() -> None:
    faults = schema_faults(TABLESCHEMA["schema_invalid_multiple_errors"])
    assert [fault.split(":")[0] for fault in faults] == ["field id", "primaryKey", "foreignKeys 1"]


def test_an_empty_format_is_none_that_the_standard_names() -> None:
    # Four files of goodtables-py called valid state it; its own profile refuses them, as tableschema 1.21 does.
    (fault,) = schema_faults({"fields": [{"name": "a", "type": "string", "format": ""}]})
    assert fault.startswith("field a: there is no format '' of type string, expected one of default, email")
