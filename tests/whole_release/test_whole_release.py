"""The whole release, made twice in two places: equal bytes, each dialect read by its own tool, whole to verify."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from canonical.table_schema import ROOT, table_names
from release.making.contents import release_name
from release.verifying.verified import verified
from tests.docs.snippets import run, snippets
from tests.referees import REFEREES, needs_referees

JUDGES = Path(__file__).parent / "judges"
SMALL = ("cloud_quarters", "entities", "observations", "sources", "units", "vendors", "corrections", "finding_rows")


def test_two_machines_make_the_same_bytes_on_different_days(made_twice: list[Path]) -> None:
    sums = [(place / release_name() / "SHA256SUMS").read_text(encoding="utf-8") for place in made_twice]
    assert sums[0].splitlines() == sums[1].splitlines()
    packed = [(place / f"{release_name()}.zip.sha256").read_text(encoding="utf-8") for place in made_twice]
    assert packed[0] == packed[1]
    first, other = (
        {path.relative_to(place): hashlib.sha256(path.read_bytes()).hexdigest() for path in files_below(place)}
        for place in (one / release_name() for one in made_twice)
    )
    assert first == other


@pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not installed")
def test_the_other_machine_built_on_another_day(made_twice: list[Path]) -> None:
    one, other = (json.loads((place / "machine.json").read_text(encoding="utf-8")) for place in made_twice)
    assert one["day"] < "2031-03-04" < other["day"]
    assert (one["root"], other["root"]) == (str(ROOT), str(made_twice[1] / "checkout"))


def files_below(folder: Path) -> list[Path]:
    """Every file in a folder and those within it."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def test_the_release_is_whole_and_says_so_fast(archive: Path, folder: Path) -> None:
    """Seconds of the processors: what others do on a shared machine does not count."""
    for tier, seconds in (("fast", 5), ("full", 30)):
        began = time.process_time()
        assert verified(archive, tier) == []
        assert time.process_time() - began < seconds
    assert verified(folder, "fast") == []


def test_one_flipped_byte_is_named(archive: Path, tmp_path: Path) -> None:
    damaged = tmp_path / archive.name
    shutil.copy(archive, damaged)
    with zipfile.ZipFile(archive) as packed:
        info = next(info for info in packed.infolist() if info.filename.endswith("/data/vintages.parquet"))
        place = info.header_offset + 30 + len(info.filename) + 1000
    with damaged.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)
        file.seek(place)
        file.write(bytes([byte[0] ^ 1]))
    (fault,) = verified(damaged, "fast")
    assert fault.startswith("data/vintages.parquet: found SHA-256")


def test_every_table_is_there_as_text_and_as_parquet(folder: Path, rows: dict[str, int]) -> None:
    assert set(rows) == {name for name in table_names() if (ROOT / "data" / f"{name}.csv").exists()} | {
        name
        for name in table_names()
        if (ROOT / "data" / f"{name}.parquet").exists() or (ROOT / "data" / name).is_dir()
    }
    for name, count in rows.items():
        plain = folder / "data" / f"{name}.csv"
        content = plain.read_bytes() if plain.exists() else gzip.decompress(plain.with_suffix(".csv.gz").read_bytes())
        assert pl.read_csv(content, infer_schema=False).height == count, name


def test_every_text_has_what_frictionless_r_asks_for(folder: Path) -> None:
    resources = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    texts = [resource for resource in resources if resource["format"] == "csv"]
    assert len({resource["name"] for resource in resources}) == len(resources)
    for resource in texts:  # version 1 asks for the profile, version 2 for the type; paths within the folder, both
        assert (resource["profile"], resource["type"]) == ("tabular-data-resource", "table")
        for path in (resource["path"], resource["schema"]):
            assert not path.startswith("/") and ".." not in path and (folder / path).is_file()
        schema = json.loads((folder / resource["schema"]).read_text(encoding="utf-8"))
        assert all({"name", "type"} <= field.keys() for field in schema["fields"])


def test_sqlite_and_duckdb_hold_every_row_with_their_keys_on(
    folder: Path, rows: dict[str, int], tmp_path: Path
) -> None:
    with duckdb.connect() as connection:
        shown = (folder / "sql" / "duckdb-load.sql").read_text(encoding="utf-8").replace("'data/", f"'{folder}/data/")
        connection.execute((folder / "sql" / "duckdb.sql").read_text(encoding="utf-8"))
        connection.execute(shown)
        found = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in rows}
        assert found == {name: (count,) for name, count in rows.items()}
        comment = "SELECT comment FROM duckdb_tables() WHERE table_name = 'observations'"
        assert "one row is one number" in str(connection.execute(comment).fetchone())
    (file,) = folder.glob("*.sqlite")
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as held:
        assert {name: held.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in rows} == rows
        assert held.execute("PRAGMA foreign_key_check").fetchall() == []


needs_sqlite = pytest.mark.skipif(shutil.which("sqlite3") is None, reason="sqlite3 is not installed")


@needs_sqlite
def test_the_scripts_for_the_sqlite_shell_run(folder: Path, rows: dict[str, int], tmp_path: Path) -> None:
    database = tmp_path / "loaded.sqlite"
    reads = [f".read sql/sqlite{part}.sql" for part in ("", "-load")]
    done = run(["sqlite3", "-bail", str(database), *reads], folder)
    assert (done.returncode, done.stderr) == (0, "")
    (count,) = run(["sqlite3", str(database), "SELECT count(*) FROM observations"], folder).stdout.split()
    assert int(count) == rows["observations"]


@needs_referees
def test_mlcroissant_accepts_the_metadata_and_yields_the_rows(folder: Path, rows: dict[str, int]) -> None:
    tables = ("cloud_quarters", "corrections", "entities", "reporting", "sources", "units", "vendor_clouds", "vendors")
    assert judged("croissant.py", folder, *tables) == {name: rows[name] for name in tables}


@needs_referees
def test_datasets_loads_the_configurations_of_the_card(
    folder: Path, rows: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    tables = (*SMALL, "compute_prices")
    found = judged("hugging_face.py", folder, *tables)
    assert sorted(found["names"]) == sorted(rows)
    assert found["rows"] == {name: rows[name] for name in tables}


@needs_referees
def test_linked_data_are_read_by_their_tools(folder: Path, rows: dict[str, int]) -> None:
    tables = ("cloud_quarters", "units", "vendors", "sources")
    found = judged("linked_data.py", folder, *tables)
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert found == {
        "csvw": {name: rows[name] for name in tables}, "datacite": [], "dcat": sum("table" in file for file in files),
    }  # fmt: skip
    web = json.loads((folder / "dataset.jsonld").read_text(encoding="utf-8"))
    assert len(web["distribution"]) == found["dcat"]


@needs_referees
def test_the_workbook_has_dates_numbers_and_no_formula(folder: Path, rows: dict[str, int]) -> None:
    (book,) = folder.glob("*.xlsx")
    found = judged("workbook.py", book)
    assert found["formulas"] == 0
    named = {name: count for name, count in found["rows"].items() if name not in ("read me", "codebook")}
    assert named == {name: rows[name] for name in named} and {"cloud_quarters", "sources", "findings"} <= set(named)
    assert found["rows"]["codebook"] > 300
    kinds = found["kinds"]
    assert (kinds["period_end"], kinds["vendor_name_zh"]) == ("datetime", "str") and kinds["revenue"] in (
        "int",
        "float",
    )


needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


@needs_office
def test_libreoffice_opens_the_workbook_with_dates_numbers_and_chinese(folder: Path, tmp_path: Path) -> None:
    (book,) = folder.glob("*.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ["soffice", "--headless", profile, "--convert-to", EVERY_SHEET, "--outdir", str(tmp_path), str(book)]
    assert run(convert, tmp_path).returncode == 0
    shown = pl.read_csv(tmp_path / f"{book.stem}-cloud_quarters.csv", infer_schema=False)
    written = pl.read_csv(folder / "data" / "cloud_quarters.csv", infer_schema=False)
    for column in ("vendor_name_zh", "period_end", "calendar_quarter", "perimeter_description_zh"):
        assert shown.get_column(column).equals(written.get_column(column)), column
    difference = shown.get_column("revenue").cast(pl.Float64) - written.get_column("revenue").cast(pl.Float64)
    assert difference.abs().max() == pytest.approx(0, abs=0.001)


def judged(judge: str, place: Path, *tables: str) -> Any:
    """What a program of other people says of a release."""
    command = [str(REFEREES / "bin" / "python"), str(JUDGES / judge), str(place), *tables]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_the_readme_works_as_printed_with_the_download_alone(folder: Path) -> None:
    found = snippets(str(folder / "README.md"), "python")
    assert len(found) >= 3
    for snippet in found:
        done = run([sys.executable, "-c", snippet.text], folder)
        assert done.returncode == 0, f"{snippet.text}\n{done.stderr}"
        assert done.stdout.strip()


@pytest.mark.r
def test_the_readme_works_in_r_too(folder: Path) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not installed")
    for snippet in snippets(str(folder / "README.md"), "r"):
        done = run(["Rscript", "-e", snippet.text], folder)
        assert done.returncode == 0, f"{snippet.text}\n{done.stderr}"
