"""What the package says about itself, read from `package.yaml` refused where it cannot be published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any, cast

from canonical.periods import FIRST_DAY, LAST_DAY
from canonical.reading.encodings import UnreadableError
from canonical.reading.yaml_files import yaml_value
from canonical.table_schema import ROOT
from canonical.text_faults import HIDDEN, LOST

__all__ = ["citation", "package_metadata", "version"]

NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
"""A name that is a file name everywhere: no folder, no `..`, no letter that another looks like."""
NUMBER = r"(?:0|[1-9][0-9]*)"
VERSION = re.compile(rf"{NUMBER}\.{NUMBER}\.{NUMBER}(?:-[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*)?")
ADDRESS = re.compile(r"https?://[^\s/?#<>\"']+[^\s<>\"']*")
SIGNS = re.compile(f"{HIDDEN}|{LOST}|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What no text of the package may hold: signs nobody sees, letters that were lost."""
TEXTS = ("title", "title_zh", "description", "description_zh")
LONGEST_NAME = 100
LONGEST = 5_000
"""Characters of a title, description or keyword."""


@cache
def package_metadata() -> dict[str, Any]:
    """The content of `package.yaml`.

    Raises `UnreadableError`, which names the key, where one is missing or of another form than files and pages need.
    """
    package = yaml_value(ROOT / "package.yaml", "package.yaml", "git checkout package.yaml")
    if not isinstance(package, dict):
        raise UnreadableError("package.yaml: found no keys, expected name, title, version and others")
    found = cast(dict[str, Any], package)
    for key, expected in _faults(found):
        raise UnreadableError(f"package.yaml: {key}: found {found.get(key.split('.')[0])!r:.80}, expected {expected}")
    return found


def _faults(package: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each key that is missing or wrong, with what belongs there."""
    if not _matches(NAME, package.get("name")) or len(package["name"]) > LONGEST_NAME:
        yield "name", f"at most {LONGEST_NAME} lower-case letters, digits, `-`, `_` and `.` between them"
    if not _matches(VERSION, package.get("version")):
        yield "version", "three numbers such as 1.0.0"
    day = package.get("released_on")
    if type(day) is not date or not FIRST_DAY <= day <= LAST_DAY:
        yield "released_on", f"a day YYYY-MM-DD from {FIRST_DAY.year} to {LAST_DAY.year}"
    for key in TEXTS:
        if not _is_text(package.get(key)):
            yield key, f"a text of at most {LONGEST:,} characters"
    if not _is_list(package.get("keywords"), _is_text):
        yield "keywords", "a list of texts"
    if "homepage" in package and not _matches(ADDRESS, package["homepage"]):
        yield "homepage", "an address https://…"
    for kind in ("data", "code"):
        if not _is_licence(_within(package.get("licences"), kind)):
            yield f"licences.{kind}", "name, title and path, an address https://…"
    if not _is_list(package.get("contributors"), _is_titled):
        yield "contributors", "a list of entries with a title"


def _matches(form: re.Pattern[str], text: Any) -> bool:
    return isinstance(text, str) and form.fullmatch(text) is not None


def _is_text(text: Any) -> bool:
    return isinstance(text, str) and 0 < len(text.strip()) <= LONGEST and not SIGNS.search(text)


def _is_list(entries: Any, is_entry: Callable[[Any], bool]) -> bool:
    return isinstance(entries, list) and bool(entries) and all(map(is_entry, cast(list[Any], entries)))


def _within(entry: Any, key: str) -> Any:
    return cast(dict[str, Any], entry).get(key) if isinstance(entry, dict) else None


def _is_titled(entry: Any) -> bool:
    return _is_text(_within(entry, "title"))


def _is_licence(entry: Any) -> bool:
    return all(_is_text(_within(entry, key)) for key in ("name", "title")) and _matches(ADDRESS, _within(entry, "path"))


def version() -> str:
    """The version of the data, as every file that leaves the house carries it."""
    return str(package_metadata()["version"])


def citation() -> str:
    """One line that cites this version, with the address of the package where it has one."""
    package = package_metadata()
    author, year = package["contributors"][0]["title"], package["released_on"].year
    address = f" {package['homepage']}" if "homepage" in package else ""
    return f"{author} ({year}). {package['title']}, version {version()}.{address}"
