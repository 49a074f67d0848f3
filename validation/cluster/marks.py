"""Which rows of observations on a cluster relations hold together beyond their family: by hashes of keys that meet.

Executors give the keys of all rows in few large pieces, as a shuffle of many small rows costs most of all in Java.
Hashes of polars are those of one version alone, which `hash_probe` has seen to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from canonical.findings import Finding
from canonical.reference import Reference
from canonical.table_schema import load_schema
from validation.cluster.asking import Batches, Reader, Reading
from validation.engines.polars.typed import typed_block
from validation.engines.spark.tables import Located
from validation.feed_keys import NAMES, keys_of, twofold
from validation.structure.checks import restrict
from validation.structure.keys import Repeated

__all__ = [
    "KEPT",
    "MET",
    "Keys",
    "Marks",
    "Meeting",
    "Observations",
    "keys_that_meet",
    "marks_of",
    "packed",
    "unpacked",
]

NUMBER, DOCUMENT, SPOKEN = "number", "document", "spoken"
"""The kinds of keys that may meet: numbers with the names they stand under, documents with the parts of their rows, and
entities that other rows name."""
MIXED, TWICE, PART_OF = "mixed", "twice", "part_of"
"""The kinds of keys that met: documents with rows in several parts, numbers that stand under two names, and series of
which one stands under two parts."""
KEPT = "kind string, bucket int, content binary"
"""The form of keys as executors give them: those of a kind that may be alike are in one bucket."""
MET = "kind string, content binary"
"""The form of the hashes of keys that met."""
KEPT_ARROW = pa.schema([("kind", pa.string()), ("bucket", pa.int32()), ("content", pa.binary())])
MET_ARROW = pa.schema([("kind", pa.string()), ("content", pa.binary())])
Hashes = NDArray[np.uint64]


def packed(frame: pl.DataFrame) -> bytes:
    """A frame as bytes, which a shuffle carries as one value."""
    content = BytesIO()
    frame.write_ipc(content, compression="lz4")
    return content.getvalue()


def unpacked(content: bytes) -> pl.DataFrame:
    """The frame of some bytes."""
    return pl.read_ipc(BytesIO(content))


@dataclass(frozen=True)
class Observations:
    """Reads files of observations, each with a label and the parts of its entities; `reference` knows the units."""

    reading: Reading
    reader: Reader
    labels: Mapping[str, str]
    parts: Mapping[str, int]
    reference: Reference

    def blocks(self, batches: Batches) -> Iterator[tuple[Located, pl.DataFrame, pl.DataFrame]]:
        """Each block with its rows as relations read them, and the columns of `feed_keys.KEYS`."""
        for part in self.reader(batches, self.reading, _untold):
            known = restrict(load_schema(self.reading.table), list(part.block.columns))
            frame = typed_block(part.block, known, part.file).whole.frame()
            yield part, frame, keys_of(frame, self.parts, self.reference, self.labels[part.file])


def _untold(file: str, rule: str, rows: int, findings: Sequence[Finding]) -> None:
    """What is wrong with a file was told when it was checked."""


@dataclass(frozen=True)
class Keys:
    """The keys of rows that may meet those of other rows, in some buckets."""

    read: Observations
    buckets: int

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """Rows of form `KEPT`, for each kind and bucket one."""
        keys: list[pl.DataFrame] = []
        spoken: list[pl.Series] = []
        for _, frame, own in self.read.blocks(batches):
            keys.append(own)
            if "of_entity_id" in frame.columns:
                spoken.append(frame.get_column("of_entity_id").cast(pl.String).drop_nulls().unique())
        if keys:
            yield from _kept(pl.concat(keys), self.buckets)
        if spoken:
            names = pl.concat(spoken).unique()
            content = packed(pl.DataFrame({SPOKEN: names.filter(names != "").hash()}))
            yield pa.RecordBatch.from_arrays([[SPOKEN], pa.array([0], pa.int32()), [content]], schema=KEPT_ARROW)


def _kept(keys: pl.DataFrame, buckets: int) -> Iterator[Any]:
    """The numbers and documents of keys, by kind and bucket."""
    for kind, of_kind in (
        (NUMBER, keys.filter(pl.col(NUMBER).is_not_null()).select(NUMBER, *NAMES)),
        (DOCUMENT, keys.select(DOCUMENT, "part").unique()),
    ):
        parted = of_kind.with_columns(pl.col(kind) % buckets).select(pl.col(kind).alias("#bucket"))
        taken = of_kind.with_columns(parted.to_series())
        for (bucket,), few in taken.partition_by("#bucket", as_dict=True, include_key=False).items():
            yield pa.RecordBatch.from_arrays(
                [[kind], pa.array([bucket], pa.int32()), [packed(few)]], schema=KEPT_ARROW
            )  # fmt: skip


@dataclass(frozen=True)
class Meeting:
    """Finds which keys of a kind and bucket meet one another, or those of rows `at_hand`, which every executor has."""

    at_hand: pl.DataFrame
    buckets: int

    def __call__(self, key: Sequence[Any], rows: Any) -> Any:
        """Rows of form `MET`."""
        kind, bucket = key[0].as_py(), key[1].as_py()
        own = [unpacked(content) for content in rows.column("content").to_pylist()]
        if kind == SPOKEN:
            return _met({SPOKEN: pl.concat(own).to_series()})
        at_hand = self.at_hand.select(own[0].columns).filter(pl.col(kind) % self.buckets == bucket)
        return _met(keys_that_meet(kind, pl.concat([*own, at_hand])))


def keys_that_meet(kind: str, keys: pl.DataFrame) -> dict[str, pl.Series]:
    """The hashes of keys that met, by their kind: `keys` are columns of `feed_keys.KEYS` for numbers or documents."""
    if kind == DOCUMENT:
        parts = keys.group_by(DOCUMENT).agg(pl.col("part").n_unique().alias("parts")).filter(pl.col("parts") > 1)
        return {MIXED: parts.get_column(DOCUMENT)}
    found = twofold(keys)
    twice = [found.filter(pl.col(f"twice_{name}")).select(_like(name)).to_series() for name in NAMES]
    series = found.filter(pl.col("twice_breakdown_id")).select(_series()).to_series()
    return {TWICE: pl.concat(twice), PART_OF: series}


def _like(name: str) -> pl.Expr:
    """A hash of a number and the names it stands under but for one."""
    others = (other for other in NAMES if other != name)
    return pl.struct(pl.lit(name).alias("but"), NUMBER, *others).hash().alias(TWICE)


def _series() -> pl.Expr:
    return pl.struct(NAMES).hash()


def _met(hashes: Mapping[str, pl.Series]) -> Any:
    contents = [found.unique().to_numpy().astype(np.uint64).tobytes() for found in hashes.values()]
    return pa.table({"kind": list(hashes), "content": contents}, schema=MET_ARROW)


@dataclass(frozen=True)
class Marks:
    """What tells which rows are read by more than their family: hashes of keys that met, and of entities spoken of."""

    mixed: Repeated
    twice: Repeated
    part_of: Repeated
    spoken: Repeated

    def of(self, keys: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
        """Of rows with some keys those whose document has rows in several parts, and those read across families; see
        `feed_keys.across`.
        """
        has_number, across = keys.get_column(NUMBER).is_not_null().to_numpy(), keys.get_column("apart").to_numpy()
        across = across | self.spoken.holds(keys.get_column("entity_id").to_numpy())
        across |= self.part_of.holds(keys.select(_series()).to_series().to_numpy())
        for name in NAMES:
            across |= has_number & self.twice.holds(keys.select(_like(name)).to_series().to_numpy())
        return pl.Series(self.mixed.holds(keys.get_column(DOCUMENT).to_numpy())), pl.Series(across)


def marks_of(met: Iterable[tuple[str, bytes]], entities: Iterable[str]) -> Marks:
    """The marks of rows of form `MET`; `entities` are spoken of by what is at hand."""
    found: dict[str, list[Hashes]] = {MIXED: [], TWICE: [], PART_OF: [], SPOKEN: []}
    found[SPOKEN].append(pl.Series(sorted(entities), dtype=pl.String).hash().to_numpy())
    for kind, content in met:
        found[kind].append(np.frombuffer(content, np.uint64))
    hashes = {kind: np.unique(np.concatenate([np.empty(0, np.uint64), *few])) for kind, few in found.items()}
    return Marks(*(Repeated(hashes[kind], len(hashes[kind])) for kind in (MIXED, TWICE, PART_OF, SPOKEN)))
