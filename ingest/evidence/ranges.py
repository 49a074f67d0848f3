"""Put the two rows of a printed range together: one number with two ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from canonical.reference import Unit
from canonical.text_tables import Row

__all__ = ["Reading", "join_ranges", "join_repeats", "same_print"]

NOT_THE_FACT = (
    "observation_id", "model_price_id", "via_source_id", "locator", "printed_label", "printed_text", "period_label",
    "note", "evidence", "assumed",
)  # fmt: skip
"""Cells in which two readings of one print may differ."""


@dataclass(frozen=True)
class Reading:
    """The cells that one or more evidence rows become, and the numbers of those rows."""

    numbers: tuple[int, ...]
    cells: Row


def join_ranges(readings: Sequence[Reading], units: Mapping[str, Unit]) -> list[Reading]:
    """Low and high end of one range become one reading, in the place of the first; an end alone is `ge` or `le`.

    Two ends are one range where their rows differ in their number and its text only. `units` are those by id.
    """
    places: list[Reading | None] = []
    waiting: dict[object, list[int]] = {}
    for reading in readings:
        end = reading.cells.get("range_end", "")
        others = waiting.get(_range_of(reading, OTHER_END[end])) if end else None
        if others:
            first = others.pop(0)
            places[first] = _of_two(places[first] or reading, reading, units)
            continue
        if end:
            waiting.setdefault(_range_of(reading, end), []).append(len(places))
        places.append(reading)
    return [_of_one(reading) if reading.cells.get("range_end") else _whole(reading) for reading in places if reading]


def join_repeats(readings: Sequence[Reading]) -> list[Reading]:
    """Rows that took the same print of the same source twice become one reading.

    It is the first that was read in the document or in a copy of it: one quoted by another document gives way.
    """
    found: dict[object, Reading] = {}
    for reading in readings:
        key = same_print(reading.cells)
        first = found.get(key)
        found[key] = reading if first is None else _joined(first, reading)
    return list(found.values())


def _joined(first: Reading, other: Reading) -> Reading:
    better = other if first.cells.get("evidence") == "secondary" != other.cells.get("evidence") else first
    return replace(better, numbers=first.numbers + other.numbers)


def same_print(cells: Row) -> object:
    """What two rows have in common where they are one print of one source."""
    return tuple(sorted((column, value) for column, value in cells.items() if value and column not in NOT_THE_FACT))


OTHER_END = {"low": "high", "high": "low"}
OF_AN_END = {"range_end", "printed_value", "printed_text", "printed_unit_id", "note", "assumed"}
"""Cells in which the two ends of a range differ."""


def _range_of(reading: Reading, end: str) -> object:
    """What the end `end` of the range of a reading has in its cells."""
    cells = reading.cells.items()
    return end, tuple(sorted((column, value) for column, value in cells if column not in OF_AN_END))


def _of_two(one: Reading, other: Reading, units: Mapping[str, Unit]) -> Reading:
    low, high = (one, other) if one.cells["range_end"] == "low" else (other, one)
    finer = min((low, high), key=lambda reading: units[reading.cells["printed_unit_id"]].factor)
    unit_id = finer.cells["printed_unit_id"]
    ends = sorted((_in_unit(reading, unit_id, units) for reading in (low, high)), key=Decimal)
    texts = [cells["printed_text"] or cells["printed_value"] for cells in (low.cells, high.cells)]
    cells = low.cells | {
        "printed_value": ends[0],
        "printed_value_to": ends[1],
        "printed_unit_id": unit_id,
        "bound": "spread" if low.cells.get("bound") == "spread" else "range",
        "precision_word": "none",
        "printed_text": " – ".join(texts) if len(" – ".join(texts)) <= 40 else "",
    }
    return Reading(one.numbers + other.numbers, _without_end(cells))


def _in_unit(reading: Reading, unit_id: str, units: Mapping[str, Unit]) -> str:
    """The number of an end in the unit of the range: ends printed in millions and billions become millions both."""
    own = reading.cells["printed_unit_id"]
    if own == unit_id:
        return reading.cells["printed_value"]
    number = Decimal(reading.cells["printed_value"]) * units[own].factor / units[unit_id].factor
    return f"{number.normalize():f}"


def _of_one(reading: Reading) -> Reading:
    bound = {"low": "ge", "high": "le"}[reading.cells["range_end"]]
    return replace(reading, cells=_without_end(reading.cells | {"bound": bound, "precision_word": "none"}))


def _whole(reading: Reading) -> Reading:
    return replace(reading, cells=_without_end(reading.cells)) if "range_end" in reading.cells else reading


def _without_end(cells: Row) -> Row:
    return {column: value for column, value in cells.items() if column not in ("range_end", "range_of")}
