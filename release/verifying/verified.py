"""Verify a release: bytes and hashes fast, then, where asked, everything it says of its tables."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from release.verifying.parcel import parcel_of
from release.verifying.sums import sum_faults
from release.verifying.tables import table_faults

__all__ = ["TIERS", "verified"]

TIERS = ("fast", "full")
MOST = 100
"""Faults that are told; a release with so many is no release."""


def verified(place: Path, tier: str) -> list[str]:
    """What is wrong with the release at a place, a line each; none where it is whole.

    `fast` compares every byte by its hash, `full` reads every table as well, once its bytes are whole. Raises
    `UnreadableError` where there is no folder or zip.
    """
    parcel = parcel_of(place)
    faults = list(islice(sum_faults(parcel), MOST))
    return faults if faults or tier == "fast" else list(islice(table_faults(parcel), MOST))
