"""Cells that no source revises, held against the last build."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from canonical.reading.csv_blocks import BLOCK
from canonical.reading.reader import Table
from canonical.reference import Reference
from canonical.table_schema import load_schema
from canonical.text_tables import csv_path
from tests.builders import a_model_price, a_typed_frame
from validation.units.given import CountsIn, Given
from validation.units.settled import settled_cells


@pytest.fixture(scope="module")
def prices(reference: Reference) -> pl.DataFrame:
    ended = a_model_price(
        reference, model_price_id="acme-results-2025.001", locator="1.0", valid_from="2025-01-01", valid_to="2025-02-01"
    )
    held = a_model_price(reference, model_price_id="acme-results-2025.002", locator="1.0", valid_from="2025-02-02")
    return a_typed_frame("model_prices", [ended, held])


def told(reference: Reference, before: pl.DataFrame, now: pl.DataFrame) -> list[tuple[str, str, str, str]]:
    read = Table(load_schema("model_prices"), "model_prices", now, is_text=False)
    given = Given(
        read, now, reference, {}.get, CountsIn({}.get), is_whole=True, built={"model_prices": before}.get
    )  # fmt: skip
    return [(f.row_id, f.column, f.found, f.expected) for f in settled_cells(given)]


def typed_otherwise(prices: pl.DataFrame, row: int, **cells: object) -> pl.DataFrame:
    rows = prices.to_dicts()
    rows[row] |= cells
    return pl.DataFrame(rows, schema=prices.schema)


@pytest.mark.parametrize(
    ("row", "cells", "column"),
    [
        (0, {"printed_amount": "0.7"}, "printed_amount"),
        (1, {"currency": "EUR"}, "currency"),
        (1, {"model": "other"}, "model"),
        (0, {"meter": "output"}, "meter"),
        (0, {"valid_from": date(2024, 1, 1)}, "valid_from"),
        (0, {"valid_to": date(2025, 3, 1)}, "valid_to"),
        (0, {"valid_to": None}, "valid_to"),
    ],
    ids=str,
)
def test_a_price_that_was_published_is_named_where_a_cell_of_it_changes(
    reference: Reference, prices: pl.DataFrame, row: int, cells: dict[str, object], column: str
) -> None:
    (found,) = told(reference, prices, typed_otherwise(prices, row, **cells))
    assert found[:2] == (f"acme-results-2025.00{row + 1}", column)


def test_a_price_may_end_and_be_read_in_another_version_of_its_list(reference: Reference, prices: pl.DataFrame) -> None:
    assert told(reference, prices, prices) == []
    assert told(reference, prices, typed_otherwise(prices, 1, valid_to=date(2025, 6, 1))) == []
    assert told(reference, prices, typed_otherwise(prices, 1, locator="0.9", valid_from=date(2025, 1, 15))) == []
    assert told(reference, prices, typed_otherwise(prices, 1, note="read twice")) == []
    added = typed_otherwise(prices, 1, model_price_id="acme-results-2025.003", valid_from=date(2025, 7, 1))
    assert told(reference, prices, pl.concat([prices, added.tail(1)])) == []


def test_a_price_that_is_gone_is_told_beside_where_it_stood(reference: Reference, prices: pl.DataFrame) -> None:
    (found,) = told(reference, prices, prices.head(1))
    assert found[3] == "the row acme-results-2025.002 beside it"


def test_tables_that_are_held_against_the_last_build_are_read_in_one_block() -> None:
    assert all(csv_path(table).stat().st_size < BLOCK for table in ("exchange_rates", "regions", "model_prices"))
