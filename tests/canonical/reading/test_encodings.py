"""A file that is no text in UTF-8 is called what it is, and the remedy named makes it one."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import shutil
import subprocess
import zipfile
from pathlib import Path

import polars as pl
import pytest

from canonical.reading.encodings import UnreadableError, decoded
from canonical.reading.reader import read_table
from tests.builders import a_field, a_schema

TEXT = "id,text\n1,Société Générale – 30 €\n"
LATIN = "id,text\n1,Société Générale\n2,über\n"
CHINESE = "id,text\n1,阿里云收入增长，来源：公司公告\n2,腾讯云\n"
MIXED = "id,text\n1,阿里云 – é\n"
TRADITIONAL = "id,text\n1,雲端運算營收成長\n2,台積電與鴻海精密\n"


def zipped(name: str) -> bytes:
    """A zip archive with one member."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "x")
    return file.getvalue()


def parquet() -> bytes:
    """A small Parquet file."""
    pl.DataFrame({"id": ["a"]}).write_parquet(file := io.BytesIO())
    return file.getvalue()


def refusal(content: bytes) -> str:
    """Why a content is refused, in one line."""
    with pytest.raises(UnreadableError) as refused:
        decoded(content, "my.csv")
    message = str(refused.value)
    assert message.startswith("my.csv:") and "; fix: " in message and "\n" not in message
    return message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (gzip.compress(TEXT.encode(), mtime=0), "found a gzip archive"),
        (bz2.compress(TEXT.encode()), "found a bzip2 archive"),
        (lzma.compress(TEXT.encode()), "found an xz archive"), (zipped("table.csv"), "found a zip archive"),
        (zipped("xl/workbook.xml"), "found an Excel workbook (xlsx)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "found an Excel workbook (xls)"),
        (parquet(), "found a Parquet file"), (b"%PDF-1.7\n", "found a PDF document"),
        (b"SQLite format 3\x00", "found an SQLite database"), (b"<!DOCTYPE html><html>", "found a web page"),
        (b"\n <html lang=en>", "found a web page"), (b'[{"id": "a"}]', "found JSON"), (b'{\n "id": "a"}', "found JSON"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "found a pointer of Git LFS"),
        (b"ARROW1\0\0", "found an Arrow file"),
        (TEXT.encode("utf-16"), "found text in UTF-16LE"), (TEXT.encode("utf-16-le"), "found text in UTF-16LE"),
        (TEXT.encode("utf-16-be"), "found text in UTF-16BE"), (TEXT.encode("utf-32"), "found text in UTF-32"),
        (CHINESE.encode("utf-16"), "found text in UTF-16LE"),
        ("id,text\n1,Änderung 25°C\n".encode("latin-1"), "it reads as Latin-1"),
        (LATIN.encode("latin-1"), "my.csv:2: found byte 0xe9, which is not UTF-8 (it reads as Latin-1)"),
        (TEXT.encode("cp1252"), "it reads as Windows-1252"), (CHINESE.encode("gbk"), "it reads as GBK or GB 18030"),
        (CHINESE.encode("gb18030"), "it reads as GBK or GB 18030"),
        (MIXED.encode("gb18030"), "it reads as GBK or GB 18030"), (TRADITIONAL.encode("big5"), "it reads as Big5"),
        (b"id,text\n1,a\x00b\n", "my.csv:2: found a NUL byte"), (b"", "the file is empty"),
        (b"\xef\xbb\xbf\n", "the file is empty"),
        (b"\xef\xbb\xbfid\n\xe9\n", "my.csv:2: found byte 0xe9"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_no_text_in_utf_8_is_called_what_it_is(content: bytes, words: str) -> None:
    message = refusal(content) if words != "the file is empty" else "the file is empty"
    if words == "the file is empty":
        with pytest.raises(UnreadableError, match=words):
            decoded(content, "my.csv")
    assert words in message


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(LATIN, "latin-1"), (TEXT, "cp1252"), (CHINESE, "gbk"), (MIXED, "gb18030"), (TRADITIONAL, "big5"),
     (CHINESE, "utf-16"), (CHINESE, "utf-16-be"), (LATIN, "utf-16-le"), (LATIN, "utf-32")],
)  # fmt: skip
def test_the_remedy_makes_the_text_one_that_is_read(text: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_bytes(text.encode(encoding))
    _, _, command = refusal(path.read_bytes()).partition("convert it: ")
    assert command.startswith("iconv -f ")
    done = tmp_path / "new.csv"
    if shutil.which("iconv"):
        shell = command.replace("FILE", str(path)).replace("NEW", str(done))
        subprocess.run(shell, shell=True, check=True, timeout=20)
    else:
        done.write_text(path.read_bytes().decode(command.split()[2]), encoding="utf-8")
    assert decoded(done.read_bytes(), "new.csv") == text


def test_what_excel_calls_csv_utf_8_is_read(tmp_path: Path) -> None:
    path = tmp_path / "things.csv"
    path.write_text(CHINESE, encoding="utf-8-sig")
    table, findings = read_table(path, a_schema(a_field("id"), a_field("text")))
    assert findings == [] and table is not None and table.frame.columns == ["id", "text"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (gzip.compress(b"x", mtime=0), "a gzip archive"),
        (zipped("xl/workbook.xml"), "an Excel workbook"),
        (b"", "an empty file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_file_named_parquet_is_called_what_it_is(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "things.parquet"
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=f"not a readable Parquet file; found {words}"):
        read_table(path, a_schema(a_field("id")))


def test_a_parquet_file_that_is_named_otherwise_is_read_under_its_right_name(tmp_path: Path) -> None:
    assert "a name that ends in .parquet" in refusal(parquet())
    path = tmp_path / "things.parquet"
    path.write_bytes(parquet())
    table, _ = read_table(path, a_schema(a_field("id")))
    assert table is not None and table.frame.height == 1
