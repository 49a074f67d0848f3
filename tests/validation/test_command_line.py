"""The command line: good files pass, every bad one gives a line that says where, what and how to fix it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from canonical.reading.csv_shape import LONGEST_CELL
from canonical.reference import Reference
from canonical.table_schema import ROOT, load_schema
from tests.builders import NINE_TYPED_CELLS, Row, a_typed_frame, an_observation, write_csv
from validation import own_files
from validation.__main__ import main

COLUMNS = load_schema("observations").columns
FEED = ("entity_id", "metric_id", "period_type", "period_end", "printed_value", "printed_unit_id")

STEP = re.compile(r"(structure|values|relations|prices|package)( not run.*)?: ")
Check = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def check(reference_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Check:
    """Run the command in this process, a small package at hand: exit code, and the lines it printed but the summary."""
    monkeypatch.setattr(own_files, "DATA", reference_folder)

    def run(*arguments: str | Path) -> tuple[int, list[str]]:
        code = main([*map(str, arguments)])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        lines = (printed.out + printed.err).splitlines()
        return code, [line for line in lines if not line.endswith("corrected") and not STEP.match(line)]

    return run


def text_of(*rows: Row) -> str:
    """Observations as CSV text."""
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def a_file(tmp_path: Path, content: str | bytes, name: str = "feed.csv") -> Path:
    """A file outside the package."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def test_a_good_file_outside_the_package_passes(check: Check, reference: Reference, tmp_path: Path) -> None:
    path = a_file(tmp_path, text_of(an_observation(reference)))
    assert check("--table", "observations", path) == (0, [])


def test_a_good_parquet_file_passes(check: Check, reference: Reference, tmp_path: Path) -> None:
    path = tmp_path / "feed.parquet"
    a_typed_frame("observations", [an_observation(reference)]).write_parquet(path)
    assert check("--table", "observations", path) == (0, [])


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
@pytest.mark.parametrize("columns", [FEED, (*FEED[:4], "value", "unit_id")])
def test_a_feed_needs_six_columns_only(check: Check, tmp_path: Path, columns: tuple[str, ...], suffix: str) -> None:
    row = {**NINE_TYPED_CELLS, "value": "39824", "unit_id": "cny-m"}
    path = write_csv(tmp_path / "feed.csv", [{name: row[name] for name in columns}])
    if suffix == "parquet":
        frame = a_typed_frame("observations", [row]).select(columns)
        frame.write_parquet(path := tmp_path / "feed.parquet")
    assert check("--table", "observations", path) == (0, [])


@pytest.mark.parametrize("column", FEED)
def test_each_of_the_six_columns_is_needed(check: Check, tmp_path: Path, column: str) -> None:
    path = write_csv(tmp_path / "feed.csv", [{name: NINE_TYPED_CELLS[name] for name in FEED if name != column}])
    code, (line,) = check("--table", "observations", path)
    assert code == 1 and f"{path}:1: {column}: the column is missing" in line and "fix: add the column" in line


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("period_end", "2025/9/30", "a date YYYY-MM-DD"),
        ("printed_value", "398,24", "the form"),
        ("entity_id", "acme-clowd", "a value of entities.entity_id"),
        ("printed_unit_id", "percent", "a unit of money"),
        ("period_type", "Q", "one of instant, month"),
    ],
)
def test_a_bad_cell_of_a_feed_is_named(check: Check, tmp_path: Path, column: str, cell: str, expected: str) -> None:
    row = {name: NINE_TYPED_CELLS[name] for name in FEED} | {column: cell}
    path = write_csv(tmp_path / "feed.csv", [row])
    code, (line,) = check("--table", "observations", path)
    assert code == 1 and f"{path}:2: (row 1) {column}: " in line
    assert f"found '{cell}" in line and f"expected {expected}" in line and "fix: " in line


@pytest.mark.parametrize(
    ("cells", "column", "found", "expected"),
    [
        pytest.param({"printed_unit_id": "usd-bn"}, "unit_id", "cny-m", "usd-m", id="a wrong unit"),
        pytest.param({"entity_id": "acme-clowd"}, "entity_id", "acme-clowd", "entities.entity_id", id="a broken key"),
        pytest.param({"period_end": "30.09.2025"}, "period_end", "30.09.2025", "YYYY-MM-DD", id="a date in German"),
        pytest.param({"period_end": "9/30/25"}, "period_end", "9/30/25", "YYYY-MM-DD", id="a date by Excel"),
        pytest.param({"period_end": "45930"}, "period_end", "45930", "YYYY-MM-DD", id="a date as Excel's number"),
        pytest.param({"period_end": "9999-09-30"}, "period_end", "9999-09-30", "2199-12-31", id="a year that is none"),
        pytest.param({"printed_value": "17-Jun"}, "printed_value", "17-Jun", "the form", id="a range by Excel"),
        pytest.param({"value": "398240"}, "value", "398240", "39824", id="a slip by ten"),
        pytest.param({"printed_text": "x" * 100_000}, "printed_text", "x" * 120, "characters: 40", id="a long cell"),
    ],
)
def test_a_bad_row_is_one_line(
    check: Check, reference: Reference, tmp_path: Path, cells: Row, column: str, found: str, expected: str
) -> None:
    good = an_observation(reference)
    path = a_file(tmp_path, text_of(good, good | {"observation_id": "acme-results-2025.002", "locator": "p:9"} | cells))
    code, (line,) = check("--table", "observations", path)
    assert code == 1 and line.startswith(f"{path}:3: (row 2, acme-results-2025.002) {column}: ")
    assert f"found '{found}" in line and expected in line and "; fix: " in line and len(line) < 600


def test_a_repeated_key_is_a_line_for_each_row(check: Check, reference: Reference, tmp_path: Path) -> None:
    row = an_observation(reference)
    path = a_file(tmp_path, text_of(row, row))
    code, lines = check("--table", "observations", path)
    assert code == 1 and [line.split(" ")[0] for line in lines] == [f"{path}:2:", f"{path}:3:"]
    assert all("observation_id" in line and "more than one row" in line for line in lines)


def test_a_row_that_is_not_filled_is_named(check: Check, tmp_path: Path) -> None:
    path = a_file(tmp_path, text_of(dict.fromkeys(COLUMNS, "") | NINE_TYPED_CELLS))
    code, lines = check("--table", "observations", path)
    assert code == 1 and lines and all(":2: (row 1) " in line and "make fill" not in line for line in lines)


GOOD = "entity_id,metric_id,period_type,period_end,printed_value,printed_unit_id\nacme-cloud,revenue,quarter,2025-09-30,398.24,cny-100m\n"  # noqa: E501


def test_an_endless_cell_is_refused_though_another_library_takes_longer_ones(check: Check, tmp_path: Path) -> None:
    path = a_file(tmp_path, GOOD.replace("398", "3" * (LONGEST_CELL + 1)))
    before = csv.field_size_limit(10_000_000)
    try:
        code, lines = check("--table", "observations", path)
    finally:
        csv.field_size_limit(before)
    assert code == 2 and "found a cell of more" in lines[0]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        pytest.param(GOOD.replace("398.24", "398.24亿").encode("gbk"), 2, "reads as GBK", id="GBK"),
        pytest.param(GOOD.encode("utf-16"), 2, "text in UTF-16LE", id="UTF-16"),
        pytest.param("", 2, "the file is empty", id="empty"),
        pytest.param(GOOD.replace("revenue", "rev\x00enue"), 2, ":2: found a NUL byte", id="NUL"),
        pytest.param(GOOD.replace("\n", "\r"), 2, "line end of CR alone", id="CR"),
        pytest.param(GOOD.replace(",", ";"), 2, "separated by semicolons", id="semicolons"),
        pytest.param(GOOD.replace("revenue", 'reve"nue'), 2, ":2: found a single quote", id="quote"),
        pytest.param(GOOD.replace("revenue", '"revenue'), 2, ":2: found a quote that is not closed", id="open quote"),
        pytest.param(GOOD.replace("398", "3" * (LONGEST_CELL + 1)), 2, ":2: found a cell of more", id="endless cell"),
        pytest.param(GOOD + "acme-cloud,revenue\n", 1, ":3: (row 2) the row has another width", id="short row"),
        pytest.param(GOOD + "a,b,c,d,e,f,g\n", 1, ":3: (row 2) the row has another width", id="long row"),
        pytest.param(GOOD.replace("\n", "\n\n", 1), 1, ":2: (row 1) the line is blank", id="blank line"),
        pytest.param(GOOD.replace("metric_id", "entity_id"), 1, "stands twice", id="repeated column"),
        pytest.param(GOOD.replace("metric_id", "metric"), 1, "no such column", id="unknown column"),
    ],
)
def test_a_bad_file_is_refused_in_a_line(
    check: Check, tmp_path: Path, content: str | bytes, code: int, words: str
) -> None:
    path = a_file(tmp_path, content)
    found, lines = check("--table", "observations", path)
    assert found == code
    assert sum(words in line for line in lines) == 1
    assert all(str(path) in line for line in lines) and len("".join(lines)) < 2000


@pytest.mark.parametrize(
    ("content", "code"), [(GOOD.replace("revenue", "revenu"), 1), (GOOD.encode("utf-16"), 2)], ids=["wrong", "no text"]
)
def test_a_file_name_that_drives_the_terminal_is_shown_with_escapes(
    check: Check, tmp_path: Path, content: str | bytes, code: int
) -> None:
    path = a_file(tmp_path, content).rename(tmp_path / "a\x1b[2J\u202e\nb.csv")
    found, lines = check("--table", "observations", path)
    assert found == code and len(lines) == 1
    assert "a\\x1b[2J\\u202e" in lines[0] and not {"\x1b", "\u202e"} & set(lines[0])
    _, lines = check("--table", "observations", path, "--format", "jsonl")
    assert all(isinstance(json.loads(line), dict) for line in lines if code == 1)


def test_the_mark_that_excel_writes_is_dropped(check: Check, tmp_path: Path) -> None:
    assert check("--table", "observations", a_file(tmp_path, "\ufeff" + GOOD)) == (0, [])
    code, (line,) = check("--table", "observations", a_file(tmp_path, "\ufeff" + GOOD.replace("revenue", "revenu")))
    assert code == 1 and ":2: (row 1) metric_id" in line


def test_windows_line_ends_are_good(check: Check, tmp_path: Path) -> None:
    assert check("--table", "observations", a_file(tmp_path, GOOD.replace("\n", "\r\n"))) == (0, [])


def test_a_header_alone_is_good(check: Check, tmp_path: Path) -> None:
    assert check("--table", "observations", a_file(tmp_path, GOOD.splitlines()[0])) == (0, [])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "found an empty file, expected table observations; fix: write the file again"),
        (b"not Parquet at all", "found content that is cut off, damaged or of another format, expected table"),
        (b"PAR1" + bytes(20) + b"PAR1", "found content that is cut off, damaged or of another format, expected table"),
    ],
)
def test_a_parquet_file_that_cannot_be_read_is_refused(
    check: Check, tmp_path: Path, content: bytes, words: str
) -> None:
    path = a_file(tmp_path, content, "feed.parquet")
    code, (line,) = check("--table", "observations", path)
    assert code == 2 and line.startswith(f"validation: {path}: not a readable Parquet file; {words}")


def test_a_parquet_column_of_another_type_is_named(check: Check, reference: Reference, tmp_path: Path) -> None:
    path = tmp_path / "feed.parquet"
    frame = a_typed_frame("observations", [an_observation(reference)])
    frame.with_columns(period_end=pl.lit("2025-09-30")).write_parquet(path)
    code, (line,) = check("--table", "observations", path)
    assert code == 1 and "period_end: the column has another type; found 'String', expected a column of" in line


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--table", "observations", "none.csv"], "none.csv: no such file"),
        (["--table", "observations", "a" * 300 + ".csv"], "File name too long"),
        (["--table", "nosuch", "feed.csv"], "invalid choice: 'nosuch'"),
        (["feed.csv"], "say which with --table NAME"),
        (["--table", "observations", "."], "no CSV or Parquet file"),
        (["--format", "xml"], "invalid choice: 'xml'"),
        (["--engine", "spork"], "invalid choice: 'spork'"),
        (["--reference", "none"], "--reference none: no such folder"),
        (["--output", "", "feed.csv"], "argument --output: the path is empty"),
        (["--reference", ""], "argument --reference: the path is empty"),
        ([""], "argument PATH: the path is empty"),
        (["--colour"], "unrecognized arguments: --colour"),
    ],
)
def test_a_wrong_call_is_one_line_on_stderr(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and words in printed.err and printed.err.count("\n") == 1


def test_a_folder_is_checked_file_by_file(check: Check, tmp_path: Path, reference: Reference) -> None:
    write_csv(tmp_path / "observations.csv", [an_observation(reference, value="1")])
    write_csv(tmp_path / "vendors.csv", [{"vendor_id": "Acme", "name_en": "Acme East"}])
    a_file(tmp_path, "free text", "notes.csv")
    code, lines = check(tmp_path)
    assert code == 1 and [line.rsplit("[", 1)[1].split(" ")[0] for line in lines] == ["U.value", "S.pattern"]


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_checked(
    check: Check, tmp_path: Path, reference: Reference
) -> None:
    entities = a_file(tmp_path, b"\xff", "entities.csv")
    write_csv(tmp_path / "observations.csv", [an_observation(reference, value="1")])
    units = a_file(tmp_path, b"", "units.parquet")
    code, lines = check(tmp_path)
    assert code == 2 and len(lines) == 3
    assert "[U.value error]" in lines[0]
    assert lines[1].startswith(f"validation: {entities}:1: ") and lines[2].startswith(f"validation: {units}: ")


def test_nothing_is_written_where_no_file_could_be_read(check: Check, tmp_path: Path) -> None:
    path, output = a_file(tmp_path, ""), tmp_path / "findings.json"
    code, (line,) = check("--table", "observations", "--format", "json", "--output", output, path)
    assert code == 2 and "the file is empty" in line and not output.exists()


def test_a_table_that_all_files_refer_to_is_refused_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_file(tmp_path, b"PK\x03\x04xl/", "units.csv")
    paths = [str(a_file(tmp_path, GOOD, name)) for name in ("a.csv", "b.csv")]
    assert main(["--reference", str(tmp_path), "--table", "observations", *paths]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "checked"),
    [(["vendors.csv"], "vendors.csv"), (["vendors.csv", "units.csv"], "2 files"), (["."], "2 files")],
)
def test_the_summary_names_what_was_checked(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    checked: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    a_file(tmp_path, "vendor_id,name_en\nacme,Acme\n", "vendors.csv")
    a_file(tmp_path, "unit_id,symbol,quantity,canonical_unit_id,factor\npercent,%,ratio,percent,1\n", "units.csv")
    main(arguments)
    assert capsys.readouterr().err.splitlines()[-1].startswith(f"checked {checked}: ")


def test_a_table_without_a_file_is_that_of_the_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--table", "units"]) == 0
    assert capsys.readouterr().err.splitlines()[-1].startswith("checked data/units.csv: 0 errors, ")
    assert main(["--reference", str(tmp_path), "--table", "units"]) == 2
    assert capsys.readouterr().err == f"validation: {tmp_path}: holds no file of table units\n"


def test_a_file_called_after_a_table_needs_no_name(check: Check, tmp_path: Path) -> None:
    assert check(a_file(tmp_path, "vendor_id,name_en\nacme,Acme\n", "vendors.csv")) == (0, [])


@pytest.mark.parametrize("engine", ["polars", "pandera"])
def test_both_engines_say_the_same(check: Check, tmp_path: Path, engine: str) -> None:
    path = a_file(tmp_path, "vendor_id,name_en,country\nacme,,China\n", "vendors.csv")
    code, lines = check("--engine", engine, path)
    assert code == 1 and [line.rsplit("[", 1)[1].split(" ")[0] for line in lines] == ["S.pattern", "S.required"]


def test_json_names_row_column_line_found_and_expected(
    reference_folder: Path, reference: Reference, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = a_file(tmp_path, text_of(an_observation(reference, printed_value="617.35", value="617350")))
    arguments = ["--reference", str(reference_folder), "--table", "observations", "--format", "json", str(path)]
    assert main(arguments) == 1
    printed = capsys.readouterr()
    (finding,) = json.loads(printed.out)["findings"]
    assert printed.err == ""
    assert {"rule", "severity", "table", "row_id", "row_number", "column", "found", "expected", "message", "fix",
            "related", "status", "line_number"} <= set(finding)  # fmt: skip
    assert (finding["row_number"], finding["line_number"], finding["expected"]) == (1, 2, "61735")


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv"])
def test_findings_go_to_a_file_on_demand(check: Check, tmp_path: Path, reference: Reference, form: str) -> None:
    path, output = a_file(tmp_path, text_of(an_observation(reference, value="1"))), tmp_path / "findings"
    code, lines = check("--table", "observations", "--format", form, "--output", output, path)
    assert (code, lines) == (1, []) and "U.value" in output.read_text(encoding="utf-8")
    assert sorted(found.name for found in tmp_path.iterdir()) == ["feed.csv", "findings"]


@pytest.mark.parametrize("output", ["none/findings.txt", ".", "feed.csv/findings.txt"])
def test_an_output_that_cannot_be_written_is_one_line(
    check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = a_file(tmp_path, GOOD)
    code, (line,) = check("--table", "observations", "--output", output, path)
    assert code == 2 and line.startswith(f"validation: --output {output}: cannot be written")
    assert [found.name for found in tmp_path.iterdir()] == ["feed.csv"]


def test_a_device_is_written_to_and_not_replaced(check: Check, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    path = a_file(tmp_path, GOOD.replace("revenue", "revenues"))
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        check("--table", "observations", "--output", pipe, path)
        assert b"revenues" in os.read(reading, 65536)
    finally:
        os.close(reading)
    assert pipe.is_fifo()


@pytest.mark.parametrize(
    ("table", "text", "words"),
    [
        ("entities", "entity_id,name_en,scope\na,b\n", "another width"),
        ("units", "unit_id\n\x00", "NUL byte"),
        ("metrics", "metric_id\na\n", "the column is missing"),
    ],
)
def test_a_reference_table_that_cannot_be_read_is_no_silent_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str, text: str, words: str
) -> None:
    folder = tmp_path / "reference"
    folder.mkdir()
    a_file(folder, text, f"{table}.csv")
    path = a_file(tmp_path, GOOD)
    assert main(["--reference", str(folder), "--table", "observations", str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and words in printed.err and f"{table}.csv" in printed.err


def test_a_reference_folder_without_a_table_falls_back_on_the_package(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "reference"
    folder.mkdir()
    write_csv(folder / "entities.csv", [{"entity_id": "acme-cloud", "name_en": "Acme Cloud", "scope": "segment"}])
    path = a_file(tmp_path, GOOD)
    assert main(["--reference", str(folder), "--table", "observations", str(path)]) == 0, capsys.readouterr().out


def run_module(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own."""
    command = [sys.executable, "-m", "validation", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command_runs_as_a_module(tmp_path: Path, reference_folder: Path, reference: Reference) -> None:
    slip = an_observation(reference, printed_value="617.35", value="617350", period_label="2026 财年")
    path = a_file(tmp_path, text_of(slip))
    ran = run_module("--reference", reference_folder, "--table", "observations", path)
    assert ran.returncode == 1 and ran.stdout.count("\n") == 1 and "10 times too large" in ran.stdout
    *steps, last = ran.stderr.splitlines()
    assert last == f"checked {path}: 1 error, 0 warnings, 0 notices, 0 accepted, 0 corrected"
    assert all(STEP.match(line) for line in steps) and "values: observations, 8 rules, 1 row, 1 finding" in steps


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"\xb2\xc6", "feed.csv"), (b"PAR1" * 20, "feed.parquet"), (b'a,b\nc,d"e\n', "feed.csv")],
)
def test_a_process_ends_without_a_traceback(tmp_path: Path, content: bytes, name: str) -> None:
    ran = run_module("--table", "observations", a_file(tmp_path, content, name))
    assert ran.returncode in (1, 2) and "Traceback" not in ran.stderr and "panicked" not in ran.stderr


def test_a_reader_that_hangs_up_is_no_traceback(tmp_path: Path) -> None:
    path = a_file(tmp_path, "vendor_id,name_en\n" + "A,b\n" * 20_000, "vendors.csv")
    command = f"'{sys.executable}' -m validation '{path}' | head -c 10"
    ran = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in ran.stderr and "BrokenPipe" not in ran.stderr


def test_help_says_what_the_exit_codes_mean() -> None:
    ran = run_module("--help")
    assert ran.returncode == 0 and "exit codes: 0 no unaccepted error" in ran.stdout


def test_help_explains_every_argument() -> None:
    told = " ".join(run_module("--help").stdout.partition("positional arguments:")[2].split())
    for argument in ("PATH", "--table NAME", "--engine {polars,pandera,spark}", "--master URL", "--reference DIR",
                     "--format {text,json,jsonl,csv}", "--output FILE", "--changed"):  # fmt: skip
        assert argument in told and not told.partition(argument)[2].lstrip().startswith("-"), argument


def _imported(module: str) -> set[str]:
    """The modules that importing one brings with it."""
    run = f"import sys, {module}; print(*sys.modules, sep='\\n')"
    return set(subprocess.check_output([sys.executable, "-c", run], text=True, cwd=ROOT).splitlines())


def test_the_command_imports_nothing_that_a_check_of_the_package_does_not_use():
    modules = _imported("validation.folder")
    others = ("pandera", "pandas", "pyspark", "yaml", "validation.cluster", "validation.engines.pandera",
              "validation.feed", "validation.own_files", "validation.own_schema", "release", "ingest")  # fmt: skip
    assert not modules.intersection(others)
    assert "validation.prices.checks" in modules


def test_relations_are_imported_in_their_own_process_alone_and_that_begins_before_other_imports():
    assert not {"polars", "numpy", "pyarrow"} & _imported("validation.__main__")
    assert not {"validation.consistency", "validation.relations"} & _imported("validation.folder")
    assert {"validation.consistency", "polars"} <= _imported("validation.consistency")


@pytest.mark.parametrize(("engine", "is_imported"), [("polars", "False"), ("pandera", "True")])
def test_pandera_is_imported_only_where_it_is_asked_for(engine: str, is_imported: str, tmp_path: Path):
    path = a_file(tmp_path, text_of(an_observation(Reference()) | {"bound": "no such bound"}))
    run = "import sys; from validation.__main__ import main; main(sys.argv[1:]); print('pandera' in sys.modules)"
    arguments = ("--table", "observations", "--engine", engine, str(path))
    ran = subprocess.run([sys.executable, "-c", run, *arguments], capture_output=True, text=True, cwd=ROOT, check=True)
    assert "S.enum" in ran.stdout
    assert ran.stdout.splitlines()[-1] == is_imported
