"""Rows that no build has published yet: whether a second reading, or another number, holds them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from canonical.findings import Finding
from canonical.reading.reader import UnreadableError, read_columns
from canonical.text_tables import csv_path
from validation.changed import last_build
from validation.structure.table_files import shown_path

if TYPE_CHECKING:
    from validation.consistency import Folder

__all__ = ["NEW_ROWS", "SECOND_READING", "UNHELD", "check_new_rows"]

SECOND_READING, UNHELD = "V.second_reading", "V.unheld"
NEW_ROWS = (SECOND_READING, UNHELD)
READ = ("observation_id", "printed_text", "printed_label")
TYPE_TEXT = "type printed_text and printed_label as the page prints them"
TYPE_WORDS = "type in printed_label the words of the page that say it"


def check_new_rows(path: Path | None = None, tables: Folder | None = None) -> list[Finding]:
    """A notice for each observation that is new since the last build and that was read once, or is in doubt.

    A row is held by another print or an equation, and by a second reading: its text or label. What holds it in neither
    way is asked for both; what another number holds, for the reading alone. Where words of the page would settle a
    doubt about a row that nothing but its text holds, they are asked for.

    Parameters: `path` is the text of observations, beside which the Parquet of the last build stands; the package's
    own where none is given. Without that file, or where the text cannot be read, no row is known to be new. `tables`
    are those of its folder where the caller has read them already.
    """
    text = path or csv_path("observations")
    new = _new_rows(text)
    if new is None or new.is_empty():
        return []
    from validation.advice import ADVICE, advice_of
    from validation.consistency import Folder
    from validation.corroboration import corroboration
    from validation.doubts import doubts

    facts, ids = (tables or Folder(text.parent)).corrected, set(new.get_column(READ[0]))
    unheld = {held.observation_id for held in corroboration(facts, ids) if held.is_unheld}
    levels = {series.metric_id for series in facts.by_series if series.measure == "level"}
    found: list[Finding] = []
    for number, row_id, is_unread in new.iter_rows():
        o = facts.by_row_id.get(row_id)
        asked = [doubt.question for doubt in doubts(o, facts)] if o else []
        if o and row_id in unheld and (is_unread or asked):
            keys = advice_of(o.row, facts.reference, levels)
            advice = [TYPE_TEXT if is_unread else TYPE_WORDS, *(ADVICE[key] for key in keys)]
            found.append(_notice(UNHELD, text, number, row_id, advice, asked))
        elif is_unread:
            found.append(_notice(SECOND_READING, text, number, row_id, [TYPE_TEXT], asked))
    return found


def _new_rows(text: Path) -> pl.DataFrame | None:
    """Number and id of each row that is not in the last build, and whether text and label are empty."""
    published = text.with_suffix(".parquet")
    if not published.exists() or not text.exists():
        return None
    try:
        rows = read_columns(text, READ).with_row_index("_row", 1)
        known = last_build("observations", READ[:1]) if text == csv_path("observations") else None
        known = read_columns(published, READ[:1]) if known is None else known
    except UnreadableError:
        return None
    unread = pl.all_horizontal(pl.col(column).is_null() | (pl.col(column) == "") for column in READ[1:])
    return rows.join(known, on=READ[0], how="anti").select("_row", READ[0], unread.alias("unread"))


def _notice(
    rule: str, text: Path, number: int, row_id: str | None, advice: Sequence[str], asked: Sequence[str]
) -> Finding:
    """The notice on a row: what would hold it, and what of it the words of the page would settle."""
    column, expected, message = {
        SECOND_READING: (
            "printed_text", "the number as it stands on the page, with the words about it",
            "the row is new, and nothing in it was read a second time",
        ),
        UNHELD: (
            "printed_value", "another number that it must meet",
            "the row is new, and no other print and no equation with other numbers holds its number",
        ),
    }[rule]  # fmt: skip
    if asked:
        message = f"{message}; the words of the page say: {'; '.join(asked)}"
    return Finding(
        rule, "notice", "observations", row_id=row_id or "", row_number=number, line_number=number + 1, column=column,
        expected=expected, message=message, fix=", or ".join(advice), file=shown_path(text),
    )  # fmt: skip
