"""What the page on spreadsheets says happens in LibreOffice: both what a guess loses and what the import keeps."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import cloud_vendor_metrics as cvm
import pandas as pd
import pytest

from tests.docs.snippets import ROOT, snippets

PAGE = "docs/use/spreadsheet.md"
pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not on the PATH")
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
CODES = {"string": "2", "boolean": "2", "date": "5", "number": "1", "integer": "1"}
"""How LibreOffice calls the type of a column in the options of its import."""


def converted(folder: Path, options: str, *tables: str) -> dict[str, list[list[tuple[str, str]]]]:
    """The cells of tables as LibreOffice reads them: the type of each and its value."""
    return read(folder, options, *(ROOT / "data" / f"{table}.csv" for table in tables))


def read(folder: Path, options: str, *paths: Path) -> dict[str, list[list[tuple[str, str]]]]:
    """The cells of files, by their name without its ending."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "ods"]
    subprocess.run(
        [*command, f"--infilter={options}", "--outdir", str(folder), *map(str, paths)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {path.stem: cells(folder / f"{path.stem}.ods") for path in paths}


def cells(path: Path) -> list[list[tuple[str, str]]]:
    """The rows of the first sheet."""
    with zipfile.ZipFile(path) as archive:
        sheet = ElementTree.fromstring(archive.read("content.xml")).find(f".//{TABLE}table")
    assert sheet is not None
    rows: list[list[tuple[str, str]]] = []
    for row in sheet.iter(f"{TABLE}table-row"):
        found: list[tuple[str, str]] = []
        for cell in row:
            if cell.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                kind = cell.get(f"{OFFICE}value-type", "")
                value = (
                    cell.get(f"{OFFICE}date-value")
                    or cell.get(f"{OFFICE}value")
                    or "\n".join("".join(p.itertext()) for p in cell)
                )
                found += [(kind, value)] * min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), 200)
        rows += [found] * min(int(row.get(f"{TABLE}number-rows-repeated", "1")), 1 if any(v for _, v in found) else 0)
    return rows


def options_of(table: str) -> str:
    """The options that the page explains, for the columns of a table."""
    types = cvm.describe(table)["type"]
    return "CSV:44,34,76,1," + "/".join(f"{place}/{CODES[kind]}" for place, kind in enumerate(types, start=1))


def test_a_guess_loses_chinese_and_zeros(tmp_path: Path) -> None:
    text = " ".join(value for row in converted(tmp_path, "CSV:44,34,ANSI,1", "vendors")["vendors"] for _, value in row)
    assert "阿里" not in text and "é˜¿" in text
    printed = cvm.load("observations_flat")["printed_value"]
    printed.to_csv(tmp_path / "printed.csv", index=False)  # LibreOffice takes long over the other columns
    guessed = read(tmp_path, "CSV:44,34,76,1", tmp_path / "printed.csv")["printed"]
    lost = printed.str.contains(r"\.\d*0$")
    kept = [row[0] for row in guessed[1:]]
    assert lost.any() and all(
        (kind == "float" and "." not in value) or not value.endswith("0")
        for (kind, value), is_lost in zip(kept, lost, strict=True)
        if is_lost
    )


@pytest.mark.parametrize("table", ["vendors", "cloud_quarters", "sources", "model_price_disagreement"])
def test_the_import_keeps_every_cell(tmp_path: Path, table: str) -> None:
    found = converted(tmp_path, options_of(table), table)[table]
    frame = cvm.load(table)
    assert [value for _, value in found[0]][: frame.shape[1]] == list(frame.columns)
    for place, (name, column) in enumerate(frame.items()):
        values = [row[place][1] if place < len(row) else "" for row in found[1 : len(frame) + 1]]
        if pd.api.types.is_datetime64_any_dtype(column.dtype):
            assert values == column.dt.strftime("%Y-%m-%d").fillna("").tolist(), name
        elif pd.api.types.is_float_dtype(column.dtype):
            assert [float(value) if value else None for value in values] == [
                None if pd.isna(cell) else cell for cell in column
            ], name
        else:
            texts = [
                {True: "true", False: "false"}.get(cell, cell) if isinstance(cell, bool) else cell for cell in column
            ]
            assert values == ["" if pd.isna(text) else str(text) for text in texts], name


def test_the_command_of_the_page_is_that_of_the_table() -> None:
    (command,) = snippets(PAGE, "bash")
    asked = re.search(r'--infilter="([^"]+)" data/(\w+)\.csv', command.text)
    assert asked is not None and asked[1] == options_of(asked[2])
    assert [s.text for s in snippets(PAGE.replace(".md", ".zh.md"), "bash")] == [command.text]
