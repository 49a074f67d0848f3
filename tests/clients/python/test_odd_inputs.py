"""What people give to verbs: days and periods of pandas and numpy, rows in any form, and things that are none of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import cloud_vendor_metrics as cvm
import numpy as np
import pandas as pd
import pytest


@pytest.mark.parametrize("day", [np.datetime64("2025-06-30"), pd.Timestamp("2025-06-30", tz="UTC"), date(2025, 6, 30)])
def test_a_day_is_one_in_every_form(day: Any) -> None:
    pd.testing.assert_frame_equal(cvm.as_of(day), cvm.as_of("2025-06-30"))


@pytest.mark.parametrize("day", [None, pd.NaT, 20250630, 2025.5, ["2025-06-30"]])
def test_what_is_no_day_is_named(day: Any) -> None:
    with pytest.raises(TypeError, match="is not a day"):
        cvm.as_of(day)


@pytest.mark.parametrize(
    ("period", "same"),
    [
        (2025, "2025"),
        (np.int64(2025), "2025"),
        (["2024", "2025"], ("2024-01-01", "2025-12-31")),
        (["2024", None], ("2024", None)),
        (pd.Period("2025Q2"), "2025-Q2"),
        (pd.Period("2025", "Y"), "2025"),
        (pd.Period("2025-06", "M"), "2025-06"),
        (pd.Period("2025-06-30", "D"), "2025-06-30"),
        ((pd.Period("2024Q1"), 2025), ("2024", "2025")),
        (np.datetime64("2025-06-30"), "2025-06-30"),
    ],
)
def test_a_period_is_one_in_every_form(period: Any, same: Any) -> None:
    asked = cvm.series("AWS", "revenue", period)
    pd.testing.assert_frame_equal(asked, cvm.series("AWS", "revenue", same))
    assert len(asked)


@pytest.mark.parametrize(
    "period", [("2025", "2024"), ["2024"], ("2023", "2024", "2025"), [], True, 3, "Q2 2025", "2024-2025"]
)
def test_what_is_no_period_is_named(period: Any) -> None:
    with pytest.raises(ValueError, match="period "):
        cvm.series("AWS", "revenue", period)


def test_names_come_in_any_list() -> None:
    asked = ["AWS", "阿里云"]
    expected = cvm.series(asked, "revenue")
    for names in (pd.Series(asked), np.array(asked), tuple(asked), dict.fromkeys(asked)):
        pd.testing.assert_frame_equal(cvm.series(names, "revenue"), expected)


@pytest.mark.parametrize(
    "verb",
    ["series", "observations", "resolve", "price_on", "cheapest", "search", "metrics", "vendors", "describe", "cite"],
)
def test_what_is_no_name_is_named(verb: str) -> None:
    with pytest.raises(TypeError, match="expected"):
        getattr(cvm, verb)(42)


@pytest.mark.parametrize("model", ["", "  "])
def test_no_model_is_called_by_blanks(model: str) -> None:
    with pytest.raises(cvm.UnknownNameError):
        cvm.price_on(model)


@pytest.mark.parametrize(
    ("name", "one"),
    [
        ("收入", "revenue"),
        ("Capital expenditure", "capex"),
        ("阿里云", "alibaba-cloud"),
        ("微软", "microsoft"),
        ("MSFT", "microsoft"),
    ],
)
def test_a_thing_is_described_by_what_it_is_called(name: str, one: str) -> None:
    assert one in set(cvm.describe(name)["text"])


def test_a_table_is_described_whatever_the_case_of_its_letters() -> None:
    pd.testing.assert_frame_equal(cvm.describe("OBSERVATIONS"), cvm.describe("observations"))


@pytest.mark.parametrize("form", ["polars", "arrow", "duckdb"])
def test_rows_lead_to_their_sources_in_every_form_that_they_were_handed_over_in(form: Any) -> None:
    rows = cvm.observations("Alibaba", "capex", "2025")
    handed = cvm.observations("Alibaba", "capex", "2025", as_=form)
    assert cvm.checksum(handed) == cvm.checksum(rows)
    assert cvm.cite(handed, "bibtex") == cvm.cite(rows, "bibtex")
    pd.testing.assert_frame_equal(cvm.sources(handed), cvm.sources(rows))
    assert set(cvm.findings(handed)["finding_id"]) == set(cvm.findings(rows)["finding_id"])


def test_one_row_and_one_column_lead_to_their_sources_too() -> None:
    rows = cvm.observations("Alibaba", "capex", "2025")
    assert list(cvm.sources(rows["source_id"])["source_id"]) == sorted(set(rows["source_id"]))
    assert cvm.cite(rows.iloc[0]) == cvm.cite(rows.head(1).astype(object).infer_objects())
    assert rows.iloc[0]["source_id"] in set(cvm.sources(rows.iloc[0])["source_id"])


def test_columns_of_several_currencies_name_their_unit() -> None:
    both = cvm.series(["AWS", "Alibaba"], "revenue", 2025, wide=True)
    assert list(both.columns) == ["alibaba cny-m", "amazon usd-m"]
    assert list(cvm.series(["AWS", "Alibaba"], "revenue", 2025, currency="USD", wide=True).columns) == [
        "alibaba",
        "amazon",
    ]


def test_a_style_is_one_in_capitals_too() -> None:
    assert cvm.cite(None, "BibTeX") == cvm.cite(None, "bibtex")  # pyright: ignore[reportArgumentType]


def test_nothing_found_is_an_empty_frame_and_no_error() -> None:
    none = cvm.observations("AWS", "revenue", "1990")
    assert none.empty
    assert cvm.sources(none).empty
    assert cvm.findings(none).empty
    assert "0 rows" in cvm.cite(none)
    assert cvm.series("AWS", "revenue", "1990", currency="USD", wide=True).empty
