"""The command gives what the verbs give, says what is wrong in one line, and no verb goes undocumented."""

from __future__ import annotations

import inspect
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import cloud_vendor_metrics as cvm
import pandas as pd
import pytest
from cloud_vendor_metrics.checksums import csv_of
from cloud_vendor_metrics.command import main
from cloud_vendor_metrics.command.arguments import arguments_of
from cloud_vendor_metrics.command.completion import SHELLS
from cloud_vendor_metrics.command.formats import shown_table, width_of
from cloud_vendor_metrics.command.line import language_of, parser_of
from cloud_vendor_metrics.command.reference import reference_page
from cloud_vendor_metrics.command.verbs import VERBS

from canonical.table_schema import ROOT

Run = Callable[[str], tuple[int, str, str]]
RUN = f"{sys.executable} -c 'import sys; from cloud_vendor_metrics.command import main; sys.exit(main())'"
CHINESE = re.compile("[一-鿿]")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a line as it is typed behind `cvm`: its exit code, what it printed, what it complained of."""

    def ran(line: str) -> tuple[int, str, str]:
        try:
            code = main(shlex.split(line))
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return ran


EXAMPLES = [example for verb in VERBS for example in verb.examples]


@pytest.mark.parametrize(
    "example", [e for e in EXAMPLES if "--output" not in e and "--data" not in e and "$(" not in e]
)
def test_every_example_runs(run: Run, example: str) -> None:
    code, out, err = run(example.removeprefix("cvm "))
    assert (code, err) == (0, "") and out.strip()


def test_rows_as_of_a_day_come_as_csv(run: Run) -> None:
    code, out, _ = run("show quarterly_metrics --vendor aws --as-of 2025-06-30 --format csv")
    rows = pd.read_csv(io.StringIO(out), parse_dates=["known_on", "period_end"])
    assert code == 0 and set(rows["vendor_id"]) == {"amazon"} and rows["known_on"].max() <= pd.Timestamp("2025-06-30")
    assert set(rows["period_type"]) == {"quarter"} and len(rows) > 50


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "markdown"])
def test_each_format_holds_every_row(run: Run, form: str) -> None:
    code, out, _ = run(f"show cloud_quarters --vendor aws --format {form}")
    rows = cvm.load("cloud_quarters").query("vendor_id == 'amazon'").reset_index(drop=True)
    count = {
        "csv": lambda: len(pd.read_csv(io.StringIO(out))), "json": lambda: len(json.loads(out)),
        "jsonl": lambda: len([json.loads(line) for line in out.splitlines()]),
        "markdown": lambda: len(out.splitlines()) - 2,
    }[form]()  # fmt: skip
    assert code == 0 and count == len(rows)
    if form == "csv":
        assert out == csv_of(rows)
    if form == "json":
        assert json.loads(out)[0]["period_end"] == str(rows.loc[0, "period_end"].date())


def test_a_table_fits_the_terminal_and_says_what_it_leaves_out() -> None:
    shown = shown_table(cvm.load("vendors"), 80, 5).splitlines()
    assert max(map(width_of, shown[:7])) <= 80 and len(shown) == 8
    assert re.fullmatch(
        r"\.\.\. 35 more rows; --limit 0 shows all; \d more columns \(.*\); --columns picks, .*", shown[7]
    )
    assert {width_of(line) for line in shown_table(cvm.resolve(["阿里云", "AWS"]), 200, 0).splitlines()[1:2]} != {0}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("show quarterly_metric", "no table 'quarterly_metric'; did you mean quarterly_metrics"),
        ("show cloud_quarters --vendor AWSS", "no vendor 'AWSS'; did you mean aws"),
        ("show cloud_quarters --metric revenue", "metric: table cloud_quarters has no column metric_id"),
        ("show vendors --as-of 2025-01-01", "--as-of: vendors does not say when a row became known"),
        ("show vintages --as-of yesterday", "'yesterday' is not a day of the calendar written YYYY-MM-DD"),
        ("show vendors --columns nme_en", "no column 'nme_en'; did you mean name_en"),
        ("show vendors --limit -1", "--limit -1: expected a number of rows, or 0 for all"),
        ("series --vendor aws --currency EUR", "currency 'EUR': expected USD"),
        ("describe capx", "no name 'capx'; did you mean capex?"),
        ("list --data nowhere", "no datapackage.json in nowhere; name the unpacked release or its zip"),
        ("frobnicate", "invalid choice: 'frobnicate'"),
        ("show", "the following arguments are required: TABLE"),
        ("", "VERB"),
        ("plot --vendor aws --output x.png", "--output x.png: expected a name that ends in .svg"),
        ("plot --vendor aws --period 1990", "no number of this choice, nothing to draw"),
        ("list --output nowhere/x.csv --format csv", "--output nowhere/x.csv: No such file or directory; name a file"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_exit_2(run: Run, line: str, words: str) -> None:
    code, out, err = run(line)
    assert (code, out) == (2, "") and words in err and len(err.splitlines()) == 1 and err.startswith("cvm")


@pytest.mark.parametrize(
    "line", ["resolve a\x1b[2Jb", "series a\x1b[2Jb", "list --data a\u202eb", "list --data a\udcffb", "describe a\x07b"]
)
def test_signs_that_drive_a_terminal_are_shown_as_escapes(run: Run, line: str) -> None:
    code, out, err = run(line)
    said = out + err
    assert code in (0, 2) and "\\" in said and not any(sign in said for sign in "\x1b\u202e\udcff\x07")


@pytest.mark.parametrize("place", ["datapackage.json", "data/vendors.csv", "schemas/units.json", "README.md"])
def test_a_file_of_a_package_is_not_written_over(run: Run, tmp_path: Path, place: str) -> None:
    for name in ("datapackage.json", "data/vendors.csv", "schemas/units.json", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("kept")
    code, _, err = run(f"list --output {tmp_path / place}")
    assert code == 2 and "a file of the package" in err and (tmp_path / place).read_text() == "kept"


def test_a_device_is_written_to_and_a_failure_leaves_nothing(run: Run, tmp_path: Path) -> None:
    screen, line = os.openpty()
    assert (
        run(f"list vendors --limit 1 --output {os.ttyname(line)}")[0] == 0 and Path(os.ttyname(line)).is_char_device()
    )
    assert os.read(screen, 9) == b"vendor_id"
    assert run(f"list --output {tmp_path}")[0] == 2
    assert list(tmp_path.iterdir()) == [] and not list(tmp_path.parent.glob("*.part"))


@pytest.mark.parametrize("name", ["datapackage.json", "schemas/vendors.json"])
@pytest.mark.parametrize("content", [b"", b"[" * 100_000, b"null", b'{"fields": 7}', None])
def test_a_damaged_description_is_told_in_one_line(run: Run, tmp_path: Path, name: str, content: bytes | None) -> None:
    for kept in ("datapackage.json", "schemas", "data/vendors.parquet"):
        (tmp_path / kept).parent.mkdir(exist_ok=True)
        (shutil.copytree if (ROOT / kept).is_dir() else shutil.copy)(ROOT / kept, tmp_path / kept)
    (tmp_path / name).unlink()
    (tmp_path / name).write_bytes(content) if content is not None else os.mkfifo(tmp_path / name)
    code, out, err = run(f"describe vendors --data {tmp_path}")
    assert code == 2 and not out and err.startswith("cvm: ") and err.count("\n") == 1


def test_a_damaged_file_makes_verify_exit_with_1(run: Run, tmp_path: Path) -> None:
    for name in ("datapackage.json", "schemas", "data"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, tmp_path / name)
    assert run(f"verify --data {tmp_path}")[0] == 0
    path = tmp_path / "data" / "vendors.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    code, out, _ = run(f"verify --data {tmp_path} --limit 1")
    assert code == 1 and re.search(r"data/vendors\.parquet .* changed", out)


def test_a_plot_is_drawn_and_written_as_a_picture(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("plot --vendor AWS --vendor 阿里云 --period 2024.. --currency USD")
    assert code == 0 and out.splitlines()[0] == "usd-m" and "A alibaba" in out and "B amazon" in out
    picture = tmp_path / "capex.svg"
    assert run(f"plot --vendor AWS --metric capex-cash --output {picture}")[0] == 0
    points = re.findall(r"<circle ", picture.read_text(encoding="utf-8"))
    assert len(points) == cvm.series("AWS", "capex-cash")["value"].notna().sum()


def test_every_verb_of_the_client_is_one_of_the_command() -> None:
    names = {"tables": "list", "vendors": "list", "metrics": "list", "load": "show", "price_on": "price"}
    public = [name for name in cvm.__all__ if inspect.isfunction(getattr(cvm, name))]
    missing = {names.get(name, name.replace("_", "-")) for name in public} - {verb.name for verb in VERBS}
    assert not missing


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_verb_or_argument_is_undocumented(language: str) -> None:
    page = reference_page(language)
    for verb in VERBS:
        section = page.split(f"## cvm {verb.name}\n")[1].split("\n## ")[0]
        assert verb.examples and all(example in section for example in verb.examples), verb.name
        words = [verb.meaning.in_language(language), *(a.meaning.in_language(language) for a in arguments_of(verb))]
        assert all(word and word.replace("|", "\\|") in section for word in words), verb.name
        assert language == "en" or all(CHINESE.search(word) for word in words), verb.name
        assert all(
            argument.names[0] in section or argument.options["metavar"] in section for argument in arguments_of(verb)
        )


@pytest.mark.parametrize("page", ["docs/use/command.md", "docs/use/command.zh.md"])
def test_the_page_takes_the_reference_in(page: str) -> None:
    assert f'--8<-- "reference/_{Path(page).name}"' in (ROOT / page).read_text(encoding="utf-8")


def test_help_shows_examples_in_the_language_of_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    code, out, _ = run("show --help")
    assert code == 0 and "显示一张表的行。" in out and "cvm show cloud_quarters" in out
    assert language_of({"LANG": "en_US.UTF-8"}) == "en" and "Show rows of a table." in parser_of("en").format_help()


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("", "show"),
        ("show", "quarterly_metrics"),
        ("show vintages", "--as-of"),
        ("show vintages --vendor", "alibaba"),
        ("series --frequency", "half_year"),
        ("series --metric", "capex-cash"),
        ("completion", "fish"),
    ],
)
def test_what_may_follow_is_offered(run: Run, typed: str, word: str) -> None:
    code, out, _ = run(f"--complete {typed}")
    assert code == 0 and word in out.splitlines()


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_reads_its_completion(run: Run, shell: str) -> None:
    code, script, _ = run(f"completion {shell}")
    assert code == 0 and "cvm --complete" in script
    if shutil.which(shell):
        assert subprocess.run([shell, "-n"], input=script, text=True, check=False).returncode == 0


def test_bash_completes_a_table(tmp_path: Path) -> None:
    (tmp_path / "cvm").write_text(f'#!/bin/sh\nexec {RUN} "$@"\n')
    (tmp_path / "cvm").chmod(0o755)
    environment = os.environ | {
        "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "clients" / "python"),
    }  # fmt: skip
    script = (
        'eval "$(cvm completion bash)"; COMP_WORDS=(cvm show quarterly); COMP_CWORD=2; _cvm; echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "quarterly_metrics"


def test_the_module_is_the_command() -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "clients" / "python")}
    command = [sys.executable, "-m", "cloud_vendor_metrics", "version"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == cvm.version()


def test_ctrl_c_while_modules_are_read_is_one_line() -> None:
    early = (
        "import importlib.abc, os, signal, sys\n"
        "class At(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, *given):\n"
        "        if name == 'cloud_vendor_metrics.command.line': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, At())\nsys.argv = ['cvm', 'list']\nimport cloud_vendor_metrics.command"
    )
    ran = subprocess.run([sys.executable, "-c", early], capture_output=True, text=True, check=False,
                         env={**os.environ, "PYTHONPATH": str(ROOT / "clients" / "python")})  # fmt: skip
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "cvm: interrupted\n")


@pytest.mark.parametrize(("streams", "code"), [("2>&-", 0), (">/dev/full", 2)])
def test_a_stream_that_is_closed_or_full_is_no_traceback(streams: str, code: int) -> None:
    ran = subprocess.run(["bash", "-c", f"{RUN} list metrics {streams}"], capture_output=True, text=True, check=False,
                         env={**os.environ, "PYTHONPATH": str(ROOT / "clients" / "python")})  # fmt: skip
    assert ran.returncode == code and "Traceback" not in ran.stderr and len(ran.stderr.splitlines()) == bool(code)


def test_who_stops_reading_gets_no_complaint() -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "clients" / "python")}
    script = f"set -o pipefail; {RUN} show observations --format csv | head -1"
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == "" and done.stdout.startswith("observation_id,")


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-"])
def test_a_closed_output_is_said_in_one_line(closed: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "clients" / "python")}
    script = f"{RUN} list {closed}"
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        "" if "2>&-" in closed else "cvm: standard output is closed; fix: name a file, --output FILE\n"
    )
