"""Amazon's machine prices of 2013 to 2017 from the versions of ec2instances.info, collapsed to changes.

A path is `REGION/SYSTEM` until August 2015 and `REGION/SYSTEM/ondemand` since: one price under two spellings. Reserved
terms came then, `reserved/yrTerm1.noUpfront` in three spellings. Taken up are the standard ones that nothing is paid
ahead for, which cost that much an hour; left out are those whose hour was worked out of a payment ahead, those that can
be converted, and `ebs`, a surcharge. The list kept machines after they were withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.changes import once_each, read_changes
from ingest.compute_prices.lists import PriceList, a_state, agreeing, value_after
from ingest.days import day_of
from ingest.price_states import State
from ingest.progress import counted
from ingest.upstream import UpstreamError

__all__ = ["COLUMNS", "vantage_list"]

COLUMNS = ("commit", "date", "instance", "path", "value", "event")
SYSTEMS = {
    "linux": "linux",
    "mswin": "windows",
    "mswinSQL": "windows-sql-standard",
    "mswinSQLWeb": "windows-sql-web",
    "mswinSQLEnterprise": "windows-sql-enterprise",
    "rhel": "rhel",
    "sles": "sles",
}
TERMS = {
    "yrTerm1.noUpfront": "reserved_1_year",
    "yrTerm1Standard.noUpfront": "reserved_1_year",
    "yrTerm3.noUpfront": "reserved_3_years",
    "yrTerm3Standard.noUpfront": "reserved_3_years",
}


def vantage_list(path: Path) -> PriceList:
    """The list of a file of changes."""
    return PriceList("vantage-ec2instances", "amazon", agreeing(_states(path), path.name), "commit")


def _states(path: Path) -> Iterator[State]:
    rows = once_each(read_changes(path, COLUMNS), "commit", ("instance", "path"), path.name, "date")
    for row in counted(rows, path.name):
        region, *rest = row["path"].split("/")
        where = f"{path.name} {row['date']} {row['instance']} {row['path']}"
        if not rest:
            raise UpstreamError(f"{where}: path is not REGION/SYSTEM or REGION/SYSTEM/ondemand")
        option = _option(rest[1:])
        if not option or rest[0] == "ebs":
            continue
        if rest[0] not in SYSTEMS:
            raise UpstreamError(f"{where}: path names no known operating system")
        day = day_of(row["date"], f"{where}: date")
        value = value_after(row, where)
        yield a_state(
            region,
            row["instance"],
            SYSTEMS[rest[0]],
            option,
            day,
            row["commit"],
            value,
            f"{where}: value",
        )


def _option(named: list[str]) -> str:
    """How a machine is bought, by what follows the operating system in a path; nothing where it is left out."""
    match named:
        case [] | ["ondemand"]:
            return "on_demand"
        case ["reserved", *term]:
            return TERMS.get(".".join(term), "")
        case _:
            return ""
