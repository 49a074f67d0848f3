"""The tables of one release as texts, with the schemas they were published under."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from canonical.reading.archives import hostile
from canonical.reading.encodings import UnreadableError
from canonical.reading.json_files import json_value
from canonical.reading.parquet_files import frame_of_parquet
from canonical.schema_faults import schema_faults
from release.versions.files import Files, files_of

__all__ = ["State", "TableState", "state_of"]

AGAIN = "fix: download the release again"


@dataclass(frozen=True)
class TableState:
    """A table of a release: its schema as published, and where its rows are read from."""

    schema: dict[str, Any]
    files: Files
    paths: tuple[str, ...]

    @property
    def fields(self) -> dict[str, dict[str, Any]]:
        """The fields by name, in order."""
        return {field["name"]: field for field in self.schema["fields"]}

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of the primary key."""
        key = self.schema.get("primaryKey", [])
        return (key,) if isinstance(key, str) else tuple(key)

    @property
    def kind(self) -> str:
        """`reference`, `fact` or `derived`."""
        return str(self.schema.get("kind", "fact"))

    @cached_property
    def frame(self) -> pl.DataFrame:
        """The rows as texts, an empty cell as null; columns in the order of the schema.

        Raises `UnreadableError` where a file is missing, is no table, or has other columns than its schema.
        """
        return pl.concat([self._part(path) for path in self.paths])

    def _part(self, path: str) -> pl.DataFrame:
        try:
            frame = _texts(path, self.files.read(path))
        except KeyError:
            raise UnreadableError(f"{path}: missing; {AGAIN}") from None
        if sorted(frame.columns) != sorted(self.fields):
            raise UnreadableError(f"{path}: found other columns than those of its schema; {AGAIN}")
        return frame.select(list(self.fields))


@dataclass(frozen=True)
class State:
    """A release: its version, and its tables by name."""

    version: str
    tables: dict[str, TableState]


def _texts(path: str, content: bytes) -> pl.DataFrame:
    if path.endswith(".csv"):
        try:
            return pl.read_csv(content, infer_schema=False)
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
            reason = next(iter(str(error).splitlines()), "")
            raise UnreadableError(f"{path}: no table ({reason:.120}); {AGAIN}") from None
    return frame_of_parquet(content, path).with_columns(pl.all().cast(pl.String))


def state_of(place: str) -> State:
    """The release at `place`, which is a folder, a zip or a released version (see `files_of`).

    Raises `UnreadableError` where it holds no descriptor, or one that cannot be read.
    """
    files = files_of(place)
    try:
        descriptor = json_value(files.read("datapackage.json"))
        version, resources = str(descriptor["version"]), list[Any](descriptor["resources"])
        paths: dict[str, list[str]] = {}
        for resource in resources:
            name = resource.get("table") or resource["schema"].removeprefix("schemas/").removesuffix(".json")
            if hostile(path := str(resource["path"])):
                raise ValueError(f"the path {path!r:.60} {hostile(path)}")
            paths.setdefault(name, []).append(path)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableError(f"{place}: no data package ({error}); fix: name an unpacked release or its zip") from None
    return State(version, {name: _table(files, name, found) for name, found in sorted(paths.items())})


def _table(files: Files, name: str, paths: list[str]) -> TableState:
    """The table from its text where it has one, else from its Parquet."""
    texts = [path for path in paths if path.endswith(".csv")]
    shown = f"schemas/{name}.json"
    try:
        schema = json_value(files.read(shown))
    except (KeyError, ValueError) as error:
        raise UnreadableError(f"{shown}: no schema ({error}); {AGAIN}") from None
    if faults := schema_faults(schema):
        raise UnreadableError(f"{shown}: {faults[0]}; {AGAIN}")
    parts = texts or [path for path in paths if path.endswith(".parquet")]
    if not parts:
        raise UnreadableError(f"datapackage.json: {name}: found neither text nor Parquet; {AGAIN}")
    return TableState(schema, files, tuple(sorted(parts)))
