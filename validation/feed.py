"""Layer C on somebody's own observations: the relations over their rows together with those of the package."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from canonical.arithmetic import meets
from canonical.corrections import apply_corrections
from canonical.fill import complete_row, printed_interval
from canonical.findings import Finding
from canonical.reading.reader import read_table
from canonical.reference import Reference
from canonical.table_schema import load_schema
from canonical.text_tables import Row, text_rows
from validation.consistency import Folder, check_facts
from validation.relations.facts import Facts, Observation
from validation.structure.table_files import shown_path

__all__ = ["MOST_ROWS", "check_feed"]

TABLE = "observations"
MOST_ROWS = 20_000
"""A larger feed is checked by its form and units alone: relations read row by row, some thousands a second."""

FACT = ("breakdown_id", "measure", "basis", "period_type")
"""What two prints of one entity, metric and day must share to speak of one fact."""
Known = Mapping[tuple[str, str, str], list[Observation]]
"""The prints of the package by entity, metric and last day, the latest published first."""


def check_feed(path: Path, reference: Reference, faulty: set[int]) -> list[Finding]:
    """What the relations find at the rows of a feed, held against one another and against the observations at hand.

    Parameters: `reference` says in which folder these are; `faulty` are the numbers of rows, counted from 1, in which
    other layers found an error. They are left out, and so are rows of the folder with the id of one of the feed. A
    feed of more than `MOST_ROWS` rows has no findings.
    """
    table, _ = read_table(path, load_schema(TABLE), shown_path(path))
    if table is None or table.frame.height > MOST_ROWS:
        return []
    package = Folder(reference.folder, reference)
    others, _ = apply_corrections(package.rows.get(TABLE, []), package.rows.get("corrections", []), reference)
    known = _by_day(Facts.of(others, reference))
    given = [_completed(row, n, reference, known) for n, row in enumerate(text_rows(table.frame), start=1)]
    own = {row["observation_id"]: n for n, row in enumerate(given, start=1) if n not in faulty}
    rows = [row for row in others if row["observation_id"] not in own] + [given[n - 1] for n in own.values()]
    found = [f for f in check_facts(Facts.of(rows, reference, package.rows)) if f.table == TABLE and f.row_id in own]
    placed = (
        replace(f, file=table.name, row_number=own[f.row_id], line_number=table.line(own[f.row_id] - 1)) for f in found
    )
    return sorted(placed, key=lambda finding: finding.sort_key)


def _by_day(facts: Facts) -> Known:
    found: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for observation in sorted(facts.observations, key=lambda o: o.known_on or date.min, reverse=True):
        row = observation.row
        found[row["entity_id"], row["metric_id"], row["period_end"]].append(observation)
    return found


def _completed(row: Row, number: int, reference: Reference, known: Known) -> Row:
    """A row of a feed as filling would complete it.

    A value without a print is known to its last digit that is no zero. Nobody says when the feed was published, so
    that a row without a perimeter has that of the package's print of its fact, best of one that it meets.
    """
    named = {
        "observation_id": row.get("observation_id") or f"feed.{number}",
        "source_id": row.get("source_id") or "feed",
    }
    if not row.get("printed_value"):
        value = row.get("value", "")
        zeros = len(value) - len(value.rstrip("0")) if value.lstrip("-").isdecimal() and value.strip("-0") else 0
        named |= {"printed_value": value, "printed_unit_id": row.get("unit_id", "")}
        named |= {"decimals": str(-zeros)} if zeros else {}
    done = complete_row(load_schema(TABLE), row | named, reference)
    interval = printed_interval(done, reference)
    if row.get("perimeter_id") or interval is None:
        return done
    near = known.get((done["entity_id"], done["metric_id"], done["period_end"]), [])
    same = [o for o in near if all(o.row[column] == done[column] for column in FACT)]
    meeting = [o for o in same if o.series.unit_id == done["unit_id"] and meets(o.interval, interval)]
    alike = next(iter((*meeting, *same, *near)), None)
    return done | {"perimeter_id": alike.series.perimeter_id} if alike else done
