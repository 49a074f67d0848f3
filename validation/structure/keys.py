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
PART_BITS = 6
PARTS = 1 << PART_BITS
LEAST_PARTED = 1 << 18
"""So many hashes, or fewer, are looked through as one part."""
PLACES_EACH = 4
"""Of so many places for each hash most are held by no other one."""
MOST_PLACED = 1 << 20
"""Hashes of the largest part whose places are kept, as they take five times its bytes; a larger one is sorted whole."""
SHARED = -1
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
            kept, self.kept = self.kept, []
            if self.size > LEAST_PARTED:
                yield from (np.concatenate(part) for part in _parted(kept))
            elif self.size:
                yield np.concatenate(kept)
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
        kept, self.kept, self.size = self.kept, [], 0
        for part, pieces in enumerate(_parted(kept)):
            with (Path(self.folder.name) / str(part)).open("ab") as file:
                for piece in pieces:
                    piece.tofile(file)


def _parted(blocks: Sequence[Hashes]) -> Iterator[list[Hashes]]:
    """By part the hashes of some blocks that begin with its bits."""
    # Numpy puts single bytes in order by counting them, in a tenth of the time that sorting the hashes takes.
    parts = [(block >> np.uint64(64 - PART_BITS)).astype(np.uint8) for block in blocks]
    ordered = [block[np.argsort(part, kind="stable")] for block, part in zip(blocks, parts, strict=True)]
    ends = [np.append(0, np.cumsum(np.bincount(part, minlength=PARTS))) for part in parts]
    for part in range(PARTS):
        yield [block[end[part] : end[part + 1]] for block, end in zip(ordered, ends, strict=True)]


def repeated_in(part: Hashes) -> tuple[Hashes, int]:
    """The hashes of a part that stand in more than one row, and in how many rows they do; a large part is sorted."""
    part = _of_shared_places(part) if len(part) <= MOST_PLACED else part
    part.sort()
    is_again = part[1:] == part[:-1]
    if not is_again.any():
        return np.empty(0, np.uint64), 0
    # The first of equal ones has another before it and an equal one behind it.
    is_first = np.append(is_again, False)
    is_first[1:] &= ~is_again
    return part[is_first], int(is_again.sum()) + int(is_first.sum())


def _of_shared_places(part: Hashes) -> Hashes:
    """Those of some hashes whose last bits others have too: few, where none repeats, so that few are sorted."""
    places = 1 << (PLACES_EACH * len(part)).bit_length()
    at = (part & np.uint64(places - 1)).astype(np.int64)
    number = np.arange(len(part), dtype=np.int32)
    last = np.empty(places, dtype=np.int32)
    last[at] = number
    is_before_another = last[at] != number
    last[at[is_before_another]] = SHARED
    return part[last[at] == SHARED]


def key_hashes(columns: Sequence[Coded]) -> tuple[Hashes, NDArray[np.bool_]]:
    """The hash of the key of each row, of one or several columns, and in which rows no part of it is empty."""
    hashes: Hashes | None = None
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
        hashes = of_rows.to_numpy() if hashes is None else hashes * MIX + of_rows.to_numpy()
    assert hashes is not None
    return hashes, is_whole
