"""Layer S: check a table, in memory or from a file of any size, against its schema and our row rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import polars as pl

from canonical.findings import Finding
from canonical.reading.coded import Block, Coded, coded
from canonical.reading.reader import Table
from canonical.rules.asked import applies
from canonical.rules.compiled import compile_schema
from canonical.rules.rule import Rule
from canonical.table_schema import TableSchema
from validation.engines.contract import References, engine_of
from validation.engines.polars.set_rules import KEY_KINDS
from validation.structure.answers import Answers, Read, Source, Watch
from validation.structure.faults import BEFORE_FORM, FILLED, Layer, Plan
from validation.structure.nearest import NAMED_IN, with_nearest
from validation.structure.package_rules import package_rules
from validation.structure.rule_names import names_of_rule
from validation.structure.second_pass import TableKeys
from validation.structure.stream import streamed
from validation.structure.table_rules import TABLE_RULES
from validation.structure.wording import CAP, Told, Words, more_rows

__all__ = [
    "CAP",
    "check_source",
    "check_structure",
    "findings_of",
    "first_causes",
    "plan_of",
    "restrict",
    "row_ids",
    "rules_of",
    "unread_columns",
    "with_keys",
]

NAMES = (*NAMED_IN, "vendor_id", "scope")
"""Columns that are kept with those of keys to a table itself, so that a wrong key is told the nearest."""


def rules_of(schema: TableSchema) -> tuple[Rule, ...]:
    """Every rule of a table: those of its schema and, where it is ours, those of every table and our row rules."""
    ours = () if schema.kind == "own" else TABLE_RULES.get(schema.name, ())
    return schema.memory.of("rules", lambda: (*compile_schema(schema), *package_rules(schema), *ours))


def check_structure(table: Table, references: References, engine: str = "polars") -> tuple[pl.DataFrame, list[Finding]]:
    """The typed frame of a table in memory and what breaks layer S in it.

    Every rule is told by itself, whatever brings it about. `references` gives the typed frame of another table for
    foreign keys, None where it is not at hand. `engine` is one of `contract.ENGINES`. Raises KeyboardInterrupt where
    Ctrl-C came.
    """
    block = _block_of(table)
    schema = restrict(table.schema, table.frame.columns)
    plan = replace(plan_of(schema, references, engine, ()), sift=list)
    answers, findings = _asked(_Memory(block), plan, Words(table.name), references)
    if answers.was_stopped:
        raise KeyboardInterrupt  # of a table in memory half is not told as the whole
    assert answers.only is not None
    return answers.only.frame, findings


def check_source(
    source: Source, schema: TableSchema, words: Words, references: References, engine: str = "polars",
    layers: tuple[Layer, ...] = (), watch: Watch | None = None, keeps: bool = False, keys: TableKeys | None = None,
) -> tuple[Answers, list[Finding]]:  # fmt: skip
    """What breaks layer S, and the layers given, in a source with all fields of `schema`, in the order of the rules.

    What another finding on the cell or row brings about is left out. Parameters as for `check_structure`; `words` name
    its rows, `watch` is told of them as they are read; all columns are kept in the answers where the caller `keeps`,
    texts that repeat as codes. `keys` are those of the table that the source is a part of: rows with the same one are
    told by `with_keys` once all parts are read.
    """
    plan = plan_of(schema, references, engine, layers)
    plan = replace(plan, kept=schema.columns, codes=True) if keeps else plan
    answers, findings = _asked(source, plan, words, references, watch, keys)
    return answers, first_causes(findings)


def with_keys(keys: TableKeys, references: References) -> dict[str, list[Finding]]:
    """All findings on the parts of a table that have rows whose key stands in other rows too, by name of the file."""
    return {
        part.words.file: first_causes(findings_of(part.answers, part.plan, part.words, references))
        for part in keys.name()
    }


def _asked(
    source: Source, plan: Plan, words: Words, references: References, watch: Watch | None = None,
    keys: TableKeys | None = None,
) -> tuple[Answers, list[Finding]]:  # fmt: skip
    answers = streamed(source, plan, words, watch, keys)
    return answers, findings_of(answers, plan, words, references)


def findings_of(answers: Answers, plan: Plan, words: Words, references: References) -> list[Finding]:
    """What a table holds that breaks a plan as findings, in the order of the rules; codes with the nearest one."""
    findings = list(answers.other.values())
    order = {rule: place for place, rule in enumerate(plan.rules)}
    for told in sorted(answers.told.values(), key=lambda told: order.get(told.rule, len(order))):
        named = _with_names(told, plan, answers, references)
        findings += [*named, *more_rows(told, plan.schema.name, words.file)]
    return findings


def plan_of(schema: TableSchema, references: References, engine: str, layers: tuple[Layer, ...] = ()) -> Plan:
    """What is asked of a table with all fields of `schema`; parameters as for `check_source`."""
    rules = schema.memory.of("rules asked", lambda: _asked_rules(schema))
    keys: dict[Rule, pl.DataFrame] = {}
    own: dict[Rule, pl.DataFrame] = {}
    for rule in rules:
        if rule.kind in KEY_KINDS and (reference := references(rule.arguments[0])) is not None:
            (own if rule.arguments[0] == schema.name else keys)[rule] = reference
    plan = Plan(schema, rules, engine_of(engine), keys, own, layers=layers)
    needed = {column for rule in plan.of_table for column in (*rule.columns, *_fields(rule))}
    kept = [c for c in schema.columns if c in needed or (needed and (c in NAMES or c in schema.primary_key))]
    return replace(plan, kept=tuple(kept))


def _asked_rules(schema: TableSchema) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules_of(schema) if applies(rule, schema, schema.columns))


def _fields(rule: Rule) -> tuple[str, ...]:
    """The columns of the table that a rule of keys refers to."""
    return rule.arguments[1] if rule.kind in KEY_KINDS else ()


def _with_names(told: Told, plan: Plan, answers: Answers, references: References) -> list[Finding]:
    """The findings of a rule on codes, each with the nearest code where one is near."""
    rule = told.rule
    named_in = answers.kept if rule in plan.of_table else plan.keys.get(rule)
    is_of_list = rule.kind == "foreign_key" and bool(rule.arguments[2])
    return with_nearest(told.findings, partial(names_of_rule, rule, plan.schema, named_in, references), is_of_list)


@dataclass(frozen=True)
class _Memory:
    """A block that is there already, as a source."""

    block: Block

    def blocks(self) -> Iterator[Read]:
        """The one block."""
        yield lambda: self.block


def _block_of(table: Table) -> Block:
    """A table in memory as a block."""
    columns = {c.name: coded(c) if c.dtype == pl.String else Coded(c) for c in table.frame.get_columns()}
    lines = table.lines if table.lines is not None else range(2, table.frame.height + 2)
    return Block(columns, table.frame.height, table.is_text, lines if table.is_text else None)


def unread_columns(findings: Sequence[Finding]) -> set[str]:
    """The columns that are of another type altogether, so that no cell of theirs could be read."""
    return {f.column for f in findings if f.rule == "S.type" and f.row_number is None and f.found}


def first_causes(findings: list[Finding]) -> list[Finding]:
    """The findings without those that another one on the same cell or row brings about.

    An unknown code has no form to speak of, and a row that holds an error can only be filled once that is mended.
    """
    unknown = {(f.row_number, f.column) for f in findings if f.rule in BEFORE_FORM}
    wrong = {f.row_number for f in findings if f.severity == "error" and not _is_unfilled(f)}
    return [
        f
        for f in findings
        if not (f.rule == "S.pattern" and (f.row_number, f.column) in unknown)
        and not (_is_unfilled(f) and f.row_number in wrong)
    ]


def _is_unfilled(finding: Finding) -> bool:
    """Whether a finding is on a cell that filling the row would write."""
    return finding.row_number is not None and not finding.found and finding.fix.startswith(FILLED)


def restrict(schema: TableSchema, columns: list[str]) -> TableSchema:
    """The schema of a file that holds only `columns`: its other fields, and keys over them, left out."""
    here = set(columns)
    if here.issuperset(schema.columns):
        return schema

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
