"""Layer U of prices: the typed amount and currency are those that the printed text names."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from canonical.printed_text import currency_of_text, figures_of_text
from validation.prices.findings import Broken, Cells, PriceRule, price_findings
from validation.prices.frames import Prices

__all__ = ["texts_of_prices"]

NUMBER = r"^[0-9.]+([eE][-+]?[0-9]+)?$"
"""A text that is one number as programs write it."""
NOISE = 1e-11
"""Relative distance within which a number is its text without what binary arithmetic added."""
TYPED = ("printed_amount", "printed_amount_to")
BY = ("source_id", "seller", "model")

DIGITS = PriceRule(
    "U.price_text_digits", "warning", "printed_amount", "the printed text names another number",
    "read the price in the source again and type it as it stands there",
)  # fmt: skip
CURRENCY = PriceRule(
    "U.price_text_currency", "warning", "currency", "the printed text names another currency",
    "type the currency that the source prints",
)  # fmt: skip


def texts_of_prices(prices: Prices) -> Iterator[Broken]:
    """Prices of models whose printed text names other numbers or another currency than the typed cells."""
    rows = prices.models.filter(pl.col("printed_text").is_not_null())
    is_number = pl.col("printed_text").str.contains(NUMBER)
    words = rows.filter(~is_number)
    digits = pl.concat([_other_number(rows.filter(is_number)), _other_figures(words)]).sort("row_number")
    yield from price_findings(DIGITS, "model_prices", digits, BY, _typed, lambda row: row["printed_text"])
    currency = pl.Series("named", [currency_of_text(text) for text in words["printed_text"]], pl.String)
    other = words.with_columns(currency).filter(pl.col("named") != "", pl.col("named") != pl.col("currency"))
    yield from price_findings(
        CURRENCY, "model_prices", other, BY, lambda row: row["currency"],
        lambda row: f"{row['named']}, as in {row['printed_text']}",
    )  # fmt: skip


def _other_number(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows whose text is one number and not the typed one; without a typed one it can only be zero."""
    text, typed = (pl.col(column).cast(pl.Float64, strict=False) for column in ("printed_text", "printed_amount"))
    return rows.filter((typed.fill_null(0) - text).abs() > text.abs() * NOISE)


def _other_figures(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows whose text has numbers in words, a typed one not among them."""
    typed = rows.select(pl.col(TYPED).cast(pl.Float64, strict=False)).iter_rows()
    texts = ({float(figure.value) for figure in figures_of_text(text)} for text in rows["printed_text"])
    other = [bool(named) and not named.issuperset({*ends} - {None}) for ends, named in zip(typed, texts, strict=True)]
    return rows.filter(pl.Series(other, dtype=pl.Boolean))


def _typed(row: Cells) -> str:
    return " to ".join(row[column] for column in TYPED if row[column]) or "no amount"
