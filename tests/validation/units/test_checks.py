"""Layer U: the unit fits the metric, and every generated cell is what its print gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from canonical.findings import Finding
from canonical.reference import Reference
from tests.builders import NINE_TYPED_CELLS, Row, a_model_price, a_typed_frame, an_observation, write_csv
from validation.package import Checker


@pytest.fixture
def check(reference_folder: Path, tmp_path: Path) -> Any:
    """Check rows as a table: `check("observations", row, …)` gives the findings."""

    def run(table: str, *rows: Row) -> list[Finding]:
        return Checker(reference_folder).check_file(write_csv(tmp_path / f"{table}.csv", rows), table)

    return run


def only(findings: list[Finding]) -> tuple[str, str, str, str]:
    """Rule, column, found and expected of the one finding there is."""
    (finding,) = findings
    assert (finding.row_number, finding.line_number) == (1, 2) and finding.fix
    return finding.rule, finding.column, finding.found, finding.expected


@pytest.mark.parametrize(
    ("column", "cell", "slip"),
    [
        ("value", "398240", "10 times too large"),
        ("value", "39.824", "1000 times too small"),
        ("value_low", "398235", "10 times too large"),
        ("value_high", "3982.45", "10 times too small"),
    ],
)
def test_a_slip_by_a_power_of_ten_is_called_one(
    check: Any, reference: Reference, column: str, cell: str, slip: str
) -> None:
    row = an_observation(reference)
    (finding,) = check("observations", row | {column: cell})
    assert (finding.rule, finding.column, finding.found, finding.expected) == (f"U.{column}", column, cell, row[column])
    assert slip in finding.message


@pytest.mark.parametrize(
    ("column", "cell"), [("value", "39825"), ("value", ""), ("value_low", "39823.49"), ("value_high", "40000")]
)
def test_a_cell_that_is_not_what_the_print_gives_is_named(
    check: Any, reference: Reference, column: str, cell: str
) -> None:
    row = an_observation(reference)
    assert only(check("observations", row | {column: cell})) == (f"U.{column}", column, cell, row[column])


def test_the_same_value_written_otherwise_is_the_same(check: Any, reference: Reference) -> None:
    assert check("observations", an_observation(reference, value="39824.00", value_low="0039823.5")) == []


def test_a_value_may_not_differ_by_a_digit_that_a_double_cannot_hold(check: Any, reference: Reference) -> None:
    (finding,) = check("observations", an_observation(reference, value="39824.00000000000000001"))
    assert finding.rule == "U.value"


def test_a_unit_of_another_quantity_is_named_with_its_quantity(check: Any, reference: Reference) -> None:
    row = an_observation(reference, printed_unit_id="percent")
    assert only(check("observations", row)) == (
        "U.quantity", "printed_unit_id", "percent (ratio)", "a unit of money",
    )  # fmt: skip


def test_growth_is_a_ratio_whatever_the_metric_counts(check: Any, reference: Reference) -> None:
    good = an_observation(reference, measure="growth_yoy", printed_value="26", printed_unit_id="percent")
    assert check("observations", good) == []
    bad = an_observation(reference, measure="growth_yoy")
    assert only(check("observations", bad))[3] == "a unit of ratio"


def test_a_canonical_unit_of_another_currency_is_named(check: Any, reference: Reference) -> None:
    row = an_observation(reference, unit_id="usd-m")
    assert only(check("observations", row)) == ("U.unit_id", "unit_id", "usd-m", "cny-m")


def test_decimals_beyond_the_printed_ones_are_zeros_lost_in_a_spreadsheet(check: Any, reference: Reference) -> None:
    row = an_observation(reference, printed_value="36", decimals="2")
    rule, column, found, expected = only(check("observations", row))
    assert (rule, column, found, expected) == ("U.decimals", "decimals", "2", "0")


def test_fewer_decimals_than_printed_are_a_claim(check: Any, reference: Reference) -> None:
    assert check("observations", an_observation(reference, printed_value="26431.0", decimals="0")) == []


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"precision_word": "nearly"}, "does not go with bound eq"),
        ({"bound": "range", "printed_value_to": "300"}, "falling order"),
        ({"decimals": "-999999999999"}, "claim no digit"),
    ],
)
def test_a_print_that_fits_no_row_of_the_convention_is_named(
    check: Any, reference: Reference, cells: Row, words: str
) -> None:
    (finding,) = check("observations", an_observation(reference, **cells))
    assert finding.rule == "U.bound" and words in finding.message


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"printed_value": "398,24"}, "S.pattern"),
        ({"printed_unit_id": "cny-hm"}, "S.foreign_key"),
        ({"decimals": "x"}, "S.type"),
        ({"bound": "circa"}, "S.enum"),
        ({"printed_value_to": "x", "bound": "range"}, "S.pattern"),
        ({"metric_id": "revenues"}, "S.foreign_key"),
    ],
)
def test_a_cell_that_is_no_good_is_named_once_and_nothing_that_follows_from_it(
    check: Any, reference: Reference, cells: Row, rule: str
) -> None:
    assert [finding.rule for finding in check("observations", an_observation(reference) | cells)] == [rule]


def test_a_wrong_start_of_a_quarter_is_named(check: Any, reference: Reference) -> None:
    row = an_observation(reference, period_start="2025-06-30")
    assert only(check("observations", row)) == ("P.period_start", "period_start", "2025-06-30", "2025-07-01")


def test_a_window_keeps_the_start_it_was_given(check: Any, reference: Reference) -> None:
    assert check("observations", an_observation(reference, period_type="window", period_start="2025-05-01")) == []


@pytest.mark.parametrize(("cells", "column"), [({"amount": "8"}, "amount"), ({"amount_low": ""}, "amount_low")])
def test_a_price_is_what_its_print_gives(check: Any, reference: Reference, cells: Row, column: str) -> None:
    (finding,) = check("model_prices", a_model_price(reference, **cells))
    assert (finding.rule, finding.expected) == (f"U.{column}", "0.8")


def test_a_price_nobody_knows_has_no_amount(check: Any, reference: Reference) -> None:
    unknown = a_model_price(reference, printed_amount="", price_state="unknown")
    assert check("model_prices", unknown) == []
    assert only(check("model_prices", unknown | {"amount": "1"})) == ("U.amount", "amount", "1", "an empty cell")


def test_the_day_a_source_was_known_follows_from_its_dates(check: Any) -> None:
    source = {
        "source_id": "s", "title": "S", "publisher": "P", "published_on": "2025-05-15", "published_precision": "month",
        "language": "en", "kind": "news", "known_on": "2025-05-15",
    }  # fmt: skip
    assert only(check("sources", source)) == ("U.known_on", "known_on", "2025-05-15", "2025-05-31")


def test_a_feed_of_values_is_held_to_its_unit(check: Any) -> None:
    feed = {name: NINE_TYPED_CELLS[name] for name in ("entity_id", "metric_id", "period_type", "period_end")}
    assert check("observations", feed | {"value": "39824", "unit_id": "cny-m"}) == []
    (finding,) = check("observations", feed | {"value": "398.24", "unit_id": "cny-100m"})
    assert (finding.rule, finding.found, finding.expected) == ("U.unit_id", "cny-100m", "cny-m")
    assert only(check("observations", feed | {"value": "39824", "unit_id": "count"})) == (
        "U.quantity", "unit_id", "count (count)", "a unit of money",
    )  # fmt: skip


def test_doubles_of_a_parquet_file_are_held_against_the_nearest_double(
    reference_folder: Path, reference: Reference, tmp_path: Path
) -> None:
    rows = [an_observation(reference, printed_value="0.1", printed_unit_id="usd-bn")]
    frame = a_typed_frame("observations", rows)
    path = tmp_path / "observations.parquet"
    frame.write_parquet(path)
    assert Checker(reference_folder).check_file(path, "observations") == []
    frame.with_columns(value=pl.lit(100.00000001)).write_parquet(path)
    (finding,) = Checker(reference_folder).check_file(path, "observations")
    assert (finding.rule, finding.found, finding.line_number) == ("U.value", "100.00000001", None)


def test_a_parquet_file_with_a_column_of_texts_for_numbers_is_named_once(
    reference_folder: Path, reference: Reference, tmp_path: Path
) -> None:
    frame = a_typed_frame("observations", [an_observation(reference)])
    path = tmp_path / "observations.parquet"
    frame.with_columns(value=pl.lit("39824"), period_end=pl.lit("2025-09-30")).write_parquet(path)
    findings = Checker(reference_folder).check_file(path, "observations")
    assert [(finding.rule, finding.column) for finding in findings] == [("S.type", "period_end"), ("S.type", "value")]


def test_rows_alike_in_what_the_layer_reads_are_each_named(check: Any, reference: Reference) -> None:
    good, bad = an_observation(reference), an_observation(reference, value="1")
    rows = [good, bad, good | {"note": "again"}, bad | {"note": "another"}]
    numbered = [row | {"observation_id": f"acme-results-2025.00{n}"} for n, row in enumerate(rows, start=1)]
    findings = check("observations", *numbered)
    assert [(finding.rule, finding.row_number, finding.line_number, finding.row_id) for finding in findings] == [
        ("U.value", 2, 3, "acme-results-2025.002"),
        ("U.value", 4, 5, "acme-results-2025.004"),
    ]


@pytest.mark.parametrize(
    "column",
    ["printed_value", "printed_unit_id", "decimals", "bound", "precision_word", "measure", "period_type", "period_end"],
)
def test_rows_that_differ_in_what_the_layer_reads_get_a_verdict_each(
    check: Any, reference: Reference, column: str
) -> None:
    other = {
        "printed_value": "1", "printed_unit_id": "usd-bn", "decimals": "1", "bound": "gt", "measure": "growth_yoy",
        "precision_word": "approximately", "period_type": "year", "period_end": "2025-12-31",
    }  # fmt: skip
    good = an_observation(reference)
    findings = check("observations", good, good | {"observation_id": "acme-results-2025.002", column: other[column]})
    assert {finding.row_number for finding in findings} == {2}


A_VALUE: Row = {name: NINE_TYPED_CELLS[name] for name in ("entity_id", "metric_id", "period_type", "period_end")} | {
    "value": "39824",
    "unit_id": "cny-m",
}
"""A row of a feed that gives its value in place of a print."""


def test_a_value_in_another_unit_than_the_canonical_one_is_told_to_convert(check: Any) -> None:
    (finding,) = check("observations", A_VALUE | {"value": "39.824", "unit_id": "usd-bn"})
    assert (finding.rule, finding.column, finding.found, finding.expected) == (
        "U.unit_id", "unit_id", "usd-bn", "usd-m",
    )  # fmt: skip
    assert finding.fix == "convert the value to usd-m, or give printed_value and printed_unit_id"
    assert "printed unit" not in finding.message


@pytest.mark.parametrize("column", ["value", "unit_id"])
def test_a_row_without_print_needs_value_and_unit(check: Any, column: str) -> None:
    assert check("observations", A_VALUE) == []
    rule, found_column, found, _ = only(findings := check("observations", A_VALUE | {column: ""}))
    assert (rule, found_column, found) == ("S.required", column, "")
    assert "or give printed_value and printed_unit_id" in findings[0].fix and "make fill" not in findings[0].fix
