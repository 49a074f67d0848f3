"""What an executor does for layer C: keys of rows that belong together, and relations over rows that came together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from canonical.findings import Finding
from canonical.reading.folders import files_in
from canonical.reading.reader import Table
from canonical.reference import OwnTable, Reference
from canonical.table_schema import ROOT, load_schema
from validation.cluster.texts import text_of_finding
from validation.engines.spark.session import ADDED
from validation.engines.spark.tables import FILE, LINE, PLACE
from validation.feed import AtHand
from validation.feed_asked import Asker
from validation.feed_cut import MIXED, Kind
from validation.feed_keys import KEYS, NAMES, named_keys, twofold
from validation.feed_rows import FeedFile, FeedReference

__all__ = ["ACROSS", "ASKED", "GROUP", "KEY_FORM", "KIND", "TWOFOLD", "FamilyKeys", "NamedFile", "RelationsOf",
           "key_column", "key_texts", "twofold_numbers"]  # fmt: skip

KIND, GROUP, ACROSS = "_kind", "_group", "_across"
"""The columns beside those of a row: by what it belongs to others, which of these groups it is in, and whether it is
read by relations that look across families."""
ASKED = "rows long, findings array<string>"
"""The form of what relations find in a group: the rows that no other group reads, and findings in words."""
ASKED_ARROW = pa.schema([("rows", pa.int64()), ("findings", pa.list_(pa.string()))])
TWOFOLD_ARROW = pa.schema([
    (FILE, pa.string()), (PLACE, pa.int64()), *((f"_{name}", pa.string()) for name in NAMES), ("_is_part", pa.bool_())
])  # fmt: skip
SPARK_TYPES = {"part": "int", "apart": "boolean"}
KEY_FORM = ", ".join(f"_{name} {SPARK_TYPES.get(name, 'string')}" for name in KEYS)
"""The columns of keys as Spark declares them."""
TWOFOLD = f"{FILE} string, {PLACE} long, {', '.join(f'_{name} string' for name in NAMES)}, _is_part boolean"
"""The form of rows whose number stands under another name too: the row, its names, whether the other is a part."""


def key_column(name: str) -> str:
    """What a column of the keys is called beside those of a table."""
    return f"_{name}"


def key_texts(frame: pl.DataFrame, parts: Mapping[str, int], reference: Reference, document: str = "") -> pl.DataFrame:
    """The keys of rows as every machine of a cluster writes them: a hash of polars is one of its process alone."""
    keys = named_keys(frame, parts, reference, document)
    written = pl.when(pl.col("number").is_not_null()).then(pl.col("number").struct.json_encode())
    return keys.select(
        pl.col("part").cast(pl.Int32), "document", "apart", written.alias("number"), *NAMES
    ).rename(key_column)  # fmt: skip


@dataclass(frozen=True)
class NamedFile:
    """A file of a table on a cluster: its address, its name in findings, what names it in ids, what was found in it.

    `columns` are those that it has, where rules read it by itself.
    """

    address: str
    shown: str
    label: str
    findings: tuple[Finding, ...]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class FamilyKeys:
    """Adds to each row the keys by which it belongs to others; rows of entities that are `spoken_of` stand apart."""

    parts: Mapping[str, int]
    reference: Reference
    labels: Mapping[str, str]
    spoken_of: frozenset[str] = frozenset()

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """The batches with the columns of `KEY_FORM`."""
        for batch in batches:
            table = pa.Table.from_batches([batch])
            frame = pl.DataFrame(pl.from_arrow(table))
            label = pl.col(FILE).replace_strict(dict(self.labels), default="", return_dtype=pl.String)
            keys = key_texts(frame, self.parts, self.reference)
            keys = keys.with_columns(
                pl.when(pl.col("_document") == "").then(frame.select(label).to_series()).otherwise("_document")
                .alias("_document"),
                pl.col("_apart") | pl.col("_entity_id").is_in(list(self.spoken_of)),
            )  # fmt: skip
            arrow = keys.to_arrow(compat_level=pl.CompatLevel.oldest())
            for name in arrow.column_names:
                column = arrow.column(name)
                is_long = pa.types.is_large_string(column.type)
                table = table.append_column(name, column.cast(pa.string()) if is_long else column)
            yield from table.combine_chunks().to_batches()


def twofold_numbers(_: Sequence[Any], rows: Any) -> Any:
    """The rows of form `TWOFOLD` among the keys of rows whose numbers came together."""
    keys = pl.DataFrame(pl.from_arrow(rows)).rename({key_column(name): name for name in ("number", *NAMES)})
    found = twofold(keys).filter(pl.any_horizontal(pl.col(f"twice_{name}") for name in NAMES))
    told = found.select(
        FILE, PLACE, *(pl.col(name).alias(key_column(name)) for name in NAMES),
        pl.col("twice_breakdown_id").fill_null(False).alias("_is_part"),
    )  # fmt: skip
    return told.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(TWOFOLD_ARROW)


@dataclass(frozen=True)
class RelationsOf:
    """Asks the relations of rows that belong together, with the rows of the package that belong to them."""

    files: tuple[NamedFile, ...]
    table: str
    day: date

    def __call__(self, key: Sequence[Any], rows: Any) -> Any:
        """A row of form `ASKED` for the rows of a group."""
        kind: Kind = key[0].as_py()
        frame = pl.DataFrame(pl.from_arrow(rows)).sort(FILE, PLACE)
        files, mixed = self._files(frame)
        documents = frame.get_column("_document").unique().to_list()
        hand = _hand()
        reference = FeedReference(hand.reference.folder, hand.reference.own, tuple(sorted(documents)), self.day)
        asked = Asker(files, (), replace(hand, reference=reference)).asked(kind, files, mixed)
        told = [text_of_finding(finding) for finding in asked.findings]
        return pa.table({"rows": [asked.read], "findings": [told]}, schema=ASKED_ARROW)

    def _files(self, frame: pl.DataFrame) -> tuple[list[FeedFile], set[str]]:
        """The rows of each file as a table of its own, and the documents that have rows in other groups too."""
        schema = load_schema(self.table)
        columns = [name for name in schema.columns if name in frame.columns]
        files: list[FeedFile] = []
        for file in self.files:
            own = frame.filter(pl.col(FILE) == file.address)
            if own.height:
                lines = own.get_column(LINE).to_list() if LINE in own.columns else None
                table = Table(schema, file.shown, own.select(columns), lines is not None, lines)
                numbers = (own.get_column(PLACE) + 1).to_list()
                files.append(FeedFile(file.label, Path(file.shown), table, file.findings, numbers))
        return files, set(frame.filter(MIXED).get_column("_document"))


@cache
def _hand() -> AtHand:
    """The rows of the package and those added to it, which were sent along; read once by each process."""
    files = files_in(ROOT / ADDED)
    added = tuple(OwnTable(path.name.partition("-")[2].partition(".")[0], path) for path in files)
    return AtHand.of((), FeedReference(own=added))
