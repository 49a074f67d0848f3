"""Hostile packages: files that are gone, and damaged lists, descriptors, schemas, metadata and Parquet."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.hostile_kind import (
    VENDORS,
    Kind,
    a_circle_of_links,
    a_folder,
    a_pipe,
    bytes_changed,
    cell_changed,
    json_changed,
    removed,
    text_changed,
)

__all__ = ["file_kinds"]


def file_kinds() -> Iterator[Kind]:
    """Every kind of damage to the files beside the tables."""
    for kinds in (
        _gone,
        _no_files,
        _damaged_lists,
        _damaged_descriptors,
        _damaged_schemas,
        _damaged_metadata,
        _damaged_parquet,
    ):
        yield from kinds()


def _gone() -> Iterator[Kind]:
    lost = {"check": (1, 2), "changed": (1, 2), "fill": (2,), "build": (1, 2), "docs": (1, 2)}
    yield Kind("gone", "the folder of tables", "data", removed, lost)
    yield Kind("gone", "a text", VENDORS, removed, {**lost, "fill": (2,)}, "vendors")
    yield Kind("gone", "text and Parquet", VENDORS, _both_gone, {**lost, "table": (2,), "load": (3,)}, "vendors")
    yield Kind("gone", "a Parquet", "data/vendors.parquet", removed,
               {"check": (1,), "changed": (1,), "fill": (0,), "build": (0,), "docs": (1,), "load": (3,)})  # fmt: skip
    yield Kind("gone", "a schema", "schemas/vendors.json", removed, {**lost, "table": (2,)}, "vendors")
    yield Kind("gone", "the descriptor", "datapackage.json", removed,
               {"check": (2,), "changed": (2,), "fill": (0,), "build": (0,), "docs": (2,), "load": (3,)})  # fmt: skip
    yield Kind("gone", "package.yaml", "package.yaml", removed, {"build": (2,), "docs": (1, 2), "check": (0, 1, 2)})
    yield Kind("gone", "the list of accepted problems", "validation/known_issues.csv", removed,
               {"check": (2,), "changed": (2,), "build": (2,)}, "known_issues")  # fmt: skip
    yield Kind("gone", "the conventions", "schemas/precision.csv", removed,
               {"check": (2,), "changed": (0, 2), "table": (0, 2), "build": (2,)}, "precision")  # fmt: skip


def _no_files() -> Iterator[Kind]:
    """Something that never ends, or is nothing, in place of a file that commands read beside the tables."""
    for file, codes in (
        ("datapackage.json", {"check": (2,), "changed": (2,), "fill": (2,), "docs": (2,), "build": (2,), "load": (3,)}),
        ("schemas/vendors.json", {"table": (2,), "changed": (2,), "fill": (2,), "build": (2,)}),
        ("package.yaml", {"changed": (0,), "build": (2,), "docs": (1, 2)}),
        ("validation/known_issues.csv", {"changed": (2,), "check": (2,)}),
        ("schemas/precision.csv", {"table": (0, 2), "fill": (0, 2), "check": (2,)}),
        ("README.md", {"build": (2,)}),
        ("CHANGELOG.md", {"docs": (2,)}),
    ):  # fmt: skip
        for name, change in (("a pipe", a_pipe), ("a folder", a_folder), ("a circle of links", a_circle_of_links)):
            if (file, name) == ("datapackage.json", "a circle of links"):
                codes = {**codes, "fill": (0,), "build": (0,)}  # it leads to nothing, as before a first build
            yield Kind("special files", f"{file}: {name}", file, change, codes)


def _both_gone(path: Path) -> None:
    path.unlink()
    path.with_suffix(".parquet").unlink()


def _damaged_lists() -> Iterator[Kind]:
    for name, change in (
        ("nothing", lambda b: b""), ("random bytes", lambda b: bytes(range(256))),
        ("a column less", lambda b: re.sub(rb"^[^,]*,", b"", b, flags=re.MULTILINE)),
        ("a quote not closed", lambda b: b + b'"x'), ("a cell too many", lambda b: b + b"a,b,c,d,e,f,g,h,i,j,k,l\n"),
        ("UTF-16", lambda b: b.decode().encode("utf-16")), ("a column twice", lambda b: b.replace(b"\n", b",rule,bound\n", 1)),
    ):  # fmt: skip
        codes = {"check": (2,), "changed": (2,), "build": (2,)}
        yield Kind(
            "lists",
            f"known issues: {name}",
            "validation/known_issues.csv",
            bytes_changed(change),
            codes,
            "known_issues",
        )
        codes = {"check": (2,), "changed": (0, 2), "table": (0, 2), "fill": (0, 2), "build": (2,)}
        yield Kind("lists", f"precision: {name}", "schemas/precision.csv", bytes_changed(change), codes, "precision")
    codes = {"check": (2,), "fill": (2,), "build": (2,)}
    yield Kind(
        "lists",
        "precision: an end that is none",
        "schemas/precision.csv",
        cell_changed("x - h", "x - z"),
        codes,
        "precision",
    )


def _damaged_descriptors() -> Iterator[Kind]:
    refused = {"check": (2,), "changed": (2,), "fill": (2,), "docs": (2,), "build": (2,), "load": (3,)}
    for name, change in (
        ("nothing", lambda b: b""), ("half of it", lambda b: b[: len(b) // 2]), ("a list", lambda b: b"[]"),
        ("null", lambda b: b"null"), ("no resources", lambda b: b"{}"), ("a nesting without end", lambda b: b"[" * 100_000),
        ("UTF-16", lambda b: b.decode().encode("utf-16")), ("random bytes", lambda b: bytes(range(256))),
        ("a resource that is none", lambda b: b'{"resources": [7]}'),
    ):  # fmt: skip
        yield Kind("descriptor", name, "datapackage.json", bytes_changed(change), refused, "datapackage.json")
    for name, key, value in (
        ("a path out of the package", "path", "../vendors.csv"), ("an absolute path", "path", "/etc/passwd"),
        ("a size in words", "bytes", "many"), ("a hash that is none", "hash", 7), ("rows that are none", "row_count", None),
        ("a name twice", "name", "units"),
    ):  # fmt: skip
        yield Kind("descriptor", name, "datapackage.json", json_changed(_resource_with(key, value)),
                   {c: v for c, v in refused.items() if c != "load"}, "datapackage.json")  # fmt: skip
    stale = {"check": (1,), "build": (0,), "docs": (1,)}
    for name, change in (
        ("other rows", _resource_with("row_count", 99)), ("another size", _resource_with("bytes", 1)),
        ("a resource less", lambda d: d["resources"].pop() and None), ("another version", lambda d: d.update(version="9.9.9")),
        ("another hash", _resource_with("hash", "sha256:0")),
        ("another schema", _resource_with("schema", "../x.json")), ("a schema that is none", _resource_with("schema", [])),
    ):  # fmt: skip
        yield Kind("descriptor", name, "datapackage.json", json_changed(change), stale)


def _resource_with(key: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(descriptor: dict[str, Any]) -> None:
        resources = descriptor["resources"]
        assert isinstance(resources, list)
        next(resource for resource in resources if resource["path"] == VENDORS)[key] = value

    return change


def _damaged_schemas() -> Iterator[Kind]:
    codes = {"feed": (2,), "table": (2,), "check": (2,), "changed": (2,), "fill": (2,), "build": (2,), "docs": (1, 2)}
    file = "schemas/vendors.json"
    for name, change in (
        ("nothing", lambda b: b""), ("half of it", lambda b: b[: len(b) // 2]), ("a list", lambda b: b"[]"),
        ("a nesting without end", lambda b: b"[" * 100_000), ("UTF-16", lambda b: b.decode().encode("utf-16")),
        ("random bytes", lambda b: bytes(range(256))),
    ):  # fmt: skip
        yield Kind("schema", name, file, bytes_changed(change), codes, "vendors")
    for name, change in (
        ("no fields", lambda s: s.pop("fields") and None), ("fields that are none", lambda s: s.update(fields=7)),
        ("a field without a name", lambda s: s["fields"][1].pop("name") and None),
        ("a field twice", lambda s: s["fields"].append(dict(s["fields"][0]))),
        ("an unknown type", lambda s: s["fields"][1].update(type="money")),
        ("a minimum that is a word", lambda s: s["fields"][1].update(constraints={"minimum": "low"})),
        ("a pattern that is none", lambda s: s["fields"][1].update(constraints={"pattern": "("})),
        ("a key to an unknown table", lambda s: s.update(foreignKeys=[
            {"fields": ["vendor_id"], "reference": {"resource": "nowhere", "fields": ["x"]}}])),
        ("a key over no field", lambda s: s.update(primaryKey=["nowhere"])),
        ("a code that is an object", lambda s: s["fields"][1].update(constraints={"enum": [{}]})),
        ("constraints that are none", lambda s: s["fields"][1].update(constraints=7)),
    ):  # fmt: skip
        yield Kind("schema", name, file, json_changed(change), codes, "vendors")


def _damaged_metadata() -> Iterator[Kind]:
    codes = {"build": (2,), "docs": (1, 2)}
    for name, change in (
        ("a name that leads out", lambda s: re.sub("^name: .*$", "name: ../../evil", s, flags=re.MULTILINE)),
        ("a name with a folder", lambda s: re.sub("^name: .*$", "name: a/b", s, flags=re.MULTILINE)),
        ("no name", lambda s: re.sub("^name: .*$", "", s, flags=re.MULTILINE)),
        ("a version in words", lambda s: re.sub("^version: .*$", "version: latest", s, flags=re.MULTILINE)),
        ("a day that is none", lambda s: re.sub("^released_on: .*$", "released_on: soon", s, flags=re.MULTILINE)),
        ("aliases that swell", lambda s: s + "".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}' if n else '7'] * 9)}]\n" for n in range(30)) + "title: *x29\n"),
        ("a day beyond the calendar", lambda s: re.sub("^released_on: .*$", "released_on: 9999-12-31", s, flags=re.MULTILINE)),
        ("a name of 300 letters", lambda s: re.sub("^name: .*$", "name: " + "a" * 300, s, flags=re.MULTILINE)),
        ("5 MB", lambda s: s + "# " + "a" * 5_000_000), ("a list", lambda s: "- a\n"), ("nothing", lambda s: ""), ("no YAML", lambda s: "a: [\n"),
        ("an object of Python", lambda s: "!!python/object/apply:os.system ['true']\n"),
        ("an address that runs", lambda s: s + "\nhomepage: javascript://x\n"),
        ("a title that turns", lambda s: re.sub("^title: .*$", 'title: "a\\\\u202eb"', s, flags=re.MULTILINE)),
    ):  # fmt: skip
        yield Kind("package.yaml", name, "package.yaml", text_changed(change), codes, "package.yaml")


def _damaged_parquet() -> Iterator[Kind]:
    codes = {"check": (1,), "changed": (1,), "fill": (0,), "build": (0,), "docs": (1,), "load": (3,), "feed": (0, 1, 2)}
    for name, change in (
        ("cut off", lambda b: b[: len(b) // 2]), ("empty", lambda b: b""), ("text", lambda b: b"vendor_id\nacme\n"),
        ("a bit of the footer", lambda b: b[:-9] + bytes([b[-9] ^ 1]) + b[-8:]),
        ("a bit of the data", lambda b: b[:20] + bytes([b[20] ^ 1]) + b[21:]),
        ("a length beyond the file", lambda b: b[:-8] + b"\xff\xff\xff\x7f" + b[-4:]),
        ("random bytes", lambda b: b"PAR1" + bytes(range(256)) * 4 + b"PAR1"),
    ):  # fmt: skip
        yield Kind("Parquet", name, "data/vendors.parquet", bytes_changed(change), codes)
