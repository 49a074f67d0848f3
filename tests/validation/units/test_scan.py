"""The scan of layer U against the layer itself: what it proves is right, and it proves nearly all that is."""

from __future__ import annotations

from functools import cache

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canonical.fill import complete_row
from canonical.intervals import conventions
from canonical.reference import Reference
from canonical.table_schema import load_schema
from canonical.text_tables import csv_path, read_rows
from tests.builders import Row, a_typed_frame
from validation.units.checks import PROOFS, READ
from validation.units.frame import CHECKED, unit_frame

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


def is_proven(table: str, row: Row, is_text: bool) -> bool:
    """Whether the scan proves a row right."""
    schema = load_schema(table)
    if is_text:
        texts = {column: row.get(column) or None for column in schema.columns}
        frame = pl.DataFrame([texts], schema=dict.fromkeys(schema.columns, pl.String))
    else:
        frame = a_typed_frame(table, [row])
    return PROOFS[table](frame, reference(), is_text).item()


def is_right(table: str, row: Row, is_text: bool) -> bool:
    """Whether completing the row gives its cells, start of the period apart."""
    schema = load_schema(table)
    columns = [column for column in CHECKED[table] if column != "period_start"]
    frame, _, rules = unit_frame(schema, [row], columns, reference(), is_text)
    return all(frame[rule.columns[0]].eq_missing(frame[rule.columns[1]]).item() for rule in rules)


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


@pytest.mark.parametrize("table", sorted(PROOFS))
@given(data=st.data())
def test_what_the_scan_proves_is_right(table: str, data: st.DataObject) -> None:
    row = data.draw(rows(table))
    for is_text in (TEXT, DOUBLES):
        if is_proven(table, row, is_text):
            assert is_right(table, row, is_text)


@pytest.mark.parametrize("table", sorted(PROOFS))
@pytest.mark.parametrize("is_text", [TEXT, DOUBLES])
def test_the_scan_proves_nearly_all_of_the_package(table: str, is_text: bool) -> None:
    proven = [is_proven(table, row, is_text) for row in real_rows(table)]
    assert sum(proven) > 0.9 * len(proven)


@pytest.mark.parametrize("table", sorted(PROOFS))
def test_no_cell_of_a_proven_row_can_be_another(table: str) -> None:
    for row in real_rows(table)[::5]:
        for is_text in (TEXT, DOUBLES):
            if is_proven(table, row, is_text):
                for column in READ[table][0]:
                    if column in CHECKED[table] and column != "unit_id":
                        assert not is_proven(table, row | {column: "7.123"}, is_text)


def test_a_table_with_its_columns_names_what_the_scan_reads() -> None:
    for table, groups in READ.items():
        schema = load_schema(table)
        assert {column for group in groups for column in group} <= set(schema.columns)
        assert set(CHECKED[table]) <= {column for group in groups for column in group}
