"""The R client, installed into an empty library and used from an empty folder, gives what the Python client gives."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import tarfile
from datetime import date, timedelta
from pathlib import Path

import cloud_vendor_metrics as cvm
import duckdb
import pandas as pd
import pytest
from cloud_vendor_metrics.citation import Style
from cloud_vendor_metrics.selecting import known_by
from hypothesis import given
from hypothesis import strategies as st

from canonical.table_schema import ROOT, table_names
from release.package.metadata import version
from release.package.r_client import archive_name, r_archive
from tests.clients.r_library import R_MISSING, archive, installed, run_r

pytestmark = [pytest.mark.r, pytest.mark.skipif(R_MISSING, reason="Rscript is not on the PATH")]

LARGE = ("compute_prices", "model_prices")
"""Tables that are compared elsewhere, by `test_loads`: a checksum in R takes long over so many rows."""


def printed(script: str, folder: Path) -> list[str]:
    """What lines of R print."""
    done = run_r(script, folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_every_table_is_read_with_base_r_and_equals_that_of_python(tmp_path: Path) -> None:
    names = [name for name in cvm.tables()["table_name"] if name not in LARGE and len(cvm.load(name)) < 10_000]
    lines = printed(
        f"for (name in c({', '.join(map(repr, names))})) cat(name, cvm_checksum(cvm_load(name)), '\\n')", tmp_path
    )
    found = dict(line.split() for line in lines)
    assert found == {name: cvm.checksum(cvm.load(name)) for name in names} and len(found) > 30


def test_the_largest_tables_are_read_with_their_rows_and_sums(tmp_path: Path) -> None:
    script = (
        "for (name in c('compute_prices', 'model_prices', 'model_price_claims', 'exchange_rates')) {\n"
        "  rows <- cvm_load(name); number <- names(rows)[vapply(rows, is.numeric, TRUE)]\n"
        "  cat(name, nrow(rows), sprintf('%.17g', sum(rows[[number[length(number)]]], na.rm = TRUE)), "
        "sum(is.na(rows)), '\\n')\n}"
    )
    for line in printed(script, tmp_path):
        name, rows, total, missing = line.split()
        frame = cvm.load(name)
        number = [c for c in frame if pd.api.types.is_numeric_dtype(frame[c]) and frame[c].dtype != "bool"][-1]
        assert (int(rows), int(missing)) == (len(frame), int(frame.isna().sum().sum()))
        assert float(total) == pytest.approx(float(frame[number].sum()), rel=1e-12)


VERBS = {
    'cvm_series(c("AWS", "阿里云", "MSFT"), "revenue", list("2020", NULL), currency = "USD")':
        lambda: cvm.series(["AWS", "阿里云", "MSFT"], "revenue", ("2020", None), currency="USD"),
    'cvm_series(c("AWS", "阿里云", "MSFT"), "revenue", list("2020", NULL), currency = "USD", wide = TRUE)':
        lambda: cvm.series(["AWS", "阿里云", "MSFT"], "revenue", ("2020", None), currency="USD", wide=True),
    'cvm_series("alibaba", "capex", "FY2025", as_of = "2025-06-30", frequency = "year", currency = "USD")':
        lambda: cvm.series("alibaba", "capex", "FY2025", "2025-06-30", frequency="year", currency="USD"),
    'cvm_series(metric = c("revenue", "capex"), period = "2025", as_of = "2025-10-01")':
        lambda: cvm.series(metric=["revenue", "capex"], period="2025", as_of="2025-10-01"),
    'cvm_observations("MSFT", "revenue", "FY2025Q2", as_of = "2025-12-31")':
        lambda: cvm.observations("MSFT", "revenue", "FY2025Q2", as_of="2025-12-31"),
    'cvm_vintages("MSFT", "revenue", "2021-Q3", wide = TRUE)':
        lambda: cvm.vintages("MSFT", "revenue", "2021-Q3", wide=True),
    'cvm_price_on("gpt-4o", "2025-06-01")': lambda: cvm.price_on("gpt-4o", "2025-06-01"),
    'cvm_cheapest("H100", day = "2026-06-15")': lambda: cvm.cheapest("H100", day="2026-06-15"),
    'cvm_search("资本开支")': lambda: cvm.search("资本开支"),
    'cvm_describe("quarterly_metrics")': lambda: cvm.describe("quarterly_metrics"),
    'cvm_resolve(c("阿里云", "AWS", "MSFT", "0700"))': lambda: cvm.resolve(["阿里云", "AWS", "MSFT", "0700"]),
    'cvm_sources(cvm_observations("AWS", "revenue", "2025"))':
        lambda: cvm.sources(cvm.observations("AWS", "revenue", "2025")),
    'cvm_findings(cvm_load("cloud_quarters"))': lambda: cvm.findings(cvm.load("cloud_quarters")),
}  # fmt: skip


def test_each_verb_gives_the_rows_that_python_gives(tmp_path: Path) -> None:
    lines = printed("\n".join(f"cat(cvm_checksum({call}), '\\n')" for call in VERBS), tmp_path)
    expected = [cvm.checksum(verb()) for verb in VERBS.values()]
    different = [call for call, line, own in zip(VERBS, lines, expected, strict=True) if line.strip() != own]
    assert not different


WITHOUT = """
for (file in list.files(commandArgs(TRUE)[1], full.names = TRUE)) source(file)
exists <- function(...) FALSE
requireNamespace <- function(...) FALSE
rows <- data.frame(a = c(1.5, NA), b = c("云", "x"))
cat(cvm_checksum(rows), "\\n")
Sys.which <- function(names) stats::setNames(rep("", length(names)), names)
cat(tryCatch(cvm_checksum(rows), error = conditionMessage), "\\n")
"""


def test_an_r_that_computes_no_sum_asks_the_system_and_else_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "script.R").write_text(WITHOUT, encoding="utf-8")
    command = ["Rscript", "--vanilla", "script.R", str(ROOT / "clients" / "r" / "R")]
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    first, second = done.stdout.splitlines()
    assert first.strip() == cvm.checksum(pd.DataFrame({"a": [1.5, None], "b": ["云", "x"]}))
    assert (
        second.startswith("nothing here computes SHA-256: R does from 4.5 on")
        and 'install.packages("digest")' in second
    )


STYLES: tuple[Style, ...] = ("text", "apa", "bibtex", "ris", "csl-json")
ENDS = "-- the next style --"


def test_a_citation_is_that_of_python(tmp_path: Path) -> None:
    rows = cvm.observations("AWS", "revenue", "2025").head(10)
    script = (
        "rows <- head(cvm_observations('AWS', 'revenue', '2025'), 10)\n"
        f"for (style in c({', '.join(map(repr, STYLES))})) cat(cvm_cite(rows, style), '\\n{ENDS}\\n', sep = '')"
    )
    *texts, after = "\n".join(printed(script, tmp_path)).split(ENDS)
    assert after == ""
    for style, text in zip(STYLES, texts, strict=True):
        own = cvm.cite(rows, style)
        if style == "csl-json":
            assert json.loads(text) == json.loads(own)
        else:
            assert text.removeprefix("\n").rstrip() == own.rstrip(), style


def days() -> list[str]:
    """Days around those on which something became known, and any."""
    chance = random.Random(13)
    known = sorted(set(cvm.load("vintages")["known_on"].dt.date))
    picked = [day + timedelta(days=chance.choice((-1, 0, 1))) for day in chance.sample(known, 30)]
    return [str(day) for day in [*picked, date(2000, 1, 1), date(9999, 12, 31)]]


def test_as_of_any_day_python_r_and_sql_give_the_same(tmp_path: Path) -> None:
    asked = days()
    lines = printed(f"for (day in c({', '.join(map(repr, asked))})) cat(cvm_checksum(cvm_as_of(day)), '\\n')", tmp_path)
    views = (ROOT / "clients" / "sql" / "views.sql").read_text(encoding="utf-8")
    connection = duckdb.connect()
    connection.execute(views.replace("'data/", f"'{ROOT}/data/"))
    for day, line in zip(asked, lines, strict=True):
        own = cvm.as_of(day)
        assert line.strip() == cvm.checksum(own), day
        rows = connection.execute("SELECT fact_id, known_on, value FROM as_of(?)", [day]).df()
        assert list(rows["fact_id"]) == list(own["fact_id"]) and list(rows["known_on"]) == list(own["known_on"])
        assert rows["value"].equals(own["value"].rename("value"))


DAYS = st.dates(date(2020, 1, 1), date(2020, 1, 9))
WORLDS = st.lists(
    st.tuples(st.sampled_from("abc"), DAYS, st.integers(0, 99)), max_size=12, unique_by=lambda row: row[:2]
)


def frame_of(rows: list[tuple[str, date, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["fact_id", "known_on", "value"])
    return frame.astype({"fact_id": "str", "known_on": "datetime64[us]", "value": "float64"})


@given(rows=WORLDS, day=DAYS)
def test_in_any_world_the_last_row_known_by_the_day_stands(rows: list[tuple[str, date, int]], day: date) -> None:
    expected: dict[str, tuple[date, int]] = {}
    for fact, known_on, value in rows:
        if known_on <= day and (fact not in expected or known_on > expected[fact][0]):
            expected[fact] = (known_on, value)
    known = known_by(frame_of(rows), day)
    assert dict(zip(known["fact_id"], known["value"], strict=True)) == {fact: v for fact, (_, v) in expected.items()}
    assert list(known["fact_id"]) == sorted(known["fact_id"])


def test_in_many_worlds_r_and_sql_keep_the_rows_that_python_keeps(tmp_path: Path) -> None:
    chance = random.Random(7)
    macro = (
        (ROOT / "clients" / "sql" / "views.sql")
        .read_text(encoding="utf-8")
        .split("OR REPLACE MACRO as_of")[1]
        .split(";")[0]
    )
    connection = duckdb.connect()
    expected: list[str] = []
    for world in range(40):
        cells = {
            (chance.choice("abcd"), date(2020, 1, chance.randint(1, 9))): chance.randint(0, 99)
            for _ in range(chance.randint(0, 14))
        }
        frame = frame_of([(fact, day, value) for (fact, day), value in cells.items()])
        frame.to_csv(tmp_path / f"{world}.csv", index=False)
        own = known_by(frame, date(2020, 1, 5))
        expected.append(" ".join(f"{row.fact_id}={row.value:g}" for row in own.itertuples()))
        connection.register("vintages", frame)
        connection.execute(f"CREATE OR REPLACE MACRO as_of{macro}")
        found = connection.execute("SELECT fact_id, value FROM as_of('2020-01-05')").fetchall()
        assert " ".join(f"{fact}={value:g}" for fact, value in found) == expected[-1]
    script = (
        "for (world in 0:39) { \n"
        "rows <- read.csv(paste0(world, '.csv'), colClasses = c('character', 'Date', 'numeric'))\n"
        "known <- cloudvendormetrics:::known_by(rows, as.Date('2020-01-05'))\n"
        "cat(paste0(known$fact_id, rep('=', nrow(known)), known$value, collapse = ' '), '\\n') }"
    )
    assert [line.strip() for line in printed(script, tmp_path)] == expected


def test_the_archive_is_the_same_each_time_and_installs() -> None:
    assert r_archive(version()) == archive().read_bytes()
    assert (installed() / "cloudvendormetrics" / "DESCRIPTION").is_file()


def test_every_table_is_in_the_package_as_text() -> None:
    folder = installed() / "cloudvendormetrics" / "extdata" / "data"
    kept = {name for name in table_names() if list((ROOT / "data").glob(f"{name}*"))}
    assert {path.name.removesuffix(".csv.gz") for path in folder.iterdir()} == kept


def test_r_cmd_check_finds_nothing_but_what_cannot_be_helped(tmp_path: Path) -> None:
    needed = "quit(status = !all(c('testthat', 'knitr', 'markdown') %in% rownames(installed.packages())))"
    if subprocess.run(["Rscript", "-e", needed], capture_output=True, check=False).returncode:
        pytest.skip("testthat, knitr and markdown are not installed in R")
    with tarfile.open(archive()) as packed:
        packed.extractall(tmp_path, filter="data")
    environment = os.environ | {
        "_R_CHECK_FORCE_SUGGESTS_": "false", "LC_ALL": "C.UTF-8", "_R_CHECK_CRAN_INCOMING_": "false",
        "_R_CHECK_SYSTEM_CLOCK_": "0",
    }  # fmt: skip
    for command in (
        ["build", "--no-manual", "cloudvendormetrics"],
        ["check", "--no-manual", "--no-build-vignettes", archive_name(version())],
    ):
        done = subprocess.run(
            ["R", "CMD", *command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-3000:]
    parts = done.stdout.split("* checking ")[1:]
    notes = [part for part in parts if re.search(r"(?:^|\s)(?:NOTE|WARNING|ERROR)$", part, re.MULTILINE)]
    # The tables take more than 5 MB; nanoparquet and arrow are in no registry that this machine reaches.
    assert [
        note.split(" ...")[0]
        for note in notes
        if not note.startswith(("installed package size", "package dependencies"))
    ] == [], done.stdout
