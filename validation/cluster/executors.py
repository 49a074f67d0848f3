"""What an executor does with the batches of its part of a table; each value here is sent to it as it stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any

import polars as pl
import pyarrow as pa

from canonical.findings import Finding, NamedRow
from canonical.reference import Reference
from canonical.rules.rule import Rule
from canonical.text_tables import Row
from validation.engines.polars.typed import TypedBlock, typed_block
from validation.engines.spark.tables import FILE, RAGGED, Located, located
from validation.structure.faults import Plan, faults_of
from validation.structure.wording import CAP, Fault, Words

__all__ = [
    "FOUND",
    "OTHER",
    "ROWS",
    "SEPARATOR",
    "WIDTH",
    "Columns",
    "Found",
    "Frames",
    "Keys",
    "Named",
    "Shipped",
    "finding_of",
    "key_texts",
    "rule_of",
    "text_of_finding",
]

FOUND = "file string, rule string, rows long, findings array<string>"
"""The form of what executors find: of a rule in a file, how many rows break it and the first of them in words."""
ROWS, OTHER, WIDTH = "rows", "other", "width"
"""In place of a rule: the rows that were read, columns of another type altogether, records of another width."""
SEPARATOR = "\x1f"
"""What joins the cells of a key to one text; no cell of a good table holds it."""
Batches = Iterable[Any]


@dataclass(frozen=True)
class Shipped(Reference):
    """The reference rows that executors need, since they have no folder of the package."""

    tables: Mapping[str, list[Row]] = field(default_factory=dict[str, list[Row]])

    def rows(self, table: str) -> list[Row]:
        """The rows of a table that was sent along."""
        return self.tables[table]


@dataclass(frozen=True)
class Frames:
    """The typed frames of other tables, sent along."""

    frames: Mapping[str, pl.DataFrame]

    def __call__(self, table: str) -> pl.DataFrame | None:
        return self.frames.get(table)


Faults = Callable[[TypedBlock, Plan], Iterable[Fault]]


@dataclass(frozen=True)
class Found:
    """What breaks a plan in a part of a table, counted and the first rows of each rule and file in words."""

    plan: Plan
    words: Words
    faults: Faults = faults_of

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """A row of form `FOUND` for each rule that is broken in a file, and one for the rows of each file."""
        told: dict[tuple[str, str], _Count] = {}
        for part in located(_whole(batches, told)):
            _count(told, part.file, ROWS).rows += part.block.height
            typed = typed_block(part.block, self.plan.schema, part.file)
            for column, finding in typed.other.items():
                _count(told, part.file, f"{OTHER}:{column}").findings = [replace(finding, file=part.file)]
            for fault in self.faults(typed, self.plan):
                count = _count(told, part.file, text_of(fault.rule))
                count.rows += int(fault.rows.sum())
                positions = fault.rows.arg_true().head(CAP - len(count.findings)).to_list()
                worded = fault.worded or partial(self.words.of, fault.rule, typed)
                count.findings += [_placed(finding, part) for finding in worded(positions)]
        yield _batch(FOUND_ARROW, [
            (file, rule, count.rows, [text_of_finding(finding) for finding in count.findings])
            for (file, rule), count in told.items()
        ])  # fmt: skip


@dataclass
class _Count:
    rows: int = 0
    findings: list[Finding] = field(default_factory=list[Finding])


def _count(told: dict[tuple[str, str], _Count], file: str, rule: str) -> _Count:
    return told.setdefault((file, rule), _Count())


def _whole(batches: Batches, told: dict[tuple[str, str], _Count]) -> Iterator[Any]:
    """The batches without CSV records of another width than the header, which are counted."""
    for batch in batches:
        if RAGGED not in batch.schema.names:
            yield batch
            continue
        is_odd = batch.column(RAGGED).is_valid()
        for row in batch.select([FILE, RAGGED]).filter(is_odd).to_pylist():
            count = _count(told, row[FILE], WIDTH)
            count.rows += 1
            if len(count.findings) < CAP:
                count.findings.append(Finding("S.row_shape", "error", "", found=row[RAGGED], file=row[FILE]))
        yield batch.filter(batch.column(RAGGED).is_null())


def _placed(finding: Finding, part: Located) -> Finding:
    """A finding at the row of its file; of CSV, whose rows Spark does not count, at its key alone."""
    row = None if part.places is None or finding.row_number is None else part.places[finding.row_number - 1] + 1
    return replace(finding, row_number=row, line_number=None, file=part.file)


@dataclass(frozen=True)
class Keys:
    """The keys of rules on a whole table, as texts: of each row that has one."""

    plan: Plan
    rules: tuple[Rule, ...]

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """Rows of form `KEYS`."""
        for part in located(_whole(batches, {})):
            typed = typed_block(part.block, self.plan.schema, part.file)
            places = pl.Series(part.places if part.places is not None else [None] * part.block.height, dtype=pl.Int64)
            for number, rule in enumerate(self.rules):
                frame = pl.DataFrame({"place": places, "key": key_texts(typed, rule)}).drop_nulls("key")
                known = frame.select(
                    pl.lit(number, pl.Int32).alias("rule"), pl.lit(part.file).alias("file"), "place", "key"
                )
                yield from known.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(KEYS_ARROW).to_batches()


def key_texts(block: TypedBlock, rule: Rule) -> pl.Series:
    """The key of each row by a rule, its typed cells as one text; null where one of them is empty."""
    cells = [block.columns[column].rows.cast(pl.String).alias(column) for column in rule.columns]
    return pl.DataFrame(cells).select(pl.concat_str(pl.all(), separator=SEPARATOR)).to_series()


@dataclass(frozen=True)
class Columns:
    """Some typed columns of a table, for rules that need it as a whole."""

    plan: Plan

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """Rows of a column `cells`, each the cells of a row as JSON."""
        for part in located(_whole(batches, {})):
            frame = typed_block(part.block, self.plan.schema, part.file).of(self.plan.kept)
            texts = frame.select(pl.struct(pl.all().cast(pl.String)).struct.json_encode()).to_series()
            yield _batch(pa.schema([("cells", pa.string())]), [(text,) for text in texts])


@dataclass(frozen=True)
class Named:
    """Rows whose key by a rule is one of some texts, as faults of that rule."""

    rules: tuple[Rule, ...]
    keys: Mapping[Rule, Sequence[str]]

    def __call__(self, block: TypedBlock, plan: Plan) -> Iterator[Fault]:
        """The faults of a block."""
        for rule in self.rules:
            rows = key_texts(block, rule).is_in(list(self.keys[rule])).fill_null(False)
            if rows.any():
                yield Fault(rule, rows)


def text_of(rule: Rule) -> str:
    """A rule as text, from which `rule_of` makes it again but for its arguments."""
    return json.dumps([rule.key, rule.id, rule.kind, rule.columns, rule.severity, rule.fix])


def rule_of(text: str, plan: Plan) -> Rule:
    """The rule of a text: that of the plan, else one of a layer."""
    key, name, kind, columns, severity, fix = json.loads(text)
    known = {rule.key: rule for rule in plan.rules}
    return known.get(key) or Rule(name, kind, tuple(columns), severity=severity, fix=fix)


def text_of_finding(finding: Finding) -> str:
    """A finding as text, from which `finding_of` makes it again."""
    return json.dumps(asdict(finding))


def finding_of(text: str) -> Finding:
    """A finding from the text an executor gave."""
    cells = json.loads(text)
    cells["rows"] = tuple(NamedRow(*row) for row in cells["rows"])
    cells["key"] = tuple((column, cell) for column, cell in cells["key"])
    return Finding(**cells)


FOUND_ARROW = pa.schema(
    [("file", pa.string()), ("rule", pa.string()), ("rows", pa.int64()), ("findings", pa.list_(pa.string()))]
)
KEYS_ARROW = pa.schema([("rule", pa.int32()), ("file", pa.string()), ("place", pa.int64()), ("key", pa.string())])


def _batch(schema: Any, rows: Sequence[tuple[object, ...]]) -> Any:
    columns = list(zip(*rows, strict=True)) or [[]] * len(schema)
    return pa.record_batch(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema
    )
