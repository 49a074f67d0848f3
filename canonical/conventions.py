"""The rows of `schemas/precision.csv`: what value and which ends a print has by its bound and precision word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from canonical.reading.encodings import UnreadableError
from canonical.reading.rows import rows_with
from canonical.table_schema import SCHEMAS

__all__ = ["Convention", "End", "conventions", "last_counting_unit"]


class End(NamedTuple):
    """One printed end x, half its last claimed digit h, and what it was read from."""

    x: Decimal
    h: Decimal
    printed: str
    decimals: int
    factor: Decimal

    @property
    def u(self) -> Decimal:
        """One unit of its last counting digit."""
        unit = last_counting_unit(self.printed, self.decimals) * self.factor
        return max(min(unit, abs(self.x) / 10), self.h)


Term = Callable[[End, End], Decimal]

TERMS: dict[str, Term] = {
    "x": lambda x, y: x.x,
    "y": lambda x, y: y.x,
    "x - h": lambda x, y: x.x - x.h,
    "x + h": lambda x, y: x.x + x.h,
    "x - u": lambda x, y: x.x - x.u,
    "x + u": lambda x, y: x.x + x.u,
    "x + 2h": lambda x, y: x.x + 2 * x.h,
    "0.8 x": lambda x, y: Decimal("0.8") * x.x,
    "1.25 x": lambda x, y: Decimal("1.25") * x.x,
    "(x + y) / 2": lambda x, y: (x.x + y.x) / 2,
}


def last_counting_unit(printed: str, decimals: int) -> Decimal:
    """One unit of the last digit that counts: the last claimed decimal, else the last non-zero digit."""
    if decimals > 0:
        return Decimal(1).scaleb(-decimals)
    digits = printed.lstrip("-").partition(".")[0]
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(1).scaleb(max(zeros if digits.strip("0") else 0, -decimals))


@dataclass(frozen=True)
class Convention:
    """One row of `schemas/precision.csv`."""

    value: str
    low: str
    low_open: bool
    high: str
    high_open: bool

    def of(self, x: End, y: End) -> tuple[Decimal | None, Decimal | None, Decimal | None, bool, bool]:
        """The value, the ends, and whether these are open: what makes an interval."""
        value, low, high = [TERMS[name](x, y) if name else None for name in (self.value, self.low, self.high)]
        return value, low, high, self.low_open, self.high_open


@cache
def conventions() -> dict[tuple[str, str], Convention]:
    """The rows of the interval table by bound and precision word.

    Raises `UnreadableError` where `schemas/precision.csv` lacks a column or states an end that is none.
    """
    found: dict[tuple[str, str], Convention] = {}
    for number, row in enumerate(rows_with(SCHEMAS / "precision.csv", COLUMNS, RESTORE), start=1):
        for column in ("value", "value_low", "value_high"):
            if row[column] and row[column] not in TERMS:
                raise UnreadableError(
                    f"schemas/precision.csv:{number + 1}: (row {number}) {column}: found {row[column]!r:.60}, "
                    f"expected one of {', '.join(TERMS)} or nothing; fix: {RESTORE}"
                )
        key = (row["bound"], row["precision_word"])
        if key in found:
            raise UnreadableError(f"schemas/precision.csv: {' '.join(key)} stands twice; fix: {RESTORE}")
        found[key] = Convention(
            row["value"], row["value_low"], row["low_end"] == "open", row["value_high"], row["high_end"] == "open"
        )
    if ("eq", "none") not in found:
        raise UnreadableError(f"schemas/precision.csv: found no row eq, none; fix: {RESTORE}")
    return found


COLUMNS = ("bound", "precision_word", "value", "value_low", "low_end", "value_high", "high_end")
RESTORE = "git checkout schemas/precision.csv"
