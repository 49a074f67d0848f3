"""The command line of the adapters: what cannot be read, and what is typed wrong, is one line; help says the forms."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from ingest.__main__ import ADAPTERS, main
from ingest.evidence.evidence_rows import COLUMNS

ARGUMENTS = {
    "azure_genai_prices": "{path}@2026-01-31",
    "compute_prices": "{path}",
    "dify": "{path}",
    "evidence": "{path}",
    "exchange_rates": "{path}",
    "genai_prices": "{path}@2026-01-31",
    "litellm": "{path}@2026-01-31",
    "lobehub": "{path}",
    "model_prices": "{path}",
    "modelsdev": "{path}",
    "regions": "{path}",
    "tokencost": "tokencost {path}",
}
"""Of each adapter the call that reads one file."""

TEXTS = ("compute_prices", "dify", "evidence", "exchange_rates", "lobehub", "modelsdev", "regions", "tokencost")
WHEELS = ("azure_genai_prices", "genai_prices", "litellm", "model_prices", "regions")


def refusal(capsys: pytest.CaptureFixture[str], name: str, path: Path) -> str:
    """The one line with which an adapter refuses a file, nothing being written."""
    data = path.parent / "data"
    data.mkdir()
    assert main([name, *ARGUMENTS[name].format(path=path).split(), "--data", str(data)]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and printed.err.count("\n") == 1 and not list(data.iterdir())
    return printed.err


def wheel_file(name: str) -> str:
    """The file name of a wheel that an adapter takes."""
    return f"{'botocore' if name == 'regions' else name}-1.0-py3-none-any.whl"


@pytest.mark.parametrize("name", ARGUMENTS)
@pytest.mark.parametrize("file", ["none", "{wheel}", "none.csv"])
def test_a_file_that_is_not_there_is_refused_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, file: str
) -> None:
    path = tmp_path / file.format(wheel=wheel_file(name))
    fix = "fix: name a file that is there; no file was touched"
    assert refusal(capsys, name, path) == f"ingest: {path}: no such file; {fix}\n"


@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_folder_is_refused_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (tmp_path / "upstream").mkdir()
    line = refusal(capsys, name, tmp_path / "upstream")
    fix = "fix: name a file in it; no file was touched"
    assert line == f"ingest: {tmp_path / 'upstream'}: found a folder, expected a file; {fix}\n"


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("x.csv", b"a,b\n\xff", "x.csv: not UTF-8 text"),
        ("x.csv.gz", b"a,b\n", "x.csv.gz: not a whole gzip file"),
        ("x.csv.gz", gzip.compress(b"a,b\n", mtime=0)[:12], "x.csv.gz: not a whole gzip file"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, file: str, content: bytes, words: str
) -> None:
    (tmp_path / file).write_bytes(content)
    assert words in refusal(capsys, name, tmp_path / file)


@pytest.mark.parametrize("name", WHEELS)
def test_a_wheel_that_is_no_zip_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    wheel = tmp_path / wheel_file(name)
    wheel.write_bytes(b"free text")
    assert f"{wheel}: not a zip file" in refusal(capsys, name, wheel)


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("litellm", "litellm/model_prices_and_context_window_backup.json"),
        ("model_prices", "model_prices/snapshot.json"),
        ("regions", "botocore/data/partitions.json"),
    ],
)
def test_a_wheel_whose_table_is_no_json_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, member: str
) -> None:
    wheel = tmp_path / wheel_file(name)
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(member, "{")
    assert f"{wheel.name} {member}: not JSON" in refusal(capsys, name, wheel)


@pytest.mark.parametrize("day", ["20240101", "2024-W01-1", "2024-02-30", "yesterday", ""])
def test_a_day_is_written_in_one_form(tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["exchange_rates", "--since", day, "--data", str(tmp_path)])
    assert f"--since: {day!r} is not a day of the calendar written YYYY-MM-DD" in capsys.readouterr().err
    for name in ("genai_prices", "litellm"):
        assert main([name, f"none.whl@{day}", "--data", str(tmp_path)]) == 2
        assert "DAY as YYYY-MM-DD" in capsys.readouterr().err


@pytest.mark.parametrize("name", ARGUMENTS)
@pytest.mark.parametrize("folder", ["none", ""])
def test_a_folder_of_tables_that_is_not_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, folder: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="2"):
        main([name, *ARGUMENTS[name].format(path="upstream").split(), "--data", folder])
    assert f"--data: {folder!r} is no folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "words"),
    [
        *((name, "folder of the tables (default: data/ of the checkout)") for name in ARGUMENTS),
        ("model_prices", "folder for downloaded wheels (default: .cache/ingest in the current folder)"),
        ("exchange_rates", "first day kept, YYYY-MM-DD (default: 2010-01-01)"),
        ("genai_prices", "DAY (YYYY-MM-DD)"),
        ("litellm", "DAY (YYYY-MM-DD)"),
        ("evidence", ", ".join(COLUMNS)),
    ],
)
def test_help_says_forms_and_defaults(capsys: pytest.CaptureFixture[str], name: str, words: str) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([name, "--help"])
    assert words in " ".join(capsys.readouterr().out.split())


def test_every_adapter_is_listed_and_tested(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    listed = capsys.readouterr().out.partition("Adapters:\n")[2].splitlines()
    assert [line.split()[0] for line in listed] == sorted(ADAPTERS) == sorted([*ARGUMENTS, "exchange_rates_hmrc"])


def test_a_name_that_is_no_adapter_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("upstream", "options", "compute_prices.lists", ""):
        assert main([name]) == 2
        assert capsys.readouterr().err == f"ingest: no adapter is called {name!r}; python -m ingest --help lists them\n"
