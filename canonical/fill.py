"""Complete typed rows: new ids, default codes, period starts, decimals and the generated columns.

The same code serves `make fill`, which writes what is missing, and the checks, which name a row whose
cells differ from what completing it gives.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, localcontext
from functools import lru_cache
from pathlib import Path

from canonical.calendars import Calendar
from canonical.contradictions import keep_contradictions, no_prints
from canonical.descriptor import refuse_lost
from canonical.file_writing import only_writer, replace_file
from canonical.guard import guarded
from canonical.intervals import EXACT, PRINTED, Interval, Print, interval_of, printed_decimals
from canonical.periods import parse_date
from canonical.price_scope import scope_of
from canonical.reading.content import file_bytes
from canonical.reading.encodings import UnreadableError
from canonical.reference import Reference, Unit, known_on
from canonical.row_ids import next_ids
from canonical.row_order import parents_first
from canonical.safe_text import safe_line
from canonical.table_schema import TableSchema, load_schema, typed_tables
from canonical.text_tables import Row, csv_path, csv_text
from canonical.typed_rows import header_of, typed_rows

__all__ = ["complete_cells", "complete_row", "complete_table", "fill_file", "main", "printed_interval"]


def complete_table(table: str, rows: Iterable[Row], reference: Reference | None = None) -> list[Row]:
    """The rows of `table` with every fillable cell filled and every generated cell computed.

    Typed cells are kept as they are. A cell that cannot be computed, because what it follows from is
    missing or malformed, is left empty: the checks say so.
    """
    schema = load_schema(table)
    reference = reference or Reference()
    completed = [complete_row(schema, row, reference) for row in rows]
    next_ids(schema, completed, reference.folder)
    return completed


def complete_row(schema: TableSchema, row: Row, reference: Reference) -> Row:
    """One row with defaults and generated cells; ids are the table's to give (`next_ids`)."""
    done = schema.empty_row | row
    if len(done) != len(schema.fields) or None in done.values():
        done = {column: row.get(column) or "" for column in schema.columns}
    return complete_cells(schema, done, reference)


def complete_cells(schema: TableSchema, done: Row, reference: Reference) -> Row:
    """The same of a row that has all columns of the table and no other: it is itself completed, and given back."""
    before_defaults = BEFORE_DEFAULTS.get(schema.name)
    if before_defaults:
        before_defaults(done)
    for name, default in schema.defaults:
        if not done[name]:
            done[name] = default
    complete = COMPLETIONS.get(schema.name)
    if complete:
        done.update(schema.empty_generated)
        complete(done, reference)
    return done


def _source_precision(row: Row) -> None:
    if not row["published_precision"] and not row["published_on"]:
        row["published_precision"] = "unknown"


def _price_scope(row: Row) -> None:
    for column, said in scope_of(row["seller"], row["region"], row["model"], row["mode"])._asdict().items():
        row[column] = row[column] or said


def _complete_source(row: Row, reference: Reference) -> None:
    row["known_on"] = known_on(row)


def _complete_observation(row: Row, reference: Reference) -> None:
    if not row["perimeter_id"] and row["entity_id"]:
        row["perimeter_id"] = reference.perimeter(row["entity_id"], row["metric_id"], row["source_id"])
    if not row["period_start"] and (end := parse_date(row["period_end"])) is not None:
        calendar = reference.calendar(row["entity_id"]) or Calendar()
        start = calendar.start(row["period_type"], end)
        row["period_start"] = start.isoformat() if start else ""
    if not row["decimals"] and PRINTED.fullmatch(row["printed_value"]):
        row["decimals"] = str(printed_decimals(row["printed_value"]))
    unit = reference.units.get(row["printed_unit_id"])
    if unit is None:
        return
    row["unit_id"] = unit.canonical_unit_id
    interval = printed_interval(row, reference)
    if interval is not None:
        row["value"], row["value_low"], row["value_high"] = interval.texts


def printed_interval(row: Row, reference: Reference) -> Interval | None:
    """What the print of a filled observation stands for, in the canonical unit; None where it is malformed."""
    unit = reference.units.get(row["printed_unit_id"])
    if unit is None:
        return None
    metric = reference.metrics.get(row["metric_id"], {})
    exact = row["measure"] == "rank" or (row["measure"] == "level" and metric.get("exact") == "true")
    return _interval_of_cells(
        row["printed_value"], row["printed_value_to"], row["decimals"], row["bound"], row["precision_word"],
        unit.factor, exact,
    )  # fmt: skip


@lru_cache(maxsize=1 << 16)
def _interval_of_cells(
    value: str, value_to: str, decimals: str, bound: str, word: str, factor: Decimal, exact: bool
) -> Interval | None:
    """The interval of the cells of a print: the same ones are filled, checked and held together one after another."""
    try:
        return interval_of(Print(value, value_to, int(decimals), bound, word, factor, exact))
    except ValueError:
        return None


def _complete_price(row: Row, reference: Reference) -> None:
    unit = reference.units.get(row["printed_per_unit_id"])
    # A printed 0 of unknown meaning is no amount: it would be the cheapest price of all.
    if unit is None or not row["printed_amount"] or row["price_state"] == "unknown":
        return
    number = Print(
        value=row["printed_amount"],
        value_to=row["printed_amount_to"],
        bound=row["bound"],
        precision_word=row["precision_word"],
        factor=price_factor(unit),
        exact=True,
    )
    try:
        interval = interval_of(number)
    except ValueError:
        return
    row["amount"], row["amount_low"], row["amount_high"] = interval.texts


def price_factor(unit: Unit) -> Decimal:
    """What turns a price per `unit` into the canonical price: per million tokens, else per one unit."""
    with localcontext(EXACT):
        return Decimal(1_000_000 if unit.canonical_unit_id == "token" else 1) / unit.factor


Completion = Callable[[Row, Reference], None]

BEFORE_DEFAULTS: dict[str, Callable[[Row], None]] = {
    "sources": _source_precision,
    "model_prices": _price_scope,
}
COMPLETIONS: dict[str, Completion] = {
    "sources": _complete_source,
    "observations": _complete_observation,
    "model_prices": _complete_price,
}


def fill_file(path: Path, table: str, reference: Reference) -> tuple[int, list[str]]:
    """Complete the rows of a file of `table`; returns how many cells were filled, and a line for each contradiction
    and for each print from which no number follows.

    The file is written where a cell, the columns or the form of the text change. Raises `UnreadableError` where
    the file is no table, one that completing would take something from, or one that was saved in the meantime.
    """
    schema = load_schema(table)
    shown = f"{path.parent.name}/{path.name}"
    content = file_bytes(path, shown)
    rows = typed_rows(content, schema, shown)
    completed = complete_table(table, rows, reference)
    contradictions = [*keep_contradictions(schema, rows, completed, shown), *no_prints(schema, completed, shown)]
    written = csv_text(schema, parents_first(schema, completed)).encode("utf-8")
    if written != content:
        replace_file(path, written, was=content)
    pairs = ((row.get(c, ""), done[c]) for row, done in zip(rows, completed, strict=True) for c in schema.columns)
    return sum(before != after for before, after in pairs), contradictions


@guarded("fill")
def main(arguments: Sequence[str] | None = None) -> int:
    """Complete the named tables of `data/`, or all, and say how many cells changed.

    Exit code 1 where a generated cell contradicts its row and was kept, or no number follows from a print; 2 where a
    table cannot be completed.
    """
    typed = typed_tables()
    parser = argparse.ArgumentParser(prog="python -m canonical.fill", description=__doc__)
    parser.add_argument(
        "tables", nargs="*", metavar="TABLE", help="tables of data/ to complete; all where none is named"
    )
    tables = parser.parse_args(arguments).tables or typed
    for table in tables:
        if table not in typed:
            raise UnreadableError(f"{table}: no typed table; fix: name one of {', '.join(typed)}")
    refuse_lost()
    with only_writer(csv_path(tables[0]).parent):
        done = [_fill_table(table) for table in tables]
    contradictions = [line for _, lines in done for line in lines]
    print("".join(f"fill: {safe_line(line)}\n" for line in contradictions), file=sys.stderr, end="")
    if not contradictions and not any(total for total, _ in done):
        print("fill: every row is complete")
    return int(bool(contradictions))


def _fill_table(table: str) -> tuple[int, list[str]]:
    """Complete a table of the package, which must have every column that people type; say how many cells changed.

    What rows refer to is read anew for each table: the one before may just have been completed.
    """
    path = csv_path(table)
    if not path.exists():
        return 0, []
    if lost := load_schema(table).missing_columns(header_of(path)):
        raise UnreadableError(
            f"{path.parent.name}/{path.name}:1: found no column {', '.join(lost)}, which filling would leave empty in "
            f"every row; fix: restore the column with its cells, or add it to the header and type them"
        )
    filled, contradictions = fill_file(path, table, Reference())
    if filled:
        print(f"data/{table}.csv: {filled} cells filled")
    return filled, contradictions


if __name__ == "__main__":
    sys.exit(main())
