"""The tasks of a newcomer and the three figures: few lines, in Python, R and SQL, with the same numbers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import matplotlib as mpl
import pandas as pd
import pytest

from tests.clients.r_library import R_MISSING, run_r
from tests.docs.snippets import ROOT, Snippet, snippets

TASKS, FIGURES = "docs/use/tasks.md", "docs/use/figures.md"
PAGES = (TASKS, FIGURES)
MOST_LINES = 5
RESULTS = ("clouds", "capex", "history", "hours", "wrong", "rows", "row", "changed")
"""The name under which each task keeps its rows, in either language."""


@pytest.fixture(autouse=True)
def without_a_window() -> None:
    mpl.use("Agg")


def run_python(snippet: Snippet, name: str) -> pd.DataFrame:
    """What a snippet keeps under a name."""
    names: dict[str, Any] = {}
    exec(compile(snippet.text, str(snippet), "exec"), names)
    kept = names[name]
    return kept if isinstance(kept.index, pd.RangeIndex) or kept.index.name is None else kept.reset_index()


def run_r_snippet(snippet: Snippet, name: str, folder: Path) -> pd.DataFrame:
    """The same of a snippet of R, by way of a CSV."""
    script = snippet.text.replace("library(cloudvendormetrics)\n", "")
    done = run_r(f"{script}\nwrite.csv({name}, 'kept.csv', row.names = FALSE, na = '', fileEncoding = 'UTF-8')", folder)
    assert done.returncode == 0, done.stderr
    return pd.read_csv(folder / "kept.csv", dtype="str", keep_default_na=False, na_values=[""])


def same(python: pd.DataFrame, other: pd.DataFrame) -> None:
    """Hold rows of Python against those of another language, numbers value by value."""
    assert list(map(str, python.columns)) == list(other.columns) and len(python) == len(other)
    for column in other.columns:
        own = python[column].reset_index(drop=True)
        if pd.api.types.is_datetime64_any_dtype(own.dtype):
            own = own.dt.strftime("%Y-%m-%d")
        if pd.api.types.is_numeric_dtype(own.dtype) and own.dtype != "bool":
            assert own.astype("float64").equals(other[column].astype("float64").rename(own.name)), column
        else:
            texts = [str(cell).upper() if isinstance(cell, bool) else cell for cell in own]
            found = [str(cell).upper() if isinstance(cell, bool) else cell for cell in other[column]]
            assert [None if pd.isna(cell) else str(cell) for cell in texts] == [
                None if pd.isna(cell) else str(cell) for cell in found
            ], column


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["python", "r"])
def test_each_task_and_figure_has_its_lines_in_both_languages(page: str, language: str) -> None:
    own = snippets(page, language)
    assert [s.text for s in own] == [s.text for s in snippets(page.replace(".md", ".zh.md"), language)]
    assert len(own) == {TASKS: 8, FIGURES: 3}[page]
    if page == TASKS:
        assert all(len([line for line in s.text.splitlines() if line.strip()]) <= MOST_LINES for s in own)


@pytest.mark.parametrize("number", range(8))
def test_a_task_runs_in_python(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    kept = run_python(snippets(TASKS, "python")[number], RESULTS[number])
    assert len(kept) > 0 and (number == 0 or capsys.readouterr().out.strip())


@pytest.mark.r
@pytest.mark.skipif(R_MISSING, reason="Rscript is not on the PATH")
@pytest.mark.parametrize("number", range(8))
def test_a_task_gives_the_same_rows_in_r(number: int, tmp_path: Path) -> None:
    python = run_python(snippets(TASKS, "python")[number], RESULTS[number])
    found = run_r_snippet(snippets(TASKS, "r")[number], RESULTS[number], tmp_path)
    if RESULTS[number] == "history":  # R and pandas order rows of one day in their own ways
        order = ["since", "source_id", "seller", "model", "region", "model_price_id"]
        python, found = (rows.sort_values(order, ignore_index=True) for rows in (python, found))
    same(python, found)


def test_the_answers_of_tasks_are_what_they_are_asked_for() -> None:
    own = snippets(TASKS, "python")
    clouds = run_python(own[0], "clouds")
    assert list(clouds.columns) == ["calendar_quarter", "alibaba", "amazon", "google", "microsoft"] and len(clouds) > 20
    capex = run_python(own[1], "capex")
    assert list(capex["fiscal_period"]) == ["FY2025"] and capex["known_on"].max() <= pd.Timestamp("2025-06-30")
    assert run_python(own[3], "hours").loc[0, "accelerator"] == "H100"
    assert run_python(own[4], "wrong")["rule"].nunique() > 1


@pytest.fixture(scope="module")
def database() -> duckdb.DuckDBPyConnection:
    """DuckDB with the views over the package."""
    connection = duckdb.connect()
    views = (ROOT / "clients" / "sql" / "views.sql").read_text(encoding="utf-8")
    connection.execute(views.replace("'data/", f"'{ROOT}/data/"))
    return connection


@pytest.mark.parametrize("number", range(3))
def test_a_figure_is_the_same_in_sql(number: int, database: duckdb.DuckDBPyConnection) -> None:
    python = run_python(snippets(FIGURES, "python")[number], "figure")
    same(python, database.execute(snippets(FIGURES, "sql")[number].text).df())
    assert len(python) >= 5


@pytest.mark.r
@pytest.mark.skipif(R_MISSING, reason="Rscript is not on the PATH")
@pytest.mark.parametrize("number", range(3))
def test_a_figure_is_the_same_in_r(number: int, tmp_path: Path) -> None:
    python = run_python(snippets(FIGURES, "python")[number], "figure")
    same(python, run_r_snippet(snippets(FIGURES, "r")[number], "figure", tmp_path))


def test_the_price_of_the_figure_declines(database: duckdb.DuckDBPyConnection) -> None:
    amounts = run_python(snippets(FIGURES, "python")[2], "figure")["amount"]
    assert amounts.iloc[-1] < amounts.iloc[0] / 3 and amounts.iloc[-1] == amounts.min() < amounts.max()


def test_pages_name_every_language() -> None:
    assert set(re.findall(r"^```(\w+)$", (ROOT / FIGURES).read_text(encoding="utf-8"), re.MULTILINE)) == {
        "python",
        "r",
        "sql",
    }
