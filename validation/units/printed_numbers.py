"""What the text of a print is as a number: its digits, its decimals, the zeros that end its whole part."""

from __future__ import annotations

import polars as pl

from canonical.intervals import PRINTED
from canonical.reading.coded import Coded

__all__ = ["LONGEST", "numbers_of"]

NUMBER = f"^(?:{PRINTED.pattern})$"
LONGEST = 15
"""Letters of a text whose decimal is told from all others of as many digits by its double."""


def numbers_of(cells: Coded) -> pl.DataFrame:
    """Of each different print the digits as a whole number, how many are decimals, the zeros that end its whole part.

    The columns are `digits`, `shown` and `zeros`, null where the print is no number, and `is_number`.
    """
    return cells.memory.of("numbers", lambda: _numbers(cells.values))


def _numbers(texts: pl.Series) -> pl.DataFrame:
    text, point, whole, kept = (pl.col(name) for name in ("text", "point", "whole", "kept"))
    # The columns between are kept: as one expression polars would evaluate them once for each use.
    read = texts.alias("text").to_frame().select(pl.when(text.str.contains(NUMBER)).then(text))
    read = read.with_columns(text.str.find(".", literal=True).cast(pl.Int64).alias("point"))
    read = read.with_columns(pl.when(point.is_null()).then(text).otherwise(text.str.head(point)).alias("whole"))
    read = read.with_columns(whole.str.strip_chars_end("0").str.len_bytes().cast(pl.Int64).alias("kept"))
    is_zero = kept == text.str.starts_with("-").cast(pl.Int64)
    return read.select(
        text.str.replace(".", "", literal=True).cast(pl.Int64, strict=False).alias("digits"),
        pl.when(point.is_null()).then(0).otherwise(text.str.len_bytes().cast(pl.Int64) - 1 - point).alias("shown"),
        pl.when(is_zero).then(0).otherwise(whole.str.len_bytes().cast(pl.Int64) - kept).alias("zeros"),
        text.is_not_null().alias("is_number"),
    )
