"""A file after the checks of its own rows: how many it has, and what was found in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from canonical.findings import Finding
from canonical.reading.reader import Table, read_table
from canonical.table_schema import load_schema
from validation.structure.table_files import shown_path

__all__ = ["Checked"]


@dataclass(frozen=True)
class Checked:
    """A file after layers S and U: its rows and columns, none where it is no readable table, and what was found.

    `findings` come in the order of a report. `was_stopped` says that Ctrl-C ended the check before the file ended.
    """

    path: Path
    table_name: str
    findings: list[Finding]
    rows: int = 0
    columns: tuple[str, ...] = ()
    was_stopped: bool = False

    @cached_property
    def table(self) -> Table | None:
        """The file as a whole, read for what takes all its rows; None where it is no readable table."""
        return read_table(self.path, load_schema(self.table_name), shown_path(self.path))[0] if self.columns else None
