"""The tables of the benchmark of scale are what they are called, and its sides say what they find in them."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest

from benchmarks import process_cost
from benchmarks.scale import Measured, main, markdown
from benchmarks.scale_plot import ASSETS, FIGURES, drawn
from benchmarks.scale_sides import SIDES
from benchmarks.scale_tables import BAD, varied_rows, write_table
from canonical.findings import Finding
from validation.package import Checker

ROWS = 9000
"""More than the package has, so that prints are varied."""


@pytest.fixture(scope="module")
def varied() -> pl.DataFrame:
    """Good rows."""
    return varied_rows(ROWS)


def found_in(varied: pl.DataFrame, kind: str, path: Path) -> list[Finding]:
    """What the layers of single rows find in a table of a kind."""
    write_table(path, varied, ROWS, kind)
    return Checker().checked(path, "observations").findings


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_good_table_is_good(form: str, varied: pl.DataFrame, tmp_path: Path) -> None:
    assert found_in(varied, "clean", tmp_path / f"observations.{form}") == []


def test_every_injected_error_is_found_with_its_row(varied: pl.DataFrame, tmp_path: Path) -> None:
    found = found_in(varied, "few", tmp_path / "observations.csv")
    assert {finding.row_number for finding in found} == set(range(1000, ROWS + 1, 1000))


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_every_wrong_value_is_counted(form: str, varied: pl.DataFrame, tmp_path: Path) -> None:
    found = found_in(varied, "values", tmp_path / f"observations.{form}")
    (counted,) = [f.message for f in found if f.rule == "U.value" and f.row_number is None]
    assert int(counted.removesuffix(" in all").split()[-1]) > 0.9 * ROWS


def test_every_wrong_cell_is_counted(varied: pl.DataFrame, tmp_path: Path) -> None:
    found = found_in(varied, "cells", tmp_path / "observations.csv")
    counted = {(f.rule, f.column): f.message for f in found if f.row_number is None}
    assert {column for _, column in counted} == set(varied.columns)
    assert f"{ROWS} in all" in counted["S.type", "value"]


def test_sides_are_measured_against_the_bare_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "scale.csv"
    main(["--rows", "300", "--kinds", "clean", "--forms", "parquet", "--sides", "ours", "--output", str(output)])
    lines = capsys.readouterr().out.splitlines()
    assert [line[28:46].strip() for line in lines] == ["polars read", "ours"]
    assert output.read_text(encoding="utf-8").count("\n") == 3 and output.with_suffix(".md").exists()


def test_what_was_measured_is_a_table() -> None:
    one = Measured("csv", 1000, "clean", "ours", 1.0, 2.0, 300.0, 0, 3.0)
    assert "| csv | 1,000 | clean | ours | 1.0 s | 2.0 s | 300 MiB | 3.0 |" in markdown([one])


def test_what_was_measured_is_a_picture_with_a_bar_for_each_side() -> None:
    good = [
        Measured("csv", 1000, "clean", side, wall, 2.0, 3.0, 0, 1.0) for side, wall in (("ours", 4.0), ("x<y", 8.0))
    ]
    bad = Measured("csv", 1000, "cells", "ours", 99.0, 2.0, 3.0, 0, 1.0)
    picture = ElementTree.fromstring(drawn([asdict(one) for one in (*good, bad)]))
    texts = [text.text for text in picture.findall(".//{*}text")]
    widths = [int(bar.get("width", 0)) for bar in picture.findall(".//{*}rect")]
    assert texts[1:] == ["CSV, 1,000 rows", "this package", "4 s", "x<y", "8 s"] and 0 < widths[0] < widths[1]


def test_the_pictures_of_the_page_are_those_of_its_figures() -> None:
    with FIGURES.open(encoding="utf-8", newline="") as file:
        figures = list(csv.DictReader(file))
    for language, name in (("en", "large-tables.svg"), ("zh", "large-tables-zh.svg")):
        assert (ASSETS / name).read_text(encoding="utf-8") == drawn(figures, language)


def test_every_side_and_kind_says_what_it_is() -> None:
    assert all(made.__doc__ for made in SIDES.values()) and set(BAD) == {"clean", "few", "values", "cells"}


def test_what_the_processes_of_a_command_hold_is_added_up() -> None:
    started = "import subprocess, sys, time; block = bytearray(60 << 20); time.sleep(0.4)"
    alone = process_cost.run([sys.executable, "-c", started])
    two = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {started!r}]); {started}"
    together = process_cost.run([sys.executable, "-c", f"import threading; block = bytearray(60 << 20); {two}"])
    assert 60 < alone.peak < together.peak and together.peak > 120
    assert together.wall > alone.wall > 0.4
    with pytest.raises(SystemExit, match="exit code 3"):
        process_cost.run([sys.executable, "-c", "raise SystemExit(3)"])
