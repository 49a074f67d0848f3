"""Errors in the number and its unit: digits, magnitude, currency, sign, and the words around it."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from benchmarks.book import Book, Change
from canonical.intervals import decimal_text
from canonical.text_tables import Row

__all__ = [
    "doubled_digit", "lost_digit", "lost_sign", "lost_word", "other_unit", "padded_zeros", "ratio_for_percent",
    "swapped_digits", "times", "wrong_currency", "wrong_digit",
]  # fmt: skip


def _digits(row: Row, rng: random.Random, swap: Callable[[str, int], str]) -> Change:
    """Change the digits of the print at one place; None where nothing changes."""
    printed = row["printed_value"]
    places = [i for i, sign in enumerate(printed) if sign.isdigit()]
    changed = swap(printed, rng.choice(places))
    if not changed.strip("-.0") or changed == printed or changed.startswith((".", "-.")) or changed.endswith("."):
        return None
    return {"printed_value": changed}


def wrong_digit(row: Row, rng: random.Random, book: Book) -> Change:
    """One digit replaced by another."""
    return _digits(row, rng, lambda p, i: p[:i] + rng.choice([d for d in "123456789" if d != p[i]]) + p[i + 1 :])


def swapped_digits(row: Row, rng: random.Random, book: Book) -> Change:
    """Two digits beside one another exchanged."""
    printed = row["printed_value"]
    pairs = [i for i in range(len(printed) - 1) if printed[i : i + 2].isdigit() and printed[i] != printed[i + 1]]
    if not pairs:
        return None
    i = rng.choice(pairs)
    return {"printed_value": printed[:i] + printed[i + 1] + printed[i] + printed[i + 2 :]}


def lost_digit(row: Row, rng: random.Random, book: Book) -> Change:
    """One digit left out."""
    return _digits(row, rng, lambda p, i: p[:i] + p[i + 1 :]) if len(row["printed_value"].strip("-.")) > 1 else None


def doubled_digit(row: Row, rng: random.Random, book: Book) -> Change:
    """One digit typed twice."""
    return _digits(row, rng, lambda p, i: p[:i] + p[i] + p[i:])


def times(factor: str) -> Callable[[Row, random.Random, Book], Change]:
    def change(row: Row, rng: random.Random, book: Book) -> Change:
        value = Decimal(row["printed_value"])
        return {"printed_value": decimal_text(value * Decimal(factor))} if value else None

    return change


def other_unit(times: Decimal) -> Callable[[Row, random.Random, Book], Change]:
    """Another unit of the same canonical unit, so many times the printed one or a fraction of it."""

    def change(row: Row, rng: random.Random, book: Book) -> Change:
        own = book.reference.units[row["printed_unit_id"]]
        others = [
            unit_id
            for unit_id in book.units[own.canonical_unit_id]
            if book.reference.units[unit_id].factor / own.factor in (times, 1 / times)
        ]
        return {"printed_unit_id": rng.choice(others)} if others else None

    return change


def wrong_currency(row: Row, rng: random.Random, book: Book) -> Change:
    """Dollars for yuan, or yuan for dollars."""
    unit = row["printed_unit_id"]
    other = unit.replace("usd", "cny") if unit.startswith("usd") else unit.replace("cny", "usd")
    return {"printed_unit_id": other} if other != unit and other in book.reference.units else None


def lost_sign(row: Row, rng: random.Random, book: Book) -> Change:
    """The sign turned."""
    value = row["printed_value"]
    if not value.strip("-.0") or row["printed_value_to"]:
        return None
    return {"printed_value": value[1:] if value.startswith("-") else f"-{value}"}


def ratio_for_percent(row: Row, rng: random.Random, book: Book) -> Change:
    """0.36 for 36 %."""
    if row["printed_unit_id"] != "percent" or not Decimal(row["printed_value"]):
        return None
    return {"printed_value": decimal_text(Decimal(row["printed_value"]) / 100)}


def padded_zeros(row: Row, rng: random.Random, book: Book) -> Change:
    """Two zeros behind a whole number: 36.00 for 36."""
    whole = "." not in row["printed_value"] and row["bound"] == "eq" and row["decimals"] == "0"
    return {"printed_value": row["printed_value"] + ".00"} if whole else None


def lost_word(row: Row, rng: random.Random, book: Book) -> Change:
    """`More than` or `about` left out."""
    if row["bound"] not in ("gt", "lt", "ge", "le"):
        return None
    return {"bound": "eq", "precision_word": "none"}
