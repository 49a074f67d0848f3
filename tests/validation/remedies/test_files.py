"""What a finding on a file says is to be done is done here, and then it is gone; no rule is without a trial."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from canonical.fill import fill_file
from canonical.findings import Finding
from canonical.reference import Reference
from canonical.table_schema import SCHEMAS, load_schema
from canonical.text_tables import csv_path, read_rows
from tests.builders import REFERENCE, Row, a_model_price, a_typed_frame, an_observation, write_csv
from tests.validation.remedies.of_files import OF_FILES, OF_FILLING, Mended
from tests.validation.remedies.of_prices import OF_PRICES
from tests.validation.remedies.of_relations import OF_RELATIONS
from tests.validation.remedies.test_cells import MENDED
from validation.changed_prints import check_changed_prints
from validation.known_issues import accept
from validation.new_rows import check_new_rows
from validation.package import Checker
from validation.structure.table_files import missing_texts

FILES = [(rule, mended) for rule, several in OF_FILES.items() for mended in several]
CELLS = [(rule, table, slip) for rule, several in OF_FILLING.items() for table, slip in several]
HERE = {
    "S.unique", "S.begins_with", "P.period_start", "V.file", "V.stale_acceptance", "V.second_reading", "V.unheld",
    "V.region_list", "C.region_partition", "V.settled_cell", "V.changed_print",
}  # fmt: skip
"""Rules that have a test of their own below or among the cells."""


def test_every_rule_has_a_remedy_that_is_tried() -> None:
    tried = {*OF_RELATIONS, *OF_PRICES, *OF_FILES, *OF_FILLING, *(rule for rule, *_ in MENDED), *HERE}
    assert {row["rule"] for row in read_rows(SCHEMAS / "rules.csv")} == tried


@cache
def package() -> Checker:
    """The checks against the package's own ids."""
    return Checker()


@pytest.mark.parametrize(("rule", "mended"), FILES, ids=[f"{rule}: {mended.says}" for rule, mended in FILES])
def test_a_file_passes_once_it_is_mended_as_the_finding_says(tmp_path: Path, rule: str, mended: Mended) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(mended.bad, encoding="utf-8", newline="")
    found = package().check_file(path, mended.table)
    assert [f for f in found if f.rule == rule and mended.says in f.fix], found
    path.write_text(mended.good, encoding="utf-8", newline="")
    assert package().check_file(path, mended.table) == []


def a_filled_row(table: str, reference: Reference) -> Row:
    """A good row of a table of which `make fill` writes some cells."""
    if table == "sources":
        return REFERENCE["sources"][0]
    return a_model_price(reference) if table == "model_prices" else an_observation(reference)


@pytest.mark.parametrize(("rule", "table", "slip"), CELLS, ids=str)
def test_make_fill_mends_what_is_said_to_be_mended_by_it(
    reference: Reference, reference_folder: Path, tmp_path: Path, rule: str, table: str, slip: Row
) -> None:
    row = a_filled_row(table, reference) | slip
    path = write_csv(tmp_path / f"{table}.csv", [row], load_schema(table).columns)

    def found() -> list[Finding]:
        return Checker(reference_folder).check_file(path, table)

    assert [f for f in found() if f.rule == rule] and all("run make fill" in f.fix for f in found())
    if any(slip.values()):
        # A cell that says otherwise is a second reading of the print: it is emptied first, as the fix says.
        assert all("empty the generated cells of the row" in f.fix for f in found())
        assert fill_file(path, table, reference)[1] and found()
        generated = [field.name for field in load_schema(table).fields if field.filled == "generated"]
        write_csv(path, [row | dict.fromkeys(generated, "")], load_schema(table).columns)
    assert fill_file(path, table, reference)[1] == []
    assert found() == []


def test_a_row_passes_once_its_id_begins_with_its_source(
    reference: Reference, reference_folder: Path, tmp_path: Path
) -> None:
    row = an_observation(reference)
    for named, rules in (("acme-results-2024.001", ["S.begins_with"]), ("acme-results-2025.001", [])):
        path = write_csv(tmp_path / "observations.csv", [row | {"observation_id": named}])
        found = Checker(reference_folder).check_file(path, "observations")
        assert [f.rule for f in found] == rules and all("source_id" in f.fix for f in found)


def _typed_otherwise(rows: pl.DataFrame, region: str, column: str, cell: str | date) -> pl.DataFrame:
    return rows.with_columns(pl.when(pl.col("region") == region).then(pl.lit(cell)).otherwise(column).alias(column))


@pytest.mark.parametrize(
    ("rule", "region", "column", "cell", "says"),
    [
        ("V.region_list", "ap-east-2", "", "", "type the missing row"),
        ("V.region_list", "me-west-1", "twice", "", "or delete the one too much"),
        ("C.region_partition", "us-gov-east-1", "partition", "aws", "correct the partition"),
        ("V.settled_cell", "mx-central-1", "first_seen_on", date(2025, 2, 20), "put the cell or row back"),
    ],
)
def test_a_list_of_regions_passes_once_it_is_mended(
    tmp_path: Path, rule: str, region: str, column: str, cell: str | date, says: str
) -> None:
    rows = package().references("regions")
    assert rows is not None
    own, others = rows.filter(pl.col("region") == region), rows.filter(pl.col("region") != region)
    again = pl.concat([rows, own.with_columns(partition=pl.lit("aws-cn"))])
    bad = again if column == "twice" else _typed_otherwise(rows, region, column, cell) if column else others
    checker = Checker(tmp_path, typed=dict(package().typed) | {"regions": None}, built={"regions": rows}.get)
    for name in ("vendors", "sources"):
        (tmp_path / f"{name}.csv").symlink_to(csv_path(name))
    bad.write_csv(tmp_path / "regions.csv")
    assert [f for f in checker.check_tables(["regions"]) if f.rule == rule and says in f.fix]
    rows.write_csv(tmp_path / "regions.csv")
    assert checker.check_tables(["regions"]) == []


def test_a_table_whose_text_is_lost_is_whole_once_it_is_restored(tmp_path: Path) -> None:
    (tmp_path / "units.parquet").write_bytes(b"")
    (finding,) = missing_texts(tmp_path)
    assert (finding.rule, finding.fix) == ("V.file", "restore units.csv; a build writes the Parquet")
    (tmp_path / "units.csv").write_text("unit_id\n", encoding="utf-8")
    assert missing_texts(tmp_path) == []


def test_a_new_row_is_held_by_its_text_or_by_another_document_that_prints_it(
    reference: Reference, tmp_path: Path
) -> None:
    old = an_observation(reference, metric_id="capex")
    new = an_observation(reference, observation_id="acme-results-2025.002", locator="p:4", period_end="2024-09-30")
    other = new | {"observation_id": "daily-2025.001", "source_id": "daily-2025", "locator": "p:1"}
    a_typed_frame("observations", [old, other]).write_parquet(tmp_path / "observations.parquet")
    for text, beside, rules in (
        ("", [], ["V.unheld"]),
        ("398.24 亿元", [], []),
        ("", [other], ["V.second_reading"]),
        ("398.24 亿元", [other], []),
    ):
        path = write_csv(tmp_path / "observations.csv", [old, new | {"printed_text": text}, *beside])
        found = check_new_rows(path)
        assert [(f.rule, f.row_number) for f in found] == [(rule, 2) for rule in rules]
        assert all(("type printed_text" in f.fix) == (not text) for f in found)
        assert all(("add another print of it" in f.fix) == (f.rule == "V.unheld") for f in found)
    assert check_new_rows(tmp_path / "others.csv") == []


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"printed_value": "389.24"}, "printed_value"),
        ({"printed_unit_id": "cny-m"}, "printed_value"),
        ({"printed_unit_id": "usd-100m"}, "printed_value"),
        ({"entity_id": "rival"}, "entity_id"),
        ({"period_end": "2024-09-30"}, "period_end"),
        ({"precision_word": "approximately"}, "precision_word"),
        ({"printed_value": "398.2", "decimals": "1"}, ""),
        ({"printed_value": "39824", "printed_unit_id": "cny-m", "decimals": "0"}, ""),
        ({"printed_text": "398.24 亿元", "locator": "p:9", "note": "n"}, ""),
    ],
)
def test_a_published_print_that_says_something_else_is_put_back_and_one_told_otherwise_is_not_named(
    reference: Reference, tmp_path: Path, cells: Row, column: str
) -> None:
    built = a_typed_frame("observations", [an_observation(reference)])
    path = write_csv(tmp_path / "observations.csv", [an_observation(reference, **cells)])
    found = check_changed_prints(built, path)
    assert [(f.rule, f.column, f.row_number) for f in found] == ([("V.changed_print", column, 1)] if column else [])
    assert all("put the cell back" in f.fix and "next build" in f.fix for f in found)
    published = a_typed_frame("observations", [an_observation(reference, **cells)])
    assert check_changed_prints(published, path) == []
    write_csv(path, [an_observation(reference)])
    assert check_changed_prints(built, path) == check_changed_prints(None, path) == []


@pytest.mark.parametrize(("guard", "fix"), [("", "copy the cell from the finding"), ("other", "delete the entry")])
def test_an_entry_in_vain_is_deleted_or_brought_up_to_the_finding(guard: str, fix: str) -> None:
    finding = Finding("U.sign", "error", "observations", row_id="a.001", found="-1", expected="at least 0")
    entry = {"rule": "U.sign", "row_id": "a.001", "found": "-1", "expect": guard, "reason": "r", "status": "accepted"}
    assert [(f.rule, f.fix) for f in accept([finding], [entry]) if f != finding] == [("V.stale_acceptance", fix)]
    (accepted,) = accept([finding], [entry | {"expect": "at least 0"}])
    assert accepted.status == "accepted"
    assert accept([finding], []) == [finding]
