"""Which keys stand in more than one row: eight bytes for each row, kept on disk where millions do not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl
from numpy.typing import NDArray

from canonical.reading.coded import Coded
from validation.structure.in_order import in_order

__all__ = ["MOST_REPEATED", "KeyHashes", "Repeated", "key_hashes", "repeated_in"]

MOST_KEPT = 4 << 20
"""So many hashes, of eight bytes each, are held in memory; more are parted by their first bits and kept on disk."""
PARTS = 64
MOST_REPEATED = 8 << 20
"""So many different hashes that repeat are named; of more, all rows are counted and those of these are shown."""
MIX = np.uint64(0x9E3779B97F4A7C15)

Hashes = NDArray[np.uint64]


@dataclass(frozen=True)
class Repeated:
    """The hashes that stand in more than one row, in order, and in how many rows they do."""

    hashes: Hashes
    rows: int

    def holds(self, hashes: Hashes) -> NDArray[np.bool_]:
        """True for each of `hashes` that repeats."""
        if not len(self.hashes):
            return np.zeros(len(hashes), dtype=np.bool_)
        places = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        return self.hashes[places] == hashes


@dataclass
class KeyHashes:
    """The hashes of the keys of a table, added block by block."""

    most_kept: int = MOST_KEPT
    kept: list[Hashes] = field(default_factory=list)
    size: int = 0
    folder: TemporaryDirectory[str] | None = None

    def add(self, hashes: Hashes) -> None:
        """Take the hashes of a block in; rows without a whole key have none."""
        self.kept.append(hashes)
        self.size += len(hashes)
        if self.size > self.most_kept:
            self._spill()

    def repeated(self) -> Repeated:
        """The hashes of more than one row; to be asked once, at the end."""
        found: list[Hashes] = []
        named, rows = 0, 0
        for hashes, count in in_order(self._parts(), repeated_in):
            rows += count
            hashes = hashes[: MOST_REPEATED - named]
            named += len(hashes)
            found.append(hashes)
        return Repeated(np.sort(np.concatenate(found)) if found else np.empty(0, np.uint64), rows)

    def _parts(self) -> Iterator[Hashes]:
        """All hashes, equal ones in the same part."""
        if self.folder is None:
            whole = np.concatenate(self.kept) if self.kept else np.empty(0, np.uint64)
            self.kept = []
            if len(whole):
                yield whole
            return
        self._spill()
        for part in range(PARTS):
            path = Path(self.folder.name) / str(part)
            if path.exists():
                yield np.fromfile(path, dtype=np.uint64)
        self.folder.cleanup()

    def _spill(self) -> None:
        """Move the hashes in memory to the files of their parts."""
        self.folder = self.folder or TemporaryDirectory(prefix="keys-")
        whole = np.concatenate(self.kept) if self.kept else np.empty(0, np.uint64)
        self.kept, self.size = [], 0
        whole.sort()
        width = np.uint64(1 << 58)
        ends = np.searchsorted(whole // width, np.arange(PARTS + 1, dtype=np.uint64))
        for part in range(PARTS):
            with (Path(self.folder.name) / str(part)).open("ab") as file:
                whole[ends[part] : ends[part + 1]].tofile(file)


def repeated_in(part: Hashes) -> tuple[Hashes, int]:
    """The hashes of a part that stand in more than one row, and in how many rows they do; the part is sorted."""
    part.sort()
    is_again = part[1:] == part[:-1]
    if not is_again.any():
        return np.empty(0, np.uint64), 0
    # The first of equal ones has another before it and an equal one behind it.
    is_first = np.append(is_again, False)
    is_first[1:] &= ~is_again
    return part[is_first], int(is_again.sum()) + int(is_first.sum())


def key_hashes(columns: Sequence[Coded]) -> tuple[Hashes, NDArray[np.bool_]]:
    """The hash of the key of each row, of one or several columns, and in which rows no part of it is empty."""
    hashes: Hashes = np.zeros(len(columns[0]), dtype=np.uint64)
    is_whole = np.ones(len(columns[0]), dtype=np.bool_)
    for column in columns:
        # Polars gives equal values equal hashes within a process, whichever block they stand in.
        values = column.values.hash(7)
        if column.values.null_count():
            values = pl.select(pl.when(column.values.is_not_null()).then(values)).to_series()
        of_rows = values if column.codes is None else values[column.codes]
        if of_rows.null_count():
            is_whole &= of_rows.is_not_null().to_numpy()
            of_rows = of_rows.fill_null(0)
        hashes = hashes * MIX + of_rows.to_numpy()
    return hashes, is_whole
