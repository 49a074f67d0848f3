"""The rows a contributor starts from: complete, checked, and the same on every page that shows them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from canonical.fill import fill_file
from canonical.reference import Reference
from canonical.table_schema import load_schema
from canonical.text_tables import DATA, Row, read_rows
from tests.builders import write_csv
from tests.docs.snippets import snippets
from validation.known_issues import mark_accepted
from validation.package import Checker

PAGES = ("CONTRIBUTING.md", "docs/development/contributing.md", "docs/development/contributing.zh.md")
TABLES = ("sources", "observations")


def shown(page: str) -> list[str]:
    return [snippet.text for snippet in snippets(page, "csv")]


@pytest.fixture(scope="module")
def typed() -> dict[str, Row]:
    """The two rows of the page, by table, as a contributor types them."""
    return {table: next(csv.DictReader(io.StringIO(text))) for table, text in zip(TABLES, shown(PAGES[0]), strict=True)}


@pytest.fixture(scope="module")
def package(typed: dict[str, Row], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables with the two rows not as they stand in them but as typed, at the end, and then filled."""
    folder = tmp_path_factory.mktemp("data")
    for path in DATA.iterdir():
        if path.stem not in TABLES:
            (folder / path.name).symlink_to(path)
    for table, row in typed.items():
        others = [other for other in read_rows(DATA / f"{table}.csv") if not is_of(other, row)]
        write_csv(folder / f"{table}.csv", [*others, row], load_schema(table).columns)
        assert fill_file(folder / f"{table}.csv", table, Reference(folder))[0] > 0
    return folder


def is_of(row: Row, typed: Row) -> bool:
    """Whether a row of a table is the typed one, completed."""
    return all(row[column] == cell for column, cell in typed.items() if cell)


def test_every_page_shows_the_same_rows() -> None:
    assert [shown(page) for page in PAGES] == [shown(PAGES[0])] * len(PAGES)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_has_every_column_and_no_cell_that_is_generated(typed: dict[str, Row], table: str) -> None:
    schema = load_schema(table)
    assert tuple(typed[table]) == schema.columns
    given = {column for column, cell in typed[table].items() if cell}
    assert given & {field.name for field in schema.fields if field.filled != "typed"} == set()
    assert {field.name for field in schema.fields if field.required and field.filled == "typed"} <= given


@pytest.mark.parametrize("table", TABLES)
def test_the_rows_become_those_of_the_package_when_filled(typed: dict[str, Row], package: Path, table: str) -> None:
    key = load_schema(table).primary_key[0]
    (stands,) = (row for row in read_rows(DATA / f"{table}.csv") if is_of(row, typed[table]))
    filled = read_rows(package / f"{table}.csv")[-1]
    assert filled | {key: stands[key]} == stands
    assert filled[key]


def test_the_rows_pass_the_check(package: Path) -> None:
    findings = [
        finding for finding in mark_accepted(Checker(package).check_changed(set(TABLES))) if finding.status == "open"
    ]
    pasted = {read_rows(package / f"{table}.csv")[-1][load_schema(table).primary_key[0]] for table in TABLES}
    assert [finding for finding in findings if finding.severity == "error" or finding.row_id in pasted] == []
