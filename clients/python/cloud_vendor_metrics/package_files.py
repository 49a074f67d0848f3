"""Read what `datapackage.json` says of the files of a table, and hold the files against it before they are read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path, PurePosixPath
from typing import Any, cast

__all__ = ["AGAIN", "DamagedPackageError", "descriptor_of", "parquet_files", "table_names"]

AGAIN = "download and unpack the package again"


class DamagedPackageError(ValueError):
    """A package that is not as its descriptor says; the message names the file, what is wrong and what to do."""


def descriptor_of(folder: Path) -> dict[str, Any]:
    """The descriptor of an unpacked package. Raises `DamagedPackageError` where it is none."""
    path = folder / "datapackage.json"
    try:
        found = json.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise DamagedPackageError(f"{path}: cannot be read ({error.strerror}); {AGAIN}") from None
    except (ValueError, RecursionError):
        raise DamagedPackageError(f"{path}: not JSON; {AGAIN}") from None
    if not isinstance(found, dict):
        raise DamagedPackageError(f"{path}: not a descriptor; {AGAIN}")
    return cast(dict[str, Any], found)


def table_names(folder: Path) -> list[str]:
    """The tables that the descriptor has a Parquet file of, in alphabetical order."""
    return sorted({_text(resource, "table", folder) for resource in _parquet(folder)})


def parquet_files(folder: Path, table: str) -> list[Path]:
    """The Parquet files of a table, in the order of their names.

    Raises `DamagedPackageError` where one is missing, is not the one described, or where its folder holds another.
    """
    own = [resource for resource in _parquet(folder) if _text(resource, "table", folder) == table]
    files = sorted(_checked(resource, folder) for resource in own)
    foreign = sorted(set((folder / "data" / table).glob("*.parquet")) - set(files))
    if foreign:
        raise DamagedPackageError(f"{foreign[0]}: no file of the package; take it away, or {AGAIN}")
    return files


def _parquet(folder: Path) -> list[dict[str, Any]]:
    resources = descriptor_of(folder).get("resources")
    if not isinstance(resources, list) or not all(isinstance(one, dict) for one in cast(list[Any], resources)):
        raise DamagedPackageError(f"{folder / 'datapackage.json'}: no list of resources; {AGAIN}")
    return [one for one in cast(list[dict[str, Any]], resources) if one.get("format") == "parquet"]


def _checked(resource: dict[str, Any], folder: Path) -> Path:
    """The file of a resource, which is the one described: by its size, then by its hash."""
    inside = PurePosixPath(_text(resource, "path", folder))
    if inside.is_absolute() or ".." in inside.parts:
        raise DamagedPackageError(f"{folder / 'datapackage.json'}: {inside} leads out of the package; {AGAIN}")
    path = folder / inside
    if not path.is_file():
        raise DamagedPackageError(f"{path}: the file is missing; {AGAIN}")
    content = path.read_bytes()
    if len(content) != resource.get("bytes") or _hash(content) != resource.get("hash"):
        raise DamagedPackageError(f"{path}: not the file of the package; {AGAIN}")
    return path


def _hash(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def _text(resource: dict[str, Any], key: str, folder: Path) -> str:
    value = resource.get(key)
    if not isinstance(value, str):
        raise DamagedPackageError(f"{folder / 'datapackage.json'}: a resource without {key}; {AGAIN}")
    return value
