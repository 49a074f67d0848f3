"""Hostile sizes: cells, rows, columns and members beyond all measure, each of which a walk of squares would not end.

Each is made where its case is run: what a kind held, every process of every case would hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from benchmarks.hostile_kind import OBSERVATIONS, UNREADABLE, VENDORS, Change, Kind, bytes_changed, json_changed
from benchmarks.hostile_releases import zip_of

__all__ = ["size_kinds"]

PARQUET = "data/vendors.parquet"
LONG = 40 << 20
HUGE = 100 << 20
MANY = 100_000


def size_kinds() -> Iterator[Kind]:
    """Every kind of size, and what readers of Parquet take unasked."""
    few = {command: UNREADABLE[command] for command in ("feed", "fill", "build")}
    cells = {"a cell of 40 MB": (b"", b"x", LONG), "a cell of 20 million lines": (b'"', b"\n", LONG // 2),
             "a cell of 20 million quotes": (b'"', b'""', LONG // 2)}  # fmt: skip
    for name, (edge, sign, times) in cells.items():
        change = bytes_changed(lambda b, e=edge, s=sign, n=times: b.replace(b"Acme", e + s * n + e))
        yield Kind("sizes", name, VENDORS, change, few, "131,072")
    quoted = bytes_changed(lambda b: b.replace(b"Acme", b'"' + b"x" * HUGE + b'"', 1))
    codes = {"fill": (2,), "build": (2,), "check": (1, 2)}
    yield Kind("sizes", "a quoted cell of 100 MB", VENDORS, quoted, codes, "131,072")
    blank = bytes_changed(lambda b: b + b"\n" * 1_500_000)
    yield Kind("sizes", "1,500,000 blank lines", VENDORS, blank, {"feed": (2,)}, "1,000,000 rows")
    wrong = bytes_changed(lambda b: b + b"".join(b"v%d,V%d,\xe4\xba\x91,,XX,,\n" % (n, n) for n in range(MANY)))
    yield Kind("sizes", "100,000 rows of a country that is none", VENDORS, wrong, {"feed": (1,)}, "country")
    prints = bytes_changed(lambda b: b.replace(b",398.24,", b"," + "٣٩٨٫٢٤".encode() + b",", 1))
    yield Kind("sizes", "a print of other digits", OBSERVATIONS, prints, {"fill": (1,), "check": (1,)}, "row 1")
    members = zip_of(lambda: {f"a/{number}": b"" for number in range(66_000)})
    yield Kind("sizes", "66,000 files in a zip", "own/release.zip", members, {"verify zip": (1,)}, "SHA256SUMS")
    yield from _of_parquet()
    nan = json_changed(lambda descriptor: descriptor.update(version=float("nan")))
    yield Kind("descriptor", "a version that is no number", "datapackage.json", nan, {"load": (3,)}, "datapackage.json")
    for name, path in (("drives a terminal", "data/\x1b[2J.parquet"), ("holds NUL", "data/\x00.parquet")):
        change = _path_changed(path)
        yield Kind("descriptor", f"a path that {name}", PARQUET, change, {"load": (3,)}, "data/")
    nested = bytes_changed(lambda b: b + b"x: " + b"[" * 20_000 + b"]" * 20_000)
    yield Kind("package.yaml", "nested 20,000 times", "package.yaml", nested, {"build": (2,)}, "nested")
    twice = {"build": (2,), "docs": (1, 2)}
    for name, more in (("a name twice", b"\nname: other\n"), ("a name twice within", b"\nx: [{a: 1, a: 2}]\n")):
        yield Kind("package.yaml", name, "package.yaml", bytes_changed(lambda b, m=more: b + m), twice, "package.yaml")


def _of_parquet() -> Iterator[Kind]:
    """Columns that libraries take and polars has no word for, or that make a walk of squares."""
    places, letters = pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe")
    no_text = pa.Array.from_buffers(pa.string(), 1, [None, places, letters])
    long_number = pa.array([Decimal(10) ** 60], pa.decimal256(70, 2))
    for name, column, words in (("a text of no UTF-8", no_text, "Parquet"), ("70 digits", long_number, "38 digits")):
        two: dict[str, Any] = {"vendor_id": pa.array(["acme"]), "name_en": column}
        yield Kind("Parquet", name, PARQUET, _written(lambda columns=two: columns), {"feed": (2,)}, words)
    footed = Kind("Parquet", "a footer of 60 MB", PARQUET, lambda path: parquet.write_table(
        pa.table({"vendor_id": ["acme"]}).replace_schema_metadata({b"k": b"x" * (60 << 20)}), path),
        {"feed": (2,)}, "footer")  # fmt: skip
    yield footed
    wide = _written(lambda: {f"x{number}": pa.array(["a"]) for number in range(MANY // 2)})
    yield Kind("Parquet", "50,000 columns", PARQUET, wide, {"feed": (1, 2)}, "vendors.parquet")


def _path_changed(named: str) -> Change:
    """Let the descriptor name another file for that of the case."""

    def of_descriptor(descriptor: dict[str, Any]) -> None:
        next(one for one in descriptor["resources"] if one["path"] == PARQUET)["path"] = named

    return lambda path: json_changed(of_descriptor)(path.parent.parent / "datapackage.json")


def _written(columns: Callable[[], dict[str, Any]]) -> Change:
    def write(path: Path) -> None:
        parquet.write_table(pa.table(columns()), path)

    return write
