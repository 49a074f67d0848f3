"""Files of somebody's own: each by itself, then together against one another and the package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from canonical.findings import Finding
from canonical.reading.content import real_path
from canonical.reading.reader import UnreadableError, read_table
from canonical.reference import OwnTable
from canonical.table_schema import load_schema, table_names
from canonical.text_tables import DATA
from validation.feed import MOST_ROWS, check_feed, related_files
from validation.feed_prices import check_price_feed, price_files
from validation.feed_rows import FeedFile, label_of
from validation.package import Checked, Checker
from validation.structure.table_files import table_files, table_of

__all__ = ["OwnChecked", "check_own", "own_files", "tables_of"]


@dataclass(frozen=True)
class OwnChecked:
    """The files that could be read, what was found in them, and a line on each that could not be read."""

    paths: list[Path]
    findings: list[Finding]
    unreadable: list[str]


def tables_of(folder: Path) -> list[OwnTable]:
    """The tables of a folder, each with its text, else its Parquet, else the parts of that."""
    return [OwnTable(name, path) for name in table_names() for path in table_files(folder, name)]


def own_files(paths: Sequence[Path], table: str | None) -> list[OwnTable]:
    """Each file with the table it is checked as: the one named, else the one it is called after.

    Raises `UnreadableError` where a file is called after no table, or a folder holds none.
    """
    files: list[OwnTable] = []
    for path in paths:
        members = [path]
        if path.is_dir():
            members = sorted(p for p in path.iterdir() if p.suffix in (".csv", ".parquet") and (table or table_of(p)))
            if not members:
                raise UnreadableError(f"{path}: no CSV or Parquet file called after a table; name one, or give --table")
        for member in members:
            name = table or table_of(member)
            if name is None:
                raise UnreadableError(f"{member}: not called after a table; say which with --table NAME")
            files.append(OwnTable(name, member))
    return files


def check_own(files: Sequence[OwnTable], added: Sequence[OwnTable] = (), engine: str = "polars") -> OwnChecked:
    """Every layer over files of somebody's own; one that cannot be read keeps no other from being checked.

    Parameters: `added` are tables whose rows stand before those of the package, and that are not checked themselves.
    A key of one file may be a row of another. What the package accepts in its own rows does not speak of these.
    """
    given = {real_path(file.path) for file in files}
    others = [own for own in added if real_path(own.path) not in given]
    checker = Checker(DATA, engine, (*_referred(files), *others))
    checked: list[Checked] = []
    unreadable: list[str] = []
    for file in files:
        try:
            checked.append(checker.checked(file.path, file.table))
        except UnreadableError as error:
            unreadable.append(str(error))
    findings = [finding for one in checked for finding in one.findings] + _together(checked, checker)
    # Files that fail on one table they all refer to say so once.
    return OwnChecked([one.path for one in checked], findings, list(dict.fromkeys(unreadable)))


def _referred(files: Sequence[OwnTable]) -> list[OwnTable]:
    """The files among several whose rows others may refer to; one that is no such table says so itself."""
    resources = {key.resource for name in table_names() for key in load_schema(name).foreign_keys}
    outside = [f for f in files if real_path(f.path).parent != real_path(DATA)]
    return [file for file in outside if len(files) > 1 and file.table in resources and _is_readable(file)]


def _is_readable(file: OwnTable) -> bool:
    schema = load_schema(file.table)
    try:
        table, _ = read_table(file.path, schema)
    except UnreadableError:
        return False
    return table is not None and set(schema.primary_key) <= set(table.frame.columns)


def _together(checked: Sequence[Checked], checker: Checker) -> list[Finding]:
    """What relations and price rules find in the files that are not the package's own."""
    files: list[FeedFile] = []
    for one in checked:
        if one.table is not None and real_path(one.path).parent != real_path(DATA):
            label = label_of(one.path, [file.label for file in files])
            files.append(FeedFile(label, one.path, one.table, one.findings))
    related, priced = related_files(files), price_files(files)
    found: list[Finding] = []
    if related and sum(file.table.frame.height for file in related) <= MOST_ROWS:
        found += check_feed(related, checker.reference)[0]
    if priced:
        found += check_price_feed(priced, checker.reference, checker.references)[0]
    return found
