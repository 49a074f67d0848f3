"""The scan of layer U against completing each row: what it decides is the same, and it decides nearly all."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from datetime import date
from functools import cache

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canonical.calendars import Calendar
from canonical.conventions import conventions
from canonical.fill import complete_row
from canonical.reading.coded import Block, coded
from canonical.reference import Reference
from canonical.table_schema import load_schema
from canonical.text_tables import csv_path, read_rows, text_rows
from tests.builders import Row
from validation.engines.polars.typed import TypedBlock, typed_block
from validation.structure.checks import restrict
from validation.structure.wording import Words
from validation.units.checks import FEW, READ, SCANS, UnitLayer
from validation.units.frame import CHECKED
from validation.units.verdicts import findings_of_kinds

TEXT, DOUBLES = True, False


@cache
def reference() -> Reference:
    """The vocabulary of the package."""
    return Reference()


@cache
def real_rows(table: str) -> list[Row]:
    """Rows spread over a table of the package, a hundred in all."""
    rows = read_rows(csv_path(table))
    return rows[:: max(1, len(rows) // 100)]


def as_block(table: str, rows: Sequence[Row], is_text: bool) -> TypedBlock:
    """Rows as a block of a file, of texts or with the types of the schema."""
    schema = load_schema(table)
    columns = list(READ[table][0])
    texts = pl.DataFrame(
        [{c: row.get(c) or None for c in columns} for row in rows], schema=dict.fromkeys(columns, pl.String)
    )
    block = Block({c: coded(texts[c]) for c in columns}, len(rows), lines=range(2, len(rows) + 2))
    typed = typed_block(block, restrict(schema, columns), table)
    return typed if is_text else typed_block(Block(typed.columns, len(rows), False), typed.schema, table)


def decisions(table: str, rows: Sequence[Row], is_text: bool) -> list[set[str] | None]:
    """The rules that the scan says each row breaks, None where it leaves the row open."""
    decided = SCANS[table](as_block(table, rows, is_text), reference())
    return [
        None if is_open else {rule for rule, mark in decided.broken.items() if mark[at]}
        for at, is_open in enumerate(decided.is_open)
    ]


def completed(table: str, row: Row, is_text: bool) -> set[str]:
    """The rules that completing the row says it breaks."""
    block = as_block(table, [row], is_text)
    schema, columns = load_schema(table), READ[table][0]
    given = text_rows(block.given.frame(columns))
    return {rule.id for rule, _ in findings_of_kinds(schema, given, columns, reference(), is_text)}


decimal_texts = st.from_regex(r"-?(0|[1-9][0-9]{0,6})(\.[0-9]{1,5})?", fullmatch=True)
cells = st.one_of(decimal_texts, st.sampled_from(["", "0", "398.24", "1e3", "39824.00000000000000001", "9" * 25]))


@st.composite
def rows(draw: st.DrawFn, table: str) -> Row:
    """A completed row with another print, unit, bound or word, and perhaps one other generated cell."""
    row = dict(draw(st.sampled_from(real_rows(table))))
    printed = "printed_value" if table == "observations" else "printed_amount"
    changed = {printed: draw(decimal_texts)}
    if draw(st.booleans()):
        changed["bound"], changed["precision_word"] = draw(st.sampled_from(sorted(conventions())))
    if table == "observations":
        changed["decimals"] = draw(st.sampled_from(["", row["decimals"], "-2", "0", "1"]))
        changed["printed_unit_id"] = draw(st.sampled_from([row["printed_unit_id"], *sorted(reference().units)]))
    done = complete_row(load_schema(table), row | changed, reference())
    if draw(st.booleans()):
        generated = [name for name in CHECKED[table] if name != "period_start"]
        wrong = draw(st.sampled_from(generated))
        done[wrong] = draw(cells) if wrong != "unit_id" else draw(st.sampled_from(sorted(reference().units)))
    return done


@pytest.mark.parametrize("table", sorted(SCANS))
@given(data=st.data())
@settings(max_examples=40)
def test_what_the_scan_decides_is_what_completing_the_row_says(table: str, data: st.DataObject) -> None:
    row = data.draw(rows(table))
    for is_text in (TEXT, DOUBLES):
        (decided,) = decisions(table, [row], is_text)
        assert decided is None or decided == completed(table, row, is_text)


ODD = ("", "x", "-3", "0", "12.50", "1e3", "9" * 20, "0.5", "007", "100", "-0.05", "5.", "+1")


@pytest.mark.parametrize("table", sorted(SCANS))
@given(data=st.data())
@settings(max_examples=40)
def test_the_scan_decides_rows_of_odd_cells_as_completing_them_does(table: str, data: st.DataObject) -> None:
    row = dict(data.draw(st.sampled_from(real_rows(table))))
    for column in data.draw(st.sets(st.sampled_from(READ[table][0]))):
        others = [other[column] for other in real_rows(table)]
        row[column] = data.draw(st.sampled_from([*ODD, *others]))
    for is_text in (TEXT, DOUBLES):
        (decided,) = decisions(table, [row], is_text)
        assert decided is None or decided == completed(table, row, is_text)


@pytest.mark.parametrize("table", sorted(SCANS))
@pytest.mark.parametrize("is_text", [TEXT, DOUBLES])
def test_the_scan_finds_nearly_all_of_the_package_right(table: str, is_text: bool) -> None:
    found = decisions(table, real_rows(table), is_text)
    assert sum(decided == set() for decided in found) > 0.98 * len(found)


@pytest.mark.parametrize("table", sorted(SCANS))
def test_no_cell_of_a_right_row_can_be_another(table: str) -> None:
    some = real_rows(table)[::5]
    for is_text in (TEXT, DOUBLES):
        for column in set(READ[table][0]) & set(CHECKED[table]) - {"unit_id"}:
            before = decisions(table, some, is_text)
            after = decisions(table, [row | {column: "7.123"} for row in some], is_text)
            assert all(was != set() or now for was, now in zip(before, after, strict=True))


def test_a_layer_and_a_block_go_to_another_process_and_say_the_same_there() -> None:
    rows = [row | {"value": "7"} for row in real_rows("observations")]
    block, layer = as_block("observations", rows, TEXT), UnitLayer(load_schema("observations"), reference(), Words("o"))
    here = layer(block)
    sent_block, sent_layer = pickle.loads(pickle.dumps((block, layer)))
    there = sent_layer(sent_block)
    assert here and [(f.rule, f.rows.to_list()) for f in there] == [(f.rule, f.rows.to_list()) for f in here]


def test_a_table_with_its_columns_names_what_the_scan_reads() -> None:
    for table, groups in READ.items():
        schema = load_schema(table)
        assert {column for group in groups for column in group} <= set(schema.columns)
        assert set(CHECKED[table]) <= {column for group in groups for column in group}


@pytest.mark.parametrize("table", sorted(SCANS))
def test_rows_wrong_in_every_cell_are_decided_without_completing_any(table: str) -> None:
    columns = list(load_schema(table).columns)
    frame = pl.DataFrame({column: [f"{column}-{row}" for row in range(FEW + 1)] for column in columns})
    lines = range(2, FEW + 3)
    block = Block({column: coded(frame[column]) for column in columns}, FEW + 1, lines=lines)
    layer = UnitLayer(load_schema(table), reference(), Words(table))
    layer(typed_block(block, load_schema(table), table))
    assert not layer.known


def test_a_start_is_held_against_the_calendar_of_its_own_entity() -> None:
    by_weeks = {
        name for name in reference().entities
        if (calendar := reference().calendar(name)) is not None and calendar.is_by_weeks
    }  # fmt: skip
    schema = load_schema("observations")
    cells = {"period_type": "quarter", "period_end": "2025-09-30", "period_start": "2025-07-01"}
    for entity in [*sorted(by_weeks)[:2], "aws", "nobody"]:
        both = [cells | {"entity_id": entity}, cells | {"entity_id": entity, "period_start": "2025-07-02"}]
        frame = pl.DataFrame(both)
        block = Block({column: coded(frame[column]) for column in frame.columns}, 2, lines=range(2, 4))
        faults = UnitLayer(schema, reference(), Words("x"))(typed_block(block, restrict(schema, frame.columns), "x"))
        found = {fault.rule.id: fault.rows.arg_true().to_list() for fault in faults}
        calendar = reference().calendar(entity)
        expected = (calendar or Calendar()).start("quarter", date(2025, 9, 30))
        wrong = [row for row, start in enumerate(("2025-07-01", "2025-07-02")) if str(expected) != start]
        assert found.get("P.period_start", []) == wrong
