"""The report says what was done, so that a pass is told from a skip, in the form that its schema states."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import polars as pl
import pytest

from canonical.findings import Finding
from canonical.reference import OwnTable, Reference
from canonical.table_schema import ROOT
from tests.builders import Row, a_model_price, an_observation, write_csv
from validation import feed_cut, folder, own_files
from validation.__main__ import main
from validation.relations import RELATIONS
from validation.report import FORM, Report, Step, counted, report_text, step_lines
from validation.steps import price_rules

FEED = {"entity_id": "acme-cloud", "metric_id": "revenue", "period_type": "quarter", "period_end": "2025-09-30",
        "printed_value": "398.24", "printed_unit_id": "cny-100m"}  # fmt: skip


@pytest.fixture
def report(
    reference_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Any:
    """Check a file of rows against a small package: the JSON report, which is of its form, and the lines of a text."""
    monkeypatch.setattr(own_files, "DATA", reference_folder)

    def run(table: str, *rows: Row) -> tuple[dict[str, Any], list[str]]:
        path = str(write_csv(tmp_path / "feed.csv", rows))
        main(["--table", table, "--format", "json", path])
        told = json.loads(capsys.readouterr().out)
        jsonschema.validate(told, json.loads(FORM.read_text(encoding="utf-8")))
        main(["--table", table, path])
        return told, capsys.readouterr().err.splitlines()

    return run


def steps_of(told: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """The steps by layer and first table."""
    return {(step["layer"], step["tables"][0]): step for step in told["steps"]}


def test_a_pass_has_rules_and_rows_and_no_findings(report: Any, tmp_path: Path) -> None:
    told, lines = report("observations", FEED)
    assert told["findings"] == [] and told["run"]["rows"] == 1 and told["run"]["seconds"] > 0
    assert told["run"]["files"] == [{"path": str(tmp_path / "feed.csv"), "table": "observations", "rows": 1}]
    relations = steps_of(told)["relations", "observations"]
    assert relations["rules"] == [relation.id for relation in RELATIONS]
    assert (relations["rows"], relations["findings"], relations["not_run"]) == (1, 0, None)
    line = f"relations: 7 tables, {len(RELATIONS)} rules, 1 row, 0 findings"
    assert line in lines
    for page in ("checking.md", "checking.zh.md"):
        assert line.replace("1 row,", "2 rows,") in (ROOT / "docs" / "use" / page).read_text(encoding="utf-8")


def test_what_was_not_run_says_why(report: Any) -> None:
    told, lines = report("price_bounds", {"currency": "CNY"})
    steps = steps_of(told)
    assert steps["values", "price_bounds"]["not_run"] == "no cell of the table follows from a print"
    assert steps["prices", "model_prices"]["not_run"] == "no file is of model_prices"
    assert any(line.startswith("relations not run for 7 tables: no file is of observations") for line in lines)


def test_rules_over_columns_that_are_not_there_are_none_of_a_step(report: Any, reference: Reference) -> None:
    few, _ = report("observations", FEED)
    assert steps_of(few)["values", "observations"]["rules"] == ["U.quantity", "U.decimals", "U.bound"]
    assert "P.order" not in steps_of(few)["structure", "observations"]["rules"]
    whole, _ = report("observations", an_observation(reference))
    assert {"U.value", "P.period_start"} <= set(steps_of(whole)["values", "observations"]["rules"])


def test_rows_that_a_layer_leaves_out_are_counted(report: Any) -> None:
    told, lines = report("observations", FEED, FEED | {"entity_id": "acme-clowd"})
    relations = steps_of(told)["relations", "observations"]
    assert (relations["rows"], relations["left_out"]) == (1, 1)
    assert any(line.endswith("1 row left out, as other findings say") for line in lines)
    assert steps_of(told)["structure", "observations"]["findings"] == len(told["findings"]) == 1


def test_relations_that_too_many_rows_keep_from_running_are_told(report: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_files, "AT_ONCE", 1)
    monkeypatch.setattr(feed_cut, "MOST_ACROSS", 1)
    told, lines = report("observations", FEED, FEED | {"entity_id": "acme-group"})
    run, of_all, across = (step for step in told["steps"] if step["layer"] == "relations")
    assert run["rows"] == 2 and "C.growth_yoy" in run["rules"] and "C.members" not in run["rules"]
    assert "against all others" in of_all["not_run"] and "U.size" in of_all["rules"]
    assert "2 rows of the files" in across["not_run"] and "C.members" in across["rules"]
    assert {rule for step in (run, of_all, across) for rule in step["rules"]} == {r.id for r in RELATIONS}
    assert any(line.startswith("relations not run for 7 tables: 2 rows of the files") for line in lines)


def test_a_file_that_is_no_such_table_was_not_asked_further(report: Any) -> None:
    told, _ = report("observations", {"entity": "acme-cloud"})
    assert steps_of(told)["structure", "observations"]["findings"] == len(told["findings"]) > 0
    for layer in ("values", "relations"):
        assert "columns or the shape" in steps_of(told)[layer, "observations"]["not_run"]


def test_a_column_of_another_type_is_why_relations_are_not_run(
    reference_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_files, "DATA", reference_folder)
    pl.DataFrame([FEED]).write_parquet(tmp_path / "feed.parquet")
    told = own_files.check_own([OwnTable("observations", tmp_path / "feed.parquet")])
    (reason,) = (step.not_run for step in told.steps if step.layer == "relations")
    assert reason == "the file has period_end of another type, as another finding says"


def test_a_finding_carries_the_key_of_its_row(report: Any, reference: Reference) -> None:
    told, _ = report("observations", FEED | {"printed_value": "39,8"})
    names = ("entity_id", "metric_id", "period_type", "period_end")
    assert told["findings"][0]["key"] == {name: FEED[name] for name in names}
    told, _ = report("model_prices", a_model_price(reference) | {"amount": "8"})
    key = told["findings"][0]["key"]
    assert (key["model_price_id"], key["model"], key["meter"]) == ("acme-results-2025.001", "Acme-1", "input")


def test_a_key_of_several_columns_is_read_off_the_row() -> None:
    finding = Finding("S.unique", "error", "exchange_rates", row_id="2026-01-01|USD|CNY|ecb")
    (told,) = json.loads(report_text(Report("", [finding], []), "json", 0))["findings"]
    assert told["key"] == {"date": "2026-01-01", "base": "USD", "quote": "CNY", "source_id": "ecb"}


def test_a_finding_counts_in_the_first_step_that_has_its_rule() -> None:
    steps = [Step("values", ("t",), ("U.amount",), 3), Step("prices", ("t",), ("U.amount", "U.other"), 3)]
    findings = [Finding("U.amount", "error", "t"), Finding("U.other", "error", "t"), Finding("U.other", "error", "x")]
    assert [step.findings for step in counted(steps, findings)] == [1, 1]


def test_one_table_of_the_package_says_that_it_was_checked_alone() -> None:
    told = folder.check_one_table("vendors")
    assert [step.not_run for step in told.steps if step.layer == "relations"] == [folder.ALONE]
    assert any(line.startswith("structure: vendors, ") for line in step_lines(told.steps))


def test_every_price_rule_is_named() -> None:
    assert {"U.price_unit", "C.price_spot", "P.price_overlap", "U.price_bounds"} <= set(price_rules())
