"""Read a Parquet file of any size batch by batch: texts by the codes that the file itself holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from canonical.reading.arrow_columns import Dictionaries, Listed, series_of_arrow
from canonical.reading.coded import Block, Coded
from canonical.reading.column_names import present_names
from canonical.reading.content import refuse_no_file
from canonical.reading.parquet_files import (
    in_batches,
    opened,
    refuse_days,
    refuse_large_footer,
    refuse_parquet,
    refuse_types,
)

__all__ = ["BATCH", "ParquetFile"]

BATCH = 1 << 17
"""At most so many rows are in a block."""
MOST_OF_CODES = 8
"""Bytes a row of a column that is kept by codes; one that takes more holds its texts row by row."""
OF_TYPE: Mapping[str, Sequence[Callable[[Any], bool]]] = {
    "string": (pa.types.is_string, pa.types.is_large_string),
    "any": (pa.types.is_string, pa.types.is_large_string),
    "boolean": (pa.types.is_boolean,),
    "integer": (pa.types.is_int64, pa.types.is_int32),
}
"""By type of field the types of Arrow whose every value is one of it; numbers are none, as NaN is no number of ours."""


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
        return present_names(self._schema.names, self.former)

    @cached_property
    def _schema(self) -> Any:
        """The names and types of the columns as Arrow has them; the file is not kept open for them."""
        return self._read[0].schema_arrow

    def blocks(self, columns: Sequence[str] | None = None) -> Iterator[Callable[[], Block]]:
        """The blocks in order, each as what makes it of a batch; some columns alone where they are named."""
        file, texts = self._read
        names = dict(zip(self.header, file.schema_arrow.names, strict=True))
        read = None if columns is None else [names.get(column, column) for column in columns]
        texts = frozenset(name for name, kept in names.items() if kept in texts)
        dictionaries = Dictionaries()
        for batch in self._batches(file, read):
            named = batch.rename_columns(present_names(batch.schema.names, self.former))
            try:
                listed = {
                    name: dictionaries.of(name, column.dictionary)
                    for name, column in zip(named.schema.names, named.columns, strict=True)
                    if name in texts and pa.types.is_dictionary(column.type)
                }
            except pa.ArrowInvalid:
                refuse_parquet(self.path, self.shown, self.wanted)
            yield partial(self._block, named, listed)

    def _batches(self, file: parquet.ParquetFile, columns: Sequence[str] | None) -> Iterator[Any]:
        """Batches of about one size: none is of the few rows that another one left of a row group."""
        for groups, rows in _together(file.metadata, self.batch):
            batches = in_batches(file, -(-rows // -(-rows // self.batch)), groups, columns)
            left = rows
            while True:
                try:
                    batch = next(batches)
                except StopIteration:
                    break
                except (pa.ArrowException, OSError, UnicodeDecodeError):
                    refuse_parquet(self.path, self.shown, self.wanted)
                left -= batch.num_rows
                yield batch
            if left and columns != []:
                refuse_parquet(self.path, self.shown, self.wanted)  # its pages hold fewer rows than it counts

    def _block(self, batch: Any, listed: Mapping[str, Listed]) -> Block:
        """A batch as a block. A text that is no UTF-8, or a code that of no value, pyarrow reads both unasked."""
        columns: dict[str, Coded] = {}
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            try:
                found = columns[name] = listed[name].coded(column) if name in listed else _checked(column)
            except (pa.ArrowInvalid, IndexError):
                refuse_parquet(self.path, self.shown, self.wanted)
            refuse_days(name, found.values, self.shown)
        return Block(columns, batch.num_rows, is_text=False)

    def without_empty(self, columns: Sequence[str]) -> set[str]:
        """Those of some columns of which the footer shows that no cell is null or an empty text."""
        file, _ = self._read
        names = dict(zip(self.header, file.schema_arrow.names, strict=True))
        places = {column: place for place, column in enumerate(self.header) if column in columns}
        # Nested columns before one move the places of the footer.
        found = {column for column, place in places.items() if file.schema.names[place] == names[column]}
        for group in range(file.metadata.num_row_groups):
            try:
                _refuse_odd_chunks(file, group, [names[column] for column in found])
                found = {column for column in found if _shows_no_empty(file, group, places[column])}
            except (pa.ArrowException, OSError, UnicodeDecodeError):
                refuse_parquet(self.path, self.shown, self.wanted)
        return found

    def is_of_type(self, column: str, kind: str) -> bool:
        """Whether a column has the type of a field, so that every cell of it is a value: texts, truths, counts."""
        found = self._schema.field(self.header.index(column)).type
        if pa.types.is_dictionary(found):
            found = found.value_type
        return any(is_one(found) for is_one in OF_TYPE.get(kind, ()))

    @property
    def _read(self) -> tuple[parquet.ParquetFile, frozenset[str]]:
        """The open file, and its columns of texts that repeat, which are read by the codes they are kept as."""
        refuse_no_file(self.path, self.shown)
        refuse_large_footer(self.path, self.shown)
        try:
            with parquet.ParquetFile(self.path) as file:
                refuse_types(file, self.shown)
                _refuse_odd_chunks(file, 0)
                names = file.schema_arrow.names
                is_flat = names == file.schema.names  # nested columns move the places of the footer
                texts = [
                    f.name for place, f in enumerate(file.schema_arrow)
                    if _is_text(f.type) and is_flat and _repeats(file, place)
                ]  # fmt: skip
            return opened(self.path, texts), frozenset(texts)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            if isinstance(error, FileNotFoundError):
                raise
            refuse_parquet(self.path, self.shown, self.wanted)


def _together(footer: Any, least: int) -> Iterator[tuple[list[int], int]]:
    """Row groups that are read as one, small ones with the next, and how many rows they have."""
    groups: list[int] = []
    rows = 0
    for group in range(footer.num_row_groups):
        groups.append(group)
        rows += footer.row_group(group).num_rows
        if rows >= least or (rows and group == footer.num_row_groups - 1):
            yield groups, rows
            groups, rows = [], 0


def _refuse_odd_chunks(file: parquet.ParquetFile, group: int, columns: Sequence[str] | None = None) -> None:
    """Raise `pa.ArrowException` or OSError where the footer garbles what it says of columns of a row group.

    pyarrow says so as it begins to read them, and ends the whole process where it is asked of the footer itself.
    """
    if group < file.metadata.num_row_groups:
        next(in_batches(file, 1, [group], columns), None)


def _shows_no_empty(file: parquet.ParquetFile, group: int, place: int) -> bool:
    """Whether the footer shows of a chunk of a column that no cell is null or an empty text."""
    chunk = file.metadata.row_group(group).column(place)
    if chunk.physical_type != file.schema.column(place).physical_type:
        return False  # garbled, and pyarrow ends the process over its statistics
    told = chunk.statistics
    return bool(told and told.has_null_count and not told.null_count and told.has_min_max and told.min != "")


def _checked(column: Any) -> Coded:
    """A column that is read row by row. Raises `pa.ArrowInvalid` where it is garbled."""
    column.validate(full=True)
    return Coded(series_of_arrow(column))


def _is_text(found: Any) -> bool:
    return pa.types.is_string(found) or pa.types.is_large_string(found)


def _repeats(file: parquet.ParquetFile, place: int) -> bool:
    """Whether the texts of a column repeat so that the file keeps them by codes, as its bytes for each row show.

    Where some are kept as what they add to the one before, as other writers do, pyarrow gives none by codes.
    """
    footer = file.metadata
    if not footer.num_row_groups:
        return True
    chunk = footer.row_group(0).column(place)
    if chunk.total_uncompressed_size > MOST_OF_CODES * max(chunk.num_values, 1):
        return False
    groups = (footer.row_group(group).column(place).encodings for group in range(footer.num_row_groups))
    return not any(encoding.startswith("DELTA") for encodings in groups for encoding in encodings)
