"""Put the two rows of a printed range together: one number with two ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from canonical.text_tables import Row

__all__ = ["Reading", "join_ranges", "join_repeats"]

NOT_THE_FACT = ("via_source_id", "printed_text", "period_label", "note", "evidence", "assumed")
"""Cells in which two readings of one print may differ."""


@dataclass(frozen=True)
class Reading:
    """The cells that one or more evidence rows become, and the numbers of those rows."""

    numbers: tuple[int, ...]
    cells: Row


def join_ranges(readings: Sequence[Reading]) -> list[Reading]:
    """Low and high end of one range become one reading; an end alone is `ge` or `le`.

    Rows of a range follow each other in the file and differ in their number and text only.
    """
    joined: list[Reading] = []
    waiting: Reading | None = None
    for reading in readings:
        end = reading.cells.get("range_end", "")
        if waiting is not None and end == "high" and _same_range(waiting, reading):
            joined.append(_of_two(waiting, reading))
            waiting = None
            continue
        if waiting is not None:
            joined.append(_of_one(waiting))
            waiting = None
        if end == "low":
            waiting = reading
        else:
            joined.append(_of_one(reading) if end else reading)
    if waiting is not None:
        joined.append(_of_one(waiting))
    return joined


def join_repeats(readings: Sequence[Reading]) -> list[Reading]:
    """Rows that took the same print of the same source twice become one reading, the first one's."""
    found: dict[tuple[tuple[str, str], ...], Reading] = {}
    for reading in readings:
        key = tuple(sorted((c, v) for c, v in reading.cells.items() if v and c not in NOT_THE_FACT))
        first = found.get(key)
        found[key] = reading if first is None else replace(first, numbers=first.numbers + reading.numbers)
    return list(found.values())


def _same_range(low: Reading, high: Reading) -> bool:
    differing = {"range_end", "printed_value", "printed_text", "printed_unit_id", "note", "assumed"}
    return all(
        low.cells.get(column, "") == high.cells.get(column, "")
        for column in low.cells.keys() | high.cells.keys()
        if column not in differing
    )


def _of_two(low: Reading, high: Reading) -> Reading:
    ends = sorted((low.cells["printed_value"], high.cells["printed_value"]), key=Decimal)
    texts = [cells["printed_text"] or cells["printed_value"] for cells in (low.cells, high.cells)]
    cells = low.cells | {
        "printed_value": ends[0],
        "printed_value_to": ends[1],
        "printed_unit_id": high.cells["printed_unit_id"],
        "bound": "spread" if low.cells.get("bound") == "spread" else "range",
        "precision_word": "none",
        "printed_text": " – ".join(texts) if len(" – ".join(texts)) <= 40 else "",
    }
    return Reading(low.numbers + high.numbers, _without_end(cells))


def _of_one(reading: Reading) -> Reading:
    bound = {"low": "ge", "high": "le"}[reading.cells["range_end"]]
    return replace(reading, cells=_without_end(reading.cells | {"bound": bound, "precision_word": "none"}))


def _without_end(cells: Row) -> Row:
    return {column: value for column, value in cells.items() if column != "range_end"}
