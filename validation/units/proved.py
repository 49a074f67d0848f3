"""Rows whose cells a few sums of doubles prove to be those of their print, so that the scan has the others alone.

A whole number below 10¹⁵ is a double, and so are sums of a few of them and powers of ten up to 10²²; the quotient of
two such doubles is the one nearest to the decimal. Where all numbers of a row stay below, its cells are proved to be
the ends of the print, or not to be; a row of which that cannot be said is none of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from canonical.reading.coded import Coded, marked
from validation.engines.polars.typed import TypedBlock
from validation.units.printed_numbers import LONGEST, numbers_of

__all__ = ["Decided", "decided_by_sums", "with_proofs"]

Doubles = NDArray[np.float64]
Whole = NDArray[np.integer[Any]]
At = Whole | slice
LARGEST = 10.0**LONGEST
NAN = float("nan")
NO_END = np.inf
"""Stands for an empty cell, and for an end that a print does not have."""
AS_SHOWN = 127
"""In place of decimals that a row does not state."""
FIRST = -128
TENS = np.array([10.0**power if power <= 22 else NAN for power in range(64)])
HALVES = np.array([0.5 * 10.0**power if 0 <= power <= LONGEST else NAN for power in range(FIRST, 256)])
"""Half a unit of the last claimed decimal in units of the last printed one, by the decimals between, from `FIRST`."""
ENDS = ("value", "low", "high")
PROOF = "proof:"
"""Before the names of what proofs read of kinds."""


@dataclass(frozen=True)
class _Prints:
    """Numbers of different prints, an empty one behind them where rows hold `codes`: no digits are NaN."""

    digits: Doubles
    shown: Whole
    zeros: Whole
    codes: Whole | None

    def of(self, numbers: NDArray[Any], at: At) -> NDArray[Any]:
        """The numbers of some rows."""
        return numbers[at] if self.codes is None else numbers[self.codes[at]]


@dataclass(frozen=True)
class _Rows:
    """The rows of a block as numbers: `kinds` by their names, which `kind` each row is of, both prints, the cells."""

    kinds: Mapping[str, NDArray[Any]]
    kind: Whole
    first: _Prints
    second: _Prints
    has_second: NDArray[np.bool_]
    cells: tuple[Doubles, ...]


@dataclass(frozen=True)
class Decided:
    """What is known of the rows of a block: by rule those that break it, and those that are left open."""

    broken: Mapping[str, pl.Series]
    is_open: pl.Series


def decided_by_sums(
    block: TypedBlock, prints: Sequence[str], cells: Sequence[str], kinds: pl.DataFrame, codes: pl.Series
) -> Decided:  # fmt: skip
    """By the rule of each cell the rows where it is proved not to be the end of the print; open are those not proved.

    `prints` are the columns of the print and its second end, `cells` those of value, low and high end; `kinds`
    says what the codes of a row decide of its print, with proofs, `codes` which of these kinds each row is of.
    """
    first, second = (block.given.columns[name] for name in prints)
    doubles = tuple(_doubles(block, cell) for cell in cells)
    has_second = (~second.is_empty).to_numpy()
    proofs = {name.removeprefix(PROOF): kinds[name].to_numpy() for name in kinds.columns if name.startswith(PROOF)}
    rows = _Rows(proofs, codes.to_numpy().astype(np.intp), _prints(first), _prints(second), has_second, doubles)
    is_told, ends = _simple(rows)
    is_right = is_told.copy()
    for cell, end in zip(doubles, ends, strict=True):
        is_right &= cell == end
    left = np.flatnonzero(~is_right)
    told = left[is_told[left]]
    told = told[~np.any([np.isnan(cell[told]) for cell in doubles], axis=0)]
    wrong = {f"U.{cell}": told[of[told] != end[told]] for cell, of, end in zip(cells, doubles, ends, strict=True)}
    left = np.setdiff1d(left, told, assume_unique=True) if len(told) else left
    left = left[~_of_all_terms(rows, left)] if len(left) else left
    broken = {rule: marked(pl.Series(at), block.height) for rule, at in wrong.items() if len(at)}
    return Decided(broken, marked(pl.Series(left), block.height))


def _simple(rows: _Rows) -> tuple[NDArray[np.bool_], list[Doubles]]:
    """Which rows have ends that are the print, or some halves of its last decimal from it, and all these ends."""
    of, kind, whole = rows.kinds, rows.kind, slice(None)
    factor, shown, decimals = of["simple factor"][kind], rows.first.of(rows.first.shown, whole), of["decimals"][kind]
    x = rows.first.of(rows.first.digits, whole) * factor
    h = HALVES[np.where(decimals == AS_SHOWN, 0, shown - decimals) - FIRST] * factor
    ten = TENS[shown + of["power"][kind] + 1]
    is_told = (np.abs(x) + 4 * h < LARGEST) & ((x >= 0) | of["is_plain"][kind]) & ~rows.has_second & (ten > 0)
    return is_told, [(x + of[f"{end} halves"][kind] * h) / ten for end in ENDS]


def _of_all_terms(rows: _Rows, at: Whole) -> NDArray[np.bool_]:
    """Which of some rows are proved to have ends of any terms: print, second end, half, counting unit."""
    of, kind, has_second = rows.kinds, rows.kind[at], rows.has_second[at]
    factor, decimals, is_exact = of["factor"][kind], of["decimals"][kind], of["is_exact"][kind]
    shown, zeros = rows.first.of(rows.first.shown, at), rows.first.of(rows.first.zeros, at)
    shown_to = np.where(has_second, rows.second.of(rows.second.shown, at), 0)
    scale = np.maximum(shown, shown_to)
    claimed = np.where(decimals == AS_SHOWN, shown, decimals)
    x = rows.first.of(rows.first.digits, at) * TENS[scale - shown] * factor
    y = np.where(has_second, rows.second.of(rows.second.digits, at) * TENS[scale - shown_to] * factor, 0)
    h = np.where(is_exact, 0, HALVES[scale - claimed - FIRST] * factor)
    unit = (
        TENS[np.clip(scale + np.where(claimed > 0, -claimed, np.maximum(zeros, -claimed)), 0, len(TENS) - 1)] * factor
    )
    u = np.maximum(np.fmin(unit, np.floor(np.abs(x) / 10)), h)
    ten = TENS[scale + of["power"][kind] + 1]
    is_proved = (np.abs(x) + np.abs(y) + 2 * h + u < LARGEST / 4) & ((x >= 0) | of["is_plain"][kind])
    is_proved &= (claimed <= shown) & (has_second == of["two_ended"][kind]) & (~has_second | (x <= y))
    for end, cell in zip(ENDS, rows.cells, strict=True):
        terms = sum(of[f"{end}_{name}"][kind] * value for name, value in zip("xhuy", (x, h, u, y), strict=True))
        expected = np.where(of[f"{end} bounded"][kind], terms / 2 / ten, NO_END)
        is_proved &= cell[at] == expected
    return is_proved


def with_proofs(kinds: pl.DataFrame) -> pl.DataFrame:
    """Kinds of rows with what proofs read of each: factor and power of ten, decimals, and the terms of each end.

    A kind of which more than that decides has no factor, and no simple one where an end has other terms than halves.
    """
    is_whole = pl.col("is_whole") & pl.col("has_unit") & ~pl.col("no_form")
    for cause in ("wrong_quantity", "wrong_unit", "is_unknown"):
        is_whole &= ~pl.col(cause) if cause in kinds.columns else True
    is_whole &= pl.col("has_decimals") if "has_decimals" in kinds.columns else True
    is_simple = is_whole & ~pl.col("two_ended")
    terms: list[pl.Expr] = []
    for end in ENDS:
        x, h, u, y = (pl.col(f"{end}_{part}") for part in "xhuy")
        bounded = pl.col(f"{end}_bounded").fill_null(False)
        is_simple &= ~bounded | ((x == 2) & (u == 0) & (y == 0))
        of_exact = pl.when(pl.col("is_exact")).then(0.0).otherwise(h / 2)
        terms.append(pl.when(bounded).then(of_exact).otherwise(NO_END).fill_null(NO_END).alias(f"{end} halves"))
        terms.append(bounded.alias(f"{end} bounded"))
        terms += [part.cast(pl.Float64).fill_null(0).alias(part.meta.output_name()) for part in (x, h, u, y)]
    factor = 10.0 * pl.col("number")
    proofs = kinds.select(
        pl.when(is_whole).then(factor).fill_null(NAN).alias("factor"),
        pl.when(is_simple).then(factor).fill_null(NAN).alias("simple factor"),
        pl.col("power").fill_null(0),
        pl.coalesce(pl.col("decimals").clip(FIRST + 28, AS_SHOWN - 1), AS_SHOWN).alias("decimals"),
        *(pl.col(name).fill_null(False) for name in ("is_plain", "is_exact", "two_ended")),
        *terms,
    )
    return pl.concat([kinds, proofs.select(pl.all().name.prefix(PROOF))], how="horizontal")


def _prints(cells: Coded) -> _Prints:
    """The prints of a column as numbers."""

    def ask() -> tuple[Doubles, Whole, Whole]:
        found = numbers_of(cells)
        found = found.with_columns(
            pl.col("digits").cast(pl.Float64).fill_null(NAN), pl.col("shown", "zeros").fill_null(0)
        )
        digits, shown, zeros = (found.get_column(name).to_numpy() for name in ("digits", "shown", "zeros"))
        return np.append(digits, NAN), np.append(shown, 0), np.append(zeros, 0)

    numbers = cells.memory.of("prints", ask)
    codes = None if cells.codes is None else cells.places.astype(np.intp)  # numpy would cast others for each look-up
    digits, shown, zeros = numbers
    return (
        _Prints(digits, shown, zeros, codes)
        if codes is not None
        else _Prints(digits[:-1], shown[:-1], zeros[:-1], None)
    )


def _doubles(block: TypedBlock, cell: str) -> Doubles:
    """The cells of a column as doubles, NaN where a text is not told from all others by its double."""
    cells = block.columns[cell]
    values = (cells.values.fill_null(NO_END) if cells.values.null_count() else cells.values).to_numpy()
    if block.read.is_text:
        is_long = (block.given.columns[cell].values.str.len_bytes() > LONGEST).fill_null(False).to_numpy()
        values = np.where(is_long, NAN, values)
    if cells.codes is None:
        return values
    return np.append(values, NO_END)[cells.places]
