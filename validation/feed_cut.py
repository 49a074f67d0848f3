"""A large feed cut into parts on disk, each with the rows that relations hold together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import polars as pl

from canonical.reference import Reference
from validation.checked import Checked
from validation.feed import AtHand, feed_reference
from validation.feed_keys import READ, across, keys_of, parts_of_entities
from validation.feed_rows import FeedFile

__all__ = ["LINE", "MIXED", "NUMBER", "Kind", "Large", "Part", "cut", "in_parts", "keys_at_hand", "spoken_of"]

Kind = Literal["family", "document", "across"]
NUMBER, LINE, MIXED = "#number", "#line", "#mixed"
"""Columns beside those of the table: the number of a row in its file, its line there, whether its document has rows in
several parts."""
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
    """The parts of a feed, what they are held against, and how many rows look across families, if too many."""

    parts: tuple[Part, ...]
    hand: AtHand
    too_many: int = 0


def cut(files: Sequence[Large], others: Sequence[FeedFile], reference: Reference, folder: Path) -> CutFeed:
    """Cut files into parts under a folder, reading them twice, a block at a time."""
    count = min(max(sum(file.one.rows for file in files) // ROWS, 1), MOST_PARTS)
    parts = parts_of_entities(count, reference)
    named, of_others = {file.label for file in (*files, *others)}, set[str]()
    keys: list[pl.DataFrame] = []
    for file in files:
        for frame in _frames(file.one):
            keys.append(keys_of(frame, parts, reference, file.label))
            named |= _names(frame, "source_id")
            of_others |= _names(frame, "of_entity_id")
    paths = [*(file.one.path for file in files), *(file.path for file in others)]
    hand = AtHand.of(paths, feed_reference(named, reference))
    own = pl.concat(keys)
    all_keys = pl.concat([own, keys_at_hand(hand, parts)])
    looks = across(all_keys, spoken_of(others, hand) | of_others).head(own.height)
    mixed = all_keys.group_by("document").agg(pl.col("part").n_unique().alias("parts")).filter(pl.col("parts") > 1)
    own = own.select("part", "document").with_columns(
        looks.alias("across"),
        pl.col("document").is_in(mixed.get_column("document").implode()).alias(MIXED),
    )  # fmt: skip
    too_many = int(looks.sum()) if looks.sum() > MOST_ACROSS else 0
    _write(files, own if not too_many else own.with_columns(across=False), count, folder)
    return CutFeed(tuple(_parts(folder)), hand, too_many)


def keys_at_hand(hand: AtHand, parts: Mapping[str, int]) -> pl.DataFrame:
    """The keys of the observations at hand; `parts` are those of entities."""
    rows = [{name: row[name] for name in READ} for row in hand.corrected]
    return keys_of(pl.DataFrame(rows, dict.fromkeys(READ, pl.String)), parts, hand.reference)


def _frames(one: Checked) -> Iterator[pl.DataFrame]:
    """The rows of a file a block at a time, with their numbers and lines."""
    before = 0
    for block in one.blocks():
        lines = (
            pl.Series(LINE, block.lines, pl.Int64) if block.lines is not None else pl.lit(None, pl.Int64).alias(LINE)
        )
        numbers = pl.int_range(before + 1, before + block.height + 1, eager=True).alias(NUMBER)
        yield block.frame().with_columns(numbers, lines)
        before += block.height


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


def _write(files: Sequence[Large], keys: pl.DataFrame, count: int, folder: Path) -> None:
    """Write the rows of each part, a file for each block that has some."""
    before = 0
    for place, file in enumerate(files):
        for number, frame in enumerate(_frames(file.one)):
            marked = keys.slice(before, frame.height)
            before += frame.height
            for kind, part, rows in in_parts(frame, marked, count):
                target = folder / kind / f"{part:05}" / f"{place:05}"
                target.mkdir(parents=True, exist_ok=True)
                rows.write_ipc(target / f"{number:06}.arrow")


def in_parts(frame: pl.DataFrame, marked: pl.DataFrame, count: int) -> Iterator[tuple[Kind, int, pl.DataFrame]]:
    """Rows by what they belong together and which of the `count` parts of it they are in, with the column `MIXED`.

    Parameters: `marked` has for each row its `part`, its `document`, `MIXED`, and whether relations look `across`.
    """
    rows = frame.with_columns(marked.get_column(MIXED))
    kinds: tuple[tuple[Kind, pl.Series, pl.Series], ...] = (
        ("family", pl.repeat(True, frame.height, eager=True), marked.get_column("part")),
        ("document", marked.get_column(MIXED), marked.get_column("document") % count),
        ("across", marked.get_column("across"), pl.repeat(0, frame.height, eager=True)),
    )  # fmt: skip
    for kind, has, part in kinds:
        taken = rows.with_columns(part.cast(pl.UInt64).alias("#part")).filter(has)
        for key, of_part in taken.partition_by("#part", as_dict=True, include_key=False).items():
            yield kind, key[0], of_part


def _parts(folder: Path) -> Iterator[Part]:
    """The parts that were written, those of a kind in their order; one that looks across is always asked."""
    kinds: tuple[Kind, ...] = ("across", "document", "family")
    (folder / "across" / "00000").mkdir(parents=True, exist_ok=True)
    for kind in kinds:
        for part in sorted((folder / kind).glob("*")):
            yield Part(kind, part)
