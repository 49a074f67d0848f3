"""What a finding says is to be done is done here, to the letter where it is code, and then the finding is gone."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from canonical.fill import fill_file
from canonical.findings import Finding
from canonical.reading.reader import read_table
from canonical.reference import Reference
from canonical.table_schema import load_schema
from tests.builders import NINE_TYPED_CELLS, Row, a_field, a_schema, a_typed_frame, an_observation, write_csv
from validation.package import Checker
from validation.structure.checks import check_structure

THINGS = a_schema(
    a_field("id"), a_field("count", "integer"), a_field("size", "number"), a_field("day", "date"),
    a_field("flag", "boolean"),
)  # fmt: skip
GOOD = pl.DataFrame({"id": ["a", None], "count": [1, None], "size": [1.5, None], "day": [date(2025, 1, 2), None],
                     "flag": [True, None]})  # fmt: skip


def found_in(frame: pl.DataFrame, folder: Path) -> list[Finding]:
    """What layer S finds in a frame as a Parquet file."""
    frame.write_parquet(folder / "things.parquet")
    table, findings = read_table(folder / "things.parquet", THINGS)
    assert table is not None and not findings
    return check_structure(table, lambda name: None)[1]


@pytest.mark.parametrize("column", ["count", "size", "day", "flag"])
def test_a_column_of_texts_becomes_one_of_its_type_by_the_code_of_the_remedy(column: str, tmp_path: Path) -> None:
    texts = pl.col(column).cast(pl.String).str.to_lowercase()
    frame = GOOD.with_columns(texts)
    (finding,) = found_in(frame, tmp_path)
    assert (finding.column, finding.found) == (column, "String")
    (code,) = re.findall(r"in polars (pl\.col.*\)), where every cell is one", finding.fix)
    mended = frame.with_columns(eval(code))
    assert found_in(mended, tmp_path) == [] and mended.equals(GOOD)


@pytest.mark.parametrize("cells", [[7, None], [["a", "b"], None], [[1, 2], [3]], [{"a": 1}, {"a": 2}], [True, None]])
def test_what_is_no_text_becomes_one_by_the_code_of_the_remedy(cells: list[Any], tmp_path: Path) -> None:
    frame = GOOD.with_columns(id=pl.Series(cells))
    (finding,) = found_in(frame, tmp_path)
    (code,) = re.findall(r"in polars (pl\.col.*)", finding.fix)
    assert found_in(frame.with_columns(eval(code)), tmp_path) == []


def test_doubles_in_place_of_prints_are_read_again_as_texts(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,count,size,day,flag\n36.00,1,1.5,2025-01-02,\n", encoding="utf-8")
    frame = pl.read_csv(path, try_parse_dates=True).with_columns(flag=pl.lit(None, pl.Boolean))
    (finding,) = found_in(frame, tmp_path)
    assert (finding.column, finding.found) == ("id", "Float64")
    (code,) = re.findall(r"as in (pl\.read_csv\(.*\)): ", finding.fix)
    again = eval(code, {"pl": pl, "file": path})
    assert again["id"].to_list() == ["36.00"]
    assert found_in(frame.with_columns(id=again["id"]), tmp_path) == []


@pytest.mark.parametrize(("column", "odd"), [("size", float("nan")), ("size", float("inf")), ("count", 2.5)])
def test_a_cell_that_is_no_number_is_left_empty(column: str, odd: float, tmp_path: Path) -> None:
    frame = GOOD.with_columns(pl.Series(column, [odd, None]))
    (finding,) = found_in(frame, tmp_path)
    assert "leave the cell empty where there is none" in finding.fix
    assert found_in(GOOD.with_columns(pl.lit(None, pl.Float64).alias(column)), tmp_path) == []


def in_observations(folder: Path, reference_folder: Path, *rows: Row) -> list[Finding]:
    """What layers S and U find in observations."""
    path = write_csv(folder / "observations.csv", rows, load_schema("observations").columns)
    return Checker(reference_folder).check_file(path, "observations")


MENDED: list[tuple[str, Row, str, Row]] = [
    ("S.required", {"entity_id": ""}, "type the value", {"entity_id": "acme-cloud"}),
    ("S.enum", {"bound": "circa"}, "use a code of the list", {"bound": "eq"}),
    ("S.pattern", {"printed_value": "398,24"}, "write 398.24", {"printed_value": "398.24"}),
    ("S.type", {"period_end": "2025/9/30"}, "write 2025-09-30", {"period_end": "2025-09-30"}),
    ("S.pattern", {"printed_value": "398.24bn"}, "write the value in the form", {"printed_value": "398.24"}),
    ("S.type", {"period_end": "2025-09-31"}, "write the day as YYYY-MM-DD", {"period_end": "2025-09-30"}),
    ("S.type", {"decimals": "two"}, "write a whole number in plain digits", {"decimals": "2"}),
    ("S.type", {"value": "39,8,24"}, "write plain digits, a point for decimals", {"value": "39824"}),
    ("S.type", {"decimals": "2.0"}, "write 2", {"decimals": "2"}),
    ("S.type", {"value": "39,824"}, "write 39824", {"value": "39824"}),
    ("S.needs", {"bound": "range"}, "type the value or correct bound", {"bound": "eq"}),
    ("S.excludes", {"printed_value_to": "400"}, "empty the cell", {"printed_value_to": ""}),
    ("P.order", {"period_start": "2025-12-01"}, "put the two dates in order", {"period_start": "2025-07-01"}),
    ("P.calendar", {"period_end": "9999-09-30"}, "check the year", {"period_end": "2025-09-30"}),
    ("S.max_length", {"printed_text": "x" * 41}, "check the value against its source", {"printed_text": "398.24"}),
    ("S.foreign_key", {"entity_id": "acme-clowd"}, "correct the spelling", {"entity_id": "acme-cloud"}),
    ("U.quantity", {"printed_unit_id": "percent"}, "choose a unit of that quantity", {"printed_unit_id": "cny-100m"}),
    ("U.decimals", {"decimals": "3"}, "restore zeros lost in a spreadsheet, or empty decimals", {"decimals": "2"}),
    ("U.bound", {"bound": "lt", "precision_word": "truncated"}, "the word that goes with the bound",
     {"bound": "eq", "precision_word": "none"}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "slip", "fix", "mended"), MENDED, ids=lambda value: str(value)[:30])
def test_a_row_passes_once_it_is_mended_as_the_finding_says(
    reference: Reference, reference_folder: Path, tmp_path: Path, rule: str, slip: Row, fix: str, mended: Row
) -> None:
    good = an_observation(reference)
    findings = in_observations(tmp_path, reference_folder, good | slip)
    assert [f for f in findings if f.rule == rule and fix in f.fix], findings
    assert in_observations(tmp_path, reference_folder, good | slip | mended) == []


def test_a_repeated_row_is_deleted_or_gets_a_key_of_its_own(
    reference: Reference, reference_folder: Path, tmp_path: Path
) -> None:
    row = an_observation(reference)
    findings = in_observations(tmp_path, reference_folder, row, row)
    assert {f.fix for f in findings} == {"delete the repeated row or give it a key of its own"}
    assert in_observations(tmp_path, reference_folder, row) == []
    other = row | {"observation_id": "acme-results-2025.002"}
    assert in_observations(tmp_path, reference_folder, row, other) == []


def test_a_start_that_the_type_fixes_is_emptied_and_filled(
    reference: Reference, reference_folder: Path, tmp_path: Path
) -> None:
    row = an_observation(reference) | {"period_start": "2025-08-01"}
    (finding,) = in_observations(tmp_path, reference_folder, row)
    assert finding.fix.startswith("run make fill on the cell left empty")
    in_observations(tmp_path, reference_folder, row | {"period_start": ""})
    fill_file(tmp_path / "observations.csv", "observations", reference)
    assert Checker(reference_folder).check_file(tmp_path / "observations.csv", "observations") == []


def test_make_fill_completes_a_row_that_is_not_filled(
    reference: Reference, reference_folder: Path, tmp_path: Path
) -> None:
    findings = in_observations(tmp_path, reference_folder, NINE_TYPED_CELLS)
    assert findings and all(f.fix.startswith("run make fill") for f in findings)
    fill_file(tmp_path / "observations.csv", "observations", reference)
    assert Checker(reference_folder).check_file(tmp_path / "observations.csv", "observations") == []


def test_dates_as_texts_and_printed_numbers_as_doubles_are_mended_in_observations(
    reference: Reference, reference_folder: Path, tmp_path: Path
) -> None:
    frame = a_typed_frame("observations", [an_observation(reference)])

    def found(given: pl.DataFrame) -> list[Any]:
        given.write_parquet(tmp_path / "feed.parquet")
        return Checker(reference_folder).check_file(tmp_path / "feed.parquet", "observations")

    texts = frame.with_columns(pl.col("period_end").cast(pl.String))
    (finding,) = found(texts)
    (code,) = re.findall(r"in polars (pl\.col.*\)), where", finding.fix)
    assert found(texts.with_columns(eval(code))) == []
    assert [(f.rule, f.column) for f in found(frame.with_columns(pl.col("printed_value").cast(pl.Float64)))] == [
        ("S.type", "printed_value")
    ]
