"""Put what an evidence file became into the tables: rows keep their ids and places, and nothing is doubled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from canonical.fill import complete_table
from canonical.reference import Reference
from canonical.table_schema import load_schema
from canonical.text_tables import Row, read_rows, write_rows
from ingest.evidence.ranges import Reading
from ingest.evidence.uptake import Uptake
from ingest.tables import add_sources

__all__ = ["merge_uptake"]

COVERAGE = "evidence_coverage"


def merge_uptake(uptake: Uptake, folder: Path) -> dict[str, int]:
    """Write sources, observations, prices and coverage; the number of rows of each table that are evidence.

    A row that an earlier run made, as the coverage table remembers it, is made anew in its place and keeps
    its id as long as it has the same source; rows of others are not touched.
    """
    if uptake.sources:
        add_sources(list(uptake.sources.values()), folder)
    before = {int(row["evidence_row"]): row for row in read_rows(folder / f"{COVERAGE}.csv")}
    coverage: dict[int, Row] = {
        number: {"evidence_row": str(number), "table": "", "row_id": "", "reason": reason}
        for number, reason in uptake.left_out.items()
    }
    counts: dict[str, int] = {}
    for table, readings in uptake.readings.items():
        earlier = {number: row["row_id"] for number, row in before.items() if row["table"] == table}
        ids = _merge_table(table, readings, earlier, folder)
        counts[table] = len(ids)
        for reading, row_id in zip(readings, ids, strict=True):
            for number in reading.numbers:
                coverage[number] = {"evidence_row": str(number), "table": table, "row_id": row_id, "reason": ""}
    write_rows(folder / f"{COVERAGE}.csv", load_schema(COVERAGE), [coverage[number] for number in sorted(coverage)])
    return counts


def _merge_table(table: str, readings: Sequence[Reading], earlier: Mapping[int, str], folder: Path) -> list[str]:
    """Write the table with the readings in it; their ids in the order of the readings."""
    schema = load_schema(table)
    key = schema.primary_key[0]
    path = folder / f"{table}.csv"
    owned = set(earlier.values())
    rows = [row for row in read_rows(path) if row[key] not in owned]
    kept, fresh = _with_ids(readings, earlier, key)
    merged = _in_place([row[key] for row in read_rows(path)], {row[key]: row for row in [*rows, *kept.values()]})
    merged = _after_their_source(merged, list(fresh.values()))
    done = complete_table(table, merged, Reference(folder))
    write_rows(path, schema, done)
    given = {id(row): finished[key] for row, finished in zip(merged, done, strict=True)}
    return [given[id(kept.get(number) or fresh[number])] for number in (reading.numbers[0] for reading in readings)]


def _with_ids(
    readings: Sequence[Reading], earlier: Mapping[int, str], key: str
) -> tuple[dict[int, Row], dict[int, Row]]:
    """Rows that keep an id of theirs, and rows without one, by the first number of their reading."""
    kept: dict[int, Row] = {}
    fresh: dict[int, Row] = {}
    taken: set[str] = set()
    for reading in readings:
        own = (earlier.get(number, "") for number in reading.numbers)
        prefix = f"{reading.cells['source_id']}."
        row_id = next((one for one in own if one.startswith(prefix) and one not in taken), "")
        if row_id and row_id[len(prefix) :].isdecimal():
            taken.add(row_id)
            kept[reading.numbers[0]] = reading.cells | {key: row_id}
        else:
            fresh[reading.numbers[0]] = dict(reading.cells)
    return kept, fresh


def _in_place(order: Sequence[str], rows: Mapping[str, Row]) -> list[Row]:
    return [rows[row_id] for row_id in order if row_id in rows]


def _after_their_source(rows: Sequence[Row], fresh: Sequence[Row]) -> list[Row]:
    """New rows stand behind the last row of their source, a new source at the end of the table."""
    groups: dict[str, list[Row]] = {}
    for row in fresh:
        groups.setdefault(row["source_id"], []).append(row)
    merged: list[Row] = []
    last = {row["source_id"]: place for place, row in enumerate(rows)}
    for place, row in enumerate(rows):
        merged.append(row)
        if last[row["source_id"]] == place:
            merged += groups.pop(row["source_id"], [])
    return merged + [row for group in groups.values() for row in group]
