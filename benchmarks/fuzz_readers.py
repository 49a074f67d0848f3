"""Fuzz the readers along their branches, with atheris: `python -m benchmarks.fuzz_readers READER [SECONDS]`.

`make fuzz` runs each reader for a minute, in an environment of its own (`.venv/fuzz`). Whatever the bytes are, a reader
gives a value or refuses them in words. Any other exception ends the run with exit code 77 and leaves the input in the
current folder as `crash-…`; it then becomes a case of `tests/canonical/test_fuzz.py`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris  # of an environment of its own

with atheris.instrument_imports(include=["canonical"]):
    from canonical.descriptor import described
    from canonical.reading.encodings import UnreadableError
    from canonical.reading.json_files import json_value
    from canonical.reading.parquet_files import parquet_frame
    from canonical.reading.reader import read_table
    from canonical.table_schema import load_schema, own_schema
    from canonical.typed_rows import typed_rows

__all__ = ["READERS", "SEEDS", "main"]

VENDORS = load_schema("vendors")
HEADER = ",".join(VENDORS.columns).encode() + b"\n"
SEEDS: dict[str, tuple[bytes, ...]] = {
    "csv": (HEADER + b'acme,"Ac\rme",,US\n', b"\xef\xbb\xbf" + HEADER, HEADER + b'acme,"a""b"\n\n', b"a;b\r\n1;2\r\n"),
    "json": (b'{"a": [1, 2.5e3, null, true, "\\u4e91"]}', b"[[[[]]]]", b'{"a": 1, "a": 2}'),
    "schema": (b'{"fields": [{"name": "a", "type": "date", "format": "%d/%m/%Y"}], "primaryKey": "a"}',),
    "descriptor": (
        b'{"version": 1}',
        b'{"resources": [{"name": "a", "path": "data/b.csv", "format": "csv", "hash": "", "bytes": 1}]}',
    ),
    "parquet": (b"PAR1" + bytes(64) + b"PAR1",),
}  # fmt: skip
"""Where each reader's inputs begin."""


def _csv(content: bytes, folder: Path) -> None:
    path = folder / "vendors.csv"
    path.write_bytes(content)
    read_table(path, VENDORS)
    typed_rows(content, VENDORS, "vendors.csv")


def _parquet(content: bytes, folder: Path) -> None:
    path = folder / "vendors.parquet"
    path.write_bytes(content)
    parquet_frame(path, path.name)


def _schema(content: bytes, folder: Path) -> None:
    path = folder / "own.json"
    path.write_bytes(content)
    own_schema(path)


def _descriptor(content: bytes, folder: Path) -> None:
    path = folder / "datapackage.json"
    path.write_bytes(content)
    described(path)


READERS: dict[str, Callable[[bytes, Path], object]] = {
    "csv": _csv, "json": lambda content, _: json_value(content), "schema": _schema, "descriptor": _descriptor,
    "parquet": _parquet,
}  # fmt: skip
"""Each reader, by its name on the command line."""


def main(name: str, seconds: str = "60") -> None:
    """Give the reader inputs for so many seconds; the process ends with the run."""
    reader = READERS[name]
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(SEEDS[name]):
            (corpus / str(number)).write_bytes(seed)

        def try_one(content: bytes) -> None:
            try:
                reader(content, Path(folder))
            except (UnreadableError, ValueError) as refusal:
                assert str(refusal), "refused without a word"

        atheris.Setup(
            [sys.argv[0], f"-max_total_time={seconds}", "-max_len=4096", "-print_final_stats=1", str(corpus)], try_one
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
