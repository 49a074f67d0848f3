"""The R functions say what is wrong in words."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from canonical.table_schema import ROOT

pytestmark = [
    pytest.mark.r,
    pytest.mark.skipif(not shutil.which("Rscript"), reason="Rscript is not on the PATH"),
]


def r(expression: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run an expression behind `clients/r/load.R`, warnings as errors."""
    script = f'options(warn = 2); source("{(ROOT / "clients" / "r" / "load.R").as_posix()}"); {expression}'
    command = ["Rscript", "--vanilla", "-e", script]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def test_both_readers_give_dates_numbers_and_chinese_text() -> None:
    ran = r(
        "for (read in c(cvm_read, cvm_read_readr)) { t <- read('sources'); "
        "stopifnot(inherits(t$known_on, 'Date'), any(Encoding(t$title) == 'UTF-8'), nrow(t) > 1, anyNA(t$url)) }"
    )
    assert ran.returncode == 0, ran.stderr


def test_cells_keep_their_blanks_their_quotes_and_the_text_na(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "data").mkdir()
    schema = '{"fields": [{"name": "a b", "type": "string"}, {"name": "n", "type": "number"}]}'
    (tmp_path / "schemas" / "things.json").write_text(schema, encoding="utf-8")
    (tmp_path / "data" / "things.csv").write_text(
        'a b,n\n" x ",0.000000031575520833\nNA,\n"say ""云"", #1",12345678901\n', encoding="utf-8"
    )
    ran = r(
        "for (read in c(cvm_read, cvm_read_readr)) { t <- read('things'); stopifnot("
        "identical(t[['a b']], c(' x ', 'NA', 'say \"\\u4e91\", #1')), "
        "identical(t$n, c(0.000000031575520833, NA, 12345678901))) }",
        tmp_path,
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("cvm_read('nosuch')", 'no table "nosuch" in .; there are annual_metrics, '),
        ("cvm_read('')", 'no table "" in .; there are annual_metrics, '),
        ("cvm_read(NULL)", "no table NULL in .; there are annual_metrics, "),
        ("cvm_read('../datapackage')", 'no table "../datapackage" in .; there are annual_metrics, '),
        ("cvm_read('units', 'nowhere')", "no schemas in nowhere; name the folder of the unpacked package: "),
        ("cvm_as_of('2024-01-01', 'nowhere')", "no schemas in nowhere; name the folder of the unpacked package: "),
        (
            "cvm_read_readr('compute_prices')",
            'compute_prices is kept as Parquet only; read it with arrow::open_dataset("./data/compute_prices")',
        ),
        ("cvm_as_of(NA)", "day: found NA, expected one Date or its text YYYY-MM-DD"),
        ("cvm_as_of(NULL)", "day: found NULL, expected one Date"),
        ("cvm_as_of(20240101)", "day: found 20240101, expected one Date"),
        ("cvm_as_of('yesterday')", 'day: found "yesterday", expected one Date'),
        ("cvm_as_of('2021-02-31')", 'day: found "2021-02-31", expected one Date'),
        ("cvm_as_of('2024-1-1')", 'day: found "2024-1-1", expected one Date'),
        ("cvm_as_of(c('2024-01-01', '2025-01-01'))", 'day: found c("2024-01-01", "2025-01-01"), expected one Date'),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(expression: str, words: str) -> None:
    ran = r(expression)
    refusal, *rest = ran.stderr.splitlines()
    assert ran.returncode == 1 and refusal.startswith("Error: ") and words in refusal
    assert rest == ["Execution halted"]


def test_a_table_without_a_file_is_not_said_to_be_parquet(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "things.json").write_text('{"fields": [{"name": "n", "type": "number"}]}', encoding="utf-8")
    ran = r("cvm_read('things')", tmp_path)
    assert ran.stderr.splitlines()[0] == "Error: table things has no file in ./data yet"


def test_of_a_time_the_date_counts_in_its_own_zone() -> None:
    ran = r(
        "time <- as.POSIXct('2023-07-25 01:00', tz = 'Asia/Shanghai'); "
        "stopifnot(identical(cvm_as_of(time), cvm_as_of(as.Date('2023-07-25'))))"
    )
    assert ran.returncode == 0, ran.stderr


def test_a_restated_quarter_reads_as_it_was_known_on_the_day() -> None:
    ran = r(
        "fact <- 'microsoft-intelligent-cloud||revenue|level|reported|total|quarter|2021-07-01|2021-09-30'; "
        "value <- function(day) { k <- cvm_as_of(day); k$value[k$fact_id == fact] }; "
        "stopifnot(value('2022-10-24') == 16964, value('2022-10-25') == 16912, "
        "!anyDuplicated(cvm_as_of(Sys.Date())$fact_id))"
    )
    assert ran.returncode == 0, ran.stderr


def a_package(folder: Path) -> Path:
    """A package of one table of two rows, with its descriptor."""
    text = b"id,n\na,1\nb,2\n"
    for part in ("schemas", "data"):
        (folder / part).mkdir()
    fields = [{"name": "id", "type": "string"}, {"name": "n", "type": "number"}]
    (folder / "schemas" / "things.json").write_text(json.dumps({"fields": fields}), encoding="utf-8")
    (folder / "data" / "things.csv").write_bytes(text)
    described = {"path": "data/things.csv", "bytes": len(text), "row_count": 2}
    described["hash"] = "sha256:" + hashlib.sha256(text).hexdigest()
    (folder / "datapackage.json").write_text(json.dumps({"resources": [described]}), encoding="utf-8")
    return folder


def test_a_file_that_is_the_one_described_is_read(tmp_path: Path) -> None:
    ran = r("for (read in c(cvm_read, cvm_read_readr)) stopifnot(nrow(read('things')) == 2)", a_package(tmp_path))
    assert ran.returncode == 0, ran.stderr


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("file", "damage", "words"),
    [
        ("data/things.csv", lambda path: path.write_bytes(b"id,n\na,1\n"), "not the file of the package"),
        ("data/things.csv", lambda path: path.write_bytes(b"id,n\na,1\nb,9\n"), "not the file of the package"),
        ("data/things.csv", lambda path: path.write_bytes(b"xy,z\na,1\nb,2\n"), "not the file of the package"),
        ("data/things.csv", Path.unlink, "the file is missing"),
        ("data/things.csv", as_folder, "a folder, not a file"),
        ("datapackage.json", lambda path: path.write_text("["), "not a descriptor"),
        ("datapackage.json", lambda path: path.write_text('{"resources": 7}'), "not a descriptor"),
        ("datapackage.json", lambda path: path.write_text("null"), "not a descriptor"),
        ("schemas/things.json", lambda path: path.write_text("{"), "not the schema of a table"),
        ("schemas/things.json", lambda path: path.write_text('{"fields": 7}'), "not the schema of a table"),
    ],
)
def test_a_damaged_package_is_refused_in_words(
    tmp_path: Path, file: str, damage: Callable[[Path], object], words: str
) -> None:
    damage(a_package(tmp_path) / file)
    ran = r("cvm_read('things')", tmp_path)
    assert ran.returncode == 1 and words in ran.stderr and "download and unpack the package again" in ran.stderr
