"""Put what an evidence file became into the tables: rows keep their ids and places, and nothing is doubled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from canonical.fill import complete_row, complete_table
from canonical.reference import Reference
from canonical.table_schema import TableSchema, load_schema
from canonical.text_tables import Row, read_rows, write_rows
from ingest.evidence.ranges import Reading, same_print
from ingest.evidence.uptake import Uptake
from ingest.tables import add_sources

__all__ = ["merge_uptake"]

COVERAGE = "evidence_coverage"
TYPED_BESIDE = ("locator", "printed_label")
"""Columns that no evidence file has: what a reader of the document typed in them stays."""


def merge_uptake(uptake: Uptake, file: str, folder: Path) -> dict[str, int]:
    """Write sources, observations, prices and coverage of the evidence file; its number of rows in each table.

    A row that an earlier run made, as the coverage table remembers it, is made anew in its place and keeps its
    id, and what was typed beside it, as long as it has the same source; rows of others are not touched. A print
    that a person or another file took up already is that row: the coverage names it as found.
    """
    if uptake.sources:
        add_sources(list(uptake.sources.values()), folder)
    coverage = read_rows(folder / f"{COVERAGE}.csv")
    others = [row for row in coverage if row["evidence_file"] != file]
    became: dict[int, Row] = {
        number: _covered(file, number) | {"reason": reason} for number, reason in uptake.left_out.items()
    }
    counts: dict[str, int] = {}
    for table, readings in uptake.readings.items():
        earlier = {
            int(row["evidence_row"]): row["row_id"]
            for row in coverage
            if (row["evidence_file"], row["table_name"], row["role"]) == (file, table, "made")
        }
        made, found = _merge_table(table, readings, earlier, folder)
        counts[table] = len(made)
        for role, rows in (("made", made), ("found", found)):
            for reading in readings:
                if reading.numbers[0] in rows:
                    cells = {"table_name": table, "row_id": rows[reading.numbers[0]], "role": role}
                    became |= {number: _covered(file, number) | cells for number in reading.numbers}
    done = sorted([*others, *became.values()], key=lambda row: (row["evidence_file"], int(row["evidence_row"])))
    write_rows(folder / f"{COVERAGE}.csv", load_schema(COVERAGE), done)
    return counts


def _covered(file: str, number: int) -> Row:
    return {"evidence_file": file, "evidence_row": str(number)}


def _merge_table(
    table: str, readings: Sequence[Reading], earlier: Mapping[int, str], folder: Path
) -> tuple[dict[int, str], dict[int, str]]:
    """Write the table with the readings in it; ids of the rows made and of those found, by a reading's first number."""
    schema = load_schema(table)
    key = schema.primary_key[0]
    path = folder / f"{table}.csv"
    owned = set(earlier.values())
    before = read_rows(path)
    rows = [row for row in before if row[key] not in owned]
    reference = Reference(folder)
    newcomers = [reading for reading in readings if not any(number in earlier for number in reading.numbers)]
    found = _known_prints(newcomers, rows, schema, reference)
    kept, fresh = _with_ids([reading for reading in readings if reading.numbers[0] not in found], earlier, key)
    typed = {row[key]: {column: row[column] for column in TYPED_BESIDE if row.get(column)} for row in before}
    kept = {number: typed[row[key]] | row for number, row in kept.items()}
    merged = _in_place([row[key] for row in before], {row[key]: row for row in [*rows, *kept.values()]})
    merged = _after_their_source(merged, list(fresh.values()))
    done = complete_table(table, merged, reference)
    write_rows(path, schema, done)
    given = {id(row): finished[key] for row, finished in zip(merged, done, strict=True)}
    return {number: given[id(row)] for number, row in (kept | fresh).items()}, found


def _known_prints(
    readings: Sequence[Reading], rows: Sequence[Row], schema: TableSchema, reference: Reference
) -> dict[int, str]:
    """Ids of the rows of others that are the print of a reading, by the first number of the reading."""
    sources = {reading.cells["source_id"] for reading in readings}
    ids: dict[object, str] = {}
    for row in rows:
        if row["source_id"] in sources:
            ids.setdefault(same_print(row), row[schema.primary_key[0]])
    found = ((r.numbers[0], ids.get(same_print(complete_row(schema, r.cells, reference)))) for r in readings)
    return {number: row_id for number, row_id in found if row_id}


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
