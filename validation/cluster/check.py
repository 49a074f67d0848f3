"""Check a table that lies on a cluster: the same rules as on one machine, asked where its rows are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import polars as pl

from canonical.findings import Finding
from canonical.reading.encodings import UnreadableError
from canonical.reading.reader import header_findings
from canonical.reference import Reference
from canonical.rules.rule import Rule
from canonical.table_schema import TableSchema, load_schema
from validation.cluster.executors import (
    FOUND,
    OTHER,
    ROWS,
    SEPARATOR,
    WIDTH,
    Columns,
    Found,
    Frames,
    Keys,
    Named,
    Shipped,
    finding_of,
    rule_of,
)  # fmt: skip
from validation.engines.contract import References
from validation.engines.spark.session import cause_of, failures, sent
from validation.engines.spark.set_rules import KEYS, first_of_each, repeated_keys
from validation.engines.spark.tables import read_table_on
from validation.structure.answers import Answers
from validation.structure.checks import findings_of, first_causes, plan_of, restrict
from validation.structure.faults import Plan
from validation.structure.second_pass import rows_of_table
from validation.structure.table_files import shown_path
from validation.structure.wording import CAP, Words
from validation.units.checks import UnitLayer
from validation.units.given import CountsIn
from validation.units.others import OtherLayer

__all__ = ["ClusterFile", "check_on_cluster"]

NEEDED = ("units", "metrics", "entities", "breakdowns", "sources", "entity_breaks")
"""The tables whose rows layer U looks up; executors have no folder of the package and are sent these."""


@dataclass(frozen=True)
class ClusterFile:
    """A file on a cluster after layers S and U: its name in findings, its columns and rows, and what was found.

    `address` is what Spark calls it.
    """

    name: str
    columns: tuple[str, ...]
    rows: int
    findings: list[Finding]
    address: str = ""


def check_on_cluster(
    spark: Any, paths: Sequence[str], table: str, reference: Reference, references: References, keys: tuple[str, ...]
) -> list[ClusterFile]:  # fmt: skip
    """Layers S and U of a table in files that Spark reads, all Parquet or all CSV.

    A key stands once over all files together. Parameters: `spark` a session of `session_on`; `reference` and
    `references` as for `check_source`; `keys` the columns whose cells stand in `Finding.key`. Raises
    `UnreadableError` where Spark reads no such table.
    """
    schema = load_schema(table)
    rows = read_table_on(spark, paths)
    columns = [name for name in rows.columns if not name.startswith("_")]
    if faults := header_findings(columns, schema, " ".join(paths)):
        return [ClusterFile(" ".join(paths), (), 0, faults)]
    words, known = Words("", keys), restrict(schema, columns)
    shipped = Shipped(tables={name: reference.rows(name) for name in NEEDED})
    frames = Frames(_frames(schema, references))
    layers = (UnitLayer(schema, shipped, words), OtherLayer(known, shipped, frames, CountsIn(frames), words, False))
    run = _Run(rows, plan_of(known, frames, "spark", layers), words, references)
    try:
        return run.files(tuple(columns))
    except failures() as error:
        raise UnreadableError(f"{' '.join(paths)}: Spark gave up ({cause_of(error)})") from None


def _frames(schema: TableSchema, references: References) -> dict[str, pl.DataFrame]:
    """The typed frames that keys and layers of a table look up."""
    names = {schema.name, "rating_scales", "companies", *(key.resource for key in schema.foreign_keys)}
    names |= {key.resource for key in schema.matching_keys}
    return {name: frame for name in sorted(names) if (frame := references(name)) is not None}


@dataclass
class _Run:
    """A table on a cluster with its plan, and what was found so far by file."""

    rows: Any
    plan: Plan
    words: Words
    references: References
    answers: dict[str, Answers] = field(default_factory=dict[str, Answers])

    def files(self, columns: tuple[str, ...]) -> list[ClusterFile]:
        """Every file with what was found in it, in the order of names."""
        self.rows = self.rows.persist()
        try:
            self._take(Found(self.plan, self.words))
            if not any(answers.ragged for answers in self.answers.values()):
                self._name_of_table()
        finally:
            self.rows.unpersist()
        return [self._file(name, columns) for name in sorted(self.answers)]

    def _file(self, name: str, columns: tuple[str, ...]) -> ClusterFile:
        answers, shown = self.answers[name], _shown(name)
        if answers.ragged:
            return ClusterFile(shown, columns, 0, self._ragged(name, shown), name)
        found = findings_of(answers, self.plan, replace(self.words, file=name), self.references)
        told = [replace(finding, file=shown) for finding in first_causes(found)]
        return ClusterFile(shown, columns, answers.rows, sorted(told, key=lambda finding: finding.sort_key), name)

    def _take(self, work: Found, counts: bool = True) -> None:
        """Ask the executors, and add what each of them found to the answers of its file."""
        found = self._asked(work, FOUND).collect()
        for file, rule, rows, texts in sorted(found, key=lambda row: (row[0], row[1], _first_row(row[3]))):
            answers = self.answers.setdefault(file, Answers())
            findings = [finding_of(text) for text in texts]
            if rule == ROWS:
                answers.rows += rows if counts else 0
            elif rule == WIDTH:
                answers.ragged += [(0, 0, 0)] * rows
                answers.other |= {f"{WIDTH}{n}": finding for n, finding in enumerate(findings)}
            elif rule.startswith(OTHER):
                answers.other.setdefault(rule, findings[0])
            else:
                answers.of(rule_of(rule, self.plan)).add(findings, rows if counts else 0)

    def _asked(self, work: Any, form: str) -> Any:
        """What executors make of the table, as a frame of a form."""
        return self.rows.mapInArrow(sent(self.rows.sparkSession, work), form)

    def _name_of_table(self) -> None:
        """Add the rows that only the whole table tells: keys that repeat, circles, keys to the table's own rows."""
        wanted = dict(self._repeated()) | dict(self._of_table())
        if wanted:
            rules = tuple(wanted)
            self._take(Found(self.plan, self.words, Named(rules, wanted)), counts=False)

    def _repeated(self) -> Iterator[tuple[Rule, list[str]]]:
        """The rules on keys that stand once, each with the keys that are to be named."""
        rules = tuple(self.plan.unique)
        if not rules:
            return
        keys = self._asked(Keys(self.plan, rules), KEYS)
        named: dict[Rule, list[str]] = {}
        for number, file, key, rows in first_of_each(repeated_keys(keys), CAP).collect():
            named.setdefault(rules[number], []).append(key)
            self.answers[file].of(rules[number]).count = rows
        yield from named.items()

    def _of_table(self) -> Iterator[tuple[Rule, list[str]]]:
        """The rules that take columns as a whole, each with the keys of the rows that break it."""
        if not self.plan.of_table or not self.plan.kept:
            return
        texts = [row[0] for row in self._asked(Columns(self.plan), "cells string").collect()]
        schema = dict.fromkeys(self.plan.kept, pl.String)
        frame = pl.DataFrame({"cells": texts}, schema={"cells": pl.String})
        kept = frame.select(pl.col("cells").str.json_decode(pl.Struct(schema))).unnest("cells")
        for answers in self.answers.values():
            answers.kept = kept
        for rule, rows in rows_of_table(self.plan, kept).items():
            cells = kept.filter(rows).select(rule.columns)
            keys = cells.select(pl.concat_str(pl.all(), separator=SEPARATOR)).to_series()
            yield rule, keys.drop_nulls().to_list()

    def _ragged(self, name: str, shown: str) -> list[Finding]:
        """The records of another width than the header, of which Spark counts no rows: by their text."""
        answers = self.answers[name]
        more = f"; {len(answers.ragged)} rows have" if len(answers.ragged) > len(answers.other) else ""
        finished = partial(
            replace, table=self.plan.schema.name, file=shown, expected="as many cells as the header",
            message=f"the row has another width than the header{more}",
            fix="put cells that hold commas in double quotes, add the missing cells",
        )  # fmt: skip
        return [finished(finding) for key, finding in answers.other.items() if key.startswith(WIDTH)]


def _first_row(texts: Sequence[str]) -> int:
    return (finding_of(texts[0]).row_number or 0) if texts else 0


def _shown(file: str) -> str:
    """A file as findings show it: of this machine by its path, of another place by its address."""
    parts = urlsplit(file)
    return shown_path(Path(unquote(parts.path))) if parts.scheme in ("", "file") else file
