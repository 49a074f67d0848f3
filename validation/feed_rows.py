"""Rows of somebody's own as relations read them: completed, named, and known again where the package has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from canonical.fill import complete_cells, complete_row
from canonical.findings import Finding
from canonical.reading.reader import Table
from canonical.reference import Reference
from canonical.rules.asked import gives_no_print
from canonical.table_schema import load_schema
from canonical.text_tables import Row, text_rows
from validation.feed_perimeters import PrintsAtHand, with_perimeter
from validation.relations.facts import Facts

__all__ = [
    "FeedFile", "FeedReference", "OwnRow", "Place", "faulty_columns", "label_of", "own_rows", "without_faults",
]  # fmt: skip

ASIDE = frozenset((
    "source_id", "via_source_id", "locator", "period_label", "perimeter_id", "evidence", "assumed", "printed_text",
    "printed_label", "note",
))  # fmt: skip
"""Typed cells without which a number can still be read; where one is in error it is left empty, and the row read."""


@dataclass(frozen=True)
class FeedFile:
    """A file of somebody's own as a table, with what layers S and U found in it; `label` names it in ids of rows.

    Where the table holds some rows of the file alone, `numbers` says which, from 1, and so do its lines.
    """

    label: str
    path: Path
    table: Table
    findings: Sequence[Finding]
    numbers: Sequence[int] | None = None

    @property
    def row_numbers(self) -> Sequence[int]:
        """The number in the file of each row of the table, from 1."""
        return range(1, self.table.frame.height + 1) if self.numbers is None else self.numbers


class Place(NamedTuple):
    """Where a row of somebody's own stands: its file, its number there from 1, and its line, None in Parquet."""

    file: FeedFile
    number: int
    line: int | None


class OwnRow(NamedTuple):
    """A completed row of somebody's own, its id, and where it stands."""

    row_id: str
    row: Row
    place: Place


@dataclass(frozen=True)
class FeedReference(Reference):
    """The reference of a check of feeds: documents that no table of sources names are as known as they are today."""

    undated: tuple[str, ...] = ()
    today: date = date.min

    @cached_property
    def sources(self) -> dict[str, Row]:
        """Sources by source_id, those without a row of their own retrieved today."""
        absent = dict.fromkeys(load_schema("sources").columns, "")
        day = {"published_precision": "unknown", "retrieved_on": self.today.isoformat()}
        return {name: absent | day | {"source_id": name} for name in self.undated} | self._by("sources", "source_id")


def label_of(path: Path, taken: Collection[str]) -> str:
    """What names a file in the ids of its rows, `my_feed#12`: its name, and what tells it from those `taken`."""
    stem = "-".join(path.stem.split()) or "feed"
    return next(name for n in range(1, len(taken) + 2) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)


def own_rows(file: FeedFile, reference: Reference, printed: Sequence[Row], facts: Facts) -> list[OwnRow]:
    """The rows of a file that relations can read, completed.

    Parameters: `printed` are the rows of the same table at hand, and `facts` the observations at hand with corrections
    applied. A row at hand that says all that a row of the file says is that row: it takes its place, with its id.
    Other rows without an id of their own are called `LABEL#NUMBER`. Rows whose number cannot be read are left out, and
    so are rows that repeat another with its id.
    """
    name, columns = file.table.schema.name, file.table.frame.columns
    faults, is_known = faulty_columns(file), _known(name, columns, reference)
    twins, taken = _Twins(name, columns, printed), set[str]()
    given_id = _cells(file.table.schema.primary_key, columns)
    completed = _completion(name, columns, file.label, reference, PrintsAtHand(facts))
    found: list[OwnRow] = []
    repeated: set[tuple[str, ...]] = set()
    key, none = frozenset(file.table.schema.primary_key), frozenset[str]()
    for place, (number, cells) in enumerate(zip(file.row_numbers, text_rows(file.table.frame), strict=True)):
        in_error = faults.get(number, none)
        row = without_faults(cells, in_error, name)
        if row is None or not is_known(row) or (repeated and tuple(cells.values()) in repeated):
            continue
        if not in_error.isdisjoint(key):
            repeated.add(tuple(cells.values()))
        twin = twins.of(row, taken)
        row_id = twin or _free_id(given_id(row), taken) or f"{file.label}#{number}"
        done = _corrected(twins.rows[twin], twin, facts) if twin else completed(row, row_id)
        taken.add(row_id)
        found.append(OwnRow(row_id, done, Place(file, number, file.table.line(place))))
    return found


def faulty_columns(file: FeedFile, but: str = "") -> Mapping[int, set[str]]:
    """By number of a row, the columns in which it breaks a rule other than `but`, where there are any."""
    faults: dict[int, set[str]] = defaultdict(set)
    for finding in file.findings:
        if finding.row_number is not None and finding.severity == "error" and finding.rule != but:
            faults[finding.row_number].add(finding.column)
    return dict(faults)


def _corrected(row: Row, row_id: str, facts: Facts) -> Row:
    """A row at hand as relations read it: an observation with its corrections."""
    observation = facts.by_row_id.get(row_id) if "observation_id" in row else None
    return observation.row if observation else row


def without_faults(row: Row, faults: Collection[str], table: str) -> Row | None:
    """The row without its cells in error, None where one of them is the number itself or what it is about."""
    if not faults:
        return row
    schema = load_schema(table)
    made = {field.name for field in schema.fields if field.filled in ("fill", "generated")}
    made |= {field.name for field in schema.fields if field.filled == "default" and not row.get(field.name)}
    if table == "observations" and gives_no_print(row):
        made -= {"value", "unit_id"}
    if not made.union(ASIDE).issuperset(faults):
        return None
    return {column: "" if column in faults else cell for column, cell in row.items()}


def _cells(wanted: Sequence[str], columns: Collection[str]) -> Callable[[Row], tuple[str, ...]]:
    """What gives the cells `wanted` of a row that has some `columns`, `` for those that these lack."""
    if set(wanted) <= set(columns):
        name, *others = wanted
        return itemgetter(*wanted) if others else lambda row: (row[name],)
    return lambda row: tuple(row.get(column, "") for column in wanted)


def _known(table: str, columns: Collection[str], reference: Reference) -> Callable[[Row], bool]:
    """Whether relations can place a row: its codes are of their lists, its entity, metric and breakdown are known.

    Findings name the first rows of a kind alone, so that each row is asked for itself.
    """
    known: dict[str, Collection[str]] = {f.name: frozenset(f.enum) for f in load_schema(table).fields if f.enum}
    known |= {"entity_id": reference.entities, "of_entity_id": reference.entities, "metric_id": reference.metrics,
              "breakdown_id": reference.breakdowns}  # fmt: skip
    cells_of = _cells(tuple(known), columns)

    @lru_cache(maxsize=1 << 12)
    def are_known(cells: tuple[str, ...]) -> bool:
        return all(cell in codes for cell, codes in zip(cells, known.values(), strict=True) if cell)

    return lambda row: are_known(cells_of(row))


def _free_id(key: Sequence[str], taken: Collection[str]) -> str:
    """The id that a row of some `key` gives itself, `` where it has none of its own."""
    given = "|".join(key) if all(key) else ""
    return "" if given in taken else given


class _Twins:
    """The rows at hand, to find the one that says all that a row of somebody's own says."""

    def __init__(self, table: str, columns: Collection[str], rows: Sequence[Row]) -> None:
        """Look up `rows` at hand; those of somebody's own will have some `columns`."""
        schema = load_schema(table)
        key, meant = schema.primary_key, MEANT.get(table, schema.primary_key)
        self.rows = {"|".join(row[column] for column in key): row for row in rows}
        self._about, about = _cells(meant, columns), _cells(meant, ())
        self._alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for row_id, row in self.rows.items():
            self._alike[about(row)].append(row_id)

    def of(self, row: Row, taken: Collection[str]) -> str:
        """The id of a row at hand with every cell that `row` fills, `` where there is none that is not taken."""
        alike = self._alike.get(self._about(row), []) if self._alike else []
        given = {column: cell for column, cell in row.items() if cell} if alike else {}
        for row_id in alike:
            same = self.rows[row_id]
            if row_id not in taken and all(_alike(same.get(column, ""), cell) for column, cell in given.items()):
                return row_id
        return ""


MEANT = {"observations": ("entity_id", "metric_id", "period_end"), "statements": ("source_id", "entity_id", "kind")}
"""Columns that every feed gives and that few rows share, by which a row is looked up again."""


def _alike(one: str, other: str) -> bool:
    """Whether two cells say the same: 36.0 is 36."""
    return one == other or _plain(one) == _plain(other)


def _plain(cell: str) -> str:
    digits = cell.replace(".", "", 1).lstrip("-")
    return cell.rstrip("0").rstrip(".") if "." in cell and digits.isdecimal() else cell


def _completion(
    table: str, columns: Collection[str], label: str, reference: Reference, prints: PrintsAtHand
) -> Callable[[Row, str], Row]:  # fmt: skip
    """What completes a row of a table of somebody's own, which has some columns, under an id: the row is changed."""
    schema, is_print = load_schema(table), table == "observations"
    key = schema.primary_key[0] if len(schema.primary_key) == 1 else ""
    has_source, is_whole = "source_id" in schema.columns, set(columns) == set(schema.columns)

    def completed(row: Row, row_id: str) -> Row:
        perimeter_id = row.get("perimeter_id", "")
        named = _printed(row) if is_print else row
        if key:
            named[key] = row_id
        if has_source:
            named["source_id"] = row.get("source_id") or label
        done = complete_cells(schema, named, reference) if is_whole else complete_row(schema, named, reference)
        return with_perimeter(perimeter_id, done, reference, prints) if is_print else done

    return completed


def _printed(row: Row) -> Row:
    """A row with a print: a value without one is known to its last digit that is no zero."""
    if row.get("printed_value"):
        return row
    value = row.get("value", "")
    zeros = len(value) - len(value.rstrip("0")) if value.lstrip("-").isdecimal() and value.strip("-0") else 0
    read = {"printed_value": value, "printed_unit_id": row.get("unit_id", "")}
    return row | read | ({"decimals": str(-zeros)} if zeros else {})
