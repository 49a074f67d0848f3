"""Read a Parquet file of any size batch by batch: texts by the codes that the file itself holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, cast

import polars as pl
import pyarrow as pa
from pyarrow import parquet

from canonical.reading.arrow_columns import coded_of_arrow, series_of_arrow
from canonical.reading.coded import Block, Coded
from canonical.reading.column_names import present_names
from canonical.reading.content import refuse_no_file
from canonical.reading.parquet_files import opened, refuse_days, refuse_parquet

__all__ = ["BATCH", "ParquetFile"]

BATCH = 1 << 17
"""Rows of a block."""


@dataclass
class ParquetFile:
    """A Parquet file read in blocks of some rows. `shown` is its name in messages, `wanted` what it should hold.

    Its members raise `UnreadableError` where it is no readable Parquet file, OSError where the system does not give it.
    """

    path: Path
    shown: str
    wanted: str = "a table"
    batch: int = BATCH
    former: Mapping[str, str] = field(default_factory=dict[str, str])

    is_text = False

    @cached_property
    def header(self) -> list[str]:
        """The names of the columns."""
        return present_names(self._read[0].schema_arrow.names, self.former)

    def blocks(self, columns: Sequence[str] | None = None) -> Iterator[Callable[[], Block]]:
        """The blocks in order, each as what makes it of a batch; some columns alone where they are named."""
        file, texts = self._read
        names = dict(zip(self.header, file.schema_arrow.names, strict=True))
        read = None if columns is None else [names.get(column, column) for column in columns]
        batches = file.iter_batches(self.batch, columns=read)
        texts = frozenset(name for name, kept in names.items() if kept in texts)
        left = file.metadata.num_rows
        while True:
            try:
                batch = next(batches)
            except StopIteration:
                if left and read != []:
                    refuse_parquet(self.path, self.shown, self.wanted)  # its pages hold fewer rows than it counts
                return
            except (pa.ArrowException, OSError, UnicodeDecodeError):
                refuse_parquet(self.path, self.shown, self.wanted)
            left -= batch.num_rows
            now = present_names(batch.schema.names, self.former)
            yield partial(self._block, batch.rename_columns(now), texts)

    def _block(self, batch: Any, texts: frozenset[str]) -> Block:
        columns: dict[str, Coded] = {}
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            is_coded = name in texts and pa.types.is_dictionary(column.type)
            found = columns[name] = coded_of_arrow(column) if is_coded else Coded(series_of_arrow(column))
            if found.codes is not None and not _are_within(found.codes, found.values.len()):
                refuse_parquet(self.path, self.shown, self.wanted)
            refuse_days(name, found.values, self.shown)
        return Block(columns, batch.num_rows, is_text=False)

    @property
    def _read(self) -> tuple[parquet.ParquetFile, frozenset[str]]:
        """The open file, and its columns of texts, which are read by the codes they are kept as."""
        refuse_no_file(self.path, self.shown)
        try:
            schema = parquet.read_schema(self.path)
            texts = [f.name for f in schema if pa.types.is_string(f.type) or pa.types.is_large_string(f.type)]
            return opened(self.path, texts), frozenset(texts)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            if isinstance(error, FileNotFoundError):
                raise
            refuse_parquet(self.path, self.shown, self.wanted)


def _are_within(codes: pl.Series, count: int) -> bool:
    """Whether every code is that of one of so many values; pyarrow reads codes without asking."""
    least, most = codes.min(), codes.max()
    return most is None or (cast(int, least) >= 0 and cast(int, most) < count)
