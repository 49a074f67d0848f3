"""A file after the checks of its own rows: how many it has, and what was found in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

import polars as pl

from canonical.cells import DTYPES
from canonical.findings import Finding
from canonical.reading.coded import Block
from canonical.reading.csv_blocks import Ragged
from canonical.reading.folder_cells import FolderCells
from canonical.reading.reader import Table
from canonical.reading.table_file import table_file
from canonical.table_schema import TableSchema, load_schema
from validation.engines.polars.typed import typed_block
from validation.structure.checks import restrict
from validation.structure.table_files import shown_path

__all__ = ["Checked"]


@dataclass(frozen=True)
class Checked:
    """A file after layers S and U: its rows and columns, none where it is no readable table, and what was found.

    `findings` come in the order of a report. `was_stopped` says that Ctrl-C ended the check before the file ended.
    `typed` are its rows with the types of their schema, where they were asked for; `cells` are those that the folders
    above it tell.
    """

    path: Path
    table_name: str
    findings: list[Finding]
    rows: int = 0
    columns: tuple[str, ...] = ()
    was_stopped: bool = False
    typed: pl.DataFrame | None = None
    cells: FolderCells = field(default_factory=dict[str, str | None])

    @cached_property
    def table(self) -> Table | None:
        """The file as a whole, read for what takes all its rows; None where it is no readable table."""
        schema, shown = load_schema(self.table_name), shown_path(self.path)
        if not self.columns:
            return None
        is_text, blocks = self.path.suffix != ".parquet", list(self.blocks())
        types = {name: pl.String if is_text else DTYPES[schema.field(name).type] for name in self.columns}
        lines = [line for block in blocks for line in block.lines or ()]
        is_plain = not lines or lines[-1] == len(lines) + 1
        frame = pl.concat([pl.DataFrame(schema=types), *(block.frame().select(list(types)) for block in blocks)])
        return Table(schema, shown, frame, is_text, lines=None if is_plain else lines)

    def blocks(self) -> Iterator[Block]:
        """The rows of the file a block at a time, as relations read them; none where it is no readable table."""
        return (read() for read in self.reads())

    def reads(self) -> Iterator[Callable[[], Block]]:
        """The same blocks, each as what reads it: it may be called in another thread."""
        schema, shown = load_schema(self.table_name), shown_path(self.path)
        known = restrict(schema, list(self.columns))
        for read in table_file(self.path, shown, schema, self.cells).blocks() if self.columns else ():
            yield partial(_known, read, known, shown)


def _known(read: Callable[[], Block | Ragged], schema: TableSchema, shown: str) -> Block:
    """A block of a file whose rows are known to be of one width."""
    block = read()
    assert isinstance(block, Block)
    return typed_block(block, schema, shown).whole
