"""A user's own numbers are held against one another and against those of the package."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from canonical.findings import Finding
from canonical.reference import OwnTable
from canonical.text_tables import Row, csv_path, read_rows
from tests.builders import a_typed_frame, write_csv
from validation import feed_findings, own_files
from validation.own_files import check_own, tables_of

ALIBABA = {
    "entity_id": "alibaba-cloud", "metric_id": "revenue", "period_type": "quarter", "period_end": "2025-09-30",
    "measure": "level", "value": "39824", "unit_id": "cny-m",
}  # fmt: skip


MISSED = ("C.growth_yoy", "C.sum_of_known_periods", "C.sum_of_periods")
"""What a quarter of a hundred million too many breaks in the package."""


def a_print(entity: str, metric: str, type_: str, end: str, value: str, unit: str, **cells: str) -> Row:
    """A row of a feed that gives a print."""
    return {"entity_id": entity, "metric_id": metric, "period_type": type_, "period_end": end,
            "printed_value": value, "printed_unit_id": unit, **cells}  # fmt: skip


def found(tmp_path: Path, *rows: Row, table: str = "observations", **own: list[Row]) -> list[Finding]:
    """What is found in a feed of rows; keyword arguments are tables added to the package."""
    folder = tmp_path / "own"
    folder.mkdir(exist_ok=True)
    for name, those in own.items():
        write_csv(folder / f"{name}.csv", those)
    feed = write_csv(tmp_path / "feed.csv", rows)
    return check_own([OwnTable(table, feed)], tables_of(folder)).findings


def rules(findings: list[Finding]) -> set[tuple[str, str, int | None]]:
    """Rule, severity and row of each finding."""
    return {(finding.rule, finding.severity, finding.row_number) for finding in findings}


def test_what_the_package_prints_too_has_no_findings(tmp_path: Path) -> None:
    columns = ("entity_id", "metric_id", "breakdown_id", "basis", "period_type", "period_end", "value", "unit_id")
    plain = {"metric_id": "revenue", "derivation": "printed", "flags": "", "disputed": "false"}
    quarters = (row for row in read_rows(csv_path("quarterly_metrics")) if plain.items() <= row.items())
    headlines = [{name: row[name] for name in columns} for row in quarters]
    assert len(headlines) > 100
    assert [f for f in found(tmp_path, *headlines) if f.severity == "error"] == []


@pytest.mark.parametrize("without", [(), ("observation_id",), ("observation_id", "locator", "period_label", "note")])
def test_rows_of_the_package_have_no_findings_but_those_it_publishes(tmp_path: Path, without: tuple[str, ...]) -> None:
    rows = read_rows(csv_path("observations"))[::7]
    feed = ({name: cell for name, cell in row.items() if name not in without} for row in rows)
    published = {(row["rule"], row["row_id"]) for row in read_rows(csv_path("findings"))}
    assert [f for f in found(tmp_path, *feed) if (f.rule, f.row_id) not in published] == []


def test_a_part_above_its_whole_is_named_at_its_row_though_the_rule_names_the_whole(tmp_path: Path) -> None:
    row = a_print("aws", "revenue", "quarter", "2025-12-31", "355790", "usd-m", breakdown_id="external")
    findings = found(tmp_path, row | {"source_id": "amazon-results-2025-q4"})
    assert ("C.part_within_whole", "error", 1) in rules(findings)
    (error,) = (f for f in findings if f.severity == "error")
    assert error.file.endswith("feed.csv") and (error.table, error.line_number) == ("observations", 2)
    assert (
        "amazon-results-2025-q4.001" in error.related and "the rule names amazon-results-2025-q4.001" in error.message
    )


def test_a_missing_quarter_is_held_against_year_quarters_and_growth_of_the_package(tmp_path: Path) -> None:
    findings = found(tmp_path, a_print("coreweave", "revenue", "quarter", "2024-12-31", "847", "usd-m"))
    assert {(rule, "warning", 1) for rule in MISSED} <= rules(findings)
    assert len(findings) >= 5 and {(f.row_number, f.line_number) for f in findings} == {(1, 2)}
    right = found(tmp_path, a_print("coreweave", "revenue", "quarter", "2024-12-31", "747430", "usd-k"))
    assert "C.growth_yoy" not in {f.rule for f in right} and len(right) < len(findings)


def test_a_statement_that_the_package_refutes_is_named_at_its_row(tmp_path: Path) -> None:
    claims = [row for row in read_rows(csv_path("statements")) if row["relation"] == "rises_every_period"]
    falls = {"relation": "falls_every_period", "statement_id": ""}
    findings = found(tmp_path, *claims, *(claim | falls for claim in claims), table="statements")
    named = {f.row_number or 0 for f in findings if (f.rule, f.severity) == ("C.claim", "error")}
    assert named and min(named) > len(claims)


def test_a_number_ten_times_too_large_is_named_at_its_row_with_the_slip(tmp_path: Path) -> None:
    findings = found(tmp_path, ALIBABA, ALIBABA | {"value": "398240"})
    assert {f.row_number for f in findings} == {2} and {f.line_number for f in findings} == {3}
    assert {"U.scale_slip", "C.agreement"} <= {f.rule for f in findings}
    assert any("10 times too large" in f.message for f in findings)


def test_growth_is_held_against_the_levels_of_the_package(tmp_path: Path) -> None:
    growth = {"measure": "growth_yoy", "value": "43", "unit_id": "percent"}
    assert "C.growth_yoy" in {f.rule for f in found(tmp_path, ALIBABA | growth)}
    assert found(tmp_path, ALIBABA | growth | {"value": "34"}) == []


def test_a_value_is_known_to_its_last_digit_that_is_no_zero(tmp_path: Path) -> None:
    assert found(tmp_path, ALIBABA | {"value": "39800"}) == []
    assert found(tmp_path, ALIBABA | {"value": "39700"}) != []


def test_a_row_whose_number_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    assert rules(found(tmp_path, ALIBABA | {"value": "398240", "entity_id": "alibaba-clowd"})) == {
        ("S.foreign_key", "error", 1)
    }


@pytest.mark.parametrize(
    ("entity", "perimeter", "value", "unit"),
    [
        ("aws", "microsoft-intelligent-cloud.2022-10", "355790", "usd-m"),
        ("alibaba-cloud", "alibaba-cloud.2022-02", "4328.40", "cny-100m"),
        ("google-cloud", "google-cloud.2023-04", "176640", "usd-m"),
    ],
)
def test_another_perimeter_does_not_hide_the_number(
    tmp_path: Path, entity: str, perimeter: str, value: str, unit: str
) -> None:
    row = a_print(entity, "revenue", "quarter", "2025-12-31", value, unit, perimeter_id=perimeter)
    named = rules(found(tmp_path, row))
    assert (("S.foreign_key", "error", 1) in named) == (entity != "alibaba-cloud")
    assert {"C.agreement", "U.scale_slip"} & {rule for rule, _, _ in named}


def test_an_id_of_another_source_is_named_and_hides_no_number(tmp_path: Path) -> None:
    row = a_print("aws", "revenue", "quarter", "2025-12-31", "355790", "usd-m", source_id="amazon-results-2025-q4")
    named = {f.column for f in found(tmp_path, row | {"observation_id": "google-results-2025-q4.001"})}
    assert {"observation_id", "printed_value"} <= named


def test_an_unknown_source_does_not_hide_the_number(tmp_path: Path) -> None:
    row = a_print("oracle", "capex-cash", "quarter", "2026-05-31", "55663", "usd-m", source_id="my-note")
    slips = {("P.year_to_date", "error", 1), ("C.agreement", "warning", 1)}
    assert rules(found(tmp_path, row)) == {("S.foreign_key", "error", 1), *slips}


def test_own_sources_take_nothing_away(tmp_path: Path) -> None:
    source = {"source_id": "my-note", "title": "My note", "publisher": "Me", "published_on": "2026-08-10",
              "published_precision": "day", "language": "en", "kind": "news"}  # fmt: skip
    slip = a_print("aws", "operating-income", "quarter", "2025-12-31", "12465", "usd-k", source_id="my-note")
    year = a_print("oracle", "capex-cash", "quarter", "2026-05-31", "55663", "usd-m", source_id="my-note")
    findings = found(tmp_path, slip, year, sources=[source])
    assert rules(findings) >= {
        ("C.agreement", "warning", 1), ("C.agreement", "warning", 2), ("P.year_to_date", "error", 2),
        ("C.sum_of_known_periods", "warning", 2),
    }  # fmt: skip
    assert any("1000 times too small" in finding.message for finding in findings if finding.rule == "C.agreement")


def test_own_entities_stand_beside_those_of_the_package(tmp_path: Path) -> None:
    entity = {"entity_id": "hollis-compute", "name_en": "Hollis Compute", "scope": "group",
              "reporting_currency": "USD", "fiscal_year_end_month": "1"}  # fmt: skip
    own = a_print("hollis-compute", "revenue", "quarter", "2025-01-31", "3933", "usd-m", period_label="FY2025 Q4")
    theirs = a_print("oracle", "revenue", "quarter", "2025-05-31", "15903", "usd-m", period_label="FY2025 Q4")
    assert found(tmp_path, own, theirs, entities=[entity]) == []
    assert rules(found(tmp_path, own | {"period_label": "FY2025 Q3"}, theirs)) == {("P.label", "error", 1)}


def test_files_given_together_are_held_against_one_another(tmp_path: Path) -> None:
    entity = {"entity_id": "hollis-compute", "name_en": "Hollis Compute", "scope": "group"}
    years = [a_print("hollis-compute", "revenue", "year", "2024-12-31", "1000", "usd-m")]
    halves = [
        a_print("hollis-compute", "revenue", "half_year", end, "450", "usd-m") for end in ("2024-06-30", "2024-12-31")
    ]
    files = [
        OwnTable("entities", write_csv(tmp_path / "entities.csv", [entity])),
        OwnTable("observations", write_csv(tmp_path / "years.csv", years)),
        OwnTable("observations", write_csv(tmp_path / "halves.csv", halves)),
    ]
    (finding,) = (f for f in check_own(files).findings if f.rule == "C.sum_of_periods")
    assert finding.file.endswith("years.csv") and finding.related == "halves#1 halves#2"


def test_a_parquet_file_gets_the_findings_of_its_text(tmp_path: Path) -> None:
    row = a_print("coreweave", "revenue", "quarter", "2024-12-31", "847", "usd-m")
    a_typed_frame("observations", [row]).select(list(row)).write_parquet(tmp_path / "feed.parquet")
    findings = check_own([OwnTable("observations", tmp_path / "feed.parquet")]).findings
    assert rules(findings) == rules(found(tmp_path, row)) and {f.line_number for f in findings} == {None}


@pytest.mark.parametrize("most", [1, 20_000])
def test_days_and_counts_may_stand_in_a_parquet_file_as_other_programs_write_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(own_files, "AT_ONCE", most)
    rows = [
        a_print("alibaba-cloud", "revenue", "quarter", "2025-09-30", "398240", "cny-m", decimals="0"),
        a_print("aws", "revenue", "quarter", "2025-12-31", "99999", "usd-m", decimals="0"),
    ]
    frame, path = a_typed_frame("observations", rows).select(list(rows[0])), tmp_path / "feed.parquet"
    count, days = pl.col(pl.Int64).cast(pl.Decimal(9, 2)), pl.col(pl.Date)
    found: list[list[Finding]] = []
    for others in ([], [count, days.cast(pl.Datetime("ns"))], [days.cast(pl.Datetime("us", "UTC"))]):
        frame.with_columns(others).write_parquet(path)
        found.append(check_own([OwnTable("observations", path)]).findings)
    assert {("C.agreement", "warning", 1), ("C.agreement", "warning", 2)} <= rules(found[0])
    assert found[1] == found[2] == found[0]


def test_a_number_of_a_day_to_come_is_named_without_a_source(tmp_path: Path) -> None:
    row = a_print("aws", "revenue", "quarter", "2062-12-31", "35579", "usd-m")
    assert ("P.future", "error", 1) in rules(found(tmp_path, row))


def test_a_document_of_the_package_under_another_name_is_named(tmp_path: Path) -> None:
    source = read_rows(csv_path("sources"))[0] | {"source_id": "my-copy"}
    assert ("V.repeated_source", "warning", 1) in rules(found(tmp_path, source, table="sources"))


def test_a_large_feed_is_held_against_the_package_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_files, "AT_ONCE", 1)
    findings = found(tmp_path, ALIBABA, ALIBABA | {"value": "398240"})
    assert ("C.agreement", "warning", 2) in rules(findings)


def test_a_folder_without_a_path_is_checked_itself_and_the_package_is_not(tmp_path: Path) -> None:
    write_csv(tmp_path / "observations.csv", [ALIBABA | {"value": "398240"}])
    findings = check_own(tables_of(tmp_path), tables_of(tmp_path)).findings
    assert {f.file for f in findings} == {str(tmp_path / "observations.csv")}


def test_a_feed_without_rows_has_no_findings(tmp_path: Path) -> None:
    pl.DataFrame(schema=dict.fromkeys(ALIBABA, pl.String)).write_csv(tmp_path / "feed.csv")
    assert check_own([OwnTable("observations", tmp_path / "feed.csv")]).findings == []


def test_causes_are_looked_for_at_the_first_rows_of_many_that_break_a_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        a_print("aws", "revenue", "quarter", f"{year}-{end}", value, "usd-k")
        for year, values in ((2023, ("21354", "22140", "23059", "24204")), (2024, ("25037", "26281", "27452", "28786")))
        for end, value in zip(("03-31", "06-30", "09-30", "12-31"), values, strict=True)
    ]
    whole = {f.row_number: f for f in found(tmp_path, *rows) if f.rule == "C.agreement"}
    monkeypatch.setattr(feed_findings, "MOST_EXPLAINED", 3)
    parts = {f.row_number: f for f in found(tmp_path, *rows) if f.rule == "C.agreement"}
    assert list(whole) == list(parts) == list(range(1, 9))
    assert all("likely" in finding.message for finding in whole.values())
    assert [whole[row] == parts[row] for row in parts] == [True] * 3 + [False] * 5
    for row in range(4, 9):
        assert "likely" not in parts[row].message
        assert replace(parts[row], message="") == replace(whole[row], message="")
