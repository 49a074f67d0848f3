"""Which rows plain integers prove right: the scan of layer U, at the speed of polars.

A print of m units in its s-th decimal stands for m·10⁻ˢ·f in the canonical unit, and half a unit of its last claimed
decimal d for 5·10⁻⁽ᵈ⁺¹⁾·f, with the factor f = n·10⁻ᵗ. Counted in units of 10⁻⁽ˢ⁺¹⁺ᵗ⁾ the print and its ends are whole
numbers, and so is every decimal that equals one of them: the comparison is exact, or it is not made. Rows that are not
proven here, because they are wrong or because they are of a rarer kind, are left to be completed one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import reduce

import polars as pl

from canonical.fill import price_factor
from canonical.intervals import conventions
from canonical.reference import Reference
from validation.units.frame import IN_ITS_UNIT, QUANTITY_OF_MEASURE

__all__ = ["proven_observations", "proven_prices"]

NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
DECIMALS = r"^(0|-?[1-9][0-9]?)$"
LIMIT = 1e18
"""Whole numbers below it fit 64 bits, and so do their sums."""
LARGEST_POWER = 18
EXACT_IN_A_DOUBLE = 2.0**53
UNBOUNDED = 9
HALVES = {"x": 0, "x - h": -1, "x + h": 1, "x + 2h": 2, "": UNBOUNDED}
"""The terms of the interval table that are a print and so many halves of its last decimal."""


def proven_observations(frame: pl.DataFrame, reference: Reference, is_text: bool) -> pl.Series:
    """True for each observation whose unit fits its metric and whose values are those of its print.

    `frame` has the columns that `unit_checks.READ` names, as texts where `is_text`, else with the types of the
    schema. The start of the period is not looked at.
    """
    metrics, units = reference.metrics, reference.units
    decimals = pl.col("decimals")
    if is_text:
        decimals = pl.when(decimals.str.contains(DECIMALS)).then(decimals).cast(pl.Int64, strict=False)
    counts = pl.col("metric_id").is_in([name for name, row in metrics.items() if row.get("exact") == "true"])
    is_exact = (pl.col("measure") == "rank") | ((pl.col("measure") == "level") & counts)
    cells = ("value", "value_low", "value_high")
    factors = {name: unit.factor for name, unit in units.items()}
    proven = _proven(frame, "printed_value", cells, decimals, is_exact, ("printed_unit_id", factors), is_text)
    quantity = _looked_up("printed_unit_id", {name: unit.quantity for name, unit in units.items()})
    of_measure = _looked_up("measure", QUANTITY_OF_MEASURE)
    of_metric = _looked_up("metric_id", {name: row["quantity"] for name, row in metrics.items()})
    canonical = _looked_up("printed_unit_id", {name: unit.canonical_unit_id for name, unit in units.items()})
    in_its_unit = pl.col("measure").is_in(IN_ITS_UNIT) & (of_metric != "ratio").fill_null(False)
    of_measure = pl.when(~in_its_unit).then(of_measure)
    fits = (quantity == pl.coalesce(of_measure, of_metric, quantity)) & (pl.col("unit_id") == canonical)
    return proven & _true(frame, fits & pl.col("printed_value_to").is_null())


def proven_prices(frame: pl.DataFrame, reference: Reference, is_text: bool) -> pl.Series:
    """True for each model price whose amounts are those of its print, or are empty where no price is known.

    `frame` has the columns that `unit_checks.READ` names, as texts where `is_text`, else with the types of the schema.
    """
    cells = ("amount", "amount_low", "amount_high")
    factors = {name: price_factor(unit) for name, unit in reference.units.items()}
    proven = _proven(frame, "printed_amount", cells, pl.lit(0), pl.lit(True), ("printed_per_unit_id", factors), is_text)
    is_priced = (pl.col("price_state") != "unknown") & pl.col("printed_amount").is_not_null()
    is_empty = ~is_priced & pl.all_horizontal(pl.col(name).is_null() for name in cells)
    return (proven & _true(frame, is_priced & pl.col("printed_amount_to").is_null())) | _true(frame, is_empty)


def _true(frame: pl.DataFrame, proof: pl.Expr) -> pl.Series:
    """The rows for which a proof can be evaluated and holds."""
    return frame.select(proof.fill_null(False).alias("proven")).to_series()


def _proven(
    frame: pl.DataFrame, printed: str, cells: Sequence[str], decimals: pl.Expr, is_exact: pl.Expr,
    factors: tuple[str, Mapping[str, Decimal]], is_text: bool,
) -> pl.Series:  # fmt: skip
    """The rows whose `cells` (value, low and high end) are those of the column `printed`.

    `decimals` are those claimed, `is_exact` says that no half digit belongs to the print, `factors` is the column of
    units with the factor of each. The columns between are kept in a frame: as one expression polars would evaluate
    them once for each end.
    """
    read = frame.select(
        *_whole(printed, "digits", "shown"),
        *_factor(*factors),
        *_kind(cells),
        decimals.alias("decimals"),
        is_exact.alias("is_exact"),
        *(pl.col(cell).is_null().alias(f"empty_{cell}") for cell in cells),
        *(part for cell in cells for part in (_whole(cell, cell, f"decimals_{cell}") if is_text else [pl.col(cell)])),
    )
    claimed = _ten_to(pl.col("shown") - pl.col("decimals"))
    sized = read.with_columns(
        (pl.col("digits") * pl.col("number") * 10).alias("at"),
        pl.when(pl.col("is_exact")).then(0).otherwise(pl.col("number") * 5 * claimed).alias("half"),
        (pl.col("shown") + pl.col("power") + 1).alias("scale"),
        (
            _fits(pl.col("digits"), pl.col("number"), pl.lit(10))
            & (pl.col("is_exact") | _fits(pl.col("number"), pl.lit(5), claimed))
            & (pl.col("decimals") <= pl.col("shown"))
            & (pl.col("is_plain") | (pl.col("digits") > 0))
        ).alias("fits"),
    )
    is_end = _is_text_of if is_text else _is_double_of
    same = (
        pl.when(pl.col(f"halves_{cell}") == UNBOUNDED)
        .then(pl.col(f"empty_{cell}"))
        .otherwise(is_end(cell, pl.col("at") + pl.col(f"halves_{cell}") * pl.col("half"), pl.col("scale")))
        for cell in cells
    )
    return _true(sized, pl.all_horizontal(pl.col("fits"), *same))


def _looked_up(column: str, values: Mapping[str, str]) -> pl.Expr:
    return pl.col(column).replace_strict(dict(values), default=None, return_dtype=pl.String)


def _factor(column: str, factors: Mapping[str, Decimal]) -> Iterable[pl.Expr]:
    """The factor of the unit in a column as `number` and `power`, null for units without a short one."""
    for name, parts in zip(("number", "power"), _whole_factors(factors), strict=True):
        yield pl.col(column).replace_strict(parts, default=None, return_dtype=pl.Int64).alias(name)


def _kind(cells: Sequence[str]) -> Iterable[pl.Expr]:
    """Where value, low and high end stand by bound and word, in halves, and whether the print is plain."""
    kind = pl.concat_str(pl.col("bound"), pl.lit("|"), pl.col("precision_word"))
    for place, cell in enumerate(cells):
        yield kind.replace_strict(dict(_halves(place)), default=None, return_dtype=pl.Int64).alias(f"halves_{cell}")
    # Bounds and words mirror at zero: of prints that are not above it only the plain ones are read.
    yield (kind == "eq|none").alias("is_plain")


def _whole_factors(factors: Mapping[str, Decimal]) -> tuple[dict[str, int], dict[str, int]]:
    """By unit, the whole number n and the power t of its factor n·10⁻ᵗ; units without a short one are left out."""
    numbers: dict[str, int] = {}
    powers: dict[str, int] = {}
    for unit_id, factor in factors.items():
        exponent = factor.normalize().as_tuple().exponent
        power = max(-exponent, 0) if isinstance(exponent, int) else LARGEST_POWER
        if power < LARGEST_POWER and factor < LIMIT:
            powers[unit_id], numbers[unit_id] = power, int(factor.scaleb(power))
    return numbers, powers


def _whole(column: str, digits: str, decimals: str) -> tuple[pl.Expr, pl.Expr]:
    """The digits of a decimal text as a whole number, and how many of them are decimals; null for any other text."""
    text = pl.when(pl.col(column).str.contains(NUMBER)).then(pl.col(column))
    point = text.str.find(".", literal=True).cast(pl.Int64)
    shown = pl.when(point.is_null()).then(0).otherwise(text.str.len_bytes().cast(pl.Int64) - 1 - point)
    return text.str.replace(".", "", literal=True).cast(pl.Int64, strict=False).alias(digits), shown.alias(decimals)


def _ten_to(power: pl.Expr) -> pl.Expr:
    """10^power as a whole number; null where it would not fit."""
    return pl.lit(10, dtype=pl.Int64).pow(pl.when(power.is_between(0, LARGEST_POWER)).then(power).cast(pl.UInt32))


def _fits(*factors: pl.Expr) -> pl.Expr:
    """Whether the product of whole numbers fits 64 bits."""
    return reduce(lambda a, b: a * b, (factor.cast(pl.Float64).abs() for factor in factors)) < LIMIT


def _halves(place: int) -> Iterable[tuple[str, int]]:
    """By bound and word, the end at a place (value, low, high) in halves, where all three are so written."""
    for (bound, word), convention in conventions().items():
        terms = (convention.value, convention.low, convention.high)
        if set(terms) <= HALVES.keys():
            yield f"{bound}|{word}", HALVES[terms[place]]


def _is_text_of(cell: str, end: pl.Expr, scale: pl.Expr) -> pl.Expr:
    """Whether a decimal text is `end` · 10^−`scale`, exactly."""
    raised = _ten_to(scale - pl.col(f"decimals_{cell}"))
    return _fits(pl.col(cell), raised) & (pl.col(cell) * raised == end)


def _is_double_of(cell: str, end: pl.Expr, scale: pl.Expr) -> pl.Expr:
    """Whether a double is the one nearest to `end` · 10^−`scale`: both are exact doubles, so their quotient is."""
    fits = end.cast(pl.Float64).abs() < EXACT_IN_A_DOUBLE
    return fits & (pl.col(cell) == end.cast(pl.Float64) / _ten_to(scale).cast(pl.Float64))
