"""Numbers that a printed text says in words, against the number that was typed: tripled is growth of 200 %."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from canonical.intervals import decimal_text
from canonical.number_words import Spoken, numbers_in_words
from canonical.reference import Unit
from validation.relations.facts import Facts, Observation

__all__ = ["as_typed", "is_growth", "is_typed", "power_of", "shown", "spoken_in"]

spoken_in = lru_cache(maxsize=1 << 13)(numbers_in_words)
"""The numbers that a text says in words, which many rows have in common."""
ROUNDED = Decimal("0.51")
"""A third is typed as 33 or 33.3."""


def as_typed(said: Spoken, o: Observation, facts: Facts, powers: Mapping[str, int | None]) -> Spoken | None:
    """What is said, as a row types it; None where it is of another kind: tripled is growth of 200 %."""
    unit = facts.reference.units[o.row["printed_unit_id"]]
    if said.counts in ("multiple", "increase"):
        more = 1 if said.counts == "increase" else 0
        if is_growth(o) and unit.quantity == "ratio":
            return said._replace(low=(said.low + more - 1) * 100, high=(said.high + more - 1) * 100)
        return said._replace(low=said.low + more, high=said.high + more) if unit.quantity == "multiple" else None
    if said.counts == "number":
        power = powers[unit.unit_id]
        if said.power is None or power is None:
            return said if said.power is None else None
        return said._replace(low=said.low.scaleb(said.power - power), high=said.high.scaleb(said.power - power))
    if said.counts == "rate":
        return said if is_growth(o) else None
    return said if unit.quantity == "ratio" else None


def is_typed(said: Spoken, o: Observation) -> bool:
    """Whether the number of a row is what is said; its sign counts where the words tell one."""
    typed = Decimal(o.row["printed_value"])
    ends = (typed, Decimal(o.row["printed_value_to"] or typed))
    if said.counts in ("number", "band", "share"):
        ends = (abs(ends[0]), abs(ends[1]))
    near = ROUNDED if said.counts == "share" and said.low % 5 else 0
    return (said.low - near <= min(ends) and max(ends) <= said.high + near) or said.low == said.high in ends


def shown(said: Spoken) -> str:
    shown = [decimal_text(round(end, 2)) for end in dict.fromkeys((said.low, said.high))]
    return " to ".join(shown)


def is_growth(o: Observation) -> bool:
    return o.series.measure.startswith("growth")


def power_of(unit: Unit) -> int | None:
    """The magnitude of a unit as a power of ten, where it has one."""
    ones = unit.factor * 1_000_000 if unit.quantity == "money" else unit.factor
    if unit.quantity not in ("money", "count", "token_volume", "token_rate", "call_rate"):
        return None
    if ones % 1440 == 0:
        ones /= 1440
    return ones.adjusted() if ones == Decimal(1).scaleb(ones.adjusted()) else None
