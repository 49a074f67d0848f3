"""Changes that say the same in another way, as another document would: they must raise nothing."""

from __future__ import annotations

import random
from decimal import Decimal

from benchmarks.book import Book, Change
from canonical.text_tables import Row

__all__ = ["coarser", "in_other_unit", "more_words", "once_more"]

AROUND = (
    "{} for the quarter", "{} compared with last year", "{}, up from a year before", "{} (unaudited)", "本季度 {}",
    "合计 {}", "合约 {}", "{}，上年同期较低",
)  # fmt: skip
"""Words that documents set around a number and that change nothing of it."""
AROUND_GROWTH = (
    "{}, down from 90%", "{} over last year", "slowed down to {}", "from 90% to {}", "增速从 90% 下降到 {}",
    "增速回落至 {}",
)  # fmt: skip
"""The same around a growth rate: what fell is the rate before, and the rate itself is above zero."""


LONGEST = 40
"""So many characters of a page `printed_text` holds at most."""


def coarser(row: Row, rng: random.Random, book: Book) -> Change:
    """The same number, rounded to one digit fewer, in another document."""
    digits = row["printed_value"].replace(".", "").strip("-")
    if row["bound"] != "eq" or row["precision_word"] != "none" or len(digits.rstrip("0")) < 3:
        return None
    if "." not in row["printed_value"] or row["decimals"] != str(len(row["printed_value"].partition(".")[2])):
        return None
    if row["printed_value"].endswith("5"):
        return None  # 11.547 was perhaps printed as 11.55: rounded once more to 11.6 it is another number
    value = Decimal(row["printed_value"])
    fewer = value.quantize(Decimal(1).scaleb(-int(row["decimals"]) + 1))
    return {**once_more(row, rng, book), "printed_value": f"{fewer:f}", "printed_text": ""}


def in_other_unit(row: Row, rng: random.Random, book: Book) -> Change:
    """The same number in another unit, with the decimals that keep its precision."""
    own = book.reference.units[row["printed_unit_id"]]
    others = [u for u in book.units[own.canonical_unit_id] if book.reference.units[u].factor != own.factor]
    if not others or row["bound"] != "eq" or row["precision_word"] != "none" or row["printed_value_to"]:
        return None
    unit = book.reference.units[rng.choice(others)]
    ratio = own.factor / unit.factor
    power = ratio.adjusted()
    if ratio != Decimal(1).scaleb(power):
        return None
    moved = Decimal(row["printed_value"]).scaleb(power)
    if abs(moved) < 1:
        return None  # nobody tells of 64 customers as 0.0064 times ten thousand
    return {"printed_value": f"{moved:f}", "printed_unit_id": unit.unit_id,
            "decimals": str(int(row["decimals"]) - power), "printed_text": ""}  # fmt: skip


def once_more(row: Row, rng: random.Random, book: Book) -> dict[str, str]:
    """The same print at another place of the document."""
    return {"observation_id": f"{row['source_id']}.998", "locator": "p:998"}


def more_words(row: Row, rng: random.Random, book: Book) -> Change:
    """The same print, quoted with more of the words around it."""
    plain = row["bound"] == "eq" and row["precision_word"] == "none" and not row["printed_value"].startswith("-")
    if not plain or not row["printed_text"]:
        return None
    words = AROUND_GROWTH if row["measure"].startswith("growth") else AROUND
    text = rng.choice(words).format(row["printed_text"])
    return {"printed_text": text} if len(text) <= LONGEST else None
