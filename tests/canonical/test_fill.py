"""Completing typed rows: what a contributor leaves out is written, what stands there is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from canonical.fill import complete_table, fill_file, main
from canonical.reading.encodings import UnreadableError
from canonical.reference import Reference
from canonical.table_schema import load_schema
from canonical.text_tables import read_rows
from tests.builders import NINE_TYPED_CELLS, Row, a_model_price, an_observation, write_csv, write_reference
from validation.package import Checker

COLUMNS = load_schema("observations").columns


def filled(reference: Reference, *rows: Row) -> list[Row]:
    """Observations as `make fill` leaves them."""
    return complete_table("observations", rows, reference)


def test_nine_typed_cells_become_a_whole_row(reference: Reference) -> None:
    (row,) = filled(reference, NINE_TYPED_CELLS)
    assert tuple(row) == COLUMNS
    assert {name: row[name] for name in COLUMNS if row[name] and name not in NINE_TYPED_CELLS} == {
        "observation_id": "acme-results-2025.001",
        "measure": "level",
        "breakdown_id": "total",
        "basis": "reported",
        "perimeter_id": "acme-cloud-2025",
        "period_start": "2025-07-01",
        "period_precision": "day",
        "decimals": "2",
        "bound": "eq",
        "precision_word": "none",
        "claim_status": "actual",
        "evidence": "value_read",
        "unit_id": "cny-m",
        "value": "39824",
        "value_low": "39823.5",
        "value_high": "39824.5",
    }


def test_a_filled_row_passes_every_check(reference_folder: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "observations.csv", [NINE_TYPED_CELLS])
    assert fill_file(path, "observations", Reference(reference_folder))[0] > 0
    assert Checker(reference_folder).check_file(path, "observations") == []


def test_a_row_that_is_not_filled_is_named(reference_folder: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "observations.csv", [dict.fromkeys(COLUMNS, "") | NINE_TYPED_CELLS])
    findings = Checker(reference_folder).check_file(path, "observations")
    assert {finding.row_number for finding in findings} == {1}
    assert all("make fill" in finding.fix for finding in findings)
    assert {"observation_id", "perimeter_id", "decimals", "unit_id"} <= {finding.column for finding in findings}


def test_filling_twice_changes_nothing(reference_folder: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "observations.csv", [NINE_TYPED_CELLS])
    fill_file(path, "observations", Reference(reference_folder))
    once = path.read_bytes()
    assert fill_file(path, "observations", Reference(reference_folder)) == (0, [])
    assert path.read_bytes() == once


def test_a_padded_zero_keeps_its_decimals(reference: Reference) -> None:
    (row,) = filled(reference, NINE_TYPED_CELLS | {"printed_value": "36.00", "printed_unit_id": "cny-m"})
    assert (row["decimals"], row["value"], row["value_low"], row["value_high"]) == ("2", "36", "35.995", "36.005")


def test_a_typed_code_is_kept(reference: Reference) -> None:
    (row,) = filled(reference, NINE_TYPED_CELLS | {"claim_status": "preliminary", "perimeter_id": "original"})
    assert (row["claim_status"], row["perimeter_id"]) == ("preliminary", "original")


def test_a_generated_cell_is_written_anew(reference: Reference) -> None:
    (row,) = filled(reference, NINE_TYPED_CELLS | {"value": "1", "value_high": "2"})
    assert (row["value"], row["value_high"]) == ("39824", "39824.5")


def test_an_exact_count_has_no_width(reference: Reference) -> None:
    typed = {"metric_id": "regions", "period_type": "instant", "printed_value": "29", "printed_unit_id": "count"}
    (row,) = filled(reference, NINE_TYPED_CELLS | typed)
    assert (row["value_low"], row["value_high"], row["period_start"]) == ("29", "29", "")


def test_a_growth_of_an_exact_count_is_not_exact(reference: Reference) -> None:
    typed = {"metric_id": "regions", "measure": "growth_yoy", "printed_value": "12", "printed_unit_id": "percent"}
    (row,) = filled(reference, NINE_TYPED_CELLS | typed)
    assert (row["value_low"], row["value_high"]) == ("11.5", "12.5")


def test_the_perimeter_is_the_one_in_force_when_the_source_was_published(reference: Reference) -> None:
    earlier, later = (
        filled(reference, NINE_TYPED_CELLS | {"source_id": source})[0]
        for source in ("acme-results-2024", "acme-results-2025")
    )
    assert (earlier["perimeter_id"], later["perimeter_id"]) == ("original", "acme-cloud-2025")


def test_new_ids_leave_out_the_numbers_that_other_tables_have(tmp_path: Path) -> None:
    reference = Reference(write_reference(tmp_path))
    write_csv(tmp_path / "model_prices.csv", [a_model_price(reference, model_price_id="acme-results-2025.004")])
    write_csv(tmp_path / "statements.csv", [{"statement_id": "acme-results-2025.006"}])
    (row,) = complete_table("observations", [NINE_TYPED_CELLS], reference)
    assert row["observation_id"] == "acme-results-2025.007"


def test_new_ids_go_on_from_the_highest_of_their_source_and_old_ones_stay(reference: Reference) -> None:
    typed = [
        NINE_TYPED_CELLS | {"observation_id": "acme-results-2025.007"},
        NINE_TYPED_CELLS,
        NINE_TYPED_CELLS | {"source_id": "acme-results-2024"},
        NINE_TYPED_CELLS,
    ]
    assert [row["observation_id"] for row in filled(reference, *typed)] == [
        "acme-results-2025.007",
        "acme-results-2025.008",
        "acme-results-2024.001",
        "acme-results-2025.009",
    ]


@pytest.mark.parametrize(
    "cells",
    [{"printed_value": "about 5"}, {"printed_unit_id": "no-such-unit"}, {"bound": "range"}, {"decimals": "x"}],
)
def test_what_cannot_be_computed_is_left_empty(reference: Reference, cells: Row) -> None:
    (row,) = filled(reference, NINE_TYPED_CELLS | cells)
    assert (row["value"], row["value_low"], row["value_high"]) == ("", "", "")


@pytest.mark.parametrize(
    ("cells", "known_on"),
    [
        ({"published_on": "2025-05-15"}, "2025-05-15"),
        ({"published_on": "2024-02-01", "published_precision": "month"}, "2024-02-29"),
        ({"published_on": "2025-05-15", "published_precision": "quarter"}, "2025-06-30"),
        ({"published_on": "2025-05-15", "published_precision": "year"}, "2025-12-31"),
        ({"retrieved_on": "2025-07-01"}, "2025-07-01"),
        ({}, ""),
    ],
)
def test_a_source_is_known_on_the_last_day_its_date_allows(reference: Reference, cells: Row, known_on: str) -> None:
    (row,) = complete_table("sources", [{"source_id": "s"} | cells], reference)
    assert row["known_on"] == known_on
    assert row["published_precision"] == cells.get(
        "published_precision", "day" if "published_on" in cells else "unknown"
    )


def test_a_price_per_token_is_kept_per_million_tokens(reference: Reference) -> None:
    per_million, per_token = (
        a_model_price(reference, printed_amount=amount, printed_per_unit_id=unit)
        for amount, unit in (("0.80", "token-1m"), ("0.0000008", "token"))
    )
    assert per_million["amount"] == per_token["amount"] == "0.8"
    assert (per_million["amount_low"], per_million["amount_high"]) == ("0.8", "0.8")


def test_a_price_range_keeps_both_ends(reference: Reference) -> None:
    row = a_model_price(reference, printed_amount="0.4", printed_amount_to="1.2", bound="range")
    assert (row["amount"], row["amount_low"], row["amount_high"]) == ("0.8", "0.4", "1.2")


def test_a_row_may_end_after_its_last_typed_cell(reference: Reference, tmp_path: Path) -> None:
    path = tmp_path / "observations.csv"
    typed = ",".join(NINE_TYPED_CELLS.values())
    path.write_text(",".join(COLUMNS) + f"\n,{typed}\n\n", encoding="utf-8")
    fill_file(path, "observations", reference)
    assert [row["value"] for row in read_rows(path)] == ["39824"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("entity_id,metric_id,period_type,period_end,printed_value,printed_unit_id,sourec_id\n", "sourec_id"),
        ("entity_id,entity_id,metric_id,period_type,period_end,printed_value,printed_unit_id\n", "stands twice"),
        ("entity_id,metric_id,period_type,period_end,printed_value,printed_unit_id\na,b,c,d,e,f,g\n", "7 cells"),
        ("", "empty"),
    ],
)
def test_nothing_typed_is_lost_by_filling(reference: Reference, tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "observations.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError, match=words):
        fill_file(path, "observations", reference)
    assert path.read_text(encoding="utf-8") == text


def test_filling_drops_the_mark_that_excel_writes_and_keeps_what_was_typed(
    reference: Reference, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "vendors.csv", [{"vendor_id": "acme", "name_en": "Acme"}])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    fill_file(path, "vendors", reference)
    assert path.read_text(encoding="utf-8").startswith("vendor_id,") and read_rows(path)[0]["name_en"] == "Acme"


def test_filling_puts_columns_and_line_ends_in_the_form_of_the_package(reference: Reference, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "vendors.csv", [{"name_en": "Acme, Inc.", "vendor_id": "acme"}])
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    fill_file(path, "vendors", reference)
    header = ",".join(load_schema("vendors").columns)
    assert path.read_text(encoding="utf-8").startswith(f'{header}\nacme,"Acme, Inc.",')


def test_a_table_that_nobody_types_cannot_be_filled(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vintages"]) == 2
    assert main(["nosuch"]) == 2
    assert capsys.readouterr().err.count("no typed table") == 2


@pytest.mark.parametrize("slip", [{"printed_value": "398.42"}, {"printed_unit_id": "usd-m"}, {"value": "39842"}])
def test_a_contradiction_between_print_and_value_is_told_and_not_repaired(
    reference: Reference, reference_folder: Path, tmp_path: Path, slip: Row,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    row = an_observation(reference) | slip
    path = write_csv(tmp_path / "observations.csv", [an_observation(reference), row | {"observation_id": "x"}], COLUMNS)
    monkeypatch.setattr("canonical.fill.csv_path", lambda table: tmp_path / f"{table}.csv")
    monkeypatch.setattr("canonical.fill.Reference", lambda: Reference(reference_folder))
    before = path.read_bytes()
    assert main(["observations"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "observations.csv: (row 2, x) " in line and "fix: correct the print, or empty the generated cells" in line
    assert path.read_bytes() == before
    emptied = row | dict.fromkeys(("unit_id", "value", "value_low", "value_high"), "")
    write_csv(path, [emptied], COLUMNS)
    assert main(["observations"]) == 0
    assert Checker(reference_folder).check_file(path, "observations") == []


def test_a_generated_number_in_another_spelling_is_put_in_ours(reference: Reference, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "observations.csv", [an_observation(reference) | {"value": "39824.0"}], COLUMNS)
    assert fill_file(path, "observations", reference) == (1, [])
    assert read_rows(path)[0]["value"] == "39824"


@pytest.mark.parametrize("printed", ["NaN", "1e999999", "３９８.２４", "٣٩٨", "about forty", "1,2,3"])
def test_a_print_from_which_no_number_follows_is_said(
    printed: str, reference_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    write_csv(tmp_path / "observations.csv", [NINE_TYPED_CELLS | {"printed_value": printed}], COLUMNS)
    monkeypatch.setattr("canonical.fill.csv_path", lambda table: tmp_path / f"{table}.csv")
    monkeypatch.setattr("canonical.fill.Reference", lambda: Reference(reference_folder))
    for _ in range(2):
        assert main(["observations"]) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert (
            f"(row 1, acme-results-2025.001) printed_value: found {printed!r}, from which no number follows; fix: "
            in line
        )


def test_filling_the_package_writes_only_what_is_not_filled(
    reference_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_csv(tmp_path / "observations.csv", [NINE_TYPED_CELLS], COLUMNS)
    monkeypatch.setattr("canonical.fill.csv_path", lambda table: tmp_path / f"{table}.csv")
    monkeypatch.setattr("canonical.fill.Reference", lambda: Reference(reference_folder))
    assert main([]) == 0
    assert "observations.csv: " in capsys.readouterr().out
    assert main([]) == 0
    assert capsys.readouterr().out == "fill: every row is complete\n"


@pytest.mark.parametrize("column", [f.name for f in load_schema("sources").fields if f.filled != "generated"])
def test_a_table_of_the_package_that_lost_a_typed_column_is_not_filled(
    column: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = dict.fromkeys(load_schema("sources").columns, "x")
    path = write_csv(tmp_path / "sources.csv", [{name: cell for name, cell in row.items() if name != column}])
    before = path.read_bytes()
    monkeypatch.setattr("canonical.fill.csv_path", lambda table: path)
    assert main(["sources"]) == 2
    assert column in (line := capsys.readouterr().err) and "restore" in line
    assert path.read_bytes() == before


def test_a_generated_column_that_is_gone_is_written_again(reference: Reference, tmp_path: Path) -> None:
    columns = load_schema("sources").columns
    row = dict.fromkeys(columns, "") | {"source_id": "a", "published_on": "2025-11-20"}
    path = write_csv(tmp_path / "sources.csv", [{name: row[name] for name in columns if name != "known_on"}])
    fill_file(path, "sources", reference)
    assert read_rows(path)[0]["known_on"] == "2025-11-20"


def test_a_short_row_that_begins_in_the_wrong_column_is_refused(reference: Reference, tmp_path: Path) -> None:
    path = tmp_path / "observations.csv"
    nine = ",".join(NINE_TYPED_CELLS.values())
    path.write_text(f"{','.join(COLUMNS)}\n{nine}\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match="begin the row with a comma"):
        fill_file(path, "observations", reference)
    path.write_text(f"{','.join(COLUMNS)}\n,{nine}\n{',' * 31}\n", encoding="utf-8")
    fill_file(path, "observations", reference)
    (row,) = read_rows(path)
    assert (row["observation_id"], row["value"]) == ("acme-results-2025.001", "39824")


def test_an_observation_builder_gives_what_filling_gives(reference: Reference) -> None:
    assert an_observation(reference) == filled(reference, NINE_TYPED_CELLS)[0]


def test_a_file_saved_while_it_is_filled_is_kept(
    reference: Reference, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_csv(tmp_path / "observations.csv", [NINE_TYPED_CELLS], COLUMNS)
    saved = path.read_bytes() + b"a row that somebody saved in the meantime"

    def slowly(*given: Any) -> list[Row]:
        path.write_bytes(saved)
        return complete_table(*given)

    monkeypatch.setattr("canonical.fill.complete_table", slowly)
    with pytest.raises(UnreadableError, match="the file changed while it was worked on; nothing was written"):
        fill_file(path, "observations", reference)
    assert path.read_bytes() == saved
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("text", ["a\rb", 'a "b" c', "a\rb\r\nc"])
def test_what_readers_take_differently_is_not_filled(reference: Reference, tmp_path: Path, text: str) -> None:
    path = tmp_path / "vendors.csv"
    path.write_text(f"vendor_id,name_en\nx,{text}\n", encoding="utf-8", newline="")
    before = path.read_bytes()
    with pytest.raises(UnreadableError, match=r"vendors\.csv:2: found a (line end of CR|quote)"):
        fill_file(path, "vendors", reference)
    assert path.read_bytes() == before


def test_a_line_end_in_a_quoted_cell_stays_in_quotes(reference: Reference, tmp_path: Path) -> None:
    path = tmp_path / "vendors.csv"
    path.write_text('vendor_id,name_en\nx,"a\rb"\n', encoding="utf-8", newline="")
    fill_file(path, "vendors", reference)
    assert b'x,"a\rb",' in path.read_bytes()
    assert read_rows(path)[0]["name_en"] == "a\rb"
