"""The tables of one release as texts, with the schemas they were published under."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from canonical.reading.encodings import UnreadableError
from release.versions.files import Files, files_of

__all__ = ["State", "TableState", "state_of"]


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
        """The rows as texts, an empty cell as null; columns in the order of the file."""
        return pl.concat([_texts(path, self.files.read(path)) for path in self.paths])


@dataclass(frozen=True)
class State:
    """A release: its version, and its tables by name."""

    version: str
    tables: dict[str, TableState]


def _texts(path: str, content: bytes) -> pl.DataFrame:
    if path.endswith(".csv"):
        return pl.read_csv(content, infer_schema=False)
    frame = pl.read_parquet(io.BytesIO(content))
    return frame.with_columns(pl.all().cast(pl.String))


def state_of(place: str) -> State:
    """The release at `place`, which is a folder, a zip or a released version (see `files_of`).

    Raises `UnreadableError` where it holds no descriptor, or one that cannot be read.
    """
    files = files_of(place)
    try:
        descriptor = json.loads(files.read("datapackage.json"))
        version, resources = str(descriptor["version"]), list[Any](descriptor["resources"])
    except (KeyError, ValueError, TypeError) as error:
        raise UnreadableError(f"{place}: no data package ({error}); fix: name an unpacked release or its zip") from None
    paths: dict[str, list[str]] = {}
    for resource in resources:
        name = resource.get("table") or resource["schema"].removeprefix("schemas/").removesuffix(".json")
        paths.setdefault(name, []).append(str(resource["path"]))
    return State(version, {name: _table(files, name, found) for name, found in sorted(paths.items())})


def _table(files: Files, name: str, paths: list[str]) -> TableState:
    """The table from its text where it has one, else from its Parquet."""
    texts = [path for path in paths if path.endswith(".csv")]
    schema: dict[str, Any] = json.loads(files.read(f"schemas/{name}.json"))
    return TableState(schema, files, tuple(sorted(texts or (p for p in paths if p.endswith(".parquet")))))
