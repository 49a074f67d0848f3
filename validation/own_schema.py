"""Layer S for a table of somebody else's by a Table Schema of their own: nothing of this package is asked of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from canonical.cells import typed_frame
from canonical.findings import Finding, one_line
from canonical.reading.content import readable
from canonical.reading.header import header_findings
from canonical.reading.parquet_blocks import ParquetFile
from canonical.reading.reader import Table, UnreadableError, read_table, width_findings
from canonical.reading.table_file import TableFile, table_file, width_of
from canonical.reference import OwnTable
from canonical.table_schema import ForeignKey, SchemaError, TableSchema, own_schema
from validation.checked import Checked
from validation.engines.polars.parquet_types import conformed
from validation.parts import checked_tables
from validation.report import ReadFile, Report, Step, counted, named_files
from validation.row_keys import key_columns
from validation.steps import CELLS, PRICES, RELATED, own_step
from validation.structure.answers import Read, Watching
from validation.structure.checks import check_source, restrict, rules_of
from validation.structure.second_pass import TableKeys
from validation.structure.table_files import parts_below, shown_path
from validation.structure.wording import Words

__all__ = ["check_by_schema"]

SUFFIXES = (".csv", ".parquet")


OF_OTHERS = "the table is held to a schema of its own, which states its structure alone"


def check_by_schema(
    schema: Path,
    paths: Sequence[Path],
    reference: Path | None,
    engine: str = "polars",
    watch: Watching = lambda file: None,
) -> Report:
    """Hold CSV and Parquet files, or folders of them, to a Table Schema in a JSON file.

    The tables that its foreign keys name are looked for in the folder `reference`, then beside the schema. Where
    the schema can be none, or such a table is not there, no file is checked, and a line says each reason.
    """
    own, lines = _read_own_schema(schema, reference, engine, watch)
    if own is None:
        return Report("", [], lines)
    files: list[ReadFile] = []
    steps: list[Step] = []
    findings: list[Finding] = []
    unreadable: list[str] = []
    checked: list[Path] = []
    was_stopped = False
    for one in checked_tables(_files(paths, own.schema.name), own.check, own.typed.get, unreadable):
        checked.append(one.path)
        findings += one.findings
        files.append(ReadFile(shown_path(one.path), own.schema.name, one.rows))
        steps.append(own_step(own.schema.name, own.rules_of(one.columns), one.rows))
        was_stopped = one.was_stopped
    steps += [Step(layer, (), not_run=OF_OTHERS) for layer in (CELLS, RELATED, PRICES)]
    return Report(
        named_files(checked), findings, unreadable, counted(_together(steps), findings), tuple(files), was_stopped
    )


def _together(steps: Sequence[Step]) -> list[Step]:
    """The steps, those of one layer over the same table and with the same rules as one."""
    found: dict[tuple[object, ...], Step] = {}
    for step in steps:
        key = (step.layer, step.tables, step.rules)
        found[key] = replace(step, rows=step.rows + found[key].rows) if key in found else step
    return list(found.values())


def _files(paths: Sequence[Path], table: str) -> list[OwnTable]:
    """The files under some paths, those of a folder as parts of the table."""
    files: list[OwnTable] = []
    for path in paths:
        folder = path if path.is_dir() else None
        members = parts_below(folder) if folder else [path]
        if not members:
            raise UnreadableError(f"{path}: holds no CSV or Parquet file")
        files += [OwnTable(table, member, folder) for member in members]
    return files


@dataclass
class OwnSchema:
    """A schema of somebody's own and the tables it refers to, each read once.

    `folders` are those in which a table NAME is looked for as NAME.csv or NAME.parquet, in this order.
    """

    schema: TableSchema
    folders: Sequence[Path]
    engine: str = "polars"
    watch: Watching = lambda file: None
    typed: dict[str, pl.DataFrame] = field(default_factory=dict)

    def check(self, given: OwnTable, keys: TableKeys | None = None) -> Checked:
        """What breaks the schema in a file. Raises `UnreadableError` where it is no readable table.

        Parameters: `keys` are those of the table that the file is a part of.
        """
        path, shown, name = given.path, shown_path(given.path), self.schema.name
        with readable(shown, name):
            file = table_file(path, shown, self.schema, given.cells)
            if faults := header_findings(file.header, self.schema, shown):
                return Checked(path, name, faults)
            words = Words(shown, key_columns(self.schema))
            asked = _asked_of(file, restrict(self.schema, file.header), words.keys)
            schema, source = restrict(self.schema, asked), _Columns(file, asked)
            watch = self.watch(shown)
            answers, found = check_source(source, schema, words, self.typed.get, self.engine, watch=watch, keys=keys)
        if answers.ragged:
            return Checked(path, name, width_findings(answers.ragged, width_of(file), self.schema, shown))
        ordered = sorted(found, key=lambda finding: finding.sort_key)
        return Checked(path, name, ordered, answers.rows, tuple(file.header), answers.was_stopped)

    def rules_of(self, columns: Collection[str]) -> list[str]:
        """The ids of the rules that are asked of a file with some columns."""
        return [rule.id for rule in rules_of(self.schema) if set(rule.columns) <= set(columns)]

    def read_references(self) -> list[str]:
        """Read the tables that foreign keys refer to; returned is a line for each that cannot be had."""
        lines: list[str] = []
        for key in self.schema.foreign_keys:
            if key.resource == self.schema.name:
                continue
            try:
                frame = _typed(self._table_of(key))
            except UnreadableError as error:
                lines.append(str(error))
                continue
            before = self.typed.get(key.resource)
            self.typed[key.resource] = frame if before is None else _with_columns(before, frame)
        return lines

    def _table_of(self, key: ForeignKey) -> Table:
        """The table that a key refers to, of which the columns of the key are read in the types of the key's own."""
        path = next((p for p in self._places(key.resource) if p.is_file()), None)
        if path is None:
            where = " or ".join(str(folder) for folder in self.folders)
            raise UnreadableError(
                f"foreign key {', '.join(key.fields)}: there is no table {key.resource} in {where}; "
                f"fix: put {key.resource}.csv there, or name its folder with --reference DIR"
            )
        own = [self.schema.field(name) for name in key.fields]
        fields = tuple(replace(f, name=name) for f, name in zip(own, key.reference_fields, strict=True))
        alone = replace(self.schema, name=key.resource, fields=fields, primary_key=(), unique_keys=(),
                        foreign_keys=(), match="subset")  # fmt: skip
        table, findings = read_table(path, alone, shown_path(path))
        if table is None:
            raise UnreadableError(one_line(findings[0]))
        return table

    def _places(self, name: str) -> list[Path]:
        return [folder / f"{name}{suffix}" for folder in self.folders for suffix in SUFFIXES]


@dataclass(frozen=True)
class _Columns:
    """Some columns of a file as a source; a CSV file is always read whole."""

    file: TableFile
    columns: list[str]

    def blocks(self) -> Iterator[Read]:
        """The blocks in order."""
        return self.file.blocks(self.columns) if isinstance(self.file, ParquetFile) else self.file.blocks()


def _asked_of(file: TableFile, schema: TableSchema, keys: Collection[str]) -> list[str]:
    """The columns whose cells must be read: all but those of Parquet whose types and footer settle every rule on them.

    At least one column is read, so that rows are counted.
    """
    if not isinstance(file, ParquetFile):
        return file.header
    rules = rules_of(schema)
    present = [rule.columns[0] for rule in rules if rule.kind == "present"]
    full = file.without_empty(present) if tuple(schema.missing_values) == ("",) else set[str]()
    asked = {*schema.primary_key, *keys, *(f.name for f in schema.fields if not file.is_of_type(f.name, f.type))}
    for rule in rules:
        is_settled = rule.kind == "type" or (rule.kind == "present" and rule.columns[0] in full)
        asked |= {*(() if is_settled else rule.columns)}
    asked |= {*(schema.columns[:1] if not asked else ())}
    return [name for name in file.header if name in asked]


def _read_own_schema(
    path: Path, reference: Path | None, engine: str, watch: Watching
) -> tuple[OwnSchema | None, list[str]]:
    """The schema of a JSON file with the tables it refers to, or a line for each reason why it cannot be had."""
    try:
        schema = own_schema(path)
    except SchemaError as error:
        return None, [f"{path}: {fault}" for fault in error.faults]
    folders = [path.parent] if reference is None else [reference, path.parent]
    own = OwnSchema(schema, folders, engine, watch)
    lines = own.read_references()
    return (None, [f"{path}: {line}" for line in lines]) if lines else (own, [])


def _typed(table: Table) -> pl.DataFrame:
    return typed_frame(table.schema, table.frame) if table.is_text else conformed(table, table.schema)[0]


def _with_columns(before: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    """Two readings of one table, each with the columns of a key, side by side."""
    return before.with_columns(more.get_column(name) for name in more.columns if name not in before.columns)
