"""What whole numbers decide of the prints of a block: the scan of layer U, at the speed of polars.

A print of D units in its s-th decimal stands for D·10⁻ˢ·f in the canonical unit, half a unit of its last claimed
decimal d for 5·10⁻⁽ᵈ⁺¹⁾·f, one unit of its last counting digit for a power of ten times f, with the factor f = n·10⁻ᵗ.
Counted in units of 10⁻⁽ˢ⁺¹⁺ᵗ⁾ the print and its ends are whole numbers. A double holds such a number exactly below 2⁵³,
and one division by a power of ten gives the double nearest to the decimal; two decimals of fifteen digits are equal
where their doubles are. Rows of which that cannot be said, or of a rarer kind, are left to be completed one by one. Of
most rows `proved` has shown before whether anything is wrong, and they are not scanned.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

import polars as pl

from canonical.reading.coded import Coded, marked
from canonical.reference import Reference
from validation.engines.polars.typed import TypedBlock
from validation.units.kinds import KnownKinds, coded_kinds, of_observations, of_prices
from validation.units.printed_numbers import LONGEST, numbers_of
from validation.units.proved import Decided, decided_by_sums, with_proofs

__all__ = ["Decided", "decided_observations", "decided_prices"]

LIMIT = 2.0**53
"""Whole numbers below it are doubles, and sums of a few fit 64 bits."""
LARGEST_POWER = 18
ENDS = ("value", "low", "high")
Marks = TypeVar("Marks", pl.Expr, pl.Series)


def decided_observations(
    block: TypedBlock, reference: Reference, known: KnownKinds | None = None, few: int = 0
) -> Decided:  # fmt: skip
    """Which observations have values that are not those of their print, a unit that does not fit, or no form.

    Of a row that breaks several rules the first in the chain is told: bound, quantity, decimals, unit, values. `known`
    keeps what codes decide from block to block; where no more than `few` rows are not proved, they are left open.
    """
    names = ("printed_unit_id", "metric_id", "measure", "decimals", "bound", "precision_word", "unit_id")
    prints, cells = ("printed_value", "printed_value_to"), ("value", "value_low", "value_high")
    proved, rows = _proved(block, names, partial(of_observations, reference=reference), known, prints, cells, few)
    proved = Decided(_in_chain(proved.broken), proved.is_open)
    if rows is None:
        return proved
    is_lost = pl.col("is_given") & (~(pl.col("is_number") & pl.col("has_unit")) | _is_half_read())
    no_form = pl.col("is_number") & ~_is_half_read() & _has_no_form()
    is_formed = pl.col("is_formed") & pl.col("has_decimals")
    too_many = pl.col("is_number") & (pl.col("decimals") > pl.col("shown")).fill_null(False)
    first = {
        "U.bound": no_form, "U.quantity": pl.col("wrong_quantity"), "U.decimals": too_many,
        "U.unit_id": pl.col("wrong_unit"),
    }  # fmt: skip
    is_told = pl.any_horizontal(first.values())
    ends = {f"U.{cell}": ~is_lost & pl.col(f"wrong_{end}") for cell, end in zip(cells, ENDS, strict=True)}
    is_simple = ~pl.col("two_ended") & (~pl.col("has_unit") | is_told)
    of_form = pl.col("has_decimals") & (_is_half_read() | (is_formed & (pl.col("is_sized") | is_simple)))
    is_decided = ~pl.col("is_number") | no_form | of_form
    return _decided(rows, _in_chain(first | ends), is_decided, proved)


def decided_prices(
    block: TypedBlock, reference: Reference, known: KnownKinds | None = None, few: int = 0
) -> Decided:  # fmt: skip
    """Which model prices have amounts that are not those of their print, or amounts without one.

    Parameters as for `decided_observations`.
    """
    names = ("printed_per_unit_id", "bound", "precision_word", "price_state")
    prints, cells = ("printed_amount", "printed_amount_to"), ("amount", "amount_low", "amount_high")
    proved, rows = _proved(block, names, partial(of_prices, reference=reference), known, prints, cells, few)
    if rows is None:
        return proved
    is_odd = ~pl.col("is_number") | ~pl.col("has_unit") | pl.col("is_unknown") | _is_half_read() | _has_no_form()
    is_lost = pl.col("is_given") & is_odd
    broken = {f"U.{cell}": ~is_lost & pl.col(f"wrong_{end}") for cell, end in zip(cells, ENDS, strict=True)}
    is_decided = ~pl.col("is_given") | is_lost | (pl.col("is_formed") & pl.col("is_sized"))
    return _decided(rows, broken, is_decided, proved)


def _proved(
    block: TypedBlock,
    names: Sequence[str],
    decide: Callable[[pl.DataFrame], pl.DataFrame],
    known: KnownKinds | None,
    prints: Sequence[str],
    cells: Sequence[str],
    few: int,
) -> tuple[Decided, pl.DataFrame | None]:
    """What proofs decide, and the rows that they leave open read, None where these are no more than `few`.

    Parameters: `names`, the columns of codes, of which `decide` says what each combination means.
    """
    kinds, codes = coded_kinds(block.given, block.schema, names)
    of_kinds = (known or KnownKinds()).of(kinds, lambda kinds: with_proofs(decide(kinds)))
    proved = decided_by_sums(block, prints, cells, of_kinds, codes)
    at = proved.is_open.arg_true()
    return proved, None if len(at) <= few else _read(block, prints, cells, of_kinds, codes, at)


def _decided(rows: pl.DataFrame, broken: Mapping[str, pl.Expr], is_decided: pl.Expr, proved: Decided) -> Decided:
    """What holds of the rows that proofs leave open, and of those that they decide, as marks of all rows of a block."""
    is_decided = is_decided.fill_null(False)
    told = rows.select(
        "row",
        (~is_decided).alias("open"),
        *((is_decided & mark.fill_null(False)).alias(rule) for rule, mark in broken.items()),
    )
    found = {rule: told.filter(pl.col(rule)).get_column("row") for rule in (*broken, "open")}
    is_open, *marks = (marked(at, len(proved.is_open)) for at in (found.pop("open"), *found.values()))
    told = {rule: mark | proved.broken.get(rule, False) for rule, mark in zip(found, marks, strict=True)}
    return Decided({rule: mark for rule, mark in told.items() if mark.any()}, is_open)


def _in_chain(marks: Mapping[str, Marks]) -> dict[str, Marks]:
    """Each mark without the rows that one before it has."""
    found: dict[str, Marks] = {}
    before: Marks | None = None
    for rule, mark in marks.items():
        found[rule] = mark if before is None else mark & ~before
        before = mark if before is None else before | mark
    return found


def _has_no_form() -> pl.Expr:
    """Whether a print surely has no interval, for its bound, its word and its number of ends."""
    below = pl.col("is_mirrored") & (pl.col("digits") < 0)
    second = pl.col("has_second") & ~pl.col("may_have_end")
    ends = pl.when(pl.col("two_ended")).then(~pl.col("has_second")).otherwise(second)
    is_rare = pl.col("may_have_end") & pl.col("has_second")
    return (((pl.col("no_form") & ~below) | ends) & ~is_rare).fill_null(False)


def _is_half_read() -> pl.Expr:
    """Whether a second end is printed and is no number."""
    return pl.col("has_second") & ~pl.col("is_number_to") & ~pl.col("may_have_end")


def _read(
    block: TypedBlock, prints: Sequence[str], cells: Sequence[str], kinds: pl.DataFrame, codes: pl.Series, at: pl.Series
) -> pl.DataFrame:
    """Some rows of a block, `row` the position of each, with what their codes, prints and cells are as numbers.

    The columns between are kept in frames: as one expression polars would evaluate them once for each end.
    """
    first, second = (block.given.columns[name] for name in prints)
    rows = pl.DataFrame(
        [
            at.alias("row"),
            *kinds.select(pl.all().gather(codes.gather(at))).get_columns(),
            *_numbers(first, at),
            *_numbers(second, at, "_to"),
            first.at(at).is_not_null().alias("is_given"),
            second.at(at).is_not_null().alias("has_second"),
            *(column for end, cell in zip(ENDS, cells, strict=True) for column in _cell(block, cell, end, at)),
        ]
    )
    return _with_ends(_with_sizes(rows))


def _numbers(cells: Coded, rows: pl.Series, ending: str = "") -> list[pl.Series]:
    """What `numbers_of` says of the prints of some rows, the names of its columns with an ending."""
    found = numbers_of(cells).select(pl.all().gather(rows if cells.codes is None else cells.codes.gather(rows)))
    found = found.with_columns(pl.col("is_number").fill_null(False))
    return found.select(pl.all().name.suffix(ending)).get_columns()


def _cell(block: TypedBlock, cell: str, end: str, rows: pl.Series) -> list[pl.Series]:
    """A generated cell of some rows as a double, and whether it is told from all others by it."""
    number = block.columns[cell].at(rows).alias(end)
    if not block.read.is_text:
        return [number, pl.repeat(True, len(rows), dtype=pl.Boolean, eager=True).alias(f"{end}_short")]
    is_short = block.given.columns[cell].at(rows).str.len_bytes() <= LONGEST
    return [number, is_short.fill_null(False).alias(f"{end}_short")]


def _with_sizes(rows: pl.DataFrame) -> pl.DataFrame:
    """The print, its second end, its half and its counting unit as whole numbers, and whether they fit."""
    ends_agree = pl.col("has_second") == pl.col("two_ended")
    is_formed = (
        pl.col("digits").is_not_null()
        & pl.col("is_whole")
        & ends_agree
        & (~pl.col("has_second") | pl.col("is_number_to"))
    )
    scaled = rows.with_columns(
        pl.max_horizontal("shown", pl.when(pl.col("is_number_to")).then(pl.col("shown_to"))).alias("scale"),
        pl.min_horizontal(pl.coalesce("decimals", "shown"), "shown").alias("claimed"),
        (is_formed & (pl.col("is_plain") | (pl.col("digits") >= 0))).alias("is_formed"),
    )
    places = pl.when(pl.col("claimed") > 0).then(-pl.col("claimed")).otherwise(
        pl.max_horizontal("zeros", -pl.col("claimed"))
    )  # fmt: skip
    raised, raised_to = _ten_to(pl.col("scale") - pl.col("shown")), _ten_to(pl.col("scale") - pl.col("shown_to"))
    half = 5 * _ten_to(pl.col("scale") - pl.col("claimed"))
    number, inexact = pl.col("number"), pl.col("number").cast(pl.Float64)
    parts = scaled.with_columns(
        (pl.col("digits") * raised * 10 * number).alias("x"),
        (pl.col("digits_to") * raised_to * 10 * number).alias("y"),
        (pl.when(pl.col("is_exact")).then(0).otherwise(half) * number).alias("h"),
        (10 * _ten_to(pl.col("scale") + places) * number).alias("unit"),
        (pl.col("digits") * inexact * raised * 10).alias("x_size"),
        (pl.col("digits_to") * inexact * raised_to * 10).alias("y_size"),
        (inexact * half).alias("h_size"),
    )
    is_two = pl.col("two_ended")
    is_small = pl.col("x_size").abs() < LIMIT / 4
    is_small &= pl.col("is_exact") | (pl.col("h_size") < LIMIT / 4)
    is_small &= ~is_two | ((pl.col("y_size").abs() < LIMIT / 4) & (pl.col("x") <= pl.col("y")))
    unit = pl.min_horizontal("unit", pl.col("x").abs() // 10)
    # A unit too large for whole numbers is larger than a tenth of any print that fits.
    return parts.with_columns(pl.max_horizontal(unit, "h").alias("u"), is_small.fill_null(False).alias("is_small"))


def _with_ends(rows: pl.DataFrame) -> pl.DataFrame:
    """Which cells are not the ends of the print, and whether all three of them can be told."""
    last = pl.col("scale") + 1 + pl.col("power")
    ends = rows.with_columns(
        *(
            (sum((pl.col(f"{end}_{p}") * pl.col(p).fill_null(0) for p in "xhuy"), pl.lit(0)) // 2).alias(f"{end}_end")
            for end in ENDS
        ),
        _ten_to(last).cast(pl.Float64).alias("ten"),
    )
    wrong: list[pl.Expr] = []
    told: list[pl.Expr] = []
    for end in ENDS:
        is_end = pl.col(end) == pl.col(f"{end}_end").cast(pl.Float64) / pl.col("ten")
        held = pl.when(pl.col(f"{end}_bounded")).then(~is_end.fill_null(False)).otherwise(pl.col(end).is_not_null())
        wrong.append(pl.when(pl.col("is_given")).then(held).otherwise(pl.col(end).is_not_null()).alias(f"wrong_{end}"))
        is_short = pl.col(end).is_null() | pl.col(f"{end}_short")
        told.append(~pl.col(f"{end}_bounded") | (is_short & (pl.col(f"{end}_end").abs() < 10**LONGEST)))
    is_sized = pl.col("is_small") & pl.all_horizontal(told) & pl.col("ten").is_not_null()
    return ends.with_columns(*wrong, is_sized.fill_null(False).alias("is_sized"))


def _ten_to(power: pl.Expr) -> pl.Expr:
    """10^power as a whole number; null where it would not fit."""
    places = pl.when(power.is_between(0, LARGEST_POWER)).then(power).cast(pl.UInt32)
    return pl.lit(TENS).gather(places)


TENS = pl.Series([10**power for power in range(LARGEST_POWER + 1)], dtype=pl.Int64)
