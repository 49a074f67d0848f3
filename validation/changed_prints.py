"""Published prints that say something else than in the last build: another fact, or a number that it rules out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from canonical.findings import Finding
from canonical.reading.reader import UnreadableError, read_columns
from canonical.text_tables import csv_path
from validation.structure.table_files import shown_path

__all__ = ["CHANGED", "changed_prints", "check_changed_prints"]

CHANGED = "V.changed_print"
KEY, NUMBER = "observation_id", "printed_value"
NAMES = (
    "source_id", "entity_id", "metric_id", "period_type", "period_end", "measure", "breakdown_id", "of_entity_id",
    "basis", "claim_status", "bound", "precision_word",
)  # fmt: skip
"""The cells that say what a number is of, how it is told and who tells it."""
ENDS = ("value_low", "value_high")
READ = (KEY, *NAMES, "unit_id", *ENDS, NUMBER, "printed_unit_id")
NOISE = 1e-9
"""Relative distance within which two doubles are one number."""


def check_changed_prints(built: pl.DataFrame | None, path: Path | None = None) -> list[Finding]:
    """A notice for each print of observations that says something else than it does in the last build, `built`.

    None where that is not at hand, where the text at `path`, the package's own where none is given, cannot be read,
    or where their columns differ.
    """
    text = path or csv_path("observations")
    if built is None or not set(READ) <= set(built.columns):
        return []
    try:
        own = read_columns(text, READ)
    except UnreadableError:
        return []
    return list(changed_prints(own, built, shown_path(text)))


def changed_prints(own: pl.DataFrame, built: pl.DataFrame, file: str) -> Iterator[Finding]:
    """The findings on rows that both frames have under one id.

    A number told in another unit, with other digits of the same size or with more words is the same.
    """
    now, before = (_comparable(frame) for frame in (own.with_row_index("_row", 1), built))
    held = now.join(before, on=KEY, suffix="_before").with_columns(
        pl.any_horizontal(pl.col("unit_id") != pl.col("unit_id_before"), _is_apart()).alias("_is_another")
    )
    differs = [pl.col(name) != pl.col(f"{name}_before") for name in NAMES]
    for row in held.filter(pl.any_horizontal("_is_another", *differs)).sort("_row").iter_rows(named=True):
        names = [name for name in NAMES if row[name] != row[f"{name}_before"]]
        if row["_is_another"]:
            names = [NUMBER, *names]
        column, is_number = names[0], names[0] == NUMBER
        old, new = (
            f"{row[f'{NUMBER}{side}']} {row[f'printed_unit_id{side}']}" if is_number else row[f"{column}{side}"]
            for side in ("_before", "")
        )
        also = f", and another {', '.join(names[1:])}" if names[1:] else ""
        yield Finding(
            CHANGED, "notice", "observations", row_id=row[KEY], row_number=row["_row"], line_number=row["_row"] + 1,
            column=column, found=new, expected=old or "an empty cell", file=file,
            message=f"the last build has another {column} in this row{also}; "
            "what was published changes only where it was misread",
            fix="put the cell back; where the page shows that it was misread, leave it: the next build publishes it",
        )  # fmt: skip


def _comparable(frame: pl.DataFrame) -> pl.DataFrame:
    """The cells that are read: texts, empty ones as such, and the ends of numbers, open ones as infinities."""
    texts = [pl.col(name).cast(pl.String).fill_null("") for name in READ if name not in ENDS]
    low, high = (
        pl.col(end).cast(pl.Float64, strict=False).fill_null(sign * float("inf"))
        for end, sign in zip(ENDS, (-1, 1), strict=True)
    )
    place = ["_row"] if "_row" in frame.columns else []
    return frame.select(*place, *texts, low, high)


def _is_apart() -> pl.Expr:
    """Whether the number of a row and that of the last build have nothing in common."""
    low, high = (pl.col(end) for end in ENDS)
    least, most = (pl.col(f"{end}_before") for end in ENDS)
    slack = NOISE * pl.max_horizontal(low.abs(), most.abs()).replace(float("inf"), 0)
    return (low > most + slack) | (least > high + slack)
