"""Read what `datapackage.json` says of each file of the package, and refuse what no build writes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from canonical.reading.content import file_bytes
from canonical.reading.encodings import UnreadableError
from canonical.reading.folders import files_below, files_in
from canonical.reading.json_files import json_object, json_value
from canonical.table_schema import ROOT, is_table, load_schema, table_names

__all__ = ["DESCRIPTOR", "Resource", "described", "lost_tables", "refuse_lost", "what_it_says"]

DESCRIPTOR = ROOT / "datapackage.json"
FIX = "git checkout datapackage.json, or take it away and run make dataset"
KEYS: dict[str, type] = {"name": str, "path": str, "format": str, "hash": str, "bytes": int, "row_count": int}


@dataclass(frozen=True)
class Resource:
    """One file as the descriptor has it: its table, its path from the package's root, bytes, hash, rows and schema.

    `schema` is the path of the table's schema, empty where the descriptor gives none.
    """

    name: str
    table: str
    path: str
    form: str
    size: int
    hash: str
    rows: int
    schema: str

    @property
    def is_edited(self) -> bool:
        """Whether people and adapters write the file: a text or a part of a typed table, not what is made of it."""
        if not is_table(self.table) or load_schema(self.table).kind == "derived":
            return False
        return self.path != f"data/{self.table}.parquet"


def described(descriptor: Path | None = None) -> tuple[Resource, ...]:
    """The resources of a descriptor, without argument that of the package.

    Raises `UnreadableError`, which names the resource and the key, where one is missing or of another kind, where
    two have one name or path, or where a path leads out of the package.
    """
    listed = json_object(descriptor or DESCRIPTOR, "datapackage.json", FIX).get("resources")
    if not isinstance(listed, list):
        raise UnreadableError(f"datapackage.json: resources: found {listed!r:.60}, expected a list; fix: {FIX}")
    found = tuple(_resource(entry, place) for place, entry in enumerate(cast(list[Any], listed), start=1))
    for what in ("name", "path"):
        values = [getattr(resource, what) for resource in found]
        if len(set(values)) < len(values):
            twice = next(value for value in values if values.count(value) > 1)
            raise UnreadableError(f"datapackage.json: {what}: {twice!r:.60} stands twice; fix: {FIX}")
    return found


def what_it_says() -> dict[str, Any]:
    """The descriptor of the package, whatever it holds; empty where there is none or it is no JSON object."""
    try:
        found = json_value(file_bytes(DESCRIPTOR, "datapackage.json"))
    except (OSError, ValueError, UnreadableError):
        return {}
    return cast(dict[str, Any], found) if isinstance(found, dict) else {}


def lost_tables() -> list[str]:
    """The files that people edit, and the schemas, of which the last build knew and that are gone.

    Nothing is lost before the first build, which writes the descriptor. A table whose schema and files went together
    was taken away, and one that is kept in parts may be cut into others.
    """
    if not DESCRIPTOR.exists():
        return []
    files_in(ROOT / "data")  # a folder that cannot be listed says so here
    tables, resources = table_names(), described()
    schemas = sorted({r.table for r in resources if r.table not in tables and (ROOT / r.path).exists()})
    gone = [r.path for r in resources if r.is_edited and not (ROOT / r.path).exists() and not _is_cut_anew(r)]
    return [f"schemas/{table}.json" for table in schemas] + gone


def _is_cut_anew(resource: Resource) -> bool:
    """Whether a part is gone of a table that has other parts."""
    return len(Path(resource.path).parts) > 2 and bool(files_below(ROOT / "data" / resource.table, ".parquet"))


def refuse_lost() -> None:
    """Raise `UnreadableError` where a file that people edit is gone: what is made without it would lack its rows."""
    if lost := lost_tables():
        more = f" and {len(lost) - 1} more files" if len(lost) > 1 else ""
        raise UnreadableError(
            f"{lost[0]}{more}: gone since the last build; fix: git checkout {lost[0]}; "
            "where it is to go, take its schema, its files and datapackage.json away together"
        )


def _resource(entry: Any, place: int) -> Resource:
    where = f"datapackage.json: resource {place}"
    if not isinstance(entry, dict):
        raise UnreadableError(f"{where}: found {entry!r:.60}, expected an object; fix: {FIX}")
    found = cast(dict[str, Any], entry)
    for key, kind in KEYS.items():
        if type(found.get(key)) is not kind:
            words = "a text" if kind is str else "a whole number"
            raise UnreadableError(f"{where}: {key}: found {found.get(key)!r:.60}, expected {words}; fix: {FIX}")
    path, form = Path(found["path"]), found["format"]
    if path.is_absolute() or ".." in path.parts or path.suffix != f".{form}" or path.parts[0] != "data":
        raise UnreadableError(f"{where}: path: found {found['path']!r:.60}, expected data/…; fix: {FIX}")
    table = path.stem if len(path.parts) == 2 else path.parts[1]
    schema = found.get("schema", found.get("table_schema"))
    said = schema if isinstance(schema, str) else ""
    return Resource(found["name"], table, found["path"], form, found["bytes"], found["hash"], found["row_count"], said)
