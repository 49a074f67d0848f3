"""What an executor does with its part of a table; each value here is sent to it as it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from canonical.findings import Finding
from canonical.rules.rule import Rule
from validation.cluster.asking import Asking, Batches, Reader
from validation.cluster.texts import text_of, text_of_finding
from validation.engines.polars.typed import TypedBlock, typed_block
from validation.engines.spark.set_rules import HASHES
from validation.engines.spark.tables import Located
from validation.structure.faults import Plan, faults_of
from validation.structure.keys import Repeated, key_hashes, repeated_in
from validation.structure.wording import CAP, Fault, Words

__all__ = ["FOUND", "OTHER", "ROWS", "SEPARATOR", "Again", "Columns", "Found", "Named", "hash_probe", "repeats_of"]

FOUND = f"file string, rule string, rows long, findings array<string>, {HASHES}"
"""The form of what executors find: of a rule in a file, how many rows break it and the first of them in words.

Where `hashes` is not null these are hashes of the keys of a rule that share their first bits, `bucket`.
"""
ROWS, OTHER = "rows", "other"
"""In place of a rule: the rows that were read, columns of another type altogether."""
SEPARATOR = "\x1f"
"""What joins the cells of a key to one text; no cell of a good table holds it."""
Hashes = NDArray[np.uint64]
Faults = Callable[[TypedBlock, Plan], Iterable[Fault]]


def hash_probe() -> int:
    """A number by which two processes see that they hash keys alike: polars says so of one version alone."""
    return pl.Series(["keys of one table are hashed on several machines"]).hash(7).item()


@dataclass(frozen=True)
class Found:
    """What breaks the rules in a part of a table, counted and the first rows of each rule and file in words.

    The keys of rules on keys that stand once are given as hashes, in two to the power of `bits` buckets; without `bits`
    none are. `probe` is the `hash_probe` of the machine that runs the command.
    """

    asking: Asking
    reader: Reader
    bits: int = 0
    probe: int = 0
    faults: Faults = faults_of

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """Rows of form `FOUND`: for each rule that is broken in a file, for its rows, for a bucket of hashes."""
        if self.bits and hash_probe() != self.probe:
            raise ValueError("an executor has another polars than the machine that runs the command")
        told = _Told()
        hashes: dict[str, list[Hashes]] = defaultdict(list)
        for part in self.reader(batches, self.asking, told.note):
            plan = self.asking.plan(list(part.block.columns))
            told.of(part.file, ROWS).rows += part.block.height
            typed = typed_block(part.block, plan.schema, part.file)
            for column, finding in typed.other.items():
                told.of(part.file, f"{OTHER}:{column}").findings = [replace(finding, file=part.file)]
            for fault in self.faults(typed, plan):
                count = told.of(part.file, text_of(fault.rule))
                positions = fault.rows.arg_true().head(CAP - len(count.findings)).to_list()
                count.add(int(fault.rows.sum()), _worded(fault, typed, self.asking.words, positions, part))
            for rule in plan.unique if self.bits else ():
                of_rows, is_whole = key_hashes([typed.columns[column] for column in rule.columns])
                hashes[rule.key].append(of_rows[is_whole])
        yield from _batches(FOUND_ARROW, [
            (file, rule, count.rows, [text_of_finding(finding) for finding in count.findings], None, None)
            for (file, rule), count in told.counts.items()
        ])  # fmt: skip
        for rule, found in hashes.items():
            for bucket, few in _in_buckets(np.concatenate(found), self.bits):
                yield from _batches(FOUND_ARROW, [("", rule, len(few), [], bucket, few.tobytes())])


@dataclass
class _Count:
    rows: int = 0
    findings: list[Finding] = field(default_factory=list[Finding])

    def add(self, rows: int, findings: Sequence[Finding]) -> None:
        self.rows += rows
        self.findings += findings


@dataclass(frozen=True)
class _Told:
    """By file and rule what was found so far."""

    counts: dict[tuple[str, str], _Count] = field(default_factory=dict[tuple[str, str], _Count])

    def of(self, file: str, rule: str) -> _Count:
        return self.counts.setdefault((file, rule), _Count())

    def note(self, file: str, rule: str, rows: int, findings: Sequence[Finding]) -> None:
        self.of(file, rule).add(rows, findings)


def _worded(fault: Fault, typed: TypedBlock, words: Words, positions: list[int], part: Located) -> list[Finding]:
    worded = fault.worded or partial(words.of, fault.rule, typed)
    return [_placed(finding, part) for finding in worded(positions)]


def _placed(finding: Finding, part: Located) -> Finding:
    """A finding at the row of its file, and at its line where the file was read here."""
    row = None if finding.row_number is None else part.places[finding.row_number - 1] + 1
    return replace(finding, row_number=row, line_number=finding.line_number if part.has_lines else None, file=part.file)


def _in_buckets(hashes: Hashes, bits: int) -> Iterator[tuple[int, Hashes]]:
    """Hashes by their first bits."""
    hashes.sort()
    starts = (np.arange(1 << bits, dtype=np.uint64) << np.uint64(64 - bits)) if bits else np.zeros(1, np.uint64)
    for bucket, few in enumerate(np.split(hashes, np.searchsorted(hashes, starts[1:]))):
        if len(few):
            yield bucket, few


def repeats_of(key: Sequence[Any], rows: Any) -> Any:
    """A row of form `set_rules.REPEATS`: the hashes of a bucket that stand in several rows, and in how many."""
    whole = np.concatenate([np.frombuffer(few.as_buffer(), np.uint64) for few in rows.column("hashes")])
    found, count = repeated_in(whole)
    return pa.Table.from_batches(_batches(REPEATS_ARROW, [(key[0].as_py(), found.tobytes(), count)]))


@dataclass(frozen=True)
class Again:
    """The rows whose key may stand in another row too: `repeated` are the hashes of such keys, by rule.

    None in place of hashes says that these are too many to be sent along, and that every key is asked.
    """

    asking: Asking
    reader: Reader
    repeated: Mapping[str, Repeated | None]

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """Rows of form `set_rules.KEYS`; the first of each file are told in words."""
        told: dict[tuple[str, str], int] = defaultdict(int)
        for part in self.reader(batches, self.asking, _Told().note):
            plan = self.asking.plan(list(part.block.columns))
            typed = typed_block(part.block, plan.schema, part.file)
            for rule in plan.unique:
                if rule.key not in self.repeated:
                    continue
                rows = self._rows(rule, typed)
                few = rows[: 2 * CAP - told[part.file, rule.key]].tolist()
                told[part.file, rule.key] += len(few)
                worded = [text_of_finding(_placed(f, part)) for f in self.asking.words.of(rule, typed, few)]
                keys = key_texts(typed, rule).gather(rows)
                places = [part.places[row] for row in rows.tolist()]
                texts = worded + [None] * (len(rows) - len(worded))
                yield from _batches(KEYS_ARROW, [
                    (rule.key, part.file, *cells) for cells in zip(places, keys.to_list(), texts, strict=True)
                ])  # fmt: skip

    def _rows(self, rule: Rule, typed: TypedBlock) -> NDArray[np.int64]:
        hashes, is_whole = key_hashes([typed.columns[column] for column in rule.columns])
        repeated = self.repeated[rule.key]
        return np.flatnonzero(is_whole if repeated is None else is_whole & repeated.holds(hashes))


def key_texts(block: TypedBlock, rule: Rule) -> pl.Series:
    """The key of each row by a rule, its typed cells as one text; null where one of them is empty."""
    cells = [block.columns[column].rows.cast(pl.String).alias(column) for column in rule.columns]
    return pl.DataFrame(cells).select(pl.concat_str(pl.all(), separator=SEPARATOR)).to_series()


@dataclass(frozen=True)
class Columns:
    """Some typed columns of a table, for rules that need it as a whole."""

    asking: Asking
    reader: Reader

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """Rows of a column `cells`, each the cells of a row as JSON."""
        for part in self.reader(batches, self.asking, _Told().note):
            plan = self.asking.plan(list(part.block.columns))
            frame = typed_block(part.block, plan.schema, part.file).of(plan.kept)
            texts = frame.select(pl.struct(pl.all().cast(pl.String)).struct.json_encode()).to_series()
            yield from _batches(pa.schema([("cells", pa.string())]), [(text,) for text in texts])


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


FOUND_ARROW = pa.schema(
    [("file", pa.string()), ("rule", pa.string()), ("rows", pa.int64()), ("findings", pa.list_(pa.string())),
     ("bucket", pa.int32()), ("hashes", pa.binary())]
)  # fmt: skip
REPEATS_ARROW = pa.schema([("rule", pa.string()), ("hashes", pa.binary()), ("rows", pa.int64())])
KEYS_ARROW = pa.schema(
    [("rule", pa.string()), ("file", pa.string()), ("place", pa.int64()), ("key", pa.string()),
     ("finding", pa.string())]
)  # fmt: skip


def _batches(schema: Any, rows: Sequence[tuple[object, ...]]) -> list[Any]:
    """Rows as batches of Arrow; by polars, as pyarrow imports pandas, where that is there, to look at a list."""
    frame = pl.DataFrame(rows, pl.Schema(schema), orient="row")
    return frame.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(schema).combine_chunks().to_batches()
