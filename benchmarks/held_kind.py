"""One kind of edit of a table that the trial of tables beside observations makes, and edits that many kinds share."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from canonical.text_tables import Row

__all__ = [
    "Edit",
    "HeldKind",
    "Made",
    "added",
    "cell_of_another",
    "days_off",
    "deleted",
    "digit_replaced",
    "digits_exchanged",
    "edited",
    "flipped",
    "letters_exchanged",
    "mangled_locator",
    "once_more",
    "one_of",
    "other_year",
]


class Edit(NamedTuple):
    """The rows of a table after an edit, and the places, counted from 0, of those touched; none where one went."""

    rows: list[Row]
    touched: frozenset[int]


Made = Callable[[Sequence[Row], int, random.Random], Edit | None]
"""Makes an edit at a row; None where the kind does not apply to it."""


@dataclass(frozen=True)
class HeldKind:
    """A kind of edit of a table with its words in both languages; harmless ones must raise nothing."""

    name: str
    table: str
    words: str
    words_zh: str
    make: Made
    is_harmless: bool = False


def edited(change: Callable[[Row, Sequence[Row], random.Random], dict[str, str] | None]) -> Made:
    """An edit of some cells of one row."""

    def make(rows: Sequence[Row], at: int, rng: random.Random) -> Edit | None:
        cells = change(rows[at], rows, rng)
        if not cells or all(rows[at][name] == cell for name, cell in cells.items()):
            return None
        changed = list(rows)
        changed[at] = {**rows[at], **cells}
        return Edit(changed, frozenset((at,)))

    return make


def deleted(rows: Sequence[Row], at: int, rng: random.Random) -> Edit:
    """The row is gone: whatever stands about it may be named."""
    return Edit([*rows[:at], *rows[at + 1 :]], frozenset())


def once_more(rows: Sequence[Row], at: int, rng: random.Random) -> Edit:
    """The row stands twice."""
    return Edit([*rows[: at + 1], rows[at], *rows[at + 1 :]], frozenset((at, at + 1)))


def added(change: Callable[[Row, Sequence[Row], random.Random], dict[str, str] | None]) -> Made:
    """A row more, like one of the table in all but some cells."""

    def make(rows: Sequence[Row], at: int, rng: random.Random) -> Edit | None:
        cells = change(rows[at], rows, rng)
        new = None if cells is None else {**rows[at], **cells}
        return None if new is None or new in rows else Edit([*rows, new], frozenset((len(rows), at)))

    return make


def cell_of_another(*columns: str, within: tuple[str, ...] = ()) -> Made:
    """The cells of some columns as they stand in another row, of those that agree in the columns `within`."""

    def change(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
        found = sorted(
            {tuple(o[c] for c in columns) for o in rows if o[columns[0]] and all(o[c] == row[c] for c in within)}
            - {tuple(row[c] for c in columns)}
        )
        return dict(zip(columns, rng.choice(found), strict=True)) if found and row[columns[0]] else None

    return edited(change)


def one_of(column: str, *codes: str) -> Made:
    """Another code of those given."""
    return edited(lambda row, rows, rng: {column: rng.choice([code for code in codes if code != row[column]])})


def digits_exchanged(column: str) -> Made:
    """Two neighbouring digits exchanged."""
    return edited(lambda row, rows, rng: _exchanged(row, column, rng, str.isdigit))


def letters_exchanged(column: str) -> Made:
    """Two neighbouring letters exchanged."""
    return edited(lambda row, rows, rng: _exchanged(row, column, rng, str.isalpha))


def _exchanged(row: Row, column: str, rng: random.Random, of: Callable[[str], bool]) -> dict[str, str] | None:
    text = row[column]
    places = [i for i in range(len(text) - 1) if of(text[i]) and of(text[i + 1]) and text[i] != text[i + 1]]
    if not places:
        return None
    i = rng.choice(places)
    return {column: text[:i] + text[i + 1] + text[i] + text[i + 2 :]}


def digit_replaced(column: str) -> Made:
    """One digit replaced by another."""

    def change(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
        text = row[column]
        places = [i for i, sign in enumerate(text) if sign.isdigit()]
        if not places:
            return None
        i = rng.choice(places)
        return {column: text[:i] + rng.choice([d for d in "0123456789" if d != text[i]]) + text[i + 1 :]}

    return edited(change)


def flipped(column: str) -> Made:
    """True for false, or the other way round."""
    return edited(lambda row, rows, rng: {column: "false" if row[column] == "true" else "true"})


def other_year(column: str) -> Made:
    """The same day of the year before or after."""

    def change(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
        if not row[column] or row[column].endswith("02-29"):
            return None
        return {column: f"{int(row[column][:4]) + rng.choice((-1, 1))}{row[column][4:]}"}

    return edited(change)


def days_off(column: str, *days: int) -> Made:
    """A day earlier or later by so many days."""

    def change(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
        if not row[column]:
            return None
        return {column: (date.fromisoformat(row[column]) + timedelta(rng.choice(days))).isoformat()}

    return edited(change)


def mangled_locator(rows: Sequence[Row], at: int, rng: random.Random) -> Edit | None:
    """A place as a person writes it."""
    place = rows[at]["locator"]
    changed = list(rows)
    changed[at] = {
        **rows[at],
        "locator": rng.choice((place.replace(":", " "), place.replace("p:", "page "), "see text")),
    }
    return Edit(changed, frozenset((at,))) if changed[at]["locator"] != place else None
