"""Two digits exchanged, or one replaced: how the price rules tell it, whoever says what the price must be."""

from __future__ import annotations

import polars as pl

from validation.prices.findings import PriceRule

__all__ = ["EXCHANGED", "exchanged", "may_be_exchanged", "replaced"]

NOISE = 1e-6
"""How close to a power of ten a logarithm is one."""
FINEST = 10.0**12
"""Amounts are compared to so many parts of a unit of money."""

EXCHANGED = PriceRule(
    "U.price_digits", "warning", "amount", "two digits beside each other are exchanged, as others have the price",
    "read the price in the source again; report the slip to the list where it stands there",
)  # fmt: skip


def exchanged(amount: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether an amount has the digits of another, two beside each other exchanged, and as many before the point.

    Twenty for two is a power of ten, and no exchange.
    """
    mine, its = _parts(amount), _parts(other)
    ninths = ((mine - its).abs() // 9).cast(pl.Float64)
    place = pl.lit(10, dtype=pl.Int64).pow(
        pl.when(ninths >= 1).then((ninths.log10() + NOISE).floor()).otherwise(0).cast(pl.Int64)
    )
    left, right = (mine // (place * 10)) % 10, (mine // place) % 10
    as_large = (amount.log10() + NOISE).floor() == (other.log10() + NOISE).floor()
    return ((mine != its) & (mine + 9 * (right - left) * place == its) & as_large).fill_null(False)


def may_be_exchanged(amount: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether two amounts differ by nines alone, as two that `exchanged` tells do: what costs less to ask before it."""
    more = _parts(amount) - _parts(other)
    return ((more != 0) & (more % 9 == 0)).fill_null(False)


def replaced(amount: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether an amount has the digits of another but for one: 1.727 for 1.757, and not 2.007 for 1.997.

    The amounts are above zero; one of them may have a digit more, 12.5 for 2.5.
    """
    mine, its = _parts(amount), _parts(other)
    more = (mine - its).abs().cast(pl.Float64)
    place = pl.lit(10, dtype=pl.Int64).pow(
        pl.when(more >= 1).then((more.log10() + NOISE).floor()).otherwise(0).cast(pl.Int64)
    )
    digit, its_digit = (mine // place) % 10, (its // place) % 10
    return ((mine != its) & (mine - its == (digit - its_digit) * place)).fill_null(False)


def _parts(amount: pl.Expr) -> pl.Expr:
    """An amount in so many parts of a unit; nothing where that is no whole number of 64 bits, from nine million on."""
    return (amount * FINEST).round().cast(pl.Int64, strict=False)
