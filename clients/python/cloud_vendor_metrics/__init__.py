"""Cloud Vendor Metrics in one line: `load("quarterly_metrics")`, `series("AWS", "revenue")`, `as_of("2025-06-30")`."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from cloud_vendor_metrics._version import __version__
from cloud_vendor_metrics.errors import DamagedPackageError, ForeignPackageError, UnknownNameError

if TYPE_CHECKING:
    from cloud_vendor_metrics.checksums import checksum
    from cloud_vendor_metrics.citation import cite
    from cloud_vendor_metrics.facts import as_of, observations, series, vintages
    from cloud_vendor_metrics.integrity import verify, version
    from cloud_vendor_metrics.loading import load
    from cloud_vendor_metrics.prices import cheapest, price_on
    from cloud_vendor_metrics.provenance import findings, sources
    from cloud_vendor_metrics.resolving import resolve
    from cloud_vendor_metrics.vocabulary import describe, metrics, search, tables, vendors

__all__ = [
    "DamagedPackageError",
    "ForeignPackageError",
    "UnknownNameError",
    "__version__",
    "as_of",
    "cheapest",
    "checksum",
    "cite",
    "describe",
    "findings",
    "load",
    "metrics",
    "observations",
    "price_on",
    "resolve",
    "search",
    "series",
    "sources",
    "tables",
    "vendors",
    "verify",
    "version",
    "vintages",
]

HOMES = {
    "checksums": ("checksum",),
    "citation": ("cite",),
    "facts": ("as_of", "observations", "series", "vintages"),
    "integrity": ("verify", "version"),
    "loading": ("load",),
    "prices": ("cheapest", "price_on"),
    "provenance": ("findings", "sources"),
    "resolving": ("resolve",),
    "vocabulary": ("describe", "metrics", "search", "tables", "vendors"),
}
"""The module of each verb; it is imported when the verb is first used, for pandas takes longer to import than all."""
HOME = {verb: module for module, verbs in HOMES.items() for verb in verbs}


def __getattr__(name: str) -> Any:
    """A verb, from its module. A module is no attribute until it was imported."""
    if name not in HOME:
        raise AttributeError(f"module 'cloud_vendor_metrics' has no attribute {name!r}")
    verb = getattr(importlib.import_module(f"cloud_vendor_metrics.{HOME[name]}"), name)
    globals()[name] = verb  # over the module of the same name, which the import has just put there
    return verb


def __dir__() -> list[str]:
    """What the client offers."""
    return sorted(__all__)
