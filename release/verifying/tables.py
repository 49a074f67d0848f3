"""The full tier: descriptor, schemas, rows, types, keys and findings of a release, by its own words alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

import polars as pl

from canonical.reading.archives import DAMAGED
from canonical.reading.encodings import UnreadableError
from canonical.reading.parquet_files import frame_of_parquet
from release.verifying.parcel import Parcel

__all__ = ["table_faults"]

AGAIN = "fix: download the release again; where that does not help, report it"
TYPES: dict[str, pl.DataType] = {
    "string": pl.String(), "integer": pl.Int64(), "number": pl.Float64(), "boolean": pl.Boolean(), "date": pl.Date(),
}  # fmt: skip
MISSHAPEN = (*DAMAGED, KeyError, TypeError, AttributeError, UnreadableError, pl.exceptions.PolarsError,
             pl.exceptions.PanicException)  # fmt: skip
"""What reading ends in where the bytes are those of the sums, and are no release all the same."""
Schemas = dict[str, dict[str, Any]]
Frames = dict[str, pl.DataFrame]


def table_faults(parcel: Parcel) -> Iterator[str]:
    """What is wrong with the tables of a release whose bytes are whole, a line each."""
    try:
        descriptor = json.loads(_read(parcel, "datapackage.json"))
        resources = cast(list[dict[str, Any]], list(descriptor["resources"]))
    except (*DAMAGED, KeyError, TypeError):
        yield f"datapackage.json: no descriptor; {AGAIN}"
        return
    schemas, frames = Schemas(), Frames()
    for place, resource in enumerate(resources, start=1):
        try:
            name = _table(resource)
            if name not in schemas:
                schemas[name] = json.loads(_read(parcel, f"schemas/{name}.json"))
            yield from _file_faults(parcel, resource, schemas[name], frames, name)
        except MISSHAPEN as error:
            yield f"datapackage.json: resource {place}: not of the form of a release ({_said(error)}); {AGAIN}"
            return
    for name, frame in frames.items():
        try:
            yield from _key_faults(name, frame, schemas[name], frames)
        except MISSHAPEN as error:
            yield f"schemas/{name}.json: a key has another form ({_said(error)}); {AGAIN}"
    yield from _finding_faults(frames)


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {next(iter(str(error).splitlines()), ''):.80}"


def _read(parcel: Parcel, name: str) -> bytes:
    with parcel.opened(name) as file:
        return file.read()


def _table(resource: dict[str, Any]) -> str:
    path = str(resource.get("table_schema") or resource["schema"])
    return path.removeprefix("schemas/").removesuffix(".json")


def _file_faults(
    parcel: Parcel, resource: dict[str, Any], schema: dict[str, Any], frames: Frames, name: str
) -> Iterator[str]:
    """The file of a resource against its schema and row count; of Parquet the rows are kept in `frames`."""
    path, content = str(resource["path"]), _read(parcel, str(resource["path"]))
    is_text = not path.endswith(".parquet")
    frame = pl.read_csv(content, infer_schema=False) if is_text else frame_of_parquet(content, path)
    wanted = {field["name"]: TYPES[field["type"]] for field in schema["fields"]}
    found = dict.fromkeys(frame.columns) if is_text else dict(frame.schema)
    if list(found) != list(wanted):
        yield f"{path}: found columns {', '.join(found)}, expected those of schemas/{name}.json; {AGAIN}"
        return
    if not is_text:
        odd = [column for column, kind in found.items() if kind != wanted[column]]
        yield from (f"{path}: {column}: found {found[column]}, expected {wanted[column]}; {AGAIN}" for column in odd)
        frames[name] = pl.concat([frames[name], frame]) if name in frames else frame
    if frame.height != resource["row_count"]:
        yield f"{path}: found {frame.height:,} rows, expected {resource['row_count']:,}; {AGAIN}"


def _key_faults(name: str, frame: pl.DataFrame, schema: dict[str, Any], frames: Frames) -> Iterator[str]:
    """Rows without a key or with one that stands twice, and keys that lead nowhere."""
    key = [schema["primaryKey"]] if isinstance(schema["primaryKey"], str) else list(schema["primaryKey"])
    twice = frame.select(pl.struct(key).is_duplicated().sum()).item()
    if twice:
        yield f"{name}: {twice:,} rows share a key ({', '.join(key)}), expected one row for each; {AGAIN}"
    for entry in schema.get("foreignKeys", []):
        fields, reference = _names(entry["fields"]), entry["reference"]
        other = frames.get(reference.get("resource") or name)
        if other is None:
            yield f"{name}: {', '.join(fields)}: found no table {reference.get('resource')}; {AGAIN}"
            continue
        to = _names(reference["fields"])
        lost = frame.select(fields).drop_nulls().join(other.select(to), left_on=fields, right_on=to, how="anti")
        if lost.height:
            first = " ".join(map(str, lost.row(0)))
            yield f"{name}: {', '.join(fields)}: {lost.height:,} cells name no row, as {first}; {AGAIN}"


def _names(key: str | list[str]) -> list[str]:
    return [key] if isinstance(key, str) else key


def _finding_faults(frames: Frames) -> Iterator[str]:
    """Errors that a release must not hold: open ones among its findings."""
    findings = frames.get("findings")
    if findings is not None:
        grave = findings.filter(pl.col("severity") == "error", pl.col("status") == "open")
        for row in grave.iter_rows(named=True):
            yield f"findings: {row['finding_id']}: an open error, which no release holds; fix: report it"
