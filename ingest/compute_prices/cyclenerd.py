"""Google's machine prices from the versions of Cyclenerd's `pricing.yml`, collapsed to changes.

A path is `compute/instance/TYPE/cost/REGION/hour` or `…/hour_spot`; the price is that of a machine without a
licensed operating system.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from ingest.changes import in_turn, once_each, read_changes
from ingest.compute_prices.lists import PriceList, a_state, value_after
from ingest.days import day_of
from ingest.price_states import State
from ingest.progress import counted
from ingest.upstream import UpstreamError, shown

__all__ = ["COLUMNS", "VERSION_COLUMNS", "cyclenerd_list", "versions_by_day"]

COLUMNS = ("date", "blob", "path", "value", "event")
VERSION_COLUMNS = ("date", "blob", "facts")
OPTIONS = {"hour": "on_demand", "hour_spot": "spot"}


def cyclenerd_list(path: Path, versions: Mapping[date, str]) -> PriceList:
    """The list of a file of changes; `versions` are all of its (`versions_by_day`)."""
    return PriceList("cyclenerd-gcp-pricing", "google", _states(path, versions), "commit", versions=versions)


def versions_by_day(path: Path) -> dict[date, str]:
    """The blobs of all versions by their days, from the file that counts them."""
    return {day_of(row["date"], f"{path.name}: date"): row["blob"] for row in read_changes(path, VERSION_COLUMNS)}


def _named(rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The rows with the name of their version: a day and a blob, which may come back on another day."""
    for row in rows:
        yield {**row, "version": f"{row['date']} {row['blob']}"}


def _states(path: Path, versions: Mapping[date, str]) -> Iterator[State]:
    rows = once_each(_named(read_changes(path, COLUMNS)), "version", ("path",), path.name)
    for row in counted(in_turn(rows, ("path",), path.name), path.name):
        family, _, rest = row["path"].partition("/instance/")
        if family != "compute":
            continue
        where = f"{path.name} {row['date']} {row['path']}"
        match rest.split("/"):
            case [instance_type, "cost", region, meter]:
                if meter in OPTIONS:
                    day = day_of(row["date"], f"{where}: date")
                    if day not in versions:
                        raise UpstreamError(f"{where}: date is {day}, which the list of versions does not have")
                    value = value_after(row, where)
                    yield a_state(
                        region, instance_type, "linux", OPTIONS[meter], day, row["blob"], value, f"{where}: value"
                    )
            case _:
                form = "compute/instance/TYPE/cost/REGION/METER"
                raise UpstreamError(f"{path.name} {row['date']}: path is {shown(row['path'])}, not {form}")
