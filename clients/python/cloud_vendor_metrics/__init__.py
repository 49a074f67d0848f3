"""Load and cite Cloud Vendor Metrics: `load("observations")` gives a pandas frame with exact types."""

from __future__ import annotations

from cloud_vendor_metrics.citation import cite
from cloud_vendor_metrics.history import as_of
from cloud_vendor_metrics.loading import load
from cloud_vendor_metrics.package_files import DamagedPackageError

__all__ = ["DamagedPackageError", "as_of", "cite", "load"]
