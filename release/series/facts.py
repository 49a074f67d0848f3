"""The corrected observations of a build as candidates, grouped by the fact they print."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from canonical.corrections import apply_corrections
from canonical.observation import WEAK_KINDS
from canonical.reference import Reference
from canonical.text_tables import Row
from release.series.headline import WEAK, Candidate

__all__ = ["FACT_KEY", "FactKey", "Facts", "fact_id"]

FACT_KEY = (
    "entity_id", "of_entity_id", "metric_id", "measure", "basis", "breakdown_id", "period_type", "period_start",
    "period_end",
)  # fmt: skip
"""What makes two prints speak of the same fact."""
FactKey = tuple[str, ...]
UNSURE = frozenset(("entity_id", "metric_id", "period_type", "period_start", "period_end"))
STATUSES = frozenset(("actual", "preliminary", "estimate"))


def fact_id(key: FactKey) -> str:
    """A fact key as one text."""
    return "|".join(key)


@dataclass(frozen=True)
class Facts:
    """Observations as corrected, with the lookups that derived tables share."""

    reference: Reference

    @cached_property
    def _corrected(self) -> tuple[list[Row], dict[str, list[str]]]:
        observations, corrections = self.reference.rows("observations"), self.reference.rows("corrections")
        return apply_corrections(observations, corrections, self.reference)

    @property
    def observations(self) -> list[Row]:
        """All observations, with the corrections that hold applied."""
        return self._corrected[0]

    @property
    def corrected_columns(self) -> dict[str, list[str]]:
        """The columns that a correction changed, by observation_id."""
        return self._corrected[1]

    @cached_property
    def by_key(self) -> dict[FactKey, list[Candidate]]:
        """Every dated past fact with its candidates, in the order of the observations."""
        facts: dict[FactKey, list[Candidate]] = defaultdict(list)
        for row in self.observations:
            if row["claim_status"] in STATUSES and row["period_end"] and row["bound"] != "spread" and row["value"]:
                facts[tuple(row[column] for column in FACT_KEY)].append(self._candidate(row))
        return dict(facts)

    def _candidate(self, row: Row) -> Candidate:
        source = self.reference.sources.get(row["source_id"], {})
        known_on = source.get("known_on", "") or "9999-12-31"
        open_ends = _open_ends(row)
        return Candidate(
            observation_id=row["observation_id"],
            value=_number(row["value"]),
            low=_number(row["value_low"]),
            high=_number(row["value_high"]),
            unit_id=row["unit_id"],
            perimeter_id=row["perimeter_id"],
            claim_status=row["claim_status"],
            known_on=known_on,
            dated=source.get("published_precision", "unknown") != "unknown",
            kind=source.get("kind", ""),
            publisher=source.get("publisher", ""),
            flags=self._flags(row, source.get("kind", "")),
            place=self._place(row),
            open_low="low" in open_ends,
            open_high="high" in open_ends,
        )

    def _place(self, row: Row) -> int:
        """The place of a row's perimeter among those of its entity, in the order of time."""
        perimeters = self.reference.perimeters(row["entity_id"])
        return perimeters.index(row["perimeter_id"]) if row["perimeter_id"] in perimeters else 0

    def _flags(self, row: Row, kind: str) -> tuple[str, ...]:
        unit = self.reference.units.get(row["printed_unit_id"])
        currency = self.reference.entities.get(row["entity_id"], {}).get("reporting_currency", "")
        foreign = unit is not None and unit.currency != "" and currency != "" and unit.currency != currency
        conditions = {
            "assumed": bool(UNSURE & set(row["assumed"].split())),
            "bound": row["bound"] != "eq",
            "estimate": row["claim_status"] == "estimate",
            "other_currency": foreign,
            WEAK: kind in WEAK_KINDS or (row["evidence"] == "secondary" and not row["via_source_id"]),
        }
        return tuple(flag for flag, holds in conditions.items() if holds)


def _open_ends(row: Row) -> tuple[str, ...]:
    """Which ends of the interval of a print are no part of it; what is cut off is open away from zero."""
    if row["bound"] in ("gt", "lt"):
        return ("low", "high")
    if row["precision_word"] != "truncated" or not row["value"]:
        return ()
    value = Decimal(row["value"])
    return ("low",) if value < 0 else ("high",) if value > 0 else ("low", "high")


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
