"""Hostile releases under `release verify`, `release diff` and `cvm`: forged sums, damaged zips, pipes, odd names."""
# ruff: noqa: E501

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.hostile_kind import (
    Change,
    Codes,
    Kind,
    a_circle_of_links,
    a_folder,
    a_pipe,
    a_sparse_file,
    bytes_changed,
    removed,
)

__all__ = ["CALLS", "release_files", "release_kinds", "zip_of"]

CALLS: dict[str, tuple[str, ...]] = {
    "verify": ("release", "verify", "own/release"),
    "verify zip": ("release", "verify", "{file}"),
    "diff": ("release", "diff", "own/release", "own/release"),
    "diff zip": ("release", "diff", "{file}", "{file}"),
    "cvm": ("cloud_vendor_metrics.command", "show", "vendors", "--data", "."),
    "cvm verify": ("cloud_vendor_metrics.command", "verify", "--data", "."),
    "cvm zip": ("cloud_vendor_metrics.command", "list", "--data", "{file}"),
    "cvm describe": ("cloud_vendor_metrics.command", "describe", "vendors", "--data", "."),
}
"""The commands that read a release, by the name they have in a case."""
SCHEMA = {"fields": [{"name": "id", "type": "string"}, {"name": "size", "type": "number"}], "primaryKey": ["id"]}
DESCRIPTOR = {
    "name": "cloud-vendor-metrics",
    "version": "1.0.0",
    "resources": [{"name": "things", "table": "things", "path": "data/things.csv", "format": "csv", "row_count": 2,
                   "table_schema": "schemas/things.json"}],
}  # fmt: skip
NO_FILES: dict[str, Change] = {
    "gone": removed, "a pipe": a_pipe, "a folder": a_folder, "a circle of links": a_circle_of_links,
    "3 GB of nothing": a_sparse_file,
}  # fmt: skip
BYTES: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda b: b"", "half of it": lambda b: b[: len(b) // 2], "random bytes": lambda b: bytes(range(256)) * 8,
    "UTF-16": lambda b: b"\xff\xfe" + b.decode("latin-1").encode("utf-16-le"), "gzip": gzip.compress,
    "NUL": lambda b: b[:9] + b"\x00" + b[9:], "a nesting without end": lambda b: b"[" * 100_000, "a list": lambda b: b"[7]",
    "null": lambda b: b"null", "a number": lambda b: b"7", "HTML": lambda b: b"<html>404</html>",
}  # fmt: skip
NAMES = ("a\nb", "a\x1b[2Jb", "a\u202eb", "a\u200bb", "\u4e91", "a b", "-x", "%s", "{x}", "x" * 250, "a\x7fb", "~", "*")


def release_files() -> dict[str, bytes]:
    """A release as small as can be, as a folder and as a zip, by their path in a checkout."""
    files = _summed(
        {
            "datapackage.json": json.dumps(DESCRIPTOR).encode(),
            "schemas/things.json": json.dumps(SCHEMA).encode(),
            "data/things.csv": b"id,size\na,1\nb,2\n",
        }
    )
    return {f"own/release/{name}": content for name, content in files.items()} | {"own/release.zip": _zipped(files)}


def release_kinds() -> Iterator[Kind]:
    """Every kind of damage to a release, good ones first."""
    fine = {"verify": (0,), "diff": (0,)}
    yield Kind("releases", "undamaged", "own/release/datapackage.json", lambda path: None, fine)
    zipped = {"verify zip": (0,), "diff zip": (0,)}
    yield Kind("releases", "undamaged zip", "own/release.zip", lambda path: None, zipped)
    yield from _damaged()
    yield from _forged()
    yield from _zips()
    yield from _of_the_package()
    yield from _names()


def _damaged() -> Iterator[Kind]:
    """A file that is not the one that the sums name."""
    for name in ("datapackage.json", "schemas/things.json", "data/things.csv", "SHA256SUMS"):
        for damage, change in {**NO_FILES, **{word: bytes_changed(made) for word, made in BYTES.items()}}.items():
            codes: Codes = {"verify": (1, 2)} if name == "SHA256SUMS" else {"verify": (1, 2), "diff": (2,)}
            if name == "data/things.csv" and damage in ("half of it", "NUL", "gzip"):
                codes = {
                    "verify": (1,),
                    "diff": (0, 2),
                }  # a text with other cells, which differs from itself in nothing
            yield Kind("releases", f"{name}: {damage}", f"own/release/{name}", change, codes)


def _forged() -> Iterator[Kind]:
    """A file that is hostile, and whose sum fits."""
    field = SCHEMA["fields"][0]
    forged: dict[str, tuple[bytes, ...]] = {
        "datapackage.json": (
            b"{}", b'{"resources": 7}', b'{"resources": [7]}', b'{"version": "1", "resources": [{}]}',
            *(json.dumps(DESCRIPTOR | {"resources": [DESCRIPTOR["resources"][0] | changed]}).encode()  # type: ignore[operator]
              for changed in ({"path": "../../../etc/hostname.csv"}, {"path": 7}, {"path": "data/none.csv"}, {"row_count": "two"},
                              {"table_schema": 7}, {"table_schema": "schemas/none.json", "table": "none"})),
        ),
        "schemas/things.json": (
            b"{}", b"[]", b'{"fields": 7}', b'{"fields": []}', b'{"fields": [7]}', b'{"fields": [{"type": "string"}]}',
            *(json.dumps(SCHEMA | changed).encode()
              for changed in ({"primaryKey": ["none"]}, {"primaryKey": 7}, {"foreignKeys": [7]},
                              {"foreignKeys": [{"fields": ["none"], "reference": {"fields": ["id"]}}]},
                              {"fields": [field, {"name": "size", "type": "money"}]})),
        ),
        "data/things.csv": (b"", b"id\na\n", b"id,size\na\n", b'id,size\n"a,1\n', b"\xff\xfe", b"id,size\n" + b"\x00" * 99),
    }  # fmt: skip
    for name, contents in forged.items():
        for place, content in enumerate(contents):
            codes = {"verify": (0, 1, 2), "diff": (0, 2)}
            yield Kind("releases", f"forged {name} ({place})", "own/release/SHA256SUMS", _forging(name, content), codes)


def _forging(name: str, content: bytes) -> Change:
    def forge(sums: Path) -> None:
        release = sums.parent
        (release / name).write_bytes(content)
        files = {p.relative_to(release).as_posix(): p.read_bytes() for p in release.rglob("*.*") if p.is_file()}
        sums.write_bytes(_summed(files)["SHA256SUMS"])

    return forge


def _zips() -> Iterator[Kind]:
    codes = {"verify zip": (1, 2), "diff zip": (2,), "cvm zip": (2,)}
    made = {
        name.removeprefix("own/release/"): content for name, content in release_files().items() if ".zip" not in name
    }
    changes: dict[str, Change] = {**NO_FILES, **{word: bytes_changed(change) for word, change in BYTES.items()}}
    flags = {"encrypted": (6, 8, 1), "packed in no way known": (8, 10, 97), "a sum that does not fit": (14, 16, 7)}
    for word, (local, central, value) in flags.items():
        changes[word] = bytes_changed(lambda b, at=(local, central), v=value: _flagged(b, *at, v))
    changes["without a descriptor"] = zip_of(lambda: {n: c for n, c in made.items() if n != "datapackage.json"})
    changes["a descriptor that swells"] = zip_of(lambda: {**made, "datapackage.json": b" " * (80 << 20)})
    for damage, change in changes.items():
        yield Kind("releases", f"zip: {damage}", "own/release.zip", change, codes)
    slip = {"verify zip": (1,), "diff zip": (0, 2), "cvm zip": (0, 2)}
    for name in ("../../slipped", "/slipped", "c:\\slipped", "a\x1b[2Jb"):
        slipped = zip_of(lambda n=name: {**made, n: b"x"})
        yield Kind("releases", f"zip: a member {name!a}", "own/release.zip", slipped, slip)


def _of_the_package() -> Iterator[Kind]:
    """What the client reads of an unpacked package, here of the checkout."""
    for name, codes in (
        ("datapackage.json", {"cvm": (2,), "cvm verify": (1, 2), "cvm describe": (2,)}),
        ("schemas/vendors.json", {"cvm describe": (2,), "cvm": (0, 2)}),
        ("data/vendors.parquet", {"cvm": (2,), "cvm verify": (1,)}),
    ):
        for damage, change in {**NO_FILES, **{word: bytes_changed(made) for word, made in BYTES.items()}}.items():
            yield Kind("client", f"{name}: {damage}", name, change, codes)


def _names() -> Iterator[Kind]:
    """Files and folders whose names drive a terminal, as arguments of the call."""
    for name in NAMES:
        codes = {"verify zip": (1, 2), "diff zip": (2,), "cvm zip": (2,), "own": (2,)}
        yield Kind("names", f"a file {name[:20]!a}", f"own/{name}", _a_letter, codes)
        codes = {"verify zip": (1, 2), "diff zip": (2,), "cvm zip": (2,)}
        yield Kind("names", f"a folder {name[:20]!a}", f"own/{name}", os.mkdir, codes)


def _a_letter(path: Path) -> None:
    path.write_bytes(b"x")


def _summed(files: dict[str, bytes]) -> dict[str, bytes]:
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return files | {"SHA256SUMS": sums.encode()}


def zip_of(files: Callable[[], dict[str, bytes]]) -> Change:
    """Put the zip of some files there, which are made when it is."""

    def put(path: Path) -> None:
        path.write_bytes(_zipped(files()))

    return put


def _zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(
                f"things-1.0.0/{name}" if name[0].islower() or name[0].isupper() else name, (2026, 1, 1, 0, 0, 0)
            )
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _flagged(content: bytes, local: int, central: int, value: int) -> bytes:
    changed = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        start = 0
        while (at := content.find(signature, start)) >= 0:
            changed[at + offset : at + offset + 2] = value.to_bytes(2, "little")
            start = at + 4
    return bytes(changed)
