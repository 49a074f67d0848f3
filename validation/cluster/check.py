"""Check a table that lies on a cluster: the same rules as on one machine, asked where its rows are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
import polars as pl

from canonical.findings import Finding
from canonical.reading.encodings import UnreadableError
from canonical.reading.header import header_findings
from canonical.reference import Reference
from canonical.rules.rule import Rule
from canonical.table_schema import load_schema
from validation.cluster.asking import COLUMNS, HEADER, UNREAD, WIDTH, Asking, asking_of
from validation.cluster.executors import (
    FOUND,
    OTHER,
    ROWS,
    SEPARATOR,
    Again,
    Columns,
    Found,
    Named,
    hash_probe,
    repeats_of,
)  # fmt: skip
from validation.cluster.sources import Source, bits_of, in_order, made_of, shown_address, sources_on
from validation.cluster.texts import finding_of, rule_of
from validation.engines.contract import References
from validation.engines.spark.session import cause_of, failures, sent_by_group
from validation.engines.spark.set_rules import KEYS, first_of_each, repeated_hashes, repeated_keys
from validation.engines.spark.whole_files import WHOLE
from validation.structure.answers import Answers
from validation.structure.checks import findings_of, first_causes
from validation.structure.faults import Plan
from validation.structure.keys import MOST_REPEATED, Repeated
from validation.structure.second_pass import rows_of_table
from validation.structure.wording import CAP

__all__ = ["ClusterFile", "check_on_cluster"]


@dataclass(frozen=True)
class ClusterFile:
    """A file on a cluster after layers S and U: its name in findings, its columns and rows, and what was found.

    `address` is what Spark calls it. It has no columns where it is no table, and where it cannot be read at all,
    `unreadable` says why.
    """

    name: str
    columns: tuple[str, ...]
    rows: int
    findings: list[Finding]
    address: str = ""
    unreadable: str = ""


def check_on_cluster(
    spark: Any, paths: Sequence[str], table: str, reference: Reference, references: References, keys: tuple[str, ...],
    whole: int = WHOLE,
) -> list[ClusterFile]:  # fmt: skip
    """Layers S and U of a table in files that Spark reads, all Parquet or all CSV.

    A key stands once over all files together. Parameters: `spark` a session of `session_on`; `reference` and
    `references` as for `check_source`; `keys` the columns whose cells stand in `Finding.key`; files of at most `whole`
    bytes are handed to executors as they lie, of larger ones Spark reads the rows. Raises `UnreadableError` where
    Spark finds no file or gives up.
    """
    asking = asking_of(table, reference, references, keys)
    try:
        sources, unread = sources_on(spark, paths, load_schema(table), whole)
        return _Run(spark, sources, asking, references, unread=unread).files()
    except failures() as error:
        raise UnreadableError(f"{' '.join(paths)}: Spark gave up ({cause_of(error)})") from None


@dataclass
class _Run:
    """A table on a cluster, what is asked of it, and what was found so far by file."""

    spark: Any
    sources: Sequence[Source]
    asking: Asking
    references: References
    answers: dict[str, Answers] = field(default_factory=dict[str, Answers])
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    refused: dict[str, list[Finding]] = field(default_factory=dict[str, list[Finding]])
    unread: dict[str, str] = field(default_factory=dict[str, str])

    def files(self) -> list[ClusterFile]:
        """Every file with what was found in it, in the order of names."""
        self.sources = [source for source in self.sources if not self._is_refused(source)]
        for source in self.sources:
            self.columns |= {name: told for name, told in source.columns.items() if name not in self.refused}
        if not self.sources:
            return self._every()
        bits, probe = bits_of(self.sources), hash_probe()
        found = made_of(self.spark, self.sources, partial(Found, self.asking, bits=bits, probe=probe), FOUND).persist()
        try:
            self._take(found.where("hashes is null"))
            ragged = (name for name, answers in self.answers.items() if answers.ragged)
            self.asking = replace(self.asking, without=frozenset({*ragged, *self.unread, *self.refused}))
            self._name_repeated(found)
            self._name_of_table()
        finally:
            found.unpersist()
        return self._every()

    def _every(self) -> list[ClusterFile]:
        names = {*self.answers, *self.refused, *self.unread}
        return [self._file(name) for name in in_order(names)]

    def _is_refused(self, source: Source) -> bool:
        """Whether the columns of rows that Spark has read are not those of the table; files that are whole say so."""
        if not source.columns:
            return False
        schema = load_schema(self.asking.table)
        told = {name: header_findings(columns, schema, name) for name, columns in source.columns.items()}
        self.refused |= {name: found for name, found in told.items() if found}
        self.asking = replace(self.asking, without=self.asking.without | self.refused.keys())
        return self.refused.keys() >= source.columns.keys()

    @property
    def plan(self) -> Plan:
        """What is asked of all files together: of every column that one of them has."""
        return self.asking.plan(list(dict.fromkeys(name for names in self.columns.values() for name in names)))

    def _file(self, name: str) -> ClusterFile:
        shown = shown_address(name)
        if name in self.unread:
            return ClusterFile(shown, (), 0, [], name, self.unread[name])
        if name in self.refused:
            return ClusterFile(shown, (), 0, [replace(f, file=shown) for f in self.refused[name]], name)
        answers, columns = self.answers[name], self.columns[name]
        if answers.ragged:
            return ClusterFile(shown, (), 0, self._ragged(name, shown), name)
        words = replace(self.asking.words, file=name)
        found = findings_of(answers, self.asking.plan(columns), words, self.references)
        told = [replace(finding, file=shown) for finding in first_causes(found)]
        return ClusterFile(shown, columns, answers.rows, sorted(told, key=lambda finding: finding.sort_key), name)

    def _take(self, found: Any, counts: bool = True) -> None:
        """Add what executors found to the answers of its file."""
        rows = [row[:4] for row in found.collect()]
        texts = {(row[0], row[1]): row[3] for row in rows if row[1] in (COLUMNS, UNREAD)}
        for (file, rule), told in texts.items():
            if rule == UNREAD:
                self.unread[file] = finding_of(told[0]).message.replace(file, shown_address(file))
            else:
                self.columns[file] = tuple(json.loads(finding_of(told[0]).found))
        for file, rule, count, told in sorted(rows, key=lambda row: (row[0], row[1], _first_row(row[3]))):
            findings = [finding_of(text) for text in told]
            if file in self.unread:
                continue
            if rule == HEADER:
                self.refused[file] = findings
                continue
            answers = self.answers.setdefault(file, Answers())
            if rule == ROWS:
                answers.rows += count if counts else 0
            elif rule == WIDTH:
                answers.ragged += [(0, 0, 0)] * count
                answers.other |= {f"{WIDTH}{n}": finding for n, finding in enumerate(findings)}
            elif rule.startswith(OTHER):
                answers.other.setdefault(rule, findings[0])
            elif rule != COLUMNS:
                known = rule_of(rule, self.asking.plan(self.columns[file]))
                answers.of(known).add(findings, count if counts else 0)

    def _name_repeated(self, found: Any) -> None:
        """Add the rows whose key stands in another row too, of whichever file."""
        repeated = self._repeated(repeated_hashes(found, sent_by_group(self.spark, repeats_of)))
        if not repeated:
            return
        keys = made_of(self.spark, self.sources, partial(Again, self.asking, repeated=repeated), KEYS)
        for rule, file, finding, rows in first_of_each(repeated_keys(keys), CAP).collect():
            known = {one.key: one for one in self.asking.plan(self.columns[file]).unique}
            told = self.answers[file].of(known[rule])
            told.add([finding_of(finding)] if finding else [], 0)
            told.count = rows

    def _repeated(self, repeats: Any) -> dict[str, Repeated | None]:
        """By rule the hashes that stand in more than one row, None where they are too many to be sent along."""
        counts: dict[str, int] = defaultdict(int)
        for rule, rows in repeats.select("rule", "rows").collect():
            counts[rule] += rows
        few = [rule for rule, rows in counts.items() if rows <= MOST_REPEATED]
        found: dict[str, Repeated | None] = dict.fromkeys(counts)
        blobs = repeats.where(repeats["rule"].isin(few)).select("rule", "hashes").collect() if few else []
        for rule in few:
            hashes = np.concatenate([np.frombuffer(blob, np.uint64) for name, blob in blobs if name == rule])
            found[rule] = Repeated(np.sort(hashes), len(hashes))
        return found

    def _name_of_table(self) -> None:
        """Add the rows that only whole columns tell: circles, keys to the table's own rows."""
        wanted = dict(self._of_table())
        if wanted:
            named = Named(tuple(wanted), wanted)
            self._take(
                made_of(self.spark, self.sources, partial(Found, self.asking, faults=named), FOUND), counts=False
            )

    def _of_table(self) -> Iterator[tuple[Rule, list[str]]]:
        """The rules that take columns as a whole, each with the keys of the rows that break it."""
        plan = self.plan
        if not plan.of_table or not plan.kept or not self.answers:
            return
        texts = [
            row[0] for row in made_of(self.spark, self.sources, partial(Columns, self.asking), "cells string").collect()
        ]
        schema = dict.fromkeys(plan.kept, pl.String)
        frame = pl.DataFrame({"cells": texts}, schema={"cells": pl.String})
        kept = frame.select(pl.col("cells").str.json_decode(pl.Struct(schema))).unnest("cells")
        for answers in self.answers.values():
            answers.kept = kept
        for rule, rows in rows_of_table(plan, kept).items():
            cells = kept.filter(rows).select(rule.columns)
            keys = cells.select(pl.concat_str(pl.all(), separator=SEPARATOR)).to_series()
            yield rule, keys.drop_nulls().to_list()

    def _ragged(self, name: str, shown: str) -> list[Finding]:
        """The records of another width than the header; of rows that Spark has read, by their text."""
        answers = self.answers[name]
        found = [finding for key, finding in answers.other.items() if key.startswith(WIDTH)]
        more = f"; {len(answers.ragged)} rows have" if len(answers.ragged) > len(found) else ""
        by_text = partial(
            replace, table=self.asking.table, expected="as many cells as the header",
            message=f"the row has another width than the header{more}",
            fix="put cells that hold commas in double quotes, add the missing cells",
        )  # fmt: skip
        return [replace(finding if finding.table else by_text(finding), file=shown) for finding in found]


def _first_row(texts: Sequence[str]) -> int:
    return (finding_of(texts[0]).row_number or 0) if texts else 0
