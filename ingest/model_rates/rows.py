"""Intervals of rates as rows of `model_prices`, and their merging into the table with ids that never change."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from canonical.fill import complete_row
from canonical.reference import Reference
from canonical.row_ids import next_ids
from canonical.table_schema import load_schema
from canonical.text_tables import DATA, Row
from ingest.model_rates.sellers import maker_of
from ingest.numbers import plain_text
from ingest.price_states import Interval
from ingest.tables import put_rows, standing_rows
from ingest.upstream import UpstreamError

__all__ = ["Origin", "meet", "merge_rows", "row_of"]

TABLE = "model_prices"
NATURAL_KEY = (
    "source_id",
    "via_source_id",
    "seller",
    "region",
    "model",
    "meter",
    "mode",
    "printed_per_unit_id",
    "currency",
    "tier_from_tokens",
    "valid_from",
)
SAYS_FREE = re.compile(r"(^|[:/_. -])free($|[:/_. -])")


@dataclass(frozen=True)
class Origin:
    """Which source the rows come from, where it was read, and how its days are known."""

    source_id: str
    date_basis: str
    via_source_id: str = ""
    currency: str = "USD"
    note_of: Callable[[str, str], str] = lambda seller, region: ""


def row_of(interval: Interval, origin: Origin) -> Row:
    """The row of an interval whose key is `registry.key_of`; digits that are no price stay in printed_text."""
    seller, region, model, meter, mode, unit, tier_from, tier_to = interval.key
    state = _state(interval.amount, model)
    is_plain = state != "unknown" and Decimal(interval.printed) == interval.amount
    return Row(
        source_id=origin.source_id,
        via_source_id=origin.via_source_id,
        locator=interval.version.strip(),
        seller=seller,
        maker=maker_of(model),
        model=model.strip(),
        meter=meter,
        mode=mode,
        region=region,
        tier_from_tokens=tier_from,
        tier_to_tokens=tier_to,
        printed_amount="" if state == "unknown" else plain_text(interval.amount),
        printed_text="" if is_plain else interval.printed,
        currency=origin.currency,
        printed_per_unit_id=unit,
        price_state=state,
        valid_from=interval.valid_from.isoformat(),
        valid_to=_iso(interval.valid_to),
        date_basis=origin.date_basis,
        left_censored="true" if interval.left_censored else "false",
        note="; ".join(filter(None, [_contradicted(interval), origin.note_of(seller, region)])),
    )


def merge_rows(rows: Sequence[Row], is_replaced: Callable[[Row], bool], folder: Path = DATA) -> int:
    """Replace the rows of `model_prices` that `is_replaced` names by `rows`; gives the rows in all.

    A row whose natural key the table had keeps its id, and so does one of the same amount that is now known to
    have begun earlier or later; others get the next free numbers of their source in the order of that key, so that
    equal rows give equal bytes.
    """
    for one, other in pairwise(sorted(rows, key=_natural_key)):
        if _natural_key(one) == _natural_key(other):
            raise UpstreamError(f"{TABLE}: two rows of {' '.join(filter(None, _natural_key(one)))}")
    schema, reference = load_schema(TABLE), Reference(folder)
    old = standing_rows(TABLE, folder)
    new = sorted(rows, key=_natural_key)
    ids = _kept_ids(new, [row for row in old if is_replaced(row)])
    completed = [
        complete_row(schema, {**row, "model_price_id": ids.get(_natural_key(row), "")}, reference) for row in new
    ]
    # The ids of rows that go are not given again.
    next_ids(schema, [*old, *completed], folder)
    merged = [row for row in old if not is_replaced(row)] + completed
    merged.sort(key=lambda row: (row["source_id"], _number(row["model_price_id"])))
    put_rows(TABLE, merged, folder)
    return len(merged)


def _kept_ids(rows: Sequence[Row], old: Sequence[Row]) -> dict[tuple[str, ...], str]:
    """The ids that rows in the order of their natural key had in the table, by that key."""
    known = {_natural_key(row): row["model_price_id"] for row in old}
    ids = {_natural_key(row): known.pop(_natural_key(row)) for row in rows if _natural_key(row) in known}
    left: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in sorted(old, key=_natural_key):
        if _natural_key(row) in known:
            left[_price(row)].append(row)
    for is_same in (meet, _at_all):
        for row in rows:
            same = left.get(_price(row), [])
            found = next((one for one in same if _natural_key(row) not in ids and is_same(one, row)), None)
            if found is not None:
                ids[_natural_key(row)] = found["model_price_id"]
                same.remove(found)
    return ids


def _price(row: Row) -> tuple[str, ...]:
    """What is the same of a price whose first day moves: all of its natural key but that day, and the amount."""
    return (*(row[column] for column in NATURAL_KEY[:-1]), row["printed_amount"])


def meet(one: Row, other: Row) -> bool:
    """Whether two rows hold on a common day; an empty first day is before, an empty last one after all others."""
    first, last = (
        max(one["valid_from"], other["valid_from"]),
        min(filter(None, (one["valid_to"], other["valid_to"])), default=""),
    )
    return not last or first <= last


def _at_all(one: Row, other: Row) -> bool:
    return True


def _number(price_id: str) -> int:
    return int(price_id.rpartition(".")[2] or 0)


def _natural_key(row: Row) -> tuple[str, ...]:
    return tuple(row[column] for column in NATURAL_KEY)


def _state(amount: Decimal, model: str) -> str:
    if amount:
        return "priced"
    return "free" if SAYS_FREE.search(model.lower()) else "unknown"


def _contradicted(interval: Interval) -> str:
    return f"The same entry also prints {interval.also} for it" if interval.also else ""


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
