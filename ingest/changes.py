"""Read a CSV of changes row by row, each cell as it stands, and refuse what would leave a choice to the reader."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from ingest.upstream import UpstreamError, open_text, shown

__all__ = ["in_turn", "once_each", "read_changes", "read_header", "rows_of_text"]

LONGEST_LINE = 100_000


def read_header(path: Path) -> list[str]:
    """The names of a CSV file's columns; none where it is empty."""
    with open_text(path) as file:
        return next(csv.reader(_lines(file, path.name), strict=True), [])


def read_changes(path: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    """The rows of a CSV of changes, one by one.

    UpstreamError where a column is missing or stands twice, a row has other cells than the header, a line ends in
    a carriage return alone, or a cell holds a letter that cannot be printed.
    """
    with open_text(path) as file:
        yield from rows_of_text(file, columns, path.name)


def rows_of_text(file: TextIO, columns: Sequence[str], name: str) -> Iterator[dict[str, str]]:
    """The rows of an open text called `name`, opened with its line ends as they stand; refused as by `read_changes`."""
    reader = csv.reader(_lines(file, name), strict=True)
    header = next(reader, [])
    _check_header(header, columns, name)
    for cells in reader:
        if not cells:
            continue
        where = f"{name} line {reader.line_num}"
        if len(cells) != len(header):
            raise UpstreamError(f"{where}: {len(cells)} cells in the row, not {len(header)}")
        if not all(map(_is_plain, cells)):
            column, cell = next(pair for pair in zip(header, cells, strict=True) if not _is_plain(pair[1]))
            raise UpstreamError(f"{where}: {column} is {shown(cell)}, which holds a letter that cannot be printed")
        yield dict(zip(header, cells, strict=True))


def once_each(
    rows: Iterable[dict[str, str]], version: str, key: Sequence[str], file: str, *times: str
) -> Iterator[dict[str, str]]:
    """The rows of versions that stand one below the other.

    UpstreamError where the column `version` returns to an earlier one, where one says a `key` twice, or where one
    has two values in the columns `times`, which tell when it was made.
    """
    versions: dict[str, tuple[str, ...]] = {}
    keys: set[tuple[str, ...]] = set()
    for row in rows:
        name, made = row[version], tuple(row[column] for column in times)
        if next(reversed(versions), None) != name:
            if name in versions:
                raise UpstreamError(f"{file}: {version} {name} stands in two places")
            versions[name] = made
            keys = set()
        if versions[name] != made:
            both = " and ".join(map(shown, sorted({*versions[name], *made})))
            raise UpstreamError(f"{file}: {version} {name} is dated {both}")
        found = tuple(row[column] for column in key)
        if found in keys:
            raise UpstreamError(f"{file} {name}: two rows of {' '.join(filter(None, found))}")
        keys.add(found)
        yield row


def in_turn(rows: Iterable[dict[str, str]], key: Sequence[str], file: str) -> Iterator[dict[str, str]]:
    """The rows; UpstreamError where a `key` is new that stands already, or changes or goes that does not stand.

    Of what stands a number is held, since a list may have a hundred thousand keys.
    """
    standing: set[int] = set()
    for row in rows:
        names = tuple(row[column] for column in key)
        number, event = hash(names), row["event"]
        if (event == "new") == (number in standing) and event in ("new", "change", "gone"):
            stands = "stands already" if event == "new" else "does not stand"
            raise UpstreamError(f"{file}: event of {' '.join(filter(None, names))} is {event}, though it {stands}")
        (standing.discard if event == "gone" else standing.add)(number)
        yield row


def _check_header(header: Sequence[str], columns: Sequence[str], name: str) -> None:
    missing = [column for column in columns if column not in header]
    if missing:
        found = ", ".join(map(shown, header[:20])) or "none"
        raise UpstreamError(f"{name}: column {missing[0]} is missing; found {found}")
    counts = Counter(header)
    twice = [column for column in header if counts[column] > 1]
    if twice:
        raise UpstreamError(f"{name}: column {shown(twice[0])} stands twice")


def _lines(file: TextIO, name: str) -> Iterator[str]:
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        if line.endswith("\r"):
            raise UpstreamError(f"{name} line {number}: ends in a carriage return alone, not in a line feed")
        if len(line) == LONGEST_LINE:
            raise UpstreamError(f"{name} line {number}: longer than {LONGEST_LINE:,} letters")
        yield line


def _is_plain(cell: str) -> bool:
    return cell.isprintable() and "\ufffd" not in cell
