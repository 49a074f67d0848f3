"""A large feed cut into parts on disk, each with the rows that relations hold together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

import polars as pl

from canonical.reading.coded import Block
from canonical.reference import Reference
from validation.checked import Checked
from validation.feed import AtHand, feed_reference
from validation.feed_keys import READ, across, keys_of, parts_of_entities
from validation.feed_rows import FeedFile
from validation.structure.in_order import in_order

__all__ = ["LINE", "NUMBER", "CutFeed", "Kind", "Large", "Part", "count_of_parts", "cut", "keys_at_hand",
           "rows_of", "spoken_of"]  # fmt: skip

Kind = Literal["family", "document", "across"]
NUMBER, LINE = "#number", "#line"
"""Columns beside those of the table: the number of a row among those of its block, and its line in the file."""
ROWS = 20_000
"""So many rows are held together at a time, unless one family has more."""
MOST_PARTS = 256
MOST_ACROSS = 200_000
"""What looks across families is held together as a whole: more rows than these are too many."""


@dataclass(frozen=True)
class Large:
    """A file of observations that is cut, and what names it in ids of rows."""

    one: Checked
    label: str


@dataclass(frozen=True)
class Part:
    """Rows that are held together, of some files by their place among all, each as folders of Arrow files.

    `kind` says by what they belong together: a family, a document, or that they name rows of other families.
    """

    kind: Kind
    folder: Path


@dataclass(frozen=True)
class CutFeed:
    """The parts of a feed, what they are held against, and the documents that have rows in several parts.

    `too_many` counts the rows that look across families, where these are too many.
    """

    parts: tuple[Part, ...]
    hand: AtHand
    mixed: frozenset[str]
    too_many: int = 0


@dataclass(frozen=True)
class _Stretch:
    """A block of a file: the keys of its rows, names that stand in two of their columns, and the file of the rows of
    each part, which stand there in their order.
    """

    keys: pl.DataFrame
    documents: set[str]
    of_entities: set[str]
    written: Mapping[int, Path]


def count_of_parts(files: Sequence[Large]) -> int:
    """Into how many parts the families of files are cut."""
    return min(max(sum(file.one.rows for file in files) // ROWS, 1), MOST_PARTS)


def cut(files: Sequence[Large], others: Sequence[FeedFile], reference: Reference, folder: Path) -> CutFeed:
    """Cut files into parts under a folder, reading them once, a block at a time on each processor."""
    count = count_of_parts(files)
    parts = parts_of_entities(count, reference)
    stretches = [s for place, file in enumerate(files) for s in _stretches(file, place, parts, reference, folder)]
    named = {file.label for file in (*files, *others)}.union(*(stretch.documents for stretch in stretches))
    paths = [*(file.one.path for file in files), *(file.path for file in others)]
    hand = AtHand.of(paths, feed_reference(named, reference))
    own = pl.concat([stretch.keys for stretch in stretches])
    all_keys = pl.concat([own, keys_at_hand(hand, parts)])
    of_others = spoken_of(others, hand).union(*(stretch.of_entities for stretch in stretches))
    looks = across(all_keys, of_others).head(own.height)
    too_many = int(looks.sum()) if looks.sum() > MOST_ACROSS else 0
    mixed = all_keys.group_by("document").agg(pl.col("part").n_unique().alias("parts")).filter(pl.col("parts") > 1)
    is_mixed = pl.col("document").is_in(mixed.get_column("document").implode())
    groups = own.select(
        "part",
        pl.when(looks & (too_many == 0)).then(pl.lit(0, pl.UInt64)).alias("across"),
        pl.when(is_mixed).then(pl.col("document") % count).alias("document"),
    )
    before = 0
    for stretch in stretches:
        _write_again(stretch, groups.slice(before, stretch.keys.height), folder)
        before += stretch.keys.height
    documents = pl.Series(sorted(named), dtype=pl.String)
    of_several = documents.filter(documents.hash().is_in(mixed.get_column("document").implode()))
    return CutFeed(tuple(_parts(folder)), hand, frozenset(of_several), too_many)


def keys_at_hand(hand: AtHand, parts: Mapping[str, int]) -> pl.DataFrame:
    """The keys of the observations at hand; `parts` are those of entities."""
    rows = [{name: row[name] for name in READ} for row in hand.corrected]
    return keys_of(pl.DataFrame(rows, dict.fromkeys(READ, pl.String)), parts, hand.reference)


def rows_of(folder: Path) -> pl.DataFrame:
    """The rows of one file in a part, in its order, with their numbers there from 1; `folder` is that of the file."""
    return pl.concat([_rows(path) for path in sorted(folder.glob("*.arrow"))])


def _rows(path: Path) -> pl.DataFrame:
    """The rows of a block, which is called after the number of rows before it."""
    return pl.read_ipc(path).with_columns(pl.col(NUMBER) + int(path.stem))


def _stretches(
    file: Large, place: int, parts: Mapping[str, int], reference: Reference, folder: Path
) -> Iterator[_Stretch]:  # fmt: skip
    """The blocks of a file, the rows of each part written to its folder."""
    before = 0
    work = partial(_stretch, file, place, parts, reference, folder)
    for stretch in in_order(enumerate(file.one.reads()), work):
        # How many rows stand before a block is known once these are read: it is called after its place until then.
        renamed = {part: path.rename(path.with_stem(f"{before:012}")) for part, path in stretch.written.items()}
        yield replace(stretch, written=renamed)
        before += stretch.keys.height


def _stretch(
    file: Large, place: int, parts: Mapping[str, int], reference: Reference, folder: Path,
    numbered: tuple[int, Callable[[], Block]],
) -> _Stretch:  # fmt: skip
    """A block of a file that is read and written: it comes with its number in the file."""
    number, read = numbered
    block = read()
    frame, lines = block.frame(), pl.Series(LINE, block.lines, pl.Int64)
    keys = keys_of(frame, parts, reference, file.label)
    rows = frame.with_columns(
        pl.int_range(1, block.height + 1).alias(NUMBER),
        lines if block.lines is not None else pl.lit(None, pl.Int64).alias(LINE),
        keys.get_column("part"),
    )
    name = f"block{number}"
    written = dict(_written(rows, "part", "family", place, name, folder))
    return _Stretch(keys, _names(frame, "source_id"), _names(frame, "of_entity_id"), written)


def _names(frame: pl.DataFrame, column: str) -> set[str]:
    """The different names in a column, none where it is not there."""
    return (
        set(frame.get_column(column).cast(pl.String).drop_nulls().unique()) - {""} if column in frame.columns else set()
    )


def spoken_of(others: Sequence[FeedFile], hand: AtHand) -> set[str]:
    """The entities whose rows are held against those of other families, or against statements and corrections."""
    entities, rows = hand.reference.entities, hand.corrected
    heads = {name: row["members"].split() for name, row in entities.items() if row.get("members")}
    found = {*heads, *(member for members in heads.values() for member in members)}
    found |= {name for row in rows if row["of_entity_id"] for name in (row["entity_id"], row["of_entity_id"])}
    found |= {row["entity_id"] for row in hand.printed["statements"]}
    for file in others:
        found |= _names(file.table.frame, "entity_id")
    return found


def _written(
    rows: pl.DataFrame, group: str, kind: Kind, place: int, name: str, folder: Path
) -> Iterator[tuple[int, Path]]:  # fmt: skip
    """The rows of each group, which a column names, and the file that these are written to."""
    for key, of_group in rows.partition_by(group, as_dict=True, include_key=False).items():
        target = folder / kind / f"{key[0]:05}" / f"{place:05}"
        target.mkdir(parents=True, exist_ok=True)
        of_group.write_ipc(target / f"{name}.arrow")
        yield key[0], target / f"{name}.arrow"


def _write_again(stretch: _Stretch, groups: pl.DataFrame, folder: Path) -> None:
    """Write the rows of a block that are held together by other things than their family too."""
    kinds: tuple[Kind, ...] = ("document", "across")
    for kind in kinds:
        again = groups.filter(pl.col(kind).is_not_null()).get_column("part").unique()
        found = [_rows_again(stretch.written[part], groups.filter(part=part).get_column(kind)) for part in again]
        if found:
            path = stretch.written[again[0]]
            rows = pl.concat(found).sort(NUMBER)
            for _ in _written(rows, kind, kind, int(path.parent.name), path.stem, folder):
                pass


def _rows_again(path: Path, groups: pl.Series) -> pl.DataFrame:
    """The rows of a file of which a group is known, with it."""
    return pl.read_ipc(path).with_columns(groups).filter(groups.is_not_null())


def _parts(folder: Path) -> Iterator[Part]:
    """The parts that were written, those of a kind in their order; one that looks across is always asked."""
    kinds: tuple[Kind, ...] = ("across", "document", "family")
    (folder / "across" / "00000").mkdir(parents=True, exist_ok=True)
    for kind in kinds:
        for part in sorted((folder / kind).glob("*")):
            yield Part(kind, part)
