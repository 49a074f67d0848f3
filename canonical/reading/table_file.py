"""A CSV or Parquet file of any size as blocks with a header."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from canonical.reading.coded import Block
from canonical.reading.column_names import former_names
from canonical.reading.csv_blocks import CsvFile, Ragged
from canonical.reading.folder_cells import FolderCells, cells_beside, with_cells
from canonical.reading.parquet_blocks import ParquetFile
from canonical.table_schema import TableSchema

__all__ = ["InFolders", "TableFile", "table_file", "width_of"]


@dataclass
class InFolders:
    """A file with columns that the folders above it name, behind its own; `told` is all that they tell."""

    file: CsvFile | ParquetFile
    told: FolderCells
    schema: TableSchema

    @property
    def shown(self) -> str:
        """The name of the file in messages."""
        return self.file.shown

    @property
    def is_text(self) -> bool:
        """Whether the file is CSV."""
        return self.file.is_text

    @cached_property
    def header(self) -> list[str]:
        """The names of the columns."""
        header = list(self.file.header)
        if self.schema.match != "exact":
            return [*header, *self._cells]
        for place, name in enumerate(self.schema.columns):  # folders have no order among columns
            if name in self._cells:
                header.insert(place, name)
        return header

    @cached_property
    def _cells(self) -> FolderCells:
        return cells_beside(self.file.header, self.told, self.schema)

    def blocks(self) -> Iterator[Callable[[], Block | Ragged]]:
        """The blocks in order, each as what reads it: it may be called in another thread."""
        for read in self.file.blocks():
            yield partial(_with_cells, read, self._cells)


def _with_cells(read: Callable[[], Block | Ragged], cells: FolderCells) -> Block | Ragged:
    block = read()
    return block if isinstance(block, Ragged) else with_cells(block, cells)


TableFile = CsvFile | ParquetFile | InFolders


def width_of(file: TableFile) -> int:
    """How many cells a row has in the file itself."""
    return len(file.file.header if isinstance(file, InFolders) else file.header)


def table_file(path: Path, shown: str, schema: TableSchema, cells: FolderCells | None = None) -> TableFile:
    """A file that should hold the table of a schema: Parquet where its name ends so, else CSV, plain or gzipped.

    Parameters: `cells` are those that the folders above it tell.
    """
    file = _file(path, shown, schema)
    return InFolders(file, cells, schema) if cells else file


def _file(path: Path, shown: str, schema: TableSchema) -> CsvFile | ParquetFile:
    former = former_names(field.descriptor for field in schema.fields)
    if path.suffix == ".parquet":
        return ParquetFile(path, shown, f"table {schema.name}", former=former)
    # Where a column has missing values of its own, each column gets its own after reading.
    has_own = any("missingValues" in field.descriptor for field in schema.fields)
    return CsvFile(path, shown, () if has_own else schema.missing_values, former=former)
