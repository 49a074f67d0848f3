"""Tables of a folder are checked together, each against the others."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from canonical.fill import fill_file
from canonical.findings import Finding
from canonical.reading.reader import UnreadableError
from canonical.reference import Reference
from canonical.table_schema import TableSchema
from tests.builders import (
    NINE_TYPED_CELLS,
    REFERENCE,
    a_model_price,
    a_typed_frame,
    an_observation,
    write_csv,
    write_reference,
)
from validation.derived_keys import derived_key_findings
from validation.package import Checker


def a_package(folder: Path) -> Path:
    """A folder with the small reference tables and one filled observation."""
    write_reference(folder)
    write_csv(folder / "observations.csv", [NINE_TYPED_CELLS])
    fill_file(folder / "observations.csv", "observations", Reference(folder))
    return folder


def test_a_good_package_has_no_findings(tmp_path: Path) -> None:
    tables = [*REFERENCE, "observations"]
    assert Checker(a_package(tmp_path)).check_tables(tables) == []


def test_a_table_that_others_refer_to_is_read_once_and_told_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(path: Path, schema: TableSchema) -> pl.DataFrame:
        raise AssertionError(f"{schema.name} is read beside its check")

    a_package(tmp_path)
    for table in ("metrics", "units"):
        text = (tmp_path / f"{table}.csv").read_text()
        (tmp_path / f"{table}.csv").write_text(text + text.splitlines()[-1] + "\n")
    monkeypatch.setattr("validation.at_hand.keyed_frame", read)
    checker = Checker(tmp_path)
    found = checker.check_tables(["observations", *REFERENCE])
    assert list(checker.sizes) == ["observations", *REFERENCE]
    told = [finding.table for finding in found]
    assert set(told) == {"metrics", "units"} and told == sorted(told, key=list(checker.sizes).index)


def test_a_table_of_the_package_without_one_of_its_columns_is_named(tmp_path: Path) -> None:
    row = an_observation(Reference(a_package(tmp_path)))
    write_csv(tmp_path / "observations.csv", [{name: cell for name, cell in row.items() if name != "note"}])
    (finding,) = Checker(tmp_path).check_tables(["observations"])
    assert (finding.rule, finding.column, finding.found, finding.line_number) == ("S.columns", "note", "unit_id", 1)


def test_foreign_keys_resolve_in_a_table_kept_in_parts(tmp_path: Path) -> None:
    a_package(tmp_path)
    (tmp_path / "entities.csv").unlink()
    (tmp_path / "entities").mkdir()
    for row in REFERENCE["entities"]:
        a_typed_frame("entities", [row]).write_parquet(tmp_path / "entities" / f"{row['entity_id']}.parquet")
    assert Checker(tmp_path).check_tables(["observations"]) == []


def test_a_reference_without_the_column_that_others_refer_to_is_refused(tmp_path: Path) -> None:
    a_package(tmp_path)
    (tmp_path / "entity_breaks.csv").unlink()
    pl.DataFrame({"kind": ["recast"]}).write_parquet(tmp_path / "entity_breaks.parquet")
    checker = Checker(tmp_path)
    (line,) = checker.unreadable(checker.check_tables(["observations"]))
    assert "perimeter_id" in line


@pytest.mark.parametrize("broken", ["units", "sources", "entities", "metrics"])
def test_one_misshapen_table_hides_the_findings_of_no_other(tmp_path: Path, broken: str) -> None:
    row = an_observation(Reference(a_package(tmp_path)), printed_text="x" * 60)
    write_csv(tmp_path / "observations.csv", [row])
    tables = [*REFERENCE, "observations"]
    before = {finding.rule for finding in Checker(tmp_path).check_tables(tables)}
    assert before
    path = tmp_path / f"{broken}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("\n", ",one cell more\n", 2), encoding="utf-8")
    checker = Checker(tmp_path)
    found = checker.check_tables(tables)
    assert before | {"S.columns"} <= {finding.rule for finding in found}
    assert checker.unreadable(found) == []


def test_one_table_that_is_no_text_hides_the_findings_of_no_other(tmp_path: Path) -> None:
    row = an_observation(Reference(a_package(tmp_path)), printed_text="x" * 60)
    write_csv(tmp_path / "observations.csv", [row])
    (tmp_path / "metrics.csv").write_bytes(b"\xff\x00\xfe")
    checker = Checker(tmp_path)
    found = checker.check_tables([*REFERENCE, "observations"])
    assert "S.max_length" in {finding.rule for finding in found}
    assert all("metrics.csv" in line for line in checker.unreadable(found))
    assert checker.unreadable(found)


def test_a_derived_table_is_checked_before_it_is_written(tmp_path: Path) -> None:
    findings = a_typed_frame("findings", [{"finding_id": "f", "severity": "fatal"}])
    found = Checker(tmp_path).check_frame("findings", findings)
    assert "S.enum" in {finding.rule for finding in found} and all(finding.line_number is None for finding in found)


def test_an_edit_is_checked_in_the_tables_that_refer_to_it(tmp_path: Path) -> None:
    a_package(tmp_path)
    assert Checker(tmp_path).check_changed({"sources"}) == []
    write_reference(tmp_path, sources=[row for row in REFERENCE["sources"] if row["source_id"] != "acme-results-2025"])
    found = Checker(tmp_path).check_changed({"sources"})
    broken = [(f.rule, f.table, f.column) for f in found]
    assert broken == [("S.foreign_key", table, "source_id") for table in ("entity_breaks", "observations")]


def test_a_factor_that_changed_is_held_against_the_values_that_follow_from_it(tmp_path: Path) -> None:
    a_package(tmp_path)
    assert Checker(tmp_path).check_changed({"units"}) == []
    units = [row | {"factor": "1000"} if row["unit_id"] == "cny-100m" else row for row in REFERENCE["units"]]
    write_reference(tmp_path, units=units)
    found = Checker(tmp_path).check_changed({"units"})
    assert ("U.value", "observations") in {(f.rule, f.table) for f in found}


def test_a_key_that_stands_in_two_parts_of_a_table_is_named(tmp_path: Path) -> None:
    write_reference(tmp_path)
    (tmp_path / "sources.csv").unlink()
    (tmp_path / "sources").mkdir()
    first, second = REFERENCE["sources"]
    a_typed_frame("sources", [first, second]).write_parquet(tmp_path / "sources" / "a.parquet")
    a_typed_frame("sources", [second]).write_parquet(tmp_path / "sources" / "b.parquet")
    (finding,) = Checker(tmp_path).check_tables(["sources"])
    assert (finding.rule, finding.row_id, finding.row_number) == ("S.unique", second["source_id"], 1)
    assert finding.file.endswith("b.parquet") and "a.parquet" in finding.message


@pytest.mark.parametrize("check", ["whole", "changed"])
def test_an_id_that_two_tables_have_is_named_at_the_one_beside_observations(tmp_path: Path, check: str) -> None:
    reference = Reference(a_package(tmp_path))
    write_csv(tmp_path / "model_prices.csv", [a_model_price(reference)])
    checker = Checker(tmp_path)
    found = checker.check_package() if check == "whole" else checker.check_changed({"model_prices"})
    (finding,) = [finding for finding in found if finding.rule == "S.unique"]
    assert (finding.table, finding.column, finding.row_number) == ("model_prices", "model_price_id", 1)
    assert finding.found == "acme-results-2025.001" and "observations" in finding.message


@pytest.mark.parametrize(("named", "is_dangling"), [("c.sum.1234567890", False), ("c.sum.0000000000", True)])
def test_a_key_to_a_table_that_a_build_makes_is_held_against_that_table(
    tmp_path: Path, named: str, is_dangling: bool
) -> None:
    row = an_observation(Reference(a_package(tmp_path)))
    correction = {
        "correction_id": "c1", "observation_id": row["observation_id"], "field_name": "printed_value",
        "printed": row["printed_value"], "corrected": "2", "reason": "r", "source_ids": "", "finding_id": named,
        "status": "open",
    }  # fmt: skip
    write_csv(tmp_path / "corrections.csv", [correction])
    checker = Checker(tmp_path)
    assert checker.check_tables(["corrections"]) == []
    checker.typed["findings"] = a_typed_frame("findings", [{"finding_id": "c.sum.1234567890"}])
    found = derived_key_findings(checker, ["corrections", "observations"])
    assert [(f.rule, f.column, f.found) for f in found] == [("S.foreign_key", "finding_id", named)] * is_dangling


def test_a_check_of_a_package_that_is_interrupted_ends_there(tmp_path: Path) -> None:
    def interrupted(rows: int, findings: int) -> None:
        raise KeyboardInterrupt

    checker = Checker(write_reference(tmp_path), watch=lambda file: interrupted)
    with pytest.raises(KeyboardInterrupt):
        checker.check_tables(["units", "metrics"])
    assert checker.sizes.keys() == {"units"}


def test_relations_are_asked_last_and_told_before_prices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def prices(checker: Checker) -> list[Finding]:
        asked.append("prices")
        checker.not_read.append("a line of prices")
        return [Finding("P.amount", "error", "model_prices")]

    def relations() -> list[Finding]:
        asked.append("relations")
        raise UnreadableError("a line of relations")

    monkeypatch.setattr(Checker, "check_prices", prices)
    checker = Checker(a_package(tmp_path))
    checker.check_package(relations, meanwhile=lambda: asked.append("the rest"))
    assert asked == ["the rest", "prices", "relations"]
    assert checker.not_read == ["a line of relations", "a line of prices"]
    found = checker.check_package(lambda: [Finding("C.sum", "error", "observations")])
    assert [finding.rule for finding in found] == ["C.sum", "P.amount"]


def test_after_an_edit_relations_are_asked_last_and_told_before_prices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def told(rule: str, table: str) -> list[Finding]:
        asked.append(rule)
        return [Finding(rule, "error", table)]

    reference = Reference(a_package(tmp_path))
    write_csv(tmp_path / "model_prices.csv", [a_model_price(reference)])

    def prices(checker: Checker) -> list[Finding]:
        return told("P.amount", "model_prices")

    monkeypatch.setattr(Checker, "check_prices", prices)
    found = Checker(tmp_path).check_changed({"model_prices"}, lambda: told("C.sum", "observations"))
    assert [finding.rule for finding in found][-2:] == ["C.sum", "P.amount"]
    assert asked == ["P.amount", "C.sum"]
