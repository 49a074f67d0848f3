"""Where the regions of vendors are: our list of their countries, by the code of the region."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

__all__ = ["countries_of", "country_of"]

PATH = Path(__file__).with_name("region_countries.csv")


def country_of(vendor_id: str, region: str) -> str:
    """The country of a region, ISO 3166-1 alpha-2; empty where we do not know it."""
    return countries_of(vendor_id).get(region, "")


def countries_of(vendor_id: str) -> dict[str, str]:
    """The country of each region of a vendor that our list names, empty where we do not know it."""
    return _countries().get(vendor_id, {})


@cache
def _countries() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    with PATH.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["vendor_id"], {})[row["region"]] = row["country"]
    return found
