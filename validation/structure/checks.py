"""Layer S: check one table against its schema and our row rules, by polars or by pandera."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import polars as pl

from canonical.cells import type_guard, typed_frame
from canonical.findings import Finding
from canonical.reading.reader import Table
from canonical.rules.compiled import compile_schema, package_rules
from canonical.rules.rule import Rule
from canonical.rules.table_rules import TABLE_RULES, applies
from canonical.table_schema import TableSchema
from validation.structure.broken_rows import broken_rows
from validation.structure.nearest import with_nearest
from validation.structure.parquet_types import conformed
from validation.structure.polars_engine import ROW_KINDS
from validation.structure.rule_names import names_of_rule
from validation.structure.set_rules import KEY_KINDS, SET_KINDS, duplicated

__all__ = [
    "CAP",
    "check_rules",
    "check_structure",
    "first_causes",
    "restrict",
    "row_ids",
    "rules_of",
    "unnamed",
    "unread_columns",
]

CAP = 200
"""At most this many findings are worded for one rule and column; a last one counts the others."""

OF_ALL_COLUMNS = ("unique", "matching_key", "begins_with")
"""Kinds of rules whose findings show every cell they read."""
References = Callable[[str], pl.DataFrame | None]


def rules_of(schema: TableSchema) -> tuple[Rule, ...]:
    """Every rule of a table: those of its schema and, where it is ours, those of every table and our row rules."""
    if schema.kind == "own":
        return compile_schema(schema)
    return (*compile_schema(schema), *package_rules(schema), *TABLE_RULES.get(schema.name, ()))


def check_structure(table: Table, references: References, engine: str = "polars") -> tuple[pl.DataFrame, list[Finding]]:
    """The typed frame of a table and what breaks layer S in it.

    `references` gives the typed frame of another table for foreign keys, None where it is not at hand.
    `engine` is `polars` (a fused scan finds the rows that break any rule) or `pandera` (its schema reads every row).
    """
    schema = restrict(table.schema, table.frame.columns)
    rules = tuple(rule for rule in rules_of(table.schema) if applies(rule, schema, schema.columns))
    if table.is_text:
        typed, faults, findings = typed_frame(schema, table.frame), _text_faults(table, schema), []
    else:
        typed, faults, findings = conformed(table, schema)
    findings += _type_findings(table, schema, rules, faults)
    found = check_rules(table, schema, typed, rules, references, engine)
    return typed, findings + unnamed(found, findings)


def unnamed(findings: list[Finding], named: list[Finding]) -> list[Finding]:
    """The findings on cells that no finding among `named` is about: neither the cell nor its whole column."""
    cells = {(finding.row_number, finding.column) for finding in named}
    return [f for f in findings if not {(f.row_number, f.column), (None, f.column)} & cells]


def unread_columns(findings: Sequence[Finding]) -> set[str]:
    """The columns that are of another type altogether, so that no cell of theirs could be read."""
    return {f.column for f in findings if f.rule == "S.type" and f.row_number is None and f.found}


def first_causes(findings: list[Finding]) -> list[Finding]:
    """The findings without those that another one on the same cell or row brings about.

    An unknown code has no form to speak of, and a row that holds an error can only be filled once that is mended.
    """
    unknown = {(f.row_number, f.column) for f in findings if f.rule in ("S.foreign_key", "S.enum")}
    wrong = {f.row_number for f in findings if f.severity == "error" and not _is_unfilled(f)}
    return [
        f
        for f in findings
        if not (f.rule == "S.pattern" and (f.row_number, f.column) in unknown)
        and not (_is_unfilled(f) and f.row_number in wrong)
    ]


def _is_unfilled(finding: Finding) -> bool:
    """Whether a finding is on a cell that filling the row would write."""
    return not finding.found and finding.fix.startswith("run make fill")


def check_rules(
    table: Table,
    schema: TableSchema,
    typed: pl.DataFrame,
    rules: tuple[Rule, ...],
    references: References,
    engine: str = "polars",
) -> list[Finding]:
    """What breaks row rules and set rules in a typed frame, worded."""
    broken = broken_rows(schema, typed, [rule for rule in rules if rule.kind in ROW_KINDS], engine)
    keys: dict[Rule, pl.DataFrame] = {}
    for rule in rules:
        if rule.kind == "unique":
            broken[rule] = typed.select(duplicated(rule).arg_true()).to_series().to_list()
        elif rule.kind in SET_KINDS:
            broken[rule] = SET_KINDS[rule.kind](rule, typed).arg_true().to_list()
        elif rule.kind in KEY_KINDS:
            reference = references(rule.arguments[0])
            named_in = typed if rule.arguments[0] == schema.name else reference
            if rule.arguments[0] == schema.name:
                reference = _with_own(typed, reference, rule.arguments[1])
            if reference is not None and named_in is not None:
                broken[rule] = KEY_KINDS[rule.kind](rule, typed, reference).arg_true().to_list()
                keys[rule] = named_in
    broken = {rule: _of_known_mates(rule, rows, broken) for rule, rows in broken.items()}
    ids = row_ids(schema, table.frame if table.is_text else typed)
    findings = {rule: _worded(rule, rows, table, ids) for rule, rows in broken.items()}
    named = [
        with_nearest(found, partial(names_of_rule, rule, schema, keys.get(rule), references), _is_of_list(rule))
        for rule, found in findings.items()
    ]
    return [finding for found in named for finding in found]


def _of_known_mates(rule: Rule, rows: list[int], broken: Mapping[Rule, list[int]]) -> list[int]:
    """The rows that break a rule; of a key that means two columns without those whose other cell names nothing."""
    if rule.kind != "matching_key":
        return rows
    unknown = {row for other in broken if other.columns == rule.columns[1:] for row in broken[other]}
    return [row for row in rows if row not in unknown]


def _with_own(typed: pl.DataFrame, others: pl.DataFrame | None, fields: tuple[str, ...]) -> pl.DataFrame:
    """The keys that a table may refer to in itself: its own, and those of the rows it is added to."""
    return typed if others is None else pl.concat([typed.select(fields), others.select(fields)])


def _is_of_list(rule: Rule) -> bool:
    """Whether the cells of a rule are lists of keys between spaces."""
    return rule.kind == "foreign_key" and bool(rule.arguments[2])


def restrict(schema: TableSchema, columns: list[str]) -> TableSchema:
    """The schema of a file that holds only `columns`: its other fields, and keys over them, left out."""
    here = set(columns)

    def whole(names: tuple[str, ...]) -> bool:
        return set(names) <= here

    return replace(
        schema,
        fields=tuple(field for field in schema.fields if field.name in here),
        primary_key=schema.primary_key if whole(schema.primary_key) else (),
        unique_keys=tuple(key for key in schema.unique_keys if whole(key)),
        foreign_keys=tuple(key for key in schema.foreign_keys if whole(key.fields)),
        matching_keys=tuple(key for key in schema.matching_keys if whole(key.fields)),
        prefixed_keys=tuple(key for key in schema.prefixed_keys if whole((key.field, key.prefix))),
    )


def row_ids(schema: TableSchema, frame: pl.DataFrame) -> list[str]:
    """What names each row in a finding: its primary key, parts joined by `|`; empty without one."""
    if not schema.primary_key:
        return [""] * frame.height
    parts = [pl.col(column).cast(pl.String).fill_null("") for column in schema.primary_key]
    return frame.select(pl.concat_str(parts, separator="|")).to_series().to_list()


def _text_faults(table: Table, schema: TableSchema) -> dict[str, list[int]]:
    """By column the positions of the texts that are no value of its type."""
    guarded = [field for field in schema.fields if field.type != "string"]
    marks = table.frame.select(type_guard(field).alias(field.name) for field in guarded)
    return {mark.name: mark.arg_true().to_list() for mark in marks.get_columns() if mark.any()}


def _type_findings(
    table: Table, schema: TableSchema, rules: tuple[Rule, ...], faults: Mapping[str, list[int]]
) -> list[Finding]:
    """A finding for each cell that is no value of its type, in the order of the columns."""
    if not faults:
        return []
    ids = row_ids(schema, table.frame)
    by_column = {rule.columns[0]: rule for rule in rules if rule.kind == "type"}
    return [f for column, rows in faults.items() for f in _worded(by_column[column], rows, table, ids)]


def _worded(rule: Rule, rows: list[int], table: Table, ids: list[str]) -> list[Finding]:
    column = rule.columns[0]
    findings = [
        Finding(
            rule.id,
            rule.severity,
            table.schema.name,
            row_id=ids[row],
            row_number=row + 1,
            column=column,
            found=_cell(table.frame, rule.columns if rule.kind in OF_ALL_COLUMNS else (column,), row),
            expected=rule.expected,
            message=rule.message,
            fix=rule.fix,
            line_number=table.line(row),
            file=table.name,
        )
        for row in rows[:CAP]
    ]
    if len(rows) > CAP:
        more = Finding(
            rule.id, rule.severity, table.schema.name, column=column,
            message=f"{len(rows) - CAP} more rows break this rule, {len(rows)} in all", fix=rule.fix, file=table.name,
        )  # fmt: skip
        findings.append(more)
    return findings


def _cell(frame: pl.DataFrame, columns: tuple[str, ...], row: int) -> str:
    cells: Mapping[str, object] = frame.row(row, named=True)
    return " ".join("" if cells[column] is None else str(cells[column]) for column in columns)
