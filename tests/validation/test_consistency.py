"""Relations over a folder: prints first, corrections second, lines named, and pandera's verdict everywhere the same."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pandera.errors
import polars as pl
import pytest

from canonical.findings import Finding
from canonical.table_schema import load_schema
from canonical.text_tables import csv_path, read_rows, write_rows
from tests.prints import World, whole
from tests.validation.relations.worlds import GROWTH, WORLDS, at, now
from validation import relation_frame, relation_schema
from validation.consistency import Folder, check_consistency
from validation.package import Checker
from validation.relations import RELATIONS, relation_of
from validation.relations.broken import broken_cases
from validation.relations.frame import case_frame
from validation.relations.relation import Case, Relation, Remark, evaluated


@pytest.mark.parametrize("rule", WORLDS)
def test_pandera_and_plain_arithmetic_agree_on_every_case(rule: str):
    relation = relation_of(rule)
    for facts in (WORLDS[rule].bad.facts(), WORLDS[rule].good.facts(), package().printed, package().corrected):
        cases = evaluated(relation, facts)
        of_pandera = broken_by_pandera(relation, cases)
        assert [case.holds for case in cases] == [place not in of_pandera for place in range(len(cases))]
        assert broken_cases(cases) == [cases[place] for place in sorted(of_pandera)]


@cache
def package() -> Folder:
    """The tables of the package."""
    return Folder()


def broken_by_pandera(relation: Relation, cases: Sequence[Case | Remark]) -> set[int]:
    """The places of the cases that pandera refuses in the frame of all of them."""
    try:
        relation_schema(relation.id).validate(case_frame(cases), lazy=True)
    except pandera.errors.SchemaErrors as error:
        return {int(index) for index in error.failure_cases.get_column("index").to_list()}
    return set()


def test_the_frames_of_the_package_give_the_findings_of_the_package():
    frame = relation_frame("C.growth_yoy")
    assert {"printed_low", "implied_high", "inputs"} <= set(frame.columns)
    with pytest.raises(pandera.errors.SchemaErrors) as raised:
        relation_schema("C.growth_yoy").validate(frame, lazy=True)
    rows = frame[raised.value.failure_cases.get_column("index").to_list()].get_column("row_id").to_list()
    found = check_consistency()
    assert sorted(rows) == sorted(
        f.row_id for f in found if f.rule == "C.growth_yoy" and "corrected v" not in f.message
    )


def test_an_unknown_rule_has_no_frame():
    with pytest.raises(KeyError, match=r"C\.no_such"):
        relation_frame("C.no_such")
    with pytest.raises(KeyError, match=r"nearest is C\.growth_yoy"):
        relation_schema("C.growth")
    with pytest.raises(KeyError, match=r"over prices.*python -m validation"):
        relation_schema("C.price_order")


def test_a_frame_rounds_outwards_and_holds_every_number_of_the_package():
    for relation in RELATIONS:
        assert case_frame(evaluated(relation, World([now("1")]).facts())).schema["implied_low"] == pl.Decimal(38, 12)
    frame = relation_frame("C.margin")
    assert (frame["implied_low"] <= frame["implied_high"]).all()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The package's reference tables with no facts in them."""
    for table in ("metrics", "entities", "units", "breakdowns", "entity_breaks", "sources", "vendors"):
        shutil.copy(csv_path(table), tmp_path)
    return tmp_path


def write(folder: Path, table: str, *rows: dict[str, str]) -> None:
    """Write rows as a table of the folder."""
    write_rows(folder / f"{table}.csv", load_schema(table), [whole(table, row) for row in rows])


def a_row(observation_id: str, **cells: str) -> dict[str, str]:
    """A row of a real source in the real vocabulary."""
    from canonical.fill import complete_row
    from canonical.reference import Reference

    typed = {
        "observation_id": observation_id, "source_id": "amazon-10k-2024", "entity_id": "aws", "metric_id": "revenue",
        "period_type": "year", "period_end": "2024-12-31", "printed_value": "107556", "printed_unit_id": "usd-m",
    }  # fmt: skip
    return complete_row(load_schema("observations"), typed | cells, Reference())


def a_contradiction() -> list[dict[str, str]]:
    """Growth of 29 % on levels that give 19 %."""
    return [
        a_row("amazon-10k-2024.001"),
        a_row("amazon-10k-2024.002", period_end="2023-12-31", printed_value="90757"),
        a_row("amazon-10k-2024.003", measure="growth_yoy", printed_value="29", printed_unit_id="percent"),
    ]


def growth(findings: list[Finding]) -> list[Finding]:
    """The findings on growth."""
    return [finding for finding in findings if finding.rule == "C.growth_yoy"]


def test_a_finding_names_file_row_and_line(folder: Path):
    write(folder, "observations", *a_contradiction())
    (found,) = growth(check_consistency(folder))
    assert (found.row_id, found.row_number, found.line_number) == ("amazon-10k-2024.003", 3, 4)
    assert found.file.endswith("observations.csv")
    assert (found.severity, found.status) == ("error", "open")


def a_correction(column: str, printed: str, corrected: str, row: str = "amazon-10k-2024.003") -> dict[str, str]:
    """A correction of one cell."""
    return {"correction_id": "c1", "observation_id": row, "field_name": column, "printed": printed,
            "corrected": corrected, "reason": "r", "status": "open"}  # fmt: skip


def test_a_finding_that_a_correction_settles_is_corrected(folder: Path):
    write(folder, "observations", *a_contradiction())
    write(folder, "corrections", a_correction("printed_value", "29", "19"))
    (found,) = growth(check_consistency(folder))
    assert found.status == "corrected"


def test_a_correction_that_breaks_what_held_is_found_and_says_so(folder: Path):
    rows = a_contradiction()
    rows[2] = a_row("amazon-10k-2024.003", measure="growth_yoy", printed_value="19", printed_unit_id="percent")
    write(folder, "observations", *rows)
    write(folder, "corrections", a_correction("printed_value", "19", "29"))
    (found,) = growth(check_consistency(folder))
    assert found.status == "open"
    assert found.message.endswith("on corrected values")


def test_what_prints_and_corrected_values_break_is_told_of_the_corrected_values(folder: Path):
    write(folder, "observations", *a_contradiction())
    write(folder, "corrections", a_correction("printed_value", "90757", "80000", "amazon-10k-2024.002"))
    (found,) = growth(check_consistency(folder))
    assert (found.status, found.expected) == ("open", "34.44353 to 34.44647 percent")
    assert "80000 usd-m" in found.message
    assert found.message.endswith(
        "the prints themselves give 29 percent (28.5 to 29.5) against 18.50866 to 18.51108 percent"
    )


def test_a_contradiction_with_what_a_correction_makes_another_fact_is_settled(folder: Path):
    write(folder, "observations", *a_contradiction())
    write(folder, "corrections", a_correction("entity_id", "aws", "amazon", "amazon-10k-2024.002"))
    assert [f.status for f in growth(check_consistency(folder))] == ["corrected"]


def test_a_finding_on_a_print_that_is_itself_corrected_to_another_fact_is_corrected(folder: Path):
    write(folder, "observations", *a_contradiction())
    write(folder, "corrections", a_correction("measure", "growth_yoy", "growth_prev"))
    assert [f.status for f in growth(check_consistency(folder))] == ["corrected"]


def margins(folder: Path, *values: str) -> None:
    """EBITDA margins of successive years from 2022 on, of which the document says that they rise every year."""
    cells = {"metric_id": "ebitda-margin", "printed_unit_id": "percent"}
    rows = [
        a_row(f"amazon-10k-2024.00{n}", period_end=f"{2021 + n}-12-31", printed_value=value, **cells)
        for n, value in enumerate(values, start=1)
    ]
    write(folder, "observations", *rows)
    statement = {
        "statement_id": "amazon-10k-2024.001", "source_id": "amazon-10k-2024", "entity_id": "aws",
        "metric_id": "ebitda-margin", "measure": "level", "period_type": "year", "relation": "rises_every_period",
    }  # fmt: skip
    write(folder, "statements", statement)


def test_a_claim_follows_its_rows_when_a_correction_gives_them_another_name(folder: Path):
    margins(folder, "4", "4")
    name = ("metric_id", "ebitda-margin", "ebita-margin")
    write(folder, "corrections", *(a_correction(*name, f"amazon-10k-2024.00{n}") for n in (1, 2)))
    assert [f.status for f in check_consistency(folder) if f.rule == "C.claim_shown"] == ["open"]


def test_a_claim_that_is_not_evaluated_again_stays_open(folder: Path):
    """Corrected to other units, the two margins are not compared: that does not settle the claim."""
    margins(folder, "4", "4")
    correction = a_correction("printed_unit_id", "percent", "percentage-point", "amazon-10k-2024.002")
    write(folder, "corrections", correction)
    assert [f.status for f in check_consistency(folder) if f.rule == "C.claim_shown"] == ["open"]


def test_of_two_cases_on_a_row_a_correction_settles_its_own_alone(folder: Path):
    margins(folder, "6", "4", "2")
    write(folder, "corrections", a_correction("printed_value", "2", "5", "amazon-10k-2024.003"))
    found = [(f.found, f.status) for f in check_consistency(folder) if f.rule == "C.claim"]
    assert found == [
        ("4 percent (2023-12-31), then 2 percent (2024-12-31)", "corrected"),
        ("6 percent (2022-12-31), then 4 percent (2023-12-31)", "open"),
    ]


def test_a_correction_that_no_longer_holds_is_an_error(folder: Path):
    write(folder, "observations", *a_contradiction())
    write(folder, "corrections", a_correction("printed_value", "28", "19"))
    findings = check_consistency(folder)
    assert [f.rule for f in findings if f.rule == "V.correction"] == ["V.correction"]
    assert growth(findings)[0].status == "open"


def test_the_package_check_runs_the_relations(folder: Path):
    write(folder, "observations", *a_contradiction())
    assert growth(Checker(folder).check_package())


def test_parquet_alone_is_enough(folder: Path):
    from canonical.cells import typed_frame

    write(folder, "observations", *a_contradiction())
    text = pl.read_csv(folder / "observations.csv", infer_schema=False)
    typed_frame(load_schema("observations"), text).write_parquet(folder / "observations.parquet")
    (folder / "observations.csv").unlink()
    (found,) = growth(check_consistency(folder))
    assert found.line_number is None


@pytest.mark.parametrize(
    ("column", "cell"),
    [("period_end", "2024-13-45"), ("printed_value", "10,7"), ("printed_unit_id", "usd-x"), ("metric_id", "no-metric"),
     ("entity_id", "nobody"), ("decimals", "x"), ("period_type", "fortnight"), ("period_end", "0001-01-01"),
     ("assumed", "no_column"), ("bound", "near"), ("breakdown_id", "no-part")],
)  # fmt: skip
def test_malformed_cells_are_left_to_the_layers_that_name_them(folder: Path, column: str, cell: str):
    rows = a_contradiction()
    rows[0] = rows[0] | {column: cell}
    write(folder, "observations", *rows)
    check_consistency(folder)


def test_readings_of_one_document_stand_before_those_of_others():
    own = [now("36", **GROWTH), now("400"), at("2024-12-31", "300")]
    others = [now("408", source_id="filing"), at("2024-12-31", "300", source_id="filing")]
    assert [f.related for f in World([*own, *others]).findings("C.growth_yoy")] == ["p2 p3"]


def test_the_rows_of_the_package_are_all_read():
    assert len(relation_frame("P.kind")) > 0.5 * len(read_rows(csv_path("observations")))
