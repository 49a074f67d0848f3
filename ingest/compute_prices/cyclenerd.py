"""Google's machine prices from the versions of Cyclenerd's `pricing.yml`, collapsed to changes.

A path is `compute/instance/TYPE/cost/REGION/hour` or `…/hour_spot`; the price is that of a machine without a
licensed operating system. Commitments stand there as `month_1y` and `month_3y`, months of 730 hours that the list makes
of Google's prices by the hour; they are divided again, and the rows say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from ingest.changes import in_turn, once_each, read_changes
from ingest.compute_prices.lists import PriceList, a_state, value_after
from ingest.days import day_of
from ingest.numbers import plain_text, printed_number, squashed
from ingest.price_states import State
from ingest.progress import counted
from ingest.upstream import UpstreamError, shown

__all__ = ["COLUMNS", "VERSION_COLUMNS", "cyclenerd_lists", "versions_by_day"]

COLUMNS = ("date", "blob", "path", "value", "event")
VERSION_COLUMNS = ("date", "blob", "facts")
OPTIONS = {"hour": "on_demand", "hour_spot": "spot"}
COMMITMENTS = {"month_1y": "reserved_1_year", "month_3y": "reserved_3_years"}
HOURS = {**dict.fromkeys(OPTIONS, 1), **dict.fromkeys(COMMITMENTS, 730)}
"""Hours that a price of each meter buys."""


def cyclenerd_lists(path: Path, versions: Mapping[date, str]) -> Iterator[PriceList]:
    """The lists of a file of changes: by the hour, then commitments; `versions` are all of its (`versions_by_day`)."""
    for meters, assumed in ((OPTIONS, ""), (COMMITMENTS, "printed_amount")):
        states = _states(path, versions, meters)
        yield PriceList(
            "cyclenerd-gcp-pricing", "google", states, "commit",
            assumed=assumed, versions=versions, may_be_empty=meters is COMMITMENTS,
        )  # fmt: skip


def versions_by_day(path: Path) -> dict[date, str]:
    """The blobs of all versions by their days, from the file that counts them."""
    return {day_of(row["date"], f"{path.name}: date"): row["blob"] for row in read_changes(path, VERSION_COLUMNS)}


def _named(rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The rows with the name of their version: a day and a blob, which may come back on another day."""
    for row in rows:
        yield {**row, "version": f"{row['date']} {row['blob']}"}


def _states(path: Path, versions: Mapping[date, str], options: Mapping[str, str]) -> Iterator[State]:
    rows = once_each(_named(read_changes(path, COLUMNS)), "version", ("path",), path.name)
    for row in counted(in_turn(rows, ("path",), path.name), path.name):
        family, _, rest = row["path"].partition("/instance/")
        if family != "compute":
            continue
        where = f"{path.name} {row['date']} {row['path']}"
        match rest.split("/"):
            case [instance_type, "cost", region, meter]:
                if meter in options:
                    day = day_of(row["date"], f"{where}: date")
                    if day not in versions:
                        raise UpstreamError(f"{where}: date is {day}, which the list of versions does not have")
                    value = _by_the_hour(value_after(row, where), HOURS[meter], f"{where}: value")
                    yield a_state(
                        region, instance_type, "linux", options[meter], day, row["blob"], value, f"{where}: value"
                    )
            case _:
                form = "compute/instance/TYPE/cost/REGION/METER"
                raise UpstreamError(f"{path.name} {row['date']}: path is {shown(row['path'])}, not {form}")


def _by_the_hour(value: str, hours: int, where: str) -> str:
    """The price of an hour, of one for several hours; nothing of nothing."""
    return value if hours == 1 or not value else plain_text(squashed(printed_number(value, where) / hours))
