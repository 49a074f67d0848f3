"""The version that follows from what changed: SemVer of the data, computed and not chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from canonical.reading.encodings import UnreadableError
from release.versions.causes import HEADLINES, Moved
from release.versions.changes import Changes

__all__ = ["Level", "Reason", "least_version", "refusal", "version_reasons"]

Level = Literal["patch", "minor", "major"]
ORDER: tuple[Level, ...] = ("patch", "minor", "major")


@dataclass(frozen=True)
class Reason:
    """What asks for a step of the version, and which."""

    level: Level
    what: str


def version_reasons(changes: Changes, moved: tuple[Moved, ...]) -> tuple[Reason, ...]:
    """Every reason for a new version, the gravest first.

    A break of a schema is major; what is added, a row that goes and a headline that a changed rule moved are minor;
    a cell that changed is a patch.
    """
    found = [*_of_schemas(changes), *_of_rows(changes), *_of_method(changes, moved)]
    return tuple(sorted(found, key=lambda reason: -ORDER.index(reason.level)))


def _of_schemas(changes: Changes) -> Iterator[Reason]:
    for change in changes.schemas:
        name = f"{change.table}.{change.field}" if change.field else change.table
        yield Reason("major" if change.breaks else "minor", f"{name}: {change.what}")


def _of_rows(changes: Changes) -> Iterator[Reason]:
    for change in changes.tables:
        if change.added:
            yield Reason("minor", f"{change.table}: {len(change.added):,} rows added")
        if change.removed:
            yield Reason("minor", f"{change.table}: {len(change.removed):,} rows removed")
        if change.cells:
            yield Reason("patch", f"{change.table}: {len(change.cells):,} cells changed")


def _of_method(changes: Changes, moved: tuple[Moved, ...]) -> Iterator[Reason]:
    for table in HEADLINES:
        count = sum(one.table == table and one.cause == "method" for one in moved)
        if count:
            yield Reason("minor", f"{table}: {count:,} headlines moved by a changed rule")
    typed = any(change.kind != "derived" for change in changes.tables)
    if changes.tables and not typed and not changes.schemas:
        tables = ", ".join(change.table for change in changes.tables)
        yield Reason("minor", f"{tables}: changed by a rule alone, for no typed row did")


def least_version(old: str, reasons: tuple[Reason, ...]) -> str:
    """The least version that may follow `old`; `old` itself where there is no reason for another."""
    if not reasons:
        return old
    major, minor, patch = _numbers(old)
    steps = {"major": (major + 1, 0, 0), "minor": (major, minor + 1, 0), "patch": (major, minor, patch + 1)}
    return ".".join(map(str, steps[reasons[0].level]))


def refusal(old: str, wanted: str, reasons: tuple[Reason, ...]) -> str:
    """Why `wanted` may not follow `old`, an empty text where it may."""
    least = least_version(old, reasons)
    if not reasons:
        return f"nothing changed since {old}; fix: release nothing"
    if _numbers(wanted) >= _numbers(least):
        return ""
    first = reasons[0]
    return f"found version {wanted}, expected at least {least}: {first.what} ({first.level}); fix: name {least}"


def _numbers(version: str) -> tuple[int, int, int]:
    try:
        major, minor, patch = (int(part) for part in version.partition("-")[0].split("."))
    except ValueError:
        raise UnreadableError(f"{version}: no version; fix: name three numbers such as 1.0.0") from None
    return major, minor, patch
