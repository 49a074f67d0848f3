"""Bytes become text: UTF-8 is read, its byte order mark dropped; what is none is called what it is, with the remedy."""

from __future__ import annotations

import re
from typing import NoReturn

__all__ = ["MARK", "UnreadableError", "decoded", "kind_of", "refuse_other_kinds", "text_of"]

MARK = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8, which Excel writes in front of its "CSV UTF-8"."""

KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x1f\x8b", "a gzip archive", "unpack it (gunzip)"),
    (b"BZh", "a bzip2 archive", "unpack it (bunzip2)"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it (unxz)"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it (unzstd)"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook (xls)", "open it and save the sheet as CSV UTF-8"),
    (b"PAR1", "a Parquet file", "give the file a name that ends in .parquet"),
    (b"SQLite format 3", "an SQLite database", "export the table as CSV"),
    (b"%PDF", "a PDF document", "give the table as CSV"),
    (b"ARROW1", "an Arrow file (Feather)", "write the table as Parquet or CSV"),
    (b"version https://git-lfs", "a pointer of Git LFS to the file", "fetch the file itself (git lfs pull)"),
)
"""How files of other kinds begin, what they are, and the remedy."""

WIDE = {
    b"\xff\xfe\x00\x00": "UTF-32", b"\x00\x00\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16LE", b"\xfe\xff": "UTF-16BE",
}  # fmt: skip
HIGH = re.compile(rb"[\x80-\xff]+")
FREQUENT = {"gb18030": ("GBK or GB 18030", "gb2312", b"\xb0", b"\xd7"), "big5": ("Big5", "big5", b"\xa4", b"\xc6")}
"""Encodings of Chinese: what they are called, and by the first byte of a letter in which the frequent ones stand."""
SURELY = 0.9
"""The part of letters that are frequent above which a text is Chinese though most runs of high bytes are odd."""
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


class UnreadableError(Exception):
    """The input cannot be read as a table at all; the message is one line for the user."""


def decoded(content: bytes, shown: str) -> str:
    """The text of a file without its byte order mark. Raises `UnreadableError` unless it is UTF-8 without NUL bytes."""
    refuse_other_kinds(content, shown)
    return text_of(content.removeprefix(MARK), shown)


def refuse_other_kinds(beginning: bytes, shown: str) -> None:
    """Raise `UnreadableError` where a file, by its first bytes, is empty or something else than a text."""
    if not beginning.removeprefix(MARK).strip():
        raise UnreadableError(f"{shown}: the file is empty; a header row with the table's columns is needed")
    kind = kind_of(beginning)
    if kind is not None:
        raise UnreadableError(f"{shown}: found {kind[0]}, expected CSV in UTF-8; fix: {kind[1]}")


def text_of(content: bytes, shown: str, lines: int = 0) -> str:
    """The text of some lines of a file, `lines` of which stand before; `UnreadableError` where they are no UTF-8."""
    if b"\x00" in content:
        _refuse_nul(content, shown, lines)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_bytes(content, error.start, shown, lines)


def kind_of(content: bytes) -> tuple[str, str] | None:
    """What a file that is no text begins as, and the remedy; None where it is none of the kinds known here."""
    for beginning, kind, fix in KINDS:
        if content.startswith(beginning):
            return kind, fix
    if content.startswith(b"PK\x03\x04"):
        if b"xl/" in content[:4096] or b"[Content_Types].xml" in content[:4096]:
            return "an Excel workbook (xlsx)", "open it and save the sheet as CSV UTF-8"
        return "a zip archive", "unpack it (unzip)"
    if re.match(rb"\s*<(!doctype|html)", content[:64], re.IGNORECASE):
        return "a web page (HTML)", "download the file itself, not the page that shows it"
    if re.match(rb"\s*(\[\s*\{|\{\s*\")", content[:64]):
        return "JSON", "write the table as CSV, a line for each row"
    for beginning, encoding in WIDE.items():
        if content.startswith(beginning):
            return f"text in {encoding}", _convert(encoding)
    return None


def _refuse_bytes(content: bytes, start: int, shown: str, lines: int) -> NoReturn:
    """Say in which encoding the bytes of a text probably are that is not UTF-8."""
    line, byte = lines + content.count(b"\n", 0, start) + 1, content[start]
    name, encoding = _encoding_of(content)
    raise UnreadableError(
        f"{shown}:{line}: found byte 0x{byte:02x}, which is not UTF-8 ({name}), expected UTF-8; "
        f"fix: {_convert(encoding) if encoding else 'save the file as CSV UTF-8'}"
    )


def _refuse_nul(content: bytes, shown: str, lines: int) -> NoReturn:
    """Say that a text is UTF-16 where its NUL bytes stand in every other place, else where the first one stands."""
    even, odd = content[:4096:2], content[1:4096:2]
    for empty, full, encoding in ((odd, even, "UTF-16LE"), (even, odd, "UTF-16BE")):
        if empty.count(0) > 1 and not full.count(0):
            raise UnreadableError(
                f"{shown}: found text in {encoding}, expected CSV in UTF-8; fix: {_convert(encoding)}"
            )
    line = lines + content.count(b"\n", 0, content.index(0)) + 1
    raise UnreadableError(f"{shown}:{line}: found a NUL byte, expected text in UTF-8; fix: write the file again")


def _encoding_of(content: bytes) -> tuple[str, str]:
    """What an encoding that is not UTF-8 probably is, in words and by its name, which is empty where nothing tells.

    Two bytes make a Chinese character, one a Western letter with an accent: runs of high bytes tell them apart, but
    for Big5, whose second byte may be one of ASCII.
    """
    runs = [len(run) for run in HIGH.findall(content)]
    even = sum(run for run in runs if run % 2 == 0)
    shares = {name: _frequent_share(content, name) for name in FREQUENT}
    if even * 2 > sum(runs) or (even and shares["big5"] > SURELY):
        encoding = max(shares, key=lambda name: shares[name])
        if shares[encoding]:
            return f"it reads as {FREQUENT[encoding][0]}", encoding.upper()
        return "an encoding of two bytes a letter", ""
    if any(0x80 <= byte <= 0x9F for byte in content):
        return "it reads as Windows-1252", "WINDOWS-1252"
    return "it reads as Latin-1", "ISO-8859-1"


def _frequent_share(content: bytes, encoding: str) -> float:
    """Which part of the Chinese letters is frequent when bytes are read in an encoding, 0 where few are Chinese."""
    text = content.decode(encoding, errors="replace")
    others = [letter for letter in text if ord(letter) > 127]
    if not others or "\ufffd" in text:
        return 0.0
    _, simple, first, last = FREQUENT[encoding]
    chinese = CHINESE.findall(text)
    rows = [letter.encode(simple, errors="ignore")[:1] for letter in chinese if letter >= "\u4e00"]
    is_chinese = len(chinese) * 2 > len(others) and rows
    return sum(first <= row <= last for row in rows) / len(rows) if is_chinese else 0.0


def _convert(encoding: str) -> str:
    return f"save the file as CSV UTF-8, or convert it: iconv -f {encoding} -t UTF-8 FILE > NEW"
