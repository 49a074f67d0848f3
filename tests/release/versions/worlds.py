"""Two small releases of one dataset, written as folders."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

__all__ = ["FACTS", "HEADLINES", "a_field", "a_release"]

Row = dict[str, str]


def a_field(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    """A field of a schema."""
    return {"name": name, "type": kind, **more}


FACTS: dict[str, Any] = {
    "name": "observations", "kind": "fact", "primaryKey": ["observation_id"],
    "fields": [a_field("observation_id"), a_field("value", "number"),
               a_field("bound", constraints={"enum": ["eq", "lt"]})],
}  # fmt: skip
HEADLINES: dict[str, Any] = {
    "name": "annual_metrics", "kind": "derived", "primaryKey": ["entity_id"],
    "fields": [a_field("entity_id"), a_field("value", "number"), a_field("observation_ids")],
}  # fmt: skip


def a_release(folder: Path, version: str, *tables: tuple[dict[str, Any], list[Row]]) -> str:
    """Write a release of some tables, each a schema with rows; its place is returned."""
    (folder / "data").mkdir(parents=True)
    (folder / "schemas").mkdir()
    resources: list[dict[str, str]] = []
    for schema, rows in tables:
        name, columns = schema["name"], [field["name"] for field in schema["fields"]]
        file = io.StringIO()
        writer = csv.DictWriter(file, columns, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)
        (folder / "data" / f"{name}.csv").write_text(file.getvalue(), encoding="utf-8")
        (folder / "schemas" / f"{name}.json").write_text(json.dumps(schema), encoding="utf-8")
        resources.append({"name": name, "path": f"data/{name}.csv", "schema": f"schemas/{name}.json"})
    descriptor = {"name": "things", "version": version, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return str(folder)
