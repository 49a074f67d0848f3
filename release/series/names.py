"""Names beside ids, so that a table can be read without a join."""

from __future__ import annotations

from dataclasses import dataclass

from canonical.reference import Reference
from canonical.text_tables import Row

__all__ = ["Names"]


@dataclass(frozen=True)
class Names:
    """The names of vendors, entities and metrics in both languages."""

    reference: Reference
    vendors: dict[str, Row]

    @classmethod
    def of(cls, reference: Reference) -> Names:
        """The names that reference tables hold."""
        return cls(reference, {row["vendor_id"]: row for row in reference.rows("vendors")})

    def cells(self, entity_id: str, metric_id: str) -> dict[str, str | None]:
        """The vendor of an entity and the names of all three, as every table of numbers calls these columns."""
        vendor_id = self.reference.entities.get(entity_id, {}).get("vendor_id", "")
        return {
            "vendor_id": vendor_id or None,
            "vendor_name": self.vendors.get(vendor_id, {}).get("name_en") or None,
            **self.entity("entity_name", entity_id),
            **self.metric("metric_name", metric_id),
        }

    def entity(self, column: str, entity_id: str | None) -> dict[str, str | None]:
        """The name of an entity under `column`, and in Chinese under `column` + `_zh`."""
        return _both(column, self.reference.entities.get(entity_id or "", {}))

    def metric(self, column: str, metric_id: str | None) -> dict[str, str | None]:
        """The name of a metric under `column`, and in Chinese under `column` + `_zh`."""
        return _both(column, self.reference.metrics.get(metric_id or "", {}))


def _both(column: str, row: Row) -> dict[str, str | None]:
    return {column: row.get("name_en") or None, f"{column}_zh": row.get("name_zh") or None}
