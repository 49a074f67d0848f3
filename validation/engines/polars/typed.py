"""The cells of a block in the types of a schema: each different value is read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import polars as pl

from canonical.cells import DTYPES, typed
from canonical.findings import Finding
from canonical.reading.coded import Block, Coded
from canonical.table_schema import Field, TableSchema
from validation.engines.polars.parquet_types import conformed_column, other_type

__all__ = ["FEW", "TypedBlock", "readings_of", "typed_block"]

TYPED = "typed"
"""What is asked of the texts of a column: the values of its type, and which texts are none."""
TEXTS = ("string", "any")
"""The types of fields whose every text is a value."""
FEW = 1 << 12
"""Columns of so many different values, or fewer, are asked together: a query for each costs more than its answer."""


@dataclass(frozen=True)
class TypedBlock:
    """A block with the types of a schema.

    `columns` are null where a cell is empty or no value of its type; `faults` says by column which values are none;
    `other` are the columns of another type altogether, whose cells are all null, with a finding each. `read` is the
    block as the file has it.
    """

    schema: TableSchema
    read: Block
    columns: Mapping[str, Coded]
    faults: Mapping[str, pl.Series]
    other: Mapping[str, Finding]

    @property
    def height(self) -> int:
        """The number of rows."""
        return self.read.height

    @cached_property
    def frame(self) -> pl.DataFrame:
        """All rows with the types of the schema."""
        return self.of(list(self.columns))

    def of(self, names: Sequence[str]) -> pl.DataFrame:
        """Some columns of all rows, with the types of the schema."""
        return pl.DataFrame({name: self.columns[name].rows for name in names})

    def by_codes(self, names: Sequence[str]) -> pl.DataFrame:
        """The same with texts that repeat as codes of their few different ones, which take less room and time."""
        return pl.DataFrame({name: _by_codes(self.columns[name]) for name in names})

    def is_absent(self, name: str) -> pl.Series:
        """The rows whose cell in a column is empty, and not one that is no value."""
        cells, fault = self.columns[name], self.faults.get(name)
        return cells.is_empty if fault is None else cells.is_empty & ~cells.of_rows(fault)

    @property
    def whole(self) -> Block:
        """The rows as relations read them: text as it stands, Parquet with the types of the schema."""
        return self.read if self.read.is_text else replace(self.read, columns=self.columns)

    @cached_property
    def given(self) -> Block:
        """The rows as the layer of units reads them: text digit by digit, Parquet typed, no cell that is no value."""
        if not self.read.is_text:
            return self.whole
        cells = dict(self.read.columns)
        for name, mark in self.faults.items():
            cells[name] = cells[name].with_values(_without(cells[name].values, mark))
        return replace(self.read, columns=cells)


def typed_block(block: Block, schema: TableSchema, shown: str) -> TypedBlock:
    """The cells of a block in the types of `schema`, whose fields it all has; `shown` is the file in findings."""
    columns: dict[str, Coded] = {}
    faults: dict[str, pl.Series] = {}
    other: dict[str, Finding] = {}
    cells = dict(block.columns)
    if block.is_text:
        for field in schema.fields:
            if (missing := schema.missing_of(field)) != block.missing:
                cells[field.name] = _without_texts(cells[field.name], missing)
        columns, faults = _of_texts(cells, schema)
        return TypedBlock(schema, replace(block, columns=cells), columns, faults, other)
    for field in schema.fields:
        missing = schema.missing_of(field)
        if field.name in block.of_folders:
            columns[field.name], fault = _of_text(_without_texts(cells[field.name], missing), field)
            faults |= {} if fault is None else {field.name: fault}
            continue
        if _is_as_read(cells[field.name], field, missing):
            columns[field.name] = cells[field.name]
            continue
        found = conformed_column(cells[field.name].values, field, missing)
        if found is None:
            other[field.name] = other_type(schema.name, field, cells[field.name].values.dtype, shown)
            columns[field.name] = Coded(pl.Series([None], dtype=DTYPES[field.type]), _zeros(block.height))
            continue
        columns[field.name] = cells[field.name].with_values(found.column)
        if (fault := _marks(found.faults, len(found.column))) is not None:
            faults[field.name] = fault
    return TypedBlock(schema, block, columns, faults, other)


def _is_as_read(cells: Coded, field: Field, missing: Sequence[str]) -> bool:
    """Whether a column of a Parquet file holds texts for a field of texts, and none that stands for a missing value."""
    if cells.codes is None or cells.values.dtype != pl.String or field.type not in TEXTS:
        return False
    return not cells.memory.of(("missing", *missing), lambda: any((cells.values == text).any() for text in missing))


def _of_texts(cells: Mapping[str, Coded], schema: TableSchema) -> tuple[dict[str, Coded], dict[str, pl.Series]]:
    """Texts in the types of their fields, and which of the values of a column are no such value.

    Columns of few values are read together.
    """
    readings = readings_of(schema)
    texts = {name: cells[name].values.alias(name) for name in readings if not cells[name].memory.knows(TYPED)}
    few = [name for name in texts if len(texts[name]) <= FEW]
    told: dict[str, tuple[Coded, pl.Series | None]] = {}
    for names in (few, *([name] for name in texts if len(texts[name]) > FEW)):
        frame = pl.concat([texts[name].to_frame() for name in names], how="horizontal_extend") if names else None
        found = frame.select(readings[name].alias(name) for name in names) if frame is not None else pl.DataFrame()
        for name in names:
            values = found.get_column(name).head(len(texts[name]))
            is_fault = values.null_count() != texts[name].null_count()
            told[name] = Coded(values), texts[name].is_not_null() & values.is_null() if is_fault else None
    columns = {field.name: cells[field.name] for field in schema.fields}
    faults: dict[str, pl.Series] = {}
    for name in readings:
        read, fault = cells[name].memory.of(TYPED, partial(told.__getitem__, name))
        columns[name] = Coded(read.values, cells[name].codes, read.memory)
        faults |= {} if fault is None else {name: fault}
    return columns, faults


def _of_text(cells: Coded, field: Field) -> tuple[Coded, pl.Series | None]:
    """A column of texts in the type of its field, and which of its values are no such value."""
    texts = cells.values.alias(field.name)
    values = texts.to_frame().select(typed(field, pl.col(field.name))).to_series()
    fault = texts.is_not_null() & values.is_null()
    return cells.with_values(values), fault if fault.any() else None


def readings_of(schema: TableSchema) -> dict[str, pl.Expr]:
    """By field that not every text is a value of, the expression that reads it; they are made once."""
    fields = [field for field in schema.fields if field.type not in TEXTS]
    return schema.memory.of("readings", lambda: {field.name: typed(field, pl.col(field.name)) for field in fields})


def _by_codes(cells: Coded) -> pl.Series:
    is_coded = cells.codes is not None and cells.values.dtype == pl.String
    return cells.with_values(cells.values.cast(pl.Categorical)).rows if is_coded else cells.rows


def _without_texts(cells: Coded, missing: Sequence[str]) -> Coded:
    """The cells with null for the texts that stand for a missing value."""
    is_missing = cells.values.is_in(list(missing)).fill_null(False)
    return cells.with_values(_without(cells.values, is_missing)) if is_missing.any() else cells


def _without(values: pl.Series, mark: pl.Series) -> pl.Series:
    return values.to_frame("v").select(pl.when(~mark).then(pl.col("v"))).to_series().alias(values.name)


def _marks(positions: Sequence[int], length: int) -> pl.Series | None:
    if not positions:
        return None
    return pl.zeros(length, dtype=pl.UInt8, eager=True).scatter(list(positions), 1).cast(pl.Boolean)


def _zeros(height: int) -> pl.Series:
    return pl.zeros(height, dtype=pl.UInt32, eager=True)
