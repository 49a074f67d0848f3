"""Files of somebody's own: each by itself, then together against one another and the package."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from canonical.findings import Finding
from canonical.reading.content import BEGINNING, real_path, refuse_special
from canonical.reading.csv_blocks import Ragged
from canonical.reading.encodings import refuse_other_kinds
from canonical.reading.folders import files_in
from canonical.reading.header import header_findings
from canonical.reading.reader import UnreadableError
from canonical.reading.table_file import table_file
from canonical.reference import OwnTable
from canonical.table_schema import load_schema, table_names
from canonical.text_tables import DATA
from validation.checked import Checked
from validation.feed import check_feed, related_files
from validation.feed_cut import Large
from validation.feed_findings import capped
from validation.feed_parts import check_in_parts
from validation.feed_prices import check_price_feed, price_files
from validation.feed_rows import FeedFile, label_of
from validation.feed_steps import AT_ONCE, steps_in_parts
from validation.own_fixes import for_own
from validation.package import Checker
from validation.parts import checked_tables
from validation.prices.checks import PRICE_TABLES
from validation.related import READ
from validation.report import ReadFile, Report, Step, counted, named_files
from validation.row_keys import key_columns, keyed_by
from validation.steps import columns_of_all, price_step, reason_unread, relation_step, table_steps
from validation.structure.answers import Watching
from validation.structure.checks import unread_columns
from validation.structure.second_pass import TableKeys
from validation.structure.table_files import is_table_file, parts_below, shown_path, table_files, table_of

__all__ = ["check_own", "is_referable", "own_files", "tables_of"]

OBSERVATIONS = "observations"
COUNT_OBSERVATIONS = ("statements",)
"""The tables whose rules count observations, beside those that have keys to them."""


def tables_of(folder: Path) -> list[OwnTable]:
    """The tables of a folder, each with its text, else its Parquet, else the parts of that."""
    return [_in_folder(name, path, folder / name) for name in table_names() for path in table_files(folder, name)]


def _in_folder(table: str, path: Path, folder: Path) -> OwnTable:
    """A file of a table, which is a part of it where it lies in its folder."""
    return OwnTable(table, path, folder if path.is_relative_to(folder) else None)


def own_files(paths: Sequence[Path], table: str | None) -> list[OwnTable]:
    """Each file with the table it is checked as: the one named, else the one it is called after.

    Raises `UnreadableError` where a file is called after no table, or a folder holds none.
    """
    files: list[OwnTable] = []
    for path in paths:
        members = [path]
        if path.is_dir():
            members = parts_below(path) if table else [p for p in files_in(path) if is_table_file(p) and table_of(p)]
            if not members:
                called = "" if table else " called after a table; name one, or give --table"
                raise UnreadableError(f"{path}: holds no CSV or Parquet file{called}")
        for member in members:
            name = table or table_of(member)
            if name is None:
                raise UnreadableError(f"{member}: not called after a table; say which with --table NAME")
            files.append(OwnTable(name, member, path if table and path.is_dir() else None))
    return files


def check_own(
    files: Sequence[OwnTable],
    added: Sequence[OwnTable] = (),
    engine: str = "polars",
    watch: Watching = lambda file: None,
) -> Report:
    """Every layer over files of somebody's own; one that cannot be read keeps no other from being checked.

    Parameters: `added` are tables whose rows stand before those of the package, and that are not checked
    themselves; `watch` gives by the name of a file what is told of its rows as they are read.
    A key of one file may be a row of another. What the package accepts in its own rows does not speak of these.
    """
    given = {real_path(file.path) for file in files}
    others = [own for own in added if real_path(own.path) not in given]
    referred = tuple(_referred(files))
    checker = Checker(DATA, (*referred, *others), referred, engine=engine, keys_of=key_columns, watch=watch)
    unreadable: list[str] = []
    check = partial(_checked, checker)
    checked = list(checked_tables(files, check, checker.references, unreadable))
    was_stopped = bool(checked) and checked[-1].was_stopped
    columns = {name: columns_of_all(o.columns for o in checked if o.table_name == name) for name in checker.sizes}
    together: list[Finding] = []
    steps: list[Step] = []
    if not was_stopped:
        try:
            together, steps = _together(checked, checker, watch)
        except KeyboardInterrupt:
            was_stopped = True  # what the files' own rows were found to break is told all the same
    findings = [for_own(finding) for one in checked for finding in one.findings] + _with_keys(together, checked)
    return Report(
        checked=named_files([one.path for one in checked]),
        findings=findings,
        unreadable=list(dict.fromkeys(unreadable)),  # files that fail on one table they all refer to say so once
        steps=counted([*table_steps(checker.sizes, columns), *steps], findings),
        files=tuple(ReadFile(shown_path(one.path), one.table_name, one.rows) for one in checked),
        was_stopped=was_stopped,
    )


def _checked(checker: Checker, file: OwnTable, keys: TableKeys | None) -> Checked:
    return checker.checked(file.path, file.table, cells=file.cells, keys=keys)


def _with_keys(findings: Sequence[Finding], checked: Sequence[Checked]) -> list[Finding]:
    """Findings over rows of files together, each with the cells that tell its row from others."""
    named = {shown_path(one.path): one for one in checked}
    return [_with_key(finding, named.get(finding.file)) for finding in findings]


def _with_key(finding: Finding, one: Checked | None) -> Finding:
    if finding.key or finding.row_number is None or one is None or one.table is None:
        return finding
    return keyed_by(finding, one.table.schema, one.table.frame.row(finding.row_number - 1, named=True))


def _referred(files: Sequence[OwnTable]) -> list[OwnTable]:
    """The files among several whose rows others may refer to; one that is no such table says so itself.

    Observations, of which there may be many, are read for that only where a table is given that looks rows up in them.
    """
    if len(files) < 2:
        return []
    resources = {key.resource for name in table_names() for key in load_schema(name).foreign_keys}
    if not any(_asks_observations(table) for table in {file.table for file in files}):
        resources.remove(OBSERVATIONS)
    outside = [f for f in files if real_path(f.path).parent != real_path(DATA)]
    return [file for file in outside if file.table in resources and is_referable(file)]


def _asks_observations(table: str) -> bool:
    """Whether rules of a table look rows of observations up."""
    return table in COUNT_OBSERVATIONS or any(key.resource == OBSERVATIONS for key in load_schema(table).foreign_keys)


def is_referable(file: OwnTable) -> bool:
    """Whether a file is a table with its key, read to its end a block at a time; an archive is none for others."""
    schema, shown = load_schema(file.table), shown_path(file.path)
    try:
        if file.path.suffix != ".parquet":
            refuse_special(file.path, shown)
            with file.path.open("rb") as beginning:
                refuse_other_kinds(beginning.read(BEGINNING), shown)
        read = table_file(file.path, shown, schema, file.cells)
        if header_findings(read.header, schema, shown) or not set(schema.primary_key) <= set(read.header):
            return False
        return not any(isinstance(block(), Ragged) for block in read.blocks())
    except (OSError, UnreadableError):
        return False


def _together(
    checked: Sequence[Checked], checker: Checker, watch: Watching
) -> tuple[list[Finding], list[Step]]:  # fmt: skip
    """What relations and price rules find in the files that are not the package's own, and what of these was run."""
    files: list[FeedFile] = []
    large: list[Large] = []
    others = [one for one in checked if one.columns and real_path(one.path).parent != real_path(DATA)]
    is_large = sum(one.rows for one in others if one.table_name == OBSERVATIONS) > AT_ONCE
    for one in others:
        label = label_of(one.path, [file.label for file in (*files, *large)])
        if is_large and one.table_name == OBSERVATIONS:
            large.append(Large(one, label))
        elif one.table_name in (*PRICE_TABLES, *READ) and one.table is not None:
            files.append(FeedFile(label, one.path, one.table, one.findings))
    priced = price_files(files)
    found, steps = _related(related_files(files), large, checked, checker, watch)
    for name in PRICE_TABLES:
        named = [file for file in priced if file.table.schema.name == name]
        prices, read = check_price_feed(named, checker.reference, checker.references) if named else ([], 0)
        found += prices
        reason = "" if named else _reason(checked, (name,))
        steps.append(price_step(name, read, sum(file.table.frame.height for file in named) - read, reason))
    return found, steps


def _related(
    files: Sequence[FeedFile], large: Sequence[Large], checked: Sequence[Checked], checker: Checker, watch: Watching
) -> tuple[list[Finding], list[Step]]:  # fmt: skip
    large = [file for file in large if not unread_columns(file.one.findings)]
    rows = sum(file.table.frame.height for file in files) + sum(file.one.rows for file in large)
    if not large:
        if not files:
            return [], [relation_step(not_run=_reason(checked, READ))]
        found, read = check_feed(files, checker.reference)
        return capped(found), [relation_step(read, rows - read)]
    done = check_in_parts(large, files, checker.reference, watch("relations"))
    return capped(done.findings), list(steps_in_parts(done.read, rows, done.too_many))


def _reason(checked: Sequence[Checked], tables: Sequence[str]) -> str:
    """Why rules over some tables had nothing to read."""
    return reason_unread(tables, [(one.columns, one.findings) for one in checked if one.table_name in tables])
