"""The cells that folders NAME=VALUE say of every row below them, as Hive, Spark and pyarrow part tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import polars as pl

from canonical.reading.coded import Block, Coded
from canonical.reading.column_names import former_names, present_names

if TYPE_CHECKING:
    from canonical.table_schema import TableSchema

__all__ = ["FolderCells", "cells_below", "cells_beside", "cells_of", "with_cells"]

EMPTY = "__HIVE_DEFAULT_PARTITION__"
"""What stands in a folder's name in place of an empty cell."""
FolderCells = Mapping[str, str | None]
"""By column the cell that all rows of a file share, None where it is empty."""


def cells_of(folders: Iterable[str]) -> dict[str, str | None]:
    """The cells that the names of folders tell, from the outer to the inner; names without `=` tell none.

    >>> cells_of(["year=2025", "parts", "region_id=eu%2Fwest", "note=__HIVE_DEFAULT_PARTITION__"])
    {'year': '2025', 'region_id': 'eu/west', 'note': None}
    """
    parted = (folder.partition("=") for folder in folders)
    return {unquote(name): None if cell == EMPTY else unquote(cell) for name, sign, cell in parted if name and sign}


def cells_below(folder: Path | None, path: Path) -> dict[str, str | None]:
    """The cells that the folders between `folder` and a file in it tell; none without a folder."""
    return {} if folder is None else cells_of(path.relative_to(folder).parts[:-1])


def cells_beside(header: Sequence[str], cells: FolderCells, schema: TableSchema) -> dict[str, str | None]:
    """Those of some cells that are a column of a table which a file with a `header` has not itself.

    A file's own cells rule; a name that the table does not have parts the files alone.
    """
    names = present_names(list(cells), former_names(field.descriptor for field in schema.fields))
    known = zip(names, cells.values(), strict=True)
    return {name: cell for name, cell in known if name in schema.columns and name not in header}


def with_cells(block: Block, cells: FolderCells) -> Block:
    """A block with a column of texts for each cell that all its rows share."""
    if not cells:
        return block
    codes = pl.zeros(block.height, dtype=pl.UInt32, eager=True)
    values = {name: None if cell in block.missing else cell for name, cell in cells.items()}
    more = {name: Coded(pl.Series([cell], dtype=pl.String), codes) for name, cell in values.items()}
    return replace(block, columns={**block.columns, **more}, of_folders=frozenset(more))
